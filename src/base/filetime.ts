/**
 * FILETIME: 100 ns ticks since 1601-01-01 UTC, here as two unsigned 32-bit halves so that no BigInt is
 * made per record. A double holds the milliseconds exactly and the ticks below them as a second number.
 */
const EPOCH_DIFFERENCE_MS = 11_644_473_600_000;
const TWO_32 = 4_294_967_296;

/** Milliseconds since 1970 UTC with fraction. Good for order and arithmetic, not for printing. */
export function filetimeMs(low: number, high: number): number {
  return (high * TWO_32 + low) / 10_000 - EPOCH_DIFFERENCE_MS;
}

const pad2 = Array.from({ length: 100 }, (_, n) => (n < 10 ? `0${n}` : `${n}`));

/** Whole milliseconds since 1601 and the 100 ns ticks (0..9999) below them, exactly. */
function split(low: number, high: number): [milliseconds: number, ticks: number] {
  // high * 2^32 + low = high * (429496 * 10000 + 7296) + low; the remainder stays far below 2^53.
  const rest = high * 7296 + low;
  const carry = Math.floor(rest / 10_000);
  return [high * 429_496 + carry, rest - carry * 10_000];
}

let cachedDay = Number.NaN;
let cachedDayText = "";

/** `2026-03-02T08:00:00.1234567Z`; years above 9999 print with a `+` and six digits, as ISO 8601 has it. */
export function filetimeText(low: number, high: number): string {
  const [sinceEpoch, ticks] = split(low, high);
  const ms = sinceEpoch - EPOCH_DIFFERENCE_MS;
  const day = Math.floor(ms / 86_400_000);
  if (day !== cachedDay) {
    // Date covers +-8.64e15 ms; the largest FILETIME (year 60055) is inside.
    const iso = new Date(day * 86_400_000).toISOString();
    cachedDay = day;
    cachedDayText = iso.slice(0, iso.indexOf("T") + 1);
  }
  const inDay = ms - day * 86_400_000;
  const hours = Math.floor(inDay / 3_600_000);
  const minutes = Math.floor(inDay / 60_000) % 60;
  const seconds = Math.floor(inDay / 1000) % 60;
  const fraction = (inDay % 1000) * 10_000 + ticks;
  // Joined, not added: added pieces stay a tree of strings several times the size of the text.
  return [
    cachedDayText,
    pad2[hours],
    ":",
    pad2[minutes],
    ":",
    pad2[seconds],
    ".",
    String(fraction).padStart(7, "0"),
    "Z",
  ].join("");
}

/** `2026-03-02T08:00:00.1234567Z` and its kin: what {@link filetimeText} writes for years of four digits. */
const SEVEN_DIGITS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/;

/** The two halves of the FILETIME that {@link filetimeText} writes so; undefined for any other text. */
export function filetimeParts(text: string): { low: number; high: number } | undefined {
  if (!SEVEN_DIGITS.test(text)) return undefined;
  const ms = Date.parse(text);
  // The 30th of February is read as the 2nd of March.
  if (Number.isNaN(ms) || new Date(ms).getUTCDate() !== Number(text.slice(8, 10))) return undefined;
  const sinceEpoch = ms + EPOCH_DIFFERENCE_MS;
  const ticks = Number(text.slice(23, 27));
  // The product by halves: each stays below 2^53.
  const upper = Math.floor(sinceEpoch / 65_536);
  const bottom = (sinceEpoch - upper * 65_536) * 10_000 + ticks;
  const middle = upper * 10_000 + Math.floor(bottom / 65_536);
  const high = Math.floor(middle / 65_536);
  const low = (middle - high * 65_536) * 65_536 + (bottom % 65_536);
  return high >= 0 && high < TWO_32 ? { low, high } : undefined;
}
