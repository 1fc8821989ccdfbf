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

let cachedDay = Number.NaN;
let cachedDayText = "";
/** Of the year, month and day of that text, where the year has four digits. */
let y1 = 0;
let y2 = 0;
let y3 = 0;
let y4 = 0;
let m1 = 0;
let m2 = 0;
let d1 = 0;
let d2 = 0;

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
  const day = Math.floor(ms / 86_400_000);
  if (day !== cachedDay) cacheDay(day);
  const inDay = ms - day * 86_400_000;
  const s = Math.floor(inDay / 1000);
  const h = (s / 3600) | 0;
  const m = ((s / 60) | 0) % 60;
  const f = (inDay - s * 1000) * 10_000 + rest - carry * 10_000;
  // By codes: joined pieces take twice the time, and added ones stay a tree several times the size of the text.
  const time = String.fromCharCode(
    y1,
    y2,
    y3,
    y4,
    0x2d,
    m1,
    m2,
    0x2d,
    d1,
    d2,
    0x54,
    digit((h / 10) | 0),
    digit(h),
    0x3a,
    digit((m / 10) | 0),
    digit(m),
    0x3a,
    digit(((s % 60) / 10) | 0),
    digit(s),
    0x2e,
    digit((f / 1_000_000) | 0),
    digit((f / 100_000) | 0),
    digit((f / 10_000) | 0),
    digit((f / 1000) | 0),
    digit((f / 100) | 0),
    digit((f / 10) | 0),
    digit(f),
    0x5a,
  );
  return cachedDayText.length === DAY_CHARS ? time : cachedDayText + time.slice(DAY_CHARS);
}

/** `2026-03-02T` */
const DAY_CHARS = 11;

function cacheDay(day: number): void {
  // Date covers +-8.64e15 ms; the largest FILETIME (year 60055) is inside.
  const iso = new Date(day * 86_400_000).toISOString();
  cachedDay = day;
  cachedDayText = iso.slice(0, iso.indexOf("T") + 1);
  y1 = iso.charCodeAt(0);
  y2 = iso.charCodeAt(1);
  y3 = iso.charCodeAt(2);
  y4 = iso.charCodeAt(3);
  m1 = iso.charCodeAt(5);
  m2 = iso.charCodeAt(6);
  d1 = iso.charCodeAt(8);
  d2 = iso.charCodeAt(9);
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
