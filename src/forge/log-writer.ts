import { crc32Table } from "../base/crc32.ts";
import { ChunkBuffer, ChunkFull, MAX_RECORD_SIZE } from "./chunk-buffer.ts";
import { ForgeError } from "./forge-error.ts";
import type { ForgeEvent } from "./forge-event.ts";
import { LiteralEvents } from "./literal-event.ts";
import { PayloadTemplates } from "./payload-template.ts";
import { RecordCopier, type RecordPlace } from "./record-copier.ts";
import type { TemplateShape } from "./template-shape.ts";
import { rootTemplate, writeEvent } from "./write-event.ts";

export const HEADER_BLOCK_SIZE = 4096;
const ALL_ONES = 0xffff_ffff_ffff_ffffn;
const RECORD_MAGIC = 0x2a2a;
const NO_RING = 1n << 48n;

export interface LogOptions {
  /** Sets the header's dirty flag, as in a log copied from a running system. */
  readonly dirty?: boolean | undefined;
  /** Numbers the record headers from 1 whatever the events' own ids are, as "save selected events" does. */
  readonly exported?: boolean | undefined;
  /** Writes records as a collector stores forwarded events: as text, without templates. */
  readonly forwarded?: boolean | undefined;
  /** Most chunks the log may have: the oldest are overwritten then, as at a log's size limit. */
  readonly ring?: number | undefined;
  /** EventRecordID of the first event that names none; default 1. */
  readonly firstRecordId?: bigint | undefined;
}

/**
 * Writes a log chunk by chunk, so that its size is bounded by the disk and not by memory. `onChunk` gets each
 * full chunk (64 KiB) in order, with its slot in the file, and must use it before it returns: the buffer is reused. The header block comes
 * last, from `finish`, and belongs at offset 0.
 */
export class LogWriter {
  readonly #onChunk: (chunk: Uint8Array, slot: number) => void;
  readonly #ring: number | undefined;
  readonly #dirty: boolean;
  readonly #exported: boolean;
  readonly #chunk = new ChunkBuffer();
  readonly #payloads = new PayloadTemplates();
  readonly #literal: LiteralEvents | undefined;
  readonly #roots = new Map<string, TemplateShape>();
  readonly #copier = new RecordCopier();
  #nextId: bigint;
  #headerId = 0n;
  #number = 0n;
  #chunks = 0n;
  #chunkFirst: { readonly number: bigint; readonly id: bigint } | undefined;
  #lastRecord = 0;
  #finished = false;

  constructor(onChunk: (chunk: Uint8Array, slot: number) => void, options: LogOptions = {}) {
    this.#onChunk = onChunk;
    this.#dirty = options.dirty ?? false;
    this.#ring = options.ring;
    this.#exported = options.exported ?? false;
    this.#literal = options.forwarded === true ? new LiteralEvents() : undefined;
    this.#nextId = options.firstRecordId ?? 1n;
  }

