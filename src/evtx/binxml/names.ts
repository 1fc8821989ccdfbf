import { LIMITS } from "../../base/limits.ts";
import { platform } from "../../base/platform.ts";
import { BinXmlError } from "./binxml-error.ts";

/** Hash of a name's UTF-16 units, 16 bits kept on disk (libevtx documentation; 90,673 table entries agree). */
export function nameHash(bytes: Uint8Array, start: number, end: number): number {
  let h = 0;
  for (let at = start; at < end; at += 2) {
    h = (Math.imul(h, 65_599) + (bytes[at]! | (bytes[at + 1]! << 8))) | 0;
  }
  return h & 0xffff;
}

/** Gives every distinct name one small number, so that structures compare as numbers. */
export class NameTable {
  readonly #ids = new Map<string, number>();
  readonly #texts: string[] = [];

  idOf(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.#texts.length;
      this.#texts.push(text);
      this.#ids.set(text, id);
    }
    return id;
  }

  text(id: number): string {
    return this.#texts[id]!;
  }

  get full(): boolean {
    return this.#texts.length >= LIMITS.cachedNames;
  }
}

const CHUNK_SIZE = 65_536;

/**
 * The names of one chunk, resolved by offset and remembered until the next chunk. The chunk's own string
 * table is never needed to read it, so a damaged or looping table costs nothing.
 *
 * name entry: u32 next | u16 hash | u16 nChars | chars | u16 0
 */
export class ChunkNames {
  readonly table: NameTable;
  /** Offsets whose stored hash does not fit the text, for the record loop to report. */
  readonly mismatches: number[] = [];
  readonly #idAt = new Int32Array(CHUNK_SIZE).fill(-1);
  readonly #used: number[] = [];
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(table: NameTable) {
    this.table = table;
  }

  reset(bytes: Uint8Array): void {
    this.#bytes = bytes;
    for (const offset of this.#used) this.#idAt[offset] = -1;
    this.#used.length = 0;
    this.mismatches.length = 0;
  }

  /** Bytes that the entry at `offset` takes. */
  entryLength(offset: number): number {
    return 10 + 2 * (this.#bytes[offset + 6]! | (this.#bytes[offset + 7]! << 8));
  }

  /** The number of the name stored at `offset`; throws when it does not fit the chunk. */
  idAt(offset: number): number {
    if (offset >= CHUNK_SIZE) {
      throw new BinXmlError(
        "name-out-of-chunk",
        offset,
        `name offset 0x${offset.toString(16)} is outside the chunk`,
      );
    }
    const known = this.#idAt[offset]!;
    if (known >= 0) return known;
    const bytes = this.#bytes;
    const start = offset + 8;
    if (start > bytes.length || start + this.entryLength(offset) - 10 > bytes.length) {
      throw new BinXmlError(
        "name-out-of-chunk",
        offset,
        `name at 0x${offset.toString(16)} runs past the chunk`,
      );
    }
    const end = start + this.entryLength(offset) - 10;
    if (nameHash(bytes, start, end) !== (bytes[offset + 4]! | (bytes[offset + 5]! << 8))) {
      this.mismatches.push(offset);
    }
    const id = this.table.idOf(platform.utf16(bytes, start, end));
    this.#idAt[offset] = id;
    this.#used.push(offset);
    return id;
  }
}
