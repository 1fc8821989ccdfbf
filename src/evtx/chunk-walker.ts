import type { Completeness, RecordId, RecordState } from "../model/record-ref.ts";
import { BinXmlError } from "./binxml/binxml-error.ts";
import type { Body, BodyReader } from "./binxml/body-reader.ts";
import { CHUNK_HEADER_SIZE, type ChunkHeader } from "./chunk-header.ts";
import { recordIdAt } from "./record-id.ts";

/** Record layout: u32 magic | u32 size | u64 id | u64 FILETIME | BinXML | padding | u32 size. */
export const RECORD_HEADER_SIZE = 24;
export const RECORD_MAGIC = 0x00_00_2a_2a;
export const SMALLEST_RECORD = 28;
const LARGEST_RECORD = 65_024;
/** Bytes between the end of a body and the size copy: padding to 8. More is hidden data. */
const MOST_PADDING = 7;

/** What a walk tells its scan. Offsets are relative to the chunk. */
export interface WalkVisitor {
  record(
    offset: number,
    size: number,
    body: Body,
    completeness: Completeness,
    state: RecordState,
  ): void;
  /** `bytes` at `offset` that could not be read as a record. `id` where a record header is left. */
  damage(code: string, offset: number, bytes: number, message: string, id?: RecordId): void;
  /** Bytes inside a sound record that no body claims; called right behind that record. */
  hidden(offset: number, bytes: number, id: RecordId): void;
}

export interface WalkResult {
  /** Where the walk ended; behind it is slack. */
  readonly end: number;
  readonly recordBytes: number;
  readonly damagedBytes: number;
  /** Records whose header was found and whose body could not be read. */
  readonly partial: number;
}

/** True when the bytes at `at` are framed as a record: magic, sane size, equal size copy inside the chunk. */
export function isFramed(view: DataView, at: number, chunkEnd: number): boolean {
  if (at + SMALLEST_RECORD > chunkEnd || view.getUint32(at, true) !== RECORD_MAGIC) return false;
  const size = view.getUint32(at + 4, true);
  return (
    size >= SMALLEST_RECORD &&
    size <= LARGEST_RECORD &&
    (size & 7) === 0 &&
    at + size <= chunkEnd &&
    view.getUint32(at + size - 4, true) === size
  );
}

/** True when there is nothing but zeros in [from, to). Word by word: chunks that were never used are most of many logs. */
export function isZero(view: DataView, from: number, to: number): boolean {
  let at = from;
  for (; at + 4 <= to; at += 4) if (view.getInt32(at, true) !== 0) return false;
  for (; at < to; at++) if (view.getUint8(at) !== 0) return false;
  return true;
}

/** True when a record's signature stands at an 8-aligned place in [from, to). */
export function holdsRecord(view: DataView, from: number, to: number): boolean {
  for (let at = (from + 7) & ~7; at + SMALLEST_RECORD <= to; at += 8)
    if (view.getUint32(at, true) === RECORD_MAGIC) return true;
  return false;
}

/**
 * Walks the records of one chunk. After damage it goes on at the next framed record, so that a hole costs only
 * the records it touches. Always advances: ends after at most one step per 8 bytes.
 */
export class ChunkWalker {
  readonly #reader: BodyReader;
  readonly #visitor: WalkVisitor;

  constructor(reader: BodyReader, visitor: WalkVisitor) {
    this.#reader = reader;
    this.#visitor = visitor;
  }

