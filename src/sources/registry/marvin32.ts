/** Marvin32, the checksum of registry log entries (US patent 20130262421): two mixing halves, four bytes at a time. */
export function marvin32(
  bytes: Uint8Array,
  start: number,
  end: number,
  seed: readonly [low: number, high: number],
): readonly [low: number, high: number] {
  let [p0, p1] = seed;
  const mix = (word: number): void => {
    p0 = (p0 + word) | 0;
    p1 ^= p0;
    p0 = (rotate(p0, 20) + p1) | 0;
    p1 = rotate(p1, 9) ^ p0;
    p0 = (rotate(p0, 27) + p1) | 0;
    p1 = rotate(p1, 19);
  };
  let at = start;
  for (; at + 4 <= end; at += 4)
    mix(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
  let last = 0x80;
  for (let i = end - 1; i >= at; i--) last = (last << 8) | bytes[i]!;
  mix(last);
  mix(0);
  return [p0 >>> 0, p1 >>> 0];
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
