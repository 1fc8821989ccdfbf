import { WINDOWS_1252 } from "./windows-1252.ts";

/** Escapes of the 128 ASCII characters in JSON: 0 = as is, 1 = \u00XX, else the letter behind the backslash. */
const ESCAPE = new Uint8Array(128);
ESCAPE.fill(1, 0, 32);
ESCAPE[0x08] = 0x62;
ESCAPE[0x09] = 0x74;
ESCAPE[0x0a] = 0x6e;
ESCAPE[0x0c] = 0x66;
ESCAPE[0x0d] = 0x72;
ESCAPE[0x22] = 0x22;
ESCAPE[0x5c] = 0x5c;

/** The two upper-case hex digits of a byte, as they lie in memory. */
const HEX_PAIR = new Uint16Array(256);
for (let byte = 0; byte < 256; byte++) {
  const digit = (nibble: number): number => (nibble < 10 ? 0x30 : 0x37) + nibble;
  HEX_PAIR[byte] = digit(byte >> 4) | (digit(byte & 15) << 8);
}

const HEX_LOWER = new TextEncoder().encode("0123456789abcdef");

/**
 * A growing UTF-8 buffer for output that is written as bytes from the start: no string is built and
 * encoded per record.
 */
export class ByteWriter {
  buffer: Uint8Array<ArrayBuffer>;
  at = 0;
  #view: DataView<ArrayBuffer>;
  /** The array last written from, and a view of it: records of one chunk follow one another. */
  #source: Uint8Array | undefined;
  #sourceView: DataView;

  constructor(size = 256 * 1024) {
    this.buffer = new Uint8Array(size);
    this.#view = new DataView(this.buffer.buffer);
    this.#sourceView = this.#view;
  }

  /** The bytes written so far; valid until the next write. */
  get written(): Uint8Array {
    return this.buffer.subarray(0, this.at);
  }

  clear(): void {
    this.at = 0;
  }