  /** `length`: bytes of the chunk that exist in the file. */
  walk(header: ChunkHeader, length: number): WalkResult {
    const { view } = this.#reader;
    const free = header.freeSpaceOffset;
    const limit = free >= CHUNK_HEADER_SIZE && free <= length ? free : length;
    let at = CHUNK_HEADER_SIZE;
    let recordBytes = 0;
    let damagedBytes = 0;
    let partial = 0;
    let torn = false;
    while (at + 8 <= limit) {
      if (isFramed(view, at, length)) {
        const size = view.getUint32(at + 4, true);
        const state: RecordState =
          torn && !isInRange(recordIdAt(view, at + 8), header) ? "stale-chunk" : "live";
        if (this.#read(at, size, state, "full")) recordBytes += size;
        else {
          partial++;
          damagedBytes += size;
        }
        at += size;
        continue;
      }
      if (isZero(view, at, limit)) {
        // Zeros behind the last record the header names are room never used.
        if (limit === length || at > header.lastRecordOffset) break;
        this.#visitor.damage(
          "zero-gap",
          at,
          limit - at,
          `zeros where the chunk header says that records lie`,
        );
        damagedBytes += limit - at;
        at = limit;
        torn = true;
        break;
      }
      torn = true;
      const next = this.#nextFramed(at + 8, limit, length);
      const size = next - at;
      if (this.#repair(at, size, header)) recordBytes += size;
      else {
        if (this.#reportDamage(at, size)) partial++;
        damagedBytes += size;
      }
      at = next;
    }
    return { end: Math.max(at, Math.min(limit, length)), recordBytes, damagedBytes, partial };
  }

  #read(at: number, size: number, state: RecordState, completeness: Completeness): boolean {
    const end = at + size - 4;
    let body: Body;
    try {
      body = this.#reader.readRecord(at + RECORD_HEADER_SIZE, end);
    } catch (error) {
      if (!(error instanceof BinXmlError)) throw error;
      this.#visitor.damage(error.code, at, size, error.message, this.#id(at));
      return false;
    }
    if (body.roots.length === 0) {
      this.#visitor.damage("empty-body", at, size, "the record has no content", this.#id(at));
      return false;
    }
    if (!body.terminated) {
      const message = "the record's content does not end with its end token";
      this.#visitor.damage("body-cut", at, 0, message, this.#id(at));
      this.#visitor.record(at, size, body, "partial", state);
      return true;
    }
    const trailing = end - body.end;
    const bodyEnd = body.end;
    this.#visitor.record(at, size, body, completeness, state);
    if (trailing > MOST_PADDING) this.#visitor.hidden(bodyEnd, trailing, this.#id(at));
    return true;
  }

  /** A record whose size fields are wrong but whose body ends just before the next record. */
  #repair(at: number, distance: number, header: ChunkHeader): boolean {
    const { view } = this.#reader;
    if (
      distance < SMALLEST_RECORD ||
      distance > LARGEST_RECORD ||
      view.getUint32(at, true) !== RECORD_MAGIC
    )
      return false;
    const end = at + distance - 4;
    try {
      const body = this.#reader.readRecord(at + RECORD_HEADER_SIZE, end);
      if (
        !body.terminated ||
        body.roots.length === 0 ||
        end - body.end > MOST_PADDING ||
        body.end > end
      )
        return false;
      const state: RecordState = isInRange(this.#id(at), header) ? "live" : "stale-chunk";
      this.#visitor.record(at, distance, body, "repaired", state);
      return true;
    } catch (error) {
      if (!(error instanceof BinXmlError)) throw error;
      return false;
    }
  }

  /** Reports a stretch that holds no readable record; true when it begins with a record's header. */
  #reportDamage(at: number, bytes: number): boolean {
    const { view } = this.#reader;
    const hasHeader = bytes >= RECORD_HEADER_SIZE && view.getUint32(at, true) === RECORD_MAGIC;
    if (hasHeader) {
      this.#visitor.damage(
        "record-cut",
        at,
        bytes,
        "a record's header is there, its body is overwritten or cut",
        this.#id(at),
      );
    } else {
      this.#visitor.damage("bytes-damaged", at, bytes, "no record can be read here");
    }
    return hasHeader;
  }

  /** The next framed record at or behind `from` (records are 8-aligned), else `limit`. */
  #nextFramed(from: number, limit: number, length: number): number {
    const { view } = this.#reader;
    for (let at = from & ~7; at + SMALLEST_RECORD <= limit; at += 8)
      if (isFramed(view, at, length)) return at;
    return limit;
  }

  #id(at: number): RecordId {
    return recordIdAt(this.#reader.view, at + 8);
  }
}

function isInRange(id: RecordId, header: ChunkHeader): boolean {
  const { firstId, lastId } = header;
  return (
    typeof id === "number" &&
    typeof firstId === "number" &&
    typeof lastId === "number" &&
    id >= firstId &&
    id <= lastId
  );
}
