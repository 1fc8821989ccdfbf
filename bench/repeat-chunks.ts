import { crc32 } from "node:zlib";

const CHUNK = 65_536;
const HEADER = 4096;
const FIRST_RECORD = 512;
/** Position of EventRecordID in the value list of every root template. */
const RECORD_ID_SLOT = 10;

/** Bytes in use from which a chunk counts as full. */
const FULL = 40_000;

/** Chunks of a log in use are nearly full; half-empty ones would measure the reading of zeros. */
export function isFull(chunk: Uint8Array): boolean {
  return viewOf(chunk).getUint32(48, true) >= FULL;
}

/** Copies of the chunks of a log whose checksums hold and whose every record can be renumbered. */
export function soundChunks(log: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = HEADER; at + CHUNK <= log.length; at += CHUNK) {
    const chunk = log.slice(at, at + CHUNK);
    const view = viewOf(chunk);
    const free = view.getUint32(48, true);
    if (view.getUint32(0, true) !== 0x43_66_6c_45 || free <= FIRST_RECORD || free > CHUNK) continue;
    if (crc32(chunk.subarray(FIRST_RECORD, free)) !== view.getUint32(52, true)) continue;
    const records = recordOffsets(view, free);
    const whole = records.every((record) => recordIdAt(view, record) !== undefined);
    if (whole && records.length > 0) chunks.push(chunk);
  }
  return chunks;
}

/** Gives the records of a chunk the ids from `firstId` on, in header and body; returns how many there are. */
export function renumberChunk(chunk: Uint8Array, firstId: number): number {
  const view = viewOf(chunk);
  const free = view.getUint32(48, true);
  const records = recordOffsets(view, free);
  for (const [index, record] of records.entries()) {
    const id = BigInt(firstId + index);
    view.setBigUint64(record + 8, id, true);
    view.setBigUint64(recordIdAt(view, record)!, id, true);
  }
  const first = BigInt(firstId);
  const last = BigInt(firstId + records.length - 1);
  for (const at of [8, 24]) {
    view.setBigUint64(at, first, true);
    view.setBigUint64(at + 8, last, true);
  }
  view.setUint32(44, records.at(-1)!, true);
  view.setUint32(52, crc32(chunk.subarray(FIRST_RECORD, free)), true);
  const head = crc32(chunk.subarray(0, 120));
  view.setUint32(124, crc32(chunk.subarray(128, FIRST_RECORD), head), true);
  return records.length;
}

/** The header block of a log of `chunks` full slots. */
export function fileHeader(chunks: number, nextId: number): Uint8Array {
  const block = new Uint8Array(HEADER);
  const view = viewOf(block);
  block.set(new TextEncoder().encode("ElfFile\0"));
  view.setBigUint64(16, BigInt(chunks - 1), true);
  view.setBigUint64(24, BigInt(nextId), true);
  view.setUint32(32, 128, true);
  view.setUint16(36, 1, true);
  view.setUint16(38, 3, true);
  view.setUint16(40, HEADER, true);
  view.setUint16(42, chunks & 0xffff, true);
  view.setUint32(124, crc32(block.subarray(0, 120)), true);
  return block;
}

function recordOffsets(view: DataView, free: number): number[] {
  const offsets: number[] = [];
  let at = FIRST_RECORD;
  while (at + 28 <= free && view.getUint32(at, true) === 0x2a2a) {
    const size = view.getUint32(at + 4, true);
    if (size < 28 || at + size > free || view.getUint32(at + size - 4, true) !== size) break;
    offsets.push(at);
    at += size;
  }
  // A chunk whose walk ends early is damaged: it is not repeated.
  return at === free ? offsets : [];
}

/** Where the record's EventRecordID lies, or `undefined` for records without a template. */
function recordIdAt(view: DataView, record: number): number | undefined {
  const instance = record + 28;
  if (view.getUint8(instance) !== 0x0c) return undefined;
  const definition = view.getUint32(instance + 6, true);
  const after = instance + 10;
  let values = after;
  if (definition === after) values = after + 24 + view.getUint32(after + 20, true);
  if (values + 4 > CHUNK) return undefined;
  const count = view.getUint32(values, true);
  if (count <= RECORD_ID_SLOT || values + 4 + 4 * count > CHUNK) return undefined;
  let at = values + 4 + 4 * count;
  for (let i = 0; i < RECORD_ID_SLOT; i++) at += view.getUint16(values + 4 + 4 * i, true);
  const size = view.getUint16(values + 4 + 4 * RECORD_ID_SLOT, true);
  return size === 8 && at + 8 <= CHUNK ? at : undefined;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
