import { crc32Table } from "../../src/base/crc32.ts";

/**
 * Writes logs token by token, so that tests can make any structure, sound or hostile. Nothing is checked here:
 * whoever wants an invalid log gets one. For realistic logs use the forge.
 */
export class ChunkBuilder {
  readonly bytes = new Uint8Array(65_536);
  readonly view = new DataView(this.bytes.buffer);
  readonly #names = new Map<string, number>();
  at = 512;
  records = 0;
  lastRecord = 512;

  u8(...values: number[]): this {
    for (const value of values) this.bytes[this.at++] = value;
    return this;
  }

  u16(value: number): this {
    this.view.setUint16(this.at, value, true);
    this.at += 2;
    return this;
  }

  u32(value: number): this {
    this.view.setUint32(this.at, value, true);
    this.at += 4;
    return this;
  }

  u64(value: bigint): this {
    this.view.setBigUint64(this.at, value, true);
    this.at += 8;
    return this;
  }

  chars(text: string): this {
    for (let i = 0; i < text.length; i++) this.u16(text.charCodeAt(i));
    return this;
  }

  /** A name reference: inline where the name is new to the chunk. */
  name(text: string): this {
    const known = this.#names.get(text);
    if (known !== undefined) return this.u32(known);
    this.#names.set(text, this.at + 4);
    let hash = 0;
    for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 65_599) + text.charCodeAt(i)) | 0;
    this.u32(this.at + 4);
    return this.u32(0)
      .u16(hash & 0xffff)
      .u16(text.length)
      .chars(text)
      .u16(0);
  }

  /** Writes content whose length in bytes stands before it as a u32. */
  sized(content: () => void): this {
    const at = this.at;
    this.at += 4;
    content();
    this.view.setUint32(at, this.at - at - 4, true);
    return this;
  }

  fragment(): this {
    return this.u8(0x0f, 1, 1, 0);
  }

  /** A literal element (no dependency id): attributes as name and text, then content; no content = empty tag. */
  element(
    name: string,
    attributes: readonly (readonly [string, string])[],
    content?: () => void,
  ): this {
    return this.#element(name, attributes, content, undefined);
  }

  /** An element of a template body. */
  templateElement(
    name: string,
    attributes: readonly (readonly [string, string])[],
    content?: () => void,
    dependency = 0xffff,
  ): this {
    return this.#element(name, attributes, content, dependency);
  }

  #element(
    name: string,
    attributes: readonly (readonly [string, string])[],
    content: (() => void) | undefined,
    dependency: number | undefined,
  ): this {
    this.u8(attributes.length > 0 ? 0x41 : 0x01);
    if (dependency !== undefined) this.u16(dependency);
    return this.sized(() => {
      this.name(name);
      if (attributes.length > 0) {
        this.sized(() => {
          for (const [index, [key, value]] of attributes.entries()) {
            this.u8(index < attributes.length - 1 ? 0x46 : 0x06).name(key);
            this.text(value);
          }
        });
      }
      if (content === undefined) this.u8(0x03);
      else {
        this.u8(0x02);
        content();
        this.u8(0x04);
      }
    });
  }

  text(value: string): this {
    return this.u8(0x05, 0x01).u16(value.length).chars(value);
  }

  slot(index: number, type: number, optional = false): this {
    return this.u8(optional ? 0x0e : 0x0d)
      .u16(index)
      .u8(type);
  }

  /** A template instance with its definition inline. Values are raw bytes with their type. */
  instance(
    id: number,
    body: () => void,
    values: readonly { type: number; write: () => void }[],
  ): this {
    this.u8(0x0c, 1)
      .u32(id)
      .u32(this.at + 4);
    this.u32(0).u32(id).u32(0x1111_2222).u32(0x3333_4444).u32(0x5555_6666);
    this.sized(() => {
      this.fragment();
      body();
      this.u8(0);
    });
    return this.values(values);
  }

  /** The value list of an instance. */
  values(values: readonly { type: number; write: () => void }[]): this {
    this.u32(values.length);
    const descriptors = this.at;
    this.at += 4 * values.length;
    for (const [index, value] of values.entries()) {
      const start = this.at;
      value.write();
      this.view.setUint16(descriptors + 4 * index, this.at - start, true);
      this.bytes[descriptors + 4 * index + 2] = value.type;
    }
    return this;
  }

  /** A record around a body; returns its offset in the chunk. */
  record(id: number, body: () => void): number {
    const start = this.at;
    this.u32(0x2a2a)
      .u32(0)
      .u64(BigInt(id))
      .u64(133_000_000_000_000_000n + BigInt(id) * 10_000_000n);
    body();
    const size = (this.at - start + 4 + 7) & ~7;
    this.at = start + size;
    this.view.setUint32(start + 4, size, true);
    this.view.setUint32(this.at - 4, size, true);
    this.records++;
    this.lastRecord = start;
    return start;
  }

  /** A plain literal event; enough for tests that are about framing. */
  event(id: number, data: Readonly<Record<string, string>> = {}): number {
    return this.record(id, () => {
      this.fragment();
      this.element(
        "Event",
        [["xmlns", "http://schemas.microsoft.com/win/2004/08/events/event"]],
        () => {
          this.element("System", [], () => {
            this.element("Provider", [["Name", "Test-Provider"]]);
            this.element("EventID", [], () => this.text("4624"));
            this.element("TimeCreated", [["SystemTime", "2026-03-02T08:00:00.1234567Z"]]);
            this.element("EventRecordID", [], () => this.text(String(id)));
            this.element("Channel", [], () => this.text("Security"));
            this.element("Computer", [], () => this.text("HOST-A"));
          });
          this.element("EventData", [], () => {
            for (const [name, value] of Object.entries(data))
              this.element("Data", [["Name", name]], () => this.text(value));
          });
        },
      );
      this.u8(0);
    });
  }

  /** Writes the header; the chunk is complete then. */
  finish(firstId = 1): Uint8Array {
    const { view } = this;
    this.bytes.set(new TextEncoder().encode("ElfChnk\0"));
    const last = BigInt(firstId + this.records - 1);
    view.setBigUint64(8, BigInt(firstId), true);
    view.setBigUint64(16, last, true);
    view.setBigUint64(24, BigInt(firstId), true);
    view.setBigUint64(32, last, true);
    view.setUint32(40, 128, true);
    view.setUint32(44, this.lastRecord, true);
    view.setUint32(48, this.at, true);
    return sealChunk(this.bytes);
  }
}

