/**
 * `S-1-5-21-…` of the SID in bytes[start, end): revision, count, 48-bit big-endian authority, then
 * little-endian sub-authorities ([MS-DTYP] 2.4.2). A window cut short prints the sub-authorities that are there.
 */
export function sidText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start < 8) return "";
  const high = (bytes[start + 2]! << 8) | bytes[start + 3]!;
  const low =
    ((bytes[start + 4]! << 24) |
      (bytes[start + 5]! << 16) |
      (bytes[start + 6]! << 8) |
      bytes[start + 7]!) >>>
    0;
  const authority =
    high === 0 ? `${low}` : `0x${high.toString(16)}${low.toString(16).padStart(8, "0")}`;
  let text = `S-${bytes[start]}-${authority}`;
  const count = Math.min(bytes[start + 1]!, (end - start - 8) >> 2);
  for (let i = 0, at = start + 8; i < count; i++, at += 4) {
    text += `-${(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0}`;
  }
  return text;
}

/** Bytes that the SID at `start` takes, by its own count. */
export function sidLength(bytes: Uint8Array, start: number): number {
  return 8 + 4 * bytes[start + 1]!;
}
