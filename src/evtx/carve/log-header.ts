import { platform } from "../../base/platform.ts";
import { FILE_HEADER_SIZE } from "../file-header.ts";

const HEADER_SIZE = 128;
const CRC_AT = 124;
const COUNTED = 120;

/** The first 4096 bytes of a log of `chunks` chunks, clean and in order, as Windows writes them (format 3.1). */
export function logHeader(chunks: number, nextRecordId: bigint): Uint8Array {
  const bytes = new Uint8Array(FILE_HEADER_SIZE);
  const view = new DataView(bytes.buffer);
  bytes.set([0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65, 0x00]);
  view.setBigUint64(16, BigInt(Math.max(chunks - 1, 0)), true);
  view.setBigUint64(24, nextRecordId, true);
  view.setUint32(32, HEADER_SIZE, true);
  view.setUint16(36, 1, true);
  view.setUint16(38, 3, true);
  view.setUint16(40, FILE_HEADER_SIZE, true);
  view.setUint16(42, chunks & 0xffff, true);
  view.setUint32(CRC_AT, platform.crc32(bytes, 0, COUNTED, 0), true);
  return bytes;
}
