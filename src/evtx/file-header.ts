import { crc32Table } from "../base/crc32.ts";
import { unsigned64 } from "./binxml/value-text.ts";

export const FILE_HEADER_SIZE = 4096;
export const CHUNK_SIZE = 65_536;

/** Header flags (offset 120). Bits above these occur in edited logs only. */
const FLAGS: readonly (readonly [number, string])[] = [
  [1, "dirty"],
  [2, "full"],
  [4, "no-crc32"],
];
const KNOWN_FLAGS = 7;

/** What the first 128 bytes of a log claim; nothing in it is trusted for reading. */
export interface FileHeader {
  readonly hasMagic: boolean;
  readonly oldestChunk: string;
  readonly newestChunk: string;
  readonly nextRecordId: string;
  readonly minorVersion: number;
  readonly majorVersion: number;
  readonly blockSize: number;
  /** The low 16 bits of the number of chunks. */
  readonly chunkCount: number;
  readonly flagBits: number;
  readonly flags: readonly string[];
  readonly unknownFlags: boolean;
  /** `null` when the file says that it carries no checksums. */
  readonly crcOk: boolean | null;
}

/** Parses the file header block ([MS-EVEN6]; libevtx documentation, "File header"). `bytes` may be shorter. */
export function parseFileHeader(bytes: Uint8Array): FileHeader {
  const block = new Uint8Array(128);
  block.set(bytes.subarray(0, 128));
  const view = new DataView(block.buffer);
  const flagBits = view.getUint32(120, true);
  return {
    hasMagic:
      view.getUint32(0, true) === 0x46_66_6c_45 && view.getUint32(4, true) === 0x00_65_6c_69,
    oldestChunk: unsigned64(view, 8),
    newestChunk: unsigned64(view, 16),
    nextRecordId: unsigned64(view, 24),
    minorVersion: view.getUint16(36, true),
    majorVersion: view.getUint16(38, true),
    blockSize: view.getUint16(40, true),
    chunkCount: view.getUint16(42, true),
    flagBits,
    flags: FLAGS.filter(([bit]) => (flagBits & bit) !== 0).map(([, name]) => name),
    unknownFlags: (flagBits & ~KNOWN_FLAGS) !== 0,
    crcOk: flagBits & 4 ? null : crc32Table(block, 0, 120, 0) === view.getUint32(124, true),
  };
}
