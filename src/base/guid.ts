const HEX = Array.from({ length: 256 }, (_, n) => n.toString(16).toUpperCase().padStart(2, "0"));

/** `XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX` of the 16 bytes at `at` (first three fields little-endian). */
export function guidText(b: Uint8Array, at: number): string {
  return (
    `${HEX[b[at + 3]!]!}${HEX[b[at + 2]!]!}${HEX[b[at + 1]!]!}${HEX[b[at]!]!}-` +
    `${HEX[b[at + 5]!]!}${HEX[b[at + 4]!]!}-${HEX[b[at + 7]!]!}${HEX[b[at + 6]!]!}-` +
    `${HEX[b[at + 8]!]!}${HEX[b[at + 9]!]!}-${HEX[b[at + 10]!]!}${HEX[b[at + 11]!]!}` +
    `${HEX[b[at + 12]!]!}${HEX[b[at + 13]!]!}${HEX[b[at + 14]!]!}${HEX[b[at + 15]!]!}`
  );
}

/** Upper-case hex of bytes[start, end), no separators. */
export function hexText(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let i = start; i < end; i++) text += HEX[bytes[i]!]!;
  return text;
}
