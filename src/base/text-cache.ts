import { platform } from "./platform.ts";

const SLOTS = 8192;
/** Longest text remembered, in bytes. */
const LONGEST = 256;

/** Where the cache keeps the text of last time. */
export class LastText {
  slot = 0;
}

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
  readonly #kept = new DataView(this.#bytes.buffer);
  #nextId = 0;
  /** The array last asked about, and a view of it: callers ask about the same chunk again and again. */
  #given: Uint8Array | undefined;
  #view: DataView = this.#kept;

  /** The string of UTF-16LE bytes[start, end). */
  text(bytes: Uint8Array, start: number, end: number): string {
    if (end - start > LONGEST) return platform.utf16(bytes, start, end);
    return this.#texts[this.#slot(bytes, start, end)]!;
  }

  /** The same for a text that is nearly always the one of last time, such as the computer's name: that is looked at first. */
  usual(bytes: Uint8Array, start: number, end: number, last: LastText): string {
    const length = end - start;
    if (length <= LONGEST) {
      if (this.#lengths[last.slot] === length && bytes === this.#given) {
        if (this.#holds(this.#view, start, last.slot * LONGEST, length))
          return this.#texts[last.slot]!;
      }
      last.slot = this.#slot(bytes, start, end);
      return this.#texts[last.slot]!;
    }
    return platform.utf16(bytes, start, end);
  }

  /** A number that no other text ever gets. The same text may get a new one after it was evicted. */
  id(bytes: Uint8Array, start: number, end: number): number {
    const bounded = Math.min(end, start + LONGEST);
    const id = this.#ids[this.#slot(bytes, start, bounded)]!;
    return bounded === end ? id : ~id;
  }

  #slot(bytes: Uint8Array, start: number, end: number): number {
    if (bytes !== this.#given) {
      this.#given = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    const view = this.#view;
    const length = end - start;
    // Up to 16 words spread over the text and its last bytes; the compare below decides, not the hash.
    let hash = length;
    const words = end - 3;
    const step = length <= 64 ? 4 : (length >> 6) << 2;
    for (let at = start; at < words; at += step)
      hash = (Math.imul(hash, 0x01000193) ^ view.getInt32(at, true)) | 0;
    if (length > 0) hash = (Math.imul(hash, 0x01000193) ^ bytes[end - (length & 1 ? 1 : 2)]!) | 0;
    hash ^= hash >>> 15;
    const slot = (hash ^ (hash >>> 7)) & (SLOTS - 1);
    const home = slot * LONGEST;
    if (
      this.#hashes[slot] === hash &&
      this.#lengths[slot] === length &&
      this.#holds(view, start, home, length)
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

  /** Word by word: most texts are compared with themselves, so the compare runs to its end. */
  #holds(view: DataView, start: number, home: number, length: number): boolean {
    const kept = this.#kept;
    const whole = length & ~3;
    let i = 0;
    for (; i < whole; i += 4)
      if (view.getInt32(start + i, true) !== kept.getInt32(home + i, true)) return false;
    for (; i < length; i++) if (view.getUint8(start + i) !== kept.getUint8(home + i)) return false;
    return true;
  }
}
