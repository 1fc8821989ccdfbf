/** Code page 1252, which Windows calls ANSI: bytes 0x80 to 0x9f are not what they are in Latin-1. */
const HIGH =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

/** The UTF-16 unit of each byte. */
export const WINDOWS_1252 = new Uint16Array(256);
for (let byte = 0; byte < 256; byte++)
  WINDOWS_1252[byte] = byte >= 0x80 && byte < 0xa0 ? HIGH.charCodeAt(byte - 0x80) : byte;

const units: number[] = new Array(1024).fill(0);

/** bytes[start, end) as text, in pieces: characters added one by one leave a chain of strings behind. */
export function windows1252Text(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let from = start; from < end; from += units.length) {
    const count = Math.min(units.length, end - from);
    for (let i = 0; i < count; i++) units[i] = WINDOWS_1252[bytes[from + i]!]!;
    text += String.fromCharCode(...(count === units.length ? units : units.slice(0, count)));
  }
  return text;
}