  /** Slots that chunks go round in. */
  get #slots(): bigint {
    return this.#ring === undefined ? NO_RING : BigInt(Math.max(this.#ring, 1));
  }

  /** Records written so far. */
  get records(): bigint {
    return this.#number;
  }

  /** Adds an event. Throws ForgeError, and leaves the log as it was, when it cannot be written. */
  add(event: ForgeEvent): void {
    if (this.#finished) throw new ForgeError("alreadyFinished", "the log is finished");
    const recordId = event.recordId ?? this.#nextId;
    const headerId = this.#exported ? this.#number + 1n : recordId;
    if (headerId <= this.#headerId)
      throw new ForgeError(
        "recordIdNotRising",
        `record id ${headerId} after ${this.#headerId}`,
        eventName(event),
        "ids rise in a log; use the exported form for others",
      );
    try {
      this.#record(headerId, event.time, (chunk) => {
        const payload = this.#payloads.bind(event);
        if (this.#literal !== undefined) this.#literal.write(chunk, event, recordId, payload);
        else writeEvent(chunk, event, recordId, this.#root(event), payload);
      });
    } catch (error) {
      if (!(error instanceof ForgeError) || error.where.startsWith("event ")) throw error;
      const where = error.where === "" ? "" : `, field ${error.where}`;
      throw new ForgeError(error.code, error.what, `${eventName(event)}${where}`, error.fix);
    }
    this.#nextId = recordId + 1n;
  }

  /**
   * Adds a record of another log with its content and time as they are, numbered as in a log of selected events.
   * Throws ForgeError, and leaves the log as it was, when it cannot be copied.
   */
  addCopy(record: RecordPlace): void {
    if (this.#finished) throw new ForgeError("alreadyFinished", "the log is finished");
    const { chunk, at } = record;
    if (at < 0 || at + 28 > chunk.length)
      throw new ForgeError("cannotCopy", "the record does not lie in its chunk");
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const time = view.getBigUint64(at + 16, true);
    this.#record(this.#headerId + 1n, time, (target) => this.#copier.copy(record, target));
  }

  #record(headerId: bigint, time: bigint, writeBody: (chunk: ChunkBuffer) => void): void {
    if (!this.#tryRecord(headerId, time, writeBody)) {
      if (this.#chunkFirst !== undefined) this.#endChunk();
      if (!this.#tryRecord(headerId, time, writeBody))
        throw new ForgeError("eventTooLarge", `more than ${MAX_RECORD_SIZE} bytes`);
    }
    this.#headerId = headerId;
    this.#number += 1n;
  }

  /** Ends the last chunk and returns the 4096-byte header block. */
  finish(): Uint8Array {
    if (this.#finished) throw new ForgeError("alreadyFinished", "the log is finished");
    if (this.#chunkFirst !== undefined || this.#chunks === 0n) this.#endChunk();
    this.#finished = true;
    const block = new Uint8Array(HEADER_BLOCK_SIZE);
    const view = new DataView(block.buffer);
    for (const [index, letter] of [..."ElfFile\0"].entries()) block[index] = letter.charCodeAt(0);
    const wrapped = this.#chunks > this.#slots;
    const slots = wrapped ? this.#slots : this.#chunks;
    view.setBigUint64(8, wrapped ? this.#chunks % slots : 0n, true);
    view.setBigUint64(16, (this.#chunks - 1n) % slots, true);
    view.setBigUint64(24, this.#headerId + 1n, true);
    view.setUint32(32, 128, true);
    view.setUint16(36, 1, true);
    view.setUint16(38, 3, true);
    view.setUint16(40, HEADER_BLOCK_SIZE, true);
    view.setUint16(42, Number(slots & 0xffffn), true);
    view.setUint32(120, this.#dirty ? 1 : 0, true);
    view.setUint32(124, crc32Table(block, 0, 120, 0), true);
    return block;
  }

  /** Writes the record where it fits; false, and nothing written, where the chunk is too full for it. */
  #tryRecord(headerId: bigint, time: bigint, writeBody: (chunk: ChunkBuffer) => void): boolean {
    const chunk = this.#chunk;
    const mark = chunk.mark();
    try {
      const start = mark.at;
      chunk.u32(RECORD_MAGIC);
      chunk.skip(4);
      chunk.u64(headerId);
      chunk.u64(time);
      writeBody(chunk);
      const size = (chunk.at - start + 4 + 7) & ~7;
      if (size > MAX_RECORD_SIZE) throw new ChunkFull();
      chunk.skip(start + size - chunk.at);
      chunk.patchU32(start + 4, size);
      chunk.patchU32(start + size - 4, size);
      this.#chunkFirst ??= { number: this.#number + 1n, id: headerId };
      this.#lastRecord = start;
      return true;
    } catch (error) {
      chunk.takeBack(mark);
      if (error instanceof ChunkFull) return false;
      throw error;
    }
  }

  #root(event: ForgeEvent): TemplateShape {
    let root = this.#roots.get(event.computer);
    if (root === undefined) {
      root = rootTemplate(event.computer);
      this.#roots.set(event.computer, root);
    }
    return root;
  }

  #endChunk(): void {
    const first = this.#chunkFirst;
    // A log without records still has one chunk, with all numbers at "none".
    this.#chunk.seal({
      firstNumber: first?.number ?? 1n,
      lastNumber: first === undefined ? ALL_ONES : this.#number,
      firstId: first?.id ?? ALL_ONES,
      lastId: first === undefined ? ALL_ONES : this.#headerId,
      lastRecord: first === undefined ? 0 : this.#lastRecord,
    });
    this.#onChunk(this.#chunk.bytes, Number(this.#chunks % this.#slots));
    this.#chunks += 1n;
    this.#chunk.reset();
    this.#chunkFirst = undefined;
  }
}

function eventName(event: ForgeEvent): string {
  return `event ${event.id} of ${event.channel || event.provider}`;
}
