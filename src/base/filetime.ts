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

const DAY_MS = 86_400_000;
/** Where the years begin and end that have four digits: 0000-01-01 and 10000-01-01. */
const FOUR_DIGITS_MS = -62_167_219_200_000;
const FOUR_DIGITS_END_MS = 253_402_300_800_000;

/** The code of the last digit of a whole number. */
function digit(number: number): number {
  return 0x30 + (number % 10);
}

/** `2026-03-02T08:00:00.1234567Z`; years above 9999 print with a `+` and six digits, as ISO 8601 has it. */
export function filetimeText(low: number, high: number): string {
  // high * 2^32 + low = high * (429496 * 10000 + 7296) + low; the remainder stays far below 2^53.
  const rest = high * 7296 + low;
  const carry = Math.floor(rest / 10_000);
  const ms = high * 429_496 + carry - EPOCH_DIFFERENCE_MS;
  const ticks = rest - carry * 10_000;
  if (ms >= FOUR_DIGITS_END_MS)
    return new Date(ms).toISOString().replace("Z", `${String(ticks).padStart(4, "0")}Z`);
  return timeText(ms, ticks);
}

/** Milliseconds since 1970 UTC -> `2026-03-02T08:00:00.123Z`: as a Date writes it, in a quarter of the time. */
export function isoText(timeMs: number): string {
  const ms = Math.trunc(timeMs);
  return ms >= FOUR_DIGITS_MS && ms < FOUR_DIGITS_END_MS
    ? timeText(ms, -1)
    : new Date(ms).toISOString();
}

/** Of a year of four digits; `ticks` below 0 are not written. */
function timeText(ms: number, ticks: number): string {
  const days = Math.floor(ms / DAY_MS);
  const inDay = ms - days * DAY_MS;
  const s = Math.floor(inDay / 1000);
  const h = (s / 3600) | 0;
  const n = ((s / 60) | 0) % 60;
  const f = inDay - s * 1000;
  // Years that begin in March end with the day that is not always there. Source: H. Hinnant, chrono-compatible date
  // algorithms, civil_from_days.
  const since = days + 719_468;
  const era = Math.floor(since / 146_097);
  const inEra = since - era * 146_097;
  const yearOfEra =
    ((inEra - ((inEra / 1460) | 0) + ((inEra / 36_524) | 0) - ((inEra / 146_096) | 0)) / 365) | 0;
  const inYear = inEra - (365 * yearOfEra + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0));
  const march = ((5 * inYear + 2) / 153) | 0;
  const d = inYear - (((153 * march + 2) / 5) | 0) + 1;
  const m = march < 10 ? march + 3 : march - 9;
  const y = yearOfEra + era * 400 + (m <= 2 ? 1 : 0);
  // By codes: joined pieces take twice the time, and added ones stay a tree several times the size of the text.
  if (ticks < 0)
    // biome-ignore format: as it is read
    return String.fromCharCode(
      digit((y / 1000) | 0), digit((y / 100) | 0), digit((y / 10) | 0), digit(y), 0x2d,
      digit((m / 10) | 0), digit(m), 0x2d, digit((d / 10) | 0), digit(d), 0x54,
      digit((h / 10) | 0), digit(h), 0x3a, digit((n / 10) | 0), digit(n), 0x3a,
      digit(((s % 60) / 10) | 0), digit(s), 0x2e,
      digit((f / 100) | 0), digit((f / 10) | 0), digit(f), 0x5a,
    );
  // biome-ignore format: as it is read
  return String.fromCharCode(
    digit((y / 1000) | 0), digit((y / 100) | 0), digit((y / 10) | 0), digit(y), 0x2d,
    digit((m / 10) | 0), digit(m), 0x2d, digit((d / 10) | 0), digit(d), 0x54,
    digit((h / 10) | 0), digit(h), 0x3a, digit((n / 10) | 0), digit(n), 0x3a,
    digit(((s % 60) / 10) | 0), digit(s), 0x2e,
    digit((f / 100) | 0), digit((f / 10) | 0), digit(f),
    digit((ticks / 1000) | 0), digit((ticks / 100) | 0), digit((ticks / 10) | 0), digit(ticks), 0x5a,
  );
}

/** `2026-03-02T08:00:00.1234567Z` */
const TIME_CHARS = 28;
/** What stands at a place that holds no digit. */
const MARKS: readonly (readonly [place: number, mark: number])[] = [
  [4, 0x2d],
  [7, 0x2d],
  [10, 0x54],
  [13, 0x3a],
  [16, 0x3a],
  [19, 0x2e],
  [27, 0x5a],
];

let readDay = Number.NaN;
let readDayMs = Number.NaN;

/**
 * The two halves of the FILETIME that {@link filetimeText} writes so, for years of four digits; undefined for any other
 * text.
 */
export function filetimeParts(text: string): { low: number; high: number } | undefined {
  if (text.length !== TIME_CHARS) return undefined;
  for (const [place, mark] of MARKS) if (text.charCodeAt(place) !== mark) return undefined;
  const year = number(text, 0, 4);
  const day = (year * 100 + number(text, 5, 7)) * 100 + number(text, 8, 10);
  if (day !== readDay) {
    readDay = day;
    readDayMs = dayMs(day);
  }
  const hours = number(text, 11, 13);
  const minutes = number(text, 14, 16);
  const seconds = number(text, 17, 19);
  const fraction = number(text, 20, 27);
  if (!(hours < 24 && minutes < 60 && seconds < 60)) return undefined;
  const sinceDay = ((hours * 60 + minutes) * 60 + seconds) * 1000 + Math.floor(fraction / 10_000);
  const ms = readDayMs + sinceDay + EPOCH_DIFFERENCE_MS;
  if (!(ms >= 0)) return undefined;
  // The product by halves: each stays below 2^53.
  const upper = Math.floor(ms / 65_536);
  const bottom = (ms - upper * 65_536) * 10_000 + (fraction % 10_000);
  const middle = upper * 10_000 + Math.floor(bottom / 65_536);
  const high = Math.floor(middle / 65_536);
  return { low: (middle - high * 65_536) * 65_536 + (bottom % 65_536), high };
}

/** NaN where there is anything but digits. */
function number(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** When a day written as the number 20260302 begins; NaN for one that no calendar has. */
function dayMs(day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100);
  const written = (date.getUTCFullYear() * 100 + date.getUTCMonth() + 1) * 100 + date.getUTCDate();
  return written === day ? date.getTime() : Number.NaN;
}