  /** Makes room for `bytes` more. */
  ensure(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(this.at + bytes, 2 * this.buffer.length));
    grown.set(this.buffer.subarray(0, this.at));
    this.buffer = grown;
    this.#view = new DataView(grown.buffer);
  }

  byte(value: number): void {
    this.ensure(1);
    this.buffer[this.at++] = value;
  }

  /** Copies ready bytes. */
  bytes(source: Uint8Array): void {
    const { length } = source;
    this.ensure(length);
    const { buffer } = this;
    let { at } = this;
    // HOT: below some 24 bytes a loop beats the call into the engine (measured: bench jsonl).
    if (length <= 24) for (let i = 0; i < length; i++) buffer[at++] = source[i]!;
    else {
      buffer.set(source, at);
      at += length;
    }
    this.at = at;
  }

  /** Copies `length` bytes that lie packed in words, low byte first: four at a time, without a call into the engine. */
  words(words: Int32Array, from: number, length: number): void {
    this.ensure(length + 3);
    const view = this.#view;
    let { at } = this;
    const end = at + length;
    // What the last word has too much is written over by what comes next.
    for (let word = from; at < end; at += 4) view.setInt32(at, words[word++]!, true);
    this.at = end;
  }

  /** Writes text that is known to be ASCII and to need no escape. */
  ascii(text: string): void {
    const { length } = text;
    this.ensure(length);
    const { buffer } = this;
    let { at } = this;
    for (let i = 0; i < length; i++) buffer[at++] = text.charCodeAt(i);
    this.at = at;
  }

  /** Writes text of code page 1252 as a JSON string with its quotes. */
  jsonWindows1252(source: Uint8Array, start: number, end: number): void {
    this.ensure(6 * (end - start) + 2);
    const { buffer } = this;
    let { at } = this;
    buffer[at++] = 0x22;
    for (let i = start; i < end; i++) {
      const unit = WINDOWS_1252[source[i]!]!;
      if (unit < 0x80) at = asciiUnit(buffer, at, unit);
      else if (unit < 0x800) {
        buffer[at++] = 0xc0 | (unit >> 6);
        buffer[at++] = 0x80 | (unit & 0x3f);
      } else {
        buffer[at++] = 0xe0 | (unit >> 12);
        buffer[at++] = 0x80 | ((unit >> 6) & 0x3f);
        buffer[at++] = 0x80 | (unit & 0x3f);
      }
    }
    buffer[at++] = 0x22;
    this.at = at;
  }

  /** Writes UTF-16LE bytes[start, end) as a JSON string with its quotes. Lone surrogates become `\udXXX`. */
  jsonUtf16(source: Uint8Array, start: number, end: number): void {
    this.ensure(3 * (end - start) + 2);
    this.buffer[this.at++] = 0x22;
    this.jsonUtf16Part(source, start, end);
    this.buffer[this.at++] = 0x22;
  }

  /** The same without quotes; room for 3 bytes per source byte must have been made. */
  jsonUtf16Part(source: Uint8Array, start: number, end: number): void {
    let i = start;
    while (i < end) {
      i = this.#plainUtf16(source, i, end);
      if (i < end) i = this.#anyUtf16(source, i, end, Math.min(end, i + 8));
    }
  }

  /** Writes the characters of UTF-16LE source[start, until), whatever they are, as JSON has them; returns where it stopped. */
  #anyUtf16(source: Uint8Array, start: number, end: number, until: number): number {
    const { buffer } = this;
    let { at } = this;
    let i = start;
    for (; i < until; i += 2) {
      const low = source[i]!;
      const high = source[i + 1]!;
      if (high === 0 && low < 0x80) {
        at = asciiUnit(buffer, at, low);
        continue;
      }
      const unit = low | (high << 8);
      if (unit < 0x800) {
        buffer[at++] = 0xc0 | (unit >> 6);
        buffer[at++] = 0x80 | (unit & 0x3f);
      } else if (unit < 0xd800 || unit > 0xdfff) {
        buffer[at++] = 0xe0 | (unit >> 12);
        buffer[at++] = 0x80 | ((unit >> 6) & 0x3f);
        buffer[at++] = 0x80 | (unit & 0x3f);
      } else {
        const next = i + 3 < end ? source[i + 2]! | (source[i + 3]! << 8) : 0;
        if (unit < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) {
          const point = 0x10000 + ((unit & 0x3ff) << 10) + (next & 0x3ff);
          buffer[at++] = 0xf0 | (point >> 18);
          buffer[at++] = 0x80 | ((point >> 12) & 0x3f);
          buffer[at++] = 0x80 | ((point >> 6) & 0x3f);
          buffer[at++] = 0x80 | (point & 0x3f);
          i += 2;
        } else at = unicodeEscape(buffer, at, unit);
      }
    }
    this.at = at;
    return i;
  }

  /** A decimal number below 2^53, no sign. */
  decimal(value: number): void {
    this.ensure(20);
    if (value < 10) {
      this.buffer[this.at++] = 0x30 + value;
      return;
    }
    let digits = 1;
    for (let bound = 10; bound <= value; bound *= 10) digits++;
    const { buffer } = this;
    let at = this.at + digits;
    this.at = at;
    let rest = value;
    // Doubles only above 2^31: integer arithmetic is several times faster.
    while (rest > 0x7fff_ffff) {
      const next = Math.floor(rest / 10);
      buffer[--at] = 0x30 + (rest - next * 10);
      rest = next;
    }
    let small = rest | 0;
    do {
      const next = (small / 10) | 0;
      buffer[--at] = 0x30 + (small - next * 10);
      small = next;
    } while (small > 0);
  }

  /** `width` decimal digits with leading zeros. */
  padded(value: number, width: number): void {
    this.ensure(width);
    let at = this.at + width;
    this.at = at;
    let rest = value | 0;
    for (let i = 0; i < width; i++) {
      const next = (rest / 10) | 0;
      this.buffer[--at] = 0x30 + (rest - next * 10);
      rest = next;
    }
  }

  /** Lower-case hex of an unsigned 32-bit number, at least `width` digits. */
  hex32(value: number, width: number): void {
    this.ensure(8);
    let digits = 1;
    while (digits < 8 && value >>> (4 * digits) !== 0) digits++;
    if (digits < width) digits = width;
    for (let shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      this.buffer[this.at++] = HEX_LOWER[(value >>> shift) & 15]!;
    }
  }

  /** Upper-case hex of bytes[start, end). */
  hexBytes(source: Uint8Array, start: number, end: number): void {
    this.ensure(2 * (end - start));
    const view = this.#view;
    let { at } = this;
    for (let i = start; i < end; i++, at += 2) view.setUint16(at, HEX_PAIR[source[i]!]!, true);
    this.at = at;
  }

  /** A GUID with dashes, upper case: its first three parts are stored low byte first. */
  guid(source: Uint8Array, start: number): void {
    this.ensure(36);
    const view = this.#view;
    let { at } = this;
    for (let i = 0; i < 16; i++, at += 2) {
      if (i === 4 || i === 6 || i === 8 || i === 10) view.setUint8(at++, 0x2d);
      view.setUint16(at, HEX_PAIR[source[start + GUID_ORDER[i]!]!]!, true);
    }
    this.at = at;
  }

  /**
   * Writes the characters of UTF-16LE source[start, end) that JSON has as one plain byte, four at a time, and stops at
   * the first four that hold another, or before the last few; returns where.
   */
  #plainUtf16(source: Uint8Array, start: number, end: number): number {
    if (source !== this.#source) {
      this.#source = source;
      this.#sourceView = new DataView(source.buffer, source.byteOffset, source.byteLength);
    }
    const from = this.#sourceView;
    const view = this.#view;
    let { at } = this;
    let i = start;
    for (const last = end - 7; i < last; i += 8, at += 4) {
      const first = from.getInt32(i, true);
      const second = from.getInt32(i + 4, true);
      if (((first | second) & ~0x7f007f) !== 0) break;
      const four =
        (first & 0xff) | ((first >>> 8) & 0xff00) | (second << 16) | ((second << 8) & ~0xffffff);
      // The classic test for a byte below n or equal to n among four; all are below 0x80 here.
      const quote = four ^ 0x22222222;
      const backslash = four ^ 0x5c5c5c5c;
      const escapes = (four - 0x20202020) | (quote - 0x01010101) | (backslash - 0x01010101);
      if ((escapes & 0x80808080) !== 0) break;
      view.setInt32(at, four, true);
    }
    this.at = at;
    return i;
  }
}

/** Where the bytes of a GUID's text lie in its 16 bytes. */
const GUID_ORDER = new Uint8Array([3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]);

/** Writes one ASCII character as JSON has it; returns where the next goes. */
function asciiUnit(buffer: Uint8Array, start: number, unit: number): number {
  let at = start;
  const letter = ESCAPE[unit]!;
  if (letter === 0) buffer[at++] = unit;
  else if (letter === 1) at = unicodeEscape(buffer, at, unit);
  else {
    buffer[at++] = 0x5c;
    buffer[at++] = letter;
  }
  return at;
}

function unicodeEscape(buffer: Uint8Array, start: number, unit: number): number {
  let at = start;
  buffer[at++] = 0x5c;
  buffer[at++] = 0x75;
  for (let shift = 12; shift >= 0; shift -= 4) buffer[at++] = HEX_LOWER[(unit >> shift) & 15]!;
  return at;
}
