import { LIMITS } from "../base/limits.ts";
import { ARRAY, MORE, TOKEN, VALUE_TYPE } from "../evtx/binxml/tokens.ts";
import type { ChunkBuffer } from "./chunk-buffer.ts";
import { ForgeError } from "./forge-error.ts";

/** Bytes before a record's body: magic, size, number, time. */
const RECORD_HEADER = 24;
const DEFINITION_HEADER = 24;

/** What a structure is written to: a chunk, or the text by which equal definitions are known. */
interface Sink {
  u8(value: number): void;
  u16(value: number): void;
  u32(value: number): void;
  copy(source: Uint8Array): void;
  name(text: string): void;
  sized(content: () => void): void;
}

/** A record where it lies: `chunk` from its first byte, and the record's place in it. */
export interface RecordPlace {
  readonly chunk: Uint8Array;
  readonly at: number;
  readonly size: number;
}

/**
 * Copies the bodies of records from one chunk to another. Names and template definitions are found by their
 * offset in a chunk, so the copy walks the binary XML and writes both anew where the other chunk lacks them;
 * every other byte of the content stays as it is. What lies behind the content is left out.
 */
export class RecordCopier {
  #chunk: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;
  #end = 0;
  #literal = true;
  readonly #nameNumbers = new Map<string, number>();
  /** By offset in the present chunk. */
  readonly #names = new Map<number, string>();
  readonly #definitions = new Map<number, string>();

