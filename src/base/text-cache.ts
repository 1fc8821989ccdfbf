import { platform } from "./platform.ts";

const SLOTS = 8192;
/** Longest text remembered, in bytes. */
const LONGEST = 256;

/**
 * Remembers decoded UTF-16 strings by their bytes: logs repeat the same few thousand strings (92 % hits on
 * real logs), and decoding costs several times a lookup. Direct-mapped, so memory is bounded.
 */
export class TextCache {
  readonly #hashes = new Int32Array(SLOTS);
  readonly #ids = new Int32Array(SLOTS).fill(-1);
  readonly #lengths = new Int32Array(SLOTS).fill(-1);
  /** The bytes of slot n lie at n * LONGEST. */
  readonly #bytes = new Uint8Array(SLOTS * LONGEST);
  readonly #texts: string[] = new Array(SLOTS).fill("");
  #nextId = 0;

  /** The string of UTF-16LE bytes[start, end). */
  text(bytes: Uint8Array, start: number, end: number): string {
    if (end - start > LONGEST) return platform.utf16(bytes, start, end);
    return this.#texts[this.#slot(bytes, start, end)]!;
  }

  /** A number that no other text ever gets. The same text may get a new one after it was evicted. */
  id(bytes: Uint8Array, start: number, end: number): number {
    const bounded = Math.min(end, start + LONGEST);
    const id = this.#ids[this.#slot(bytes, start, bounded)]!;
    return bounded === end ? id : ~id;
  }

  #slot(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    // Up to 16 sampled units spread over the text; the compare below decides, not the hash.
    let hash = length;
    const step = length <= 32 ? 2 : (length >> 5) << 1;
    for (let at = start; at < end; at += step) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
    const slot = (hash ^ (hash >>> 13)) & (SLOTS - 1);
    const home = slot * LONGEST;
    if (
      this.#hashes[slot] === hash &&
      this.#lengths[slot] === length &&
      isSame(bytes, start, this.#bytes, home, length)
    ) {
      return slot;
    }
    this.#hashes[slot] = hash;
    this.#lengths[slot] = length;
    for (let i = 0; i < length; i++) this.#bytes[home + i] = bytes[start + i]!;
    this.#texts[slot] = platform.utf16(bytes, start, end);
    this.#ids[slot] = this.#nextId++;
    return slot;
  }
}

function isSame(
  a: Uint8Array,
  aStart: number,
  b: Uint8Array,
  bStart: number,
  length: number,
): boolean {
  for (let i = 0; i < length; i++) if (a[aStart + i] !== b[bStart + i]) return false;
  return true;
}
