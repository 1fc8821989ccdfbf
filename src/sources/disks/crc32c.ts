/** CRC-32C (Castagnoli), reflected polynomial 0x82F63B78: iSCSI's, used by VHDX. */
const TABLE = new Uint32Array(256);
for (let n = 0; n < 256; n++) {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0x82f6_3b78 : c >>> 1;
  TABLE[n] = c >>> 0;
}

/** CRC-32C of the bytes with the four at `hole` counted as zeros: where the checksum itself stands. */
export function crc32cWithHole(bytes: Uint8Array, hole: number): number {
  let crc = 0xffff_ffff;
  for (let i = 0; i < bytes.length; i++) {
    const byte = i >= hole && i < hole + 4 ? 0 : bytes[i]!;
    crc = TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}
