import { crc32Table } from "../base/crc32.ts";
import { nameHash, templateBucket } from "./name-hash.ts";

export const CHUNK_SIZE = 65_536;
/** Largest record that has been seen in a log; the format itself ends at the chunk. */
export const MAX_RECORD_SIZE = 65_024;
const HEADER_SIZE = 512;
const STRING_BUCKETS = 128;
const TEMPLATE_BUCKETS = 384;

/** Thrown when the chunk has no room left; the writer takes the record back and starts a new chunk. */
export class ChunkFull extends Error {}

interface ChunkMark {
  readonly at: number;
  readonly names: number;
  readonly templates: number;
}

/**
 * The bytes of one chunk while it is written, with its string and template tables. Everything since a mark
 * can be taken back, tables included, so that a record which does not fit leaves no trace.
 */
export class ChunkBuffer {
  readonly bytes = new Uint8Array(CHUNK_SIZE);
  readonly #view = new DataView(this.bytes.buffer);
  at = HEADER_SIZE;
  readonly #names = new Map<string, number>();
  /** Names and template keys in the order written, to take them back. */
  readonly #nameOrder: string[] = [];
  readonly #templates = new Map<string, number>();
  readonly #templateOrder: { key: string; bucket: number }[] = [];

  reset(): void {
    this.bytes.fill(0);
    this.at = HEADER_SIZE;
    this.#names.clear();
    this.#nameOrder.length = 0;
    this.#templates.clear();
    this.#templateOrder.length = 0;
  }

  mark(): ChunkMark {
    return {
      at: this.at,
      names: this.#nameOrder.length,
      templates: this.#templateOrder.length,
    };
  }

  takeBack(mark: ChunkMark): void {
    while (this.#nameOrder.length > mark.names) {
      const name = this.#nameOrder.pop()!;
      const entry = this.#names.get(name)!;
      this.#names.delete(name);
      const slot = STRING_BUCKETS + 4 * (nameHash(name) % 64);
      this.#view.setUint32(slot, this.#view.getUint32(entry, true), true);
    }
    while (this.#templateOrder.length > mark.templates) {
      const { key, bucket } = this.#templateOrder.pop()!;
      const definition = this.#templates.get(key)!;
      this.#templates.delete(key);
      const slot = TEMPLATE_BUCKETS + 4 * bucket;
      this.#view.setUint32(slot, this.#view.getUint32(definition, true), true);
    }
    this.bytes.fill(0, mark.at);
    this.at = mark.at;
  }

  /** Moves on by `count` bytes and returns where they start. */
  skip(count: number): number {
    const { at } = this;
    if (at + count > CHUNK_SIZE) throw new ChunkFull();
    this.at = at + count;
    return at;
  }

  u8(value: number): void {
    this.bytes[this.skip(1)] = value;
  }

  u16(value: number): void {
    this.#view.setUint16(this.skip(2), value, true);
  }

  u32(value: number): void {
    this.#view.setUint32(this.skip(4), value, true);
  }

  u64(value: bigint): void {
    this.#view.setBigUint64(this.skip(8), value, true);
  }

  f32(value: number): void {
    this.#view.setFloat32(this.skip(4), value, true);
  }

  f64(value: number): void {
    this.#view.setFloat64(this.skip(8), value, true);
  }

  copy(source: Uint8Array): void {
    this.bytes.set(source, this.skip(source.length));
  }

  chars(text: string): void {
    let at = this.skip(2 * text.length);
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      this.bytes[at++] = unit;
      this.bytes[at++] = unit >> 8;
    }
  }

  patchU16(at: number, value: number): void {
    this.#view.setUint16(at, value, true);
  }

  patchU32(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  /** Writes content whose length in bytes stands before it as a u32. */
  sized(content: () => void): void {
    const at = this.skip(4);
    content();
    this.patchU32(at, this.at - at - 4);
  }

  /** A name reference: the entry stands inline where the name is new to the chunk, and joins its bucket. */
  name(text: string): void {
    const known = this.#names.get(text);
    if (known !== undefined) {
      this.u32(known);
      return;
    }
    const entry = this.at + 4;
    const hash = nameHash(text);
    const slot = STRING_BUCKETS + 4 * (hash % 64);
    this.u32(entry);
    this.u32(this.#view.getUint32(slot, true));
    this.u16(hash);
    this.u16(text.length);
    this.chars(text);
    this.u16(0);
    this.#view.setUint32(slot, entry, true);
    this.#names.set(text, entry);
    this.#nameOrder.push(text);
  }

  /**
   * The head of a template instance. `body` writes the definition's BinXML and is called only where this
   * chunk does not have the definition yet.
   */
  templateHead(key: string, guid: Uint8Array, body: () => void): void {
    const id = (guid[0]! | (guid[1]! << 8) | (guid[2]! << 16) | (guid[3]! << 24)) >>> 0;
    this.u8(0x0c);
    this.u8(0x01);
    this.u32(id);
    const known = this.#templates.get(key);
    if (known !== undefined) {
      this.u32(known);
      return;
    }
    const definition = this.at + 4;
    const bucket = templateBucket(guid);
    const slot = TEMPLATE_BUCKETS + 4 * bucket;
    this.u32(definition);
    this.u32(this.#view.getUint32(slot, true));
    this.copy(guid);
    this.sized(body);
    this.#view.setUint32(slot, definition, true);
    this.#templates.set(key, definition);
    this.#templateOrder.push({ key, bucket });
  }

  /** Writes the chunk header around what was written; the chunk is complete then. */
  seal(numbers: {
    readonly firstNumber: bigint;
    readonly lastNumber: bigint;
    readonly firstId: bigint;
    readonly lastId: bigint;
    readonly lastRecord: number;
  }): void {
    const view = this.#view;
    for (const [index, letter] of [..."ElfChnk\0"].entries())
      this.bytes[index] = letter.charCodeAt(0);
    view.setBigUint64(8, numbers.firstNumber, true);
    view.setBigUint64(16, numbers.lastNumber, true);
    view.setBigUint64(24, numbers.firstId, true);
    view.setBigUint64(32, numbers.lastId, true);
    view.setUint32(40, 128, true);
    view.setUint32(44, numbers.lastRecord, true);
    view.setUint32(48, this.at, true);
    view.setUint32(52, crc32Table(this.bytes, HEADER_SIZE, this.at, 0), true);
    // Set in every chunk that Windows writes, clean or not.
    view.setUint32(120, 1, true);
    const head = crc32Table(this.bytes, 0, 120, 0);
    view.setUint32(124, crc32Table(this.bytes, 128, HEADER_SIZE, head), true);
  }
}