  /** Writes the record's body to `target`. Throws ForgeError `cannotCopy` where the record does not hold together. */
  copy(record: RecordPlace, target: ChunkBuffer): void {
    if (record.chunk !== this.#chunk) {
      this.#chunk = record.chunk;
      this.#view = new DataView(
        record.chunk.buffer,
        record.chunk.byteOffset,
        record.chunk.byteLength,
      );
      this.#names.clear();
      this.#definitions.clear();
    }
    if (record.at < 0 || record.at + record.size > record.chunk.length)
      throw new ForgeError("cannotCopy", "the record does not lie in its chunk");
    this.#at = record.at + RECORD_HEADER;
    this.#end = record.at + record.size - 4;
    this.#literal = true;
    this.#stream(target, 0);
  }

  /** Fragment headers, instances and literal elements up to the end-of-stream token or the end. */
  #stream(out: ChunkBuffer, depth: number): void {
    if (depth > LIMITS.embeddedDepth) throw this.#bad("embedded values lie too deep");
    while (this.#at < this.#end) {
      const token = this.#peek();
      if (token === TOKEN.fragmentHeader) out.copy(this.#take(4));
      else if (token === TOKEN.templateInstance) this.#instance(out, depth);
      else if ((token & ~MORE) === TOKEN.openStart) this.#element(out, depth, 1);
      else if (token === TOKEN.endOfFile) {
        out.u8(this.#u8());
        return;
      } else throw this.#unexpected(token);
    }
  }

  #instance(out: ChunkBuffer, depth: number): void {
    const start = this.#at;
    this.#take(10);
    const definition = this.#view.getUint32(start + 6, true);
    if (definition > this.#chunk.length - DEFINITION_HEADER)
      throw this.#bad("its template lies outside the chunk");
    const bodySize = this.#view.getUint32(definition + 20, true);
    const bodyEnd = definition + DEFINITION_HEADER + bodySize;
    if (bodyEnd > this.#chunk.length) throw this.#bad("its template runs past the chunk");
    if (this.#view.getUint32(definition + 4, true) !== this.#view.getUint32(start + 2, true))
      throw this.#bad("its template was overwritten");
    if (definition === this.#at) this.#take(DEFINITION_HEADER + bodySize);
    const guid = this.#chunk.slice(definition + 4, definition + 20);
    const writeBody = (sink: Sink): void =>
      this.#elsewhere(definition + DEFINITION_HEADER, bodyEnd, () => this.#template(sink));
    let key = this.#definitions.get(definition);
    if (key === undefined) {
      const form = new NormalForm(this.#nameNumbers);
      form.copy(guid);
      writeBody(form);
      key = form.text;
      this.#definitions.set(definition, key);
    }
    out.templateHead(key, guid, () => writeBody(out));
    this.#values(out, depth);
  }

  #values(out: ChunkBuffer, depth: number): void {
    const count = this.#u32();
    if (count > (this.#end - this.#at) / 4) throw this.#bad("its values do not fit");
    const descriptors = this.#at;
    out.u32(count);
    const written = out.skip(4 * count);
    out.bytes.set(this.#take(4 * count), written);
    for (let i = 0; i < count; i++) {
      const size = this.#view.getUint16(descriptors + 4 * i, true);
      const type = this.#chunk[descriptors + 4 * i + 2]!;
      if (type === (VALUE_TYPE.binXml | ARRAY))
        throw this.#bad("a list of embedded XML cannot be moved");
      if (type !== VALUE_TYPE.binXml) {
        out.copy(this.#take(size));
        continue;
      }
      const from = out.at;
      const at = this.#at;
      this.#take(size);
      this.#elsewhere(at, at + size, () => this.#stream(out, depth + 1), true);
      out.patchU16(written + 4 * i, out.at - from);
    }
  }

  /** Runs `read` over [at, end) and comes back to where it was. */
  #elsewhere(at: number, end: number, read: () => void, literal = false): void {
    const before = { at: this.#at, end: this.#end, literal: this.#literal };
    this.#at = at;
    this.#end = end;
    this.#literal = literal;
    read();
    this.#at = before.at;
    this.#end = before.end;
    this.#literal = before.literal;
  }

  #template(out: Sink): void {
    while (this.#at < this.#end) {
      const token = this.#peek();
      if (token === TOKEN.fragmentHeader) out.copy(this.#take(4));
      else if ((token & ~MORE) === TOKEN.openStart) this.#element(out, 0, 1);
      else if (token === TOKEN.endOfFile) {
        out.u8(this.#u8());
        return;
      } else throw this.#unexpected(token);
    }
  }

  #element(out: Sink, embedded: number, depth: number): void {
    if (depth > LIMITS.elementDepth) throw this.#bad("elements lie too deep");
    const open = this.#u8();
    out.u8(open);
    if (!this.#literal) out.u16(this.#u16());
    this.#take(4);
    out.sized(() => {
      this.#name(out);
      if ((open & MORE) !== 0) {
        this.#take(4);
        out.sized(() => this.#attributes(out));
      }
      const close = this.#u8();
      out.u8(close);
      if (close === TOKEN.closeStart) this.#content(out, embedded, depth);
      else if (close !== TOKEN.closeEmpty) throw this.#unexpected(close);
    });
  }

  #attributes(out: Sink): void {
    while ((this.#peek() & ~MORE) === TOKEN.attribute) {
      out.u8(this.#u8());
      this.#name(out);
      while (this.#piece(out)) {
        // until the next token is no part of a value
      }
    }
  }

  #content(out: Sink, embedded: number, depth: number): void {
    for (;;) {
      const token = this.#peek();
      if ((token & ~MORE) === TOKEN.endElement) {
        out.u8(this.#u8());
        return;
      }
      if ((token & ~MORE) === TOKEN.openStart) this.#element(out, embedded, depth + 1);
      else if (token === TOKEN.templateInstance && this.#literal && isChunk(out))
        this.#instance(out, embedded + 1);
      else if (!this.#piece(out)) throw this.#unexpected(token);
    }
  }

  /** One piece of character data, if one stands here. */
  #piece(out: Sink): boolean {
    const token = this.#peek() & ~MORE;
    switch (token) {
      case TOKEN.value: {
        const type = this.#chunk[this.#at + 1];
        if (type !== VALUE_TYPE.string) throw this.#unexpected(token);
        out.copy(this.#take(2));
        this.#chars(out);
        return true;
      }
      case TOKEN.cdata:
      case TOKEN.piData:
        out.u8(this.#u8());
        this.#chars(out);
        return true;
      case TOKEN.charRef:
        out.copy(this.#take(3));
        return true;
      case TOKEN.entityRef:
      case TOKEN.piTarget:
        out.u8(this.#u8());
        this.#name(out);
        return true;
      case TOKEN.normalSubstitution:
      case TOKEN.optionalSubstitution:
        if (this.#literal) throw this.#unexpected(token);
        out.copy(this.#take(4));
        return true;
      default:
        return false;
    }
  }

  #chars(out: Sink): void {
    const length = this.#u16();
    out.u16(length);
    out.copy(this.#take(2 * length));
  }

  /** u32 offset of the entry: u32 next | u16 hash | u16 length | units | u16 0; inline at its first use. */
  #name(out: Sink): void {
    const offset = this.#u32();
    const { length } = this.#chunk;
    if (offset > length - 10) throw this.#bad("a name lies outside the chunk");
    const units = this.#view.getUint16(offset + 6, true);
    if (offset + 10 + 2 * units > length) throw this.#bad("a name runs past the chunk");
    if (offset === this.#at) this.#take(10 + 2 * units);
    let text = this.#names.get(offset);
    if (text === undefined) {
      const codes: number[] = [];
      for (let i = 0; i < units; i++) codes.push(this.#view.getUint16(offset + 8 + 2 * i, true));
      text = codes.map((code) => String.fromCharCode(code)).join("");
      this.#names.set(offset, text);
    }
    out.name(text);
  }

  #take(bytes: number): Uint8Array {
    const { length } = this.#chunk;
    if (this.#at + bytes > Math.min(this.#end, length)) throw this.#bad("its content is cut off");
    this.#at += bytes;
    return this.#chunk.subarray(this.#at - bytes, this.#at);
  }

  #peek(): number {
    if (this.#at >= this.#end) throw this.#bad("its content is cut off");
    return this.#chunk[this.#at]!;
  }

  #u8(): number {
    return this.#take(1)[0]!;
  }

  #u16(): number {
    this.#take(2);
    return this.#view.getUint16(this.#at - 2, true);
  }

  #u32(): number {
    this.#take(4);
    return this.#view.getUint32(this.#at - 4, true);
  }

  #unexpected(token: number): ForgeError {
    return this.#bad(`token 0x${token.toString(16)} is not expected`);
  }

  #bad(what: string): ForgeError {
    return new ForgeError("cannotCopy", `${what} (at 0x${this.#at.toString(16)} of its chunk)`);
  }
}

function isChunk(sink: Sink): sink is ChunkBuffer {
  return "templateHead" in sink;
}

/** A definition as text that does not depend on where it lies; names stand as numbers, so its length is bounded. */
class NormalForm implements Sink {
  readonly #numbers: Map<string, number>;
  readonly #parts: string[] = [];

  constructor(numbers: Map<string, number>) {
    this.#numbers = numbers;
  }

  get text(): string {
    return this.#parts.join(" ");
  }

  u8(value: number): void {
    this.#parts.push(value.toString(36));
  }

  u16(value: number): void {
    this.u8(value);
  }

  u32(value: number): void {
    this.u8(value);
  }

  copy(source: Uint8Array): void {
    for (const byte of source) this.u8(byte);
  }

  name(text: string): void {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(text, number);
    }
    this.#parts.push(`n${number}`);
  }

  sized(content: () => void): void {
    this.#parts.push("(");
    content();
    this.#parts.push(")");
  }
}
