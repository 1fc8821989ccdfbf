import { LIMITS } from "../../base/limits.ts";
import { platform } from "../../base/platform.ts";
import { BinXmlError } from "./binxml-error.ts";

/** Hash of a name's UTF-16 units; its low 16 bits stand on disk (libevtx documentation; 90,673 table entries agree). */
export function nameHash(bytes: Uint8Array, start: number, end: number): number {
  let h = 0;
  for (let at = start; at < end; at += 2) {
    h = (Math.imul(h, 65_599) + (bytes[at]! | (bytes[at + 1]! << 8))) | 0;
  }
  return h;
}

/** Gives every distinct name one small number, so that structures compare as numbers. */
export class NameTable {
  /** Numbers of the names with a hash; nearly always one. */
  readonly #byHash = new Map<number, number[]>();
  readonly #texts: string[] = [];
  readonly #bytes: Uint8Array[] = [];
  /** Bytes of all names kept. */
  bytes = 0;

  /** The number of the name in bytes[start, end), whose nameHash is `hash`. */
  idOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const known = this.#byHash.get(hash);
    if (known !== undefined) {
      for (const id of known) if (isSame(this.#bytes[id]!, bytes, start, end)) return id;
    }
    const id = this.#texts.push(platform.utf16(bytes, start, end)) - 1;
    this.#bytes.push(bytes.slice(start, end));
    this.bytes += end - start;
    if (known === undefined) this.#byHash.set(hash, [id]);
    else known.push(id);
    return id;
  }

  text(id: number): string {
    return this.#texts[id]!;
  }

  get full(): boolean {
    return this.#texts.length >= LIMITS.cachedNames || this.bytes >= LIMITS.cachedNameBytes;
  }

  /** Forgets all names; whoever remembers numbers has to forget them, too. */
  clear(): void {
    this.#byHash.clear();
    this.#texts.length = 0;
    this.#bytes.length = 0;
    this.bytes = 0;
  }
}

function isSame(name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[start + i]) return false;
  return true;
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
  /** Refuse names that do not fit their hash, for bytes that may have been overwritten. */
  readonly strict: boolean;

  constructor(table: NameTable, strict = false) {
    this.table = table;
    this.strict = strict;
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
    const hash = nameHash(bytes, start, end);
    const isSound = (hash & 0xffff) === (bytes[offset + 4]! | (bytes[offset + 5]! << 8));
    if (!isSound) this.mismatches.push(offset);
    // No element is nameless, and zeros would pass for one.
    if (this.strict && (!isSound || start === end)) {
      throw new BinXmlError(
        "name-hash",
        offset,
        `the name at 0x${offset.toString(16)} does not fit its hash: it has been overwritten`,
      );
    }
    const id = this.table.idOf(bytes, start, end, hash);
    this.#idAt[offset] = id;
    this.#used.push(offset);
    return id;
  }
}