/** Recomputes both checksums of a chunk in place. */
export function sealChunk(chunk: Uint8Array): Uint8Array {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const free = Math.min(Math.max(view.getUint32(48, true), 512), chunk.length);
  view.setUint32(120, 1, true);
  view.setUint32(52, crc32Table(chunk, 512, free, 0), true);
  view.setUint32(124, crc32Table(chunk, 128, 512, crc32Table(chunk, 0, 120, 0)), true);
  return chunk;
}

/** A log of ready chunks. */
export function buildLog(chunks: readonly Uint8Array[], nextRecordId = 1000): Uint8Array {
  const log = new Uint8Array(4096 + 65_536 * chunks.length);
  const view = new DataView(log.buffer);
  log.set(new TextEncoder().encode("ElfFile\0"));
  view.setBigUint64(16, BigInt(Math.max(chunks.length - 1, 0)), true);
  view.setBigUint64(24, BigInt(nextRecordId), true);
  view.setUint32(32, 128, true);
  view.setUint16(36, 1, true);
  view.setUint16(38, 3, true);
  view.setUint16(40, 4096, true);
  view.setUint16(42, chunks.length, true);
  view.setUint32(124, crc32Table(log, 0, 120, 0), true);
  for (const [index, chunk] of chunks.entries()) log.set(chunk, 4096 + 65_536 * index);
  return log;
}
