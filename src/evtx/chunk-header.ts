import { platform } from "../base/platform.ts";
import type { RecordId } from "../model/record-ref.ts";
import { recordIdAt } from "./record-id.ts";

export const CHUNK_HEADER_SIZE = 512;

/** What a chunk's header claims (libevtx documentation, "Chunk header"). */
export interface ChunkHeader {
  readonly firstNumber: RecordId;
  readonly lastNumber: RecordId;
  readonly firstId: RecordId;
  readonly lastId: RecordId;
  readonly lastRecordOffset: number;
  readonly freeSpaceOffset: number;
  /** Records it should hold by its own range; `null` when the range makes no sense. */
  readonly expected: number | null;
  /** `null` when the chunk carries no checksums. */
  readonly headerCrcOk: boolean | null;
  readonly dataCrcOk: boolean | null;
}

/** A chunk of 65,024 record bytes holds at most this many records of 28 bytes. */
const MOST_RECORDS = 2322;

export function hasChunkMagic(view: DataView): boolean {
  return view.getUint32(0, true) === 0x43_66_6c_45 && view.getUint32(4, true) === 0x00_6b_6e_68;
}

export function parseChunkHeader(
  bytes: Uint8Array,
  view: DataView,
  checksums: boolean,
): ChunkHeader {
  const firstNumber = recordIdAt(view, 8);
  const lastNumber = recordIdAt(view, 16);
  const freeSpaceOffset = view.getUint32(48, true);
  const verify = checksums && (view.getUint32(120, true) & 4) === 0;
  const headerCrc = verify ? platform.crc32(bytes, 128, 512, platform.crc32(bytes, 0, 120, 0)) : 0;
  const dataEnd = Math.min(Math.max(freeSpaceOffset, CHUNK_HEADER_SIZE), bytes.length);
  return {
    firstNumber,
    lastNumber,
    firstId: recordIdAt(view, 24),
    lastId: recordIdAt(view, 32),
    lastRecordOffset: view.getUint32(44, true),
    freeSpaceOffset,
    expected: expectedRecords(firstNumber, lastNumber),
    headerCrcOk: verify ? headerCrc === view.getUint32(124, true) : null,
    dataCrcOk: verify
      ? platform.crc32(bytes, CHUNK_HEADER_SIZE, dataEnd, 0) === view.getUint32(52, true)
      : null,
  };
}

function expectedRecords(first: RecordId, last: RecordId): number | null {
  // An empty chunk says first 1, last 2^64-1.
  if (last === "18446744073709551615") return 0;
  if (typeof first !== "number" || typeof last !== "number") return null;
  const count = last - first + 1;
  return count >= 0 && count <= MOST_RECORDS ? count : null;
}
