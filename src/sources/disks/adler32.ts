const MODULUS = 65_521;
/** So many additions stay below 2^31 before the sums must be reduced (RFC 1950, zlib's NMAX). */
const RUN = 3800;

/** Adler-32 of bytes[start, end), as an unsigned number (RFC 1950). */
export function adler32(bytes: Uint8Array, start: number, end: number): number {
  let a = 1;
  let b = 0;
  for (let at = start; at < end; ) {
    const stop = Math.min(at + RUN, end);
    for (; at < stop; at++) {
      a += bytes[at]!;
      b += a;
    }
    a %= MODULUS;
    b %= MODULUS;
  }
  return ((b << 16) | a) >>> 0;
}
