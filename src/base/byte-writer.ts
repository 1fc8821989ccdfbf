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

const HEX_LOWER = new TextEncoder().encode("0123456789abcdef");
const HEX_UPPER = new TextEncoder().encode("0123456789ABCDEF");

/**
 * A growing UTF-8 buffer for output that is written as bytes from the start: no string is built and
 * encoded per record.
 */
export class ByteWriter {
  buffer: Uint8Array<ArrayBuffer>;
  at = 0;

  constructor(size = 256 * 1024) {
    this.buffer = new Uint8Array(size);
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

  /** Writes text that is known to be ASCII and to need no escape. */
  ascii(text: string): void {
    const { length } = text;
    this.ensure(length);
    const { buffer } = this;
    let { at } = this;
    for (let i = 0; i < length; i++) buffer[at++] = text.charCodeAt(i);
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
    const { buffer } = this;
    let { at } = this;
    for (let i = start; i < end; i += 2) {
      const low = source[i]!;
      const high = source[i + 1]!;
      if (high === 0 && low < 0x80) {
        const letter = ESCAPE[low]!;
        if (letter === 0) buffer[at++] = low;
        else if (letter === 1) {
          at = unicodeEscape(buffer, at, low);
        } else {
          buffer[at++] = 0x5c;
          buffer[at++] = letter;
        }
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
    const { buffer } = this;
    let { at } = this;
    for (let i = start; i < end; i++) {
      buffer[at++] = HEX_UPPER[source[i]! >> 4]!;
      buffer[at++] = HEX_UPPER[source[i]! & 15]!;
    }
    this.at = at;
  }
}

function unicodeEscape(buffer: Uint8Array, start: number, unit: number): number {
  let at = start;
  buffer[at++] = 0x5c;
  buffer[at++] = 0x75;
  for (let shift = 12; shift >= 0; shift -= 4) buffer[at++] = HEX_LOWER[(unit >> shift) & 15]!;
  return at;
}
