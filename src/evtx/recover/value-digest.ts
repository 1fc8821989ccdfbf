import { BinXmlError } from "../binxml/binxml-error.ts";
import type { Body, BodyReader } from "../binxml/body-reader.ts";
import { VALUE_TYPE } from "../binxml/tokens.ts";

/**
 * A digest of everything in a record that does not depend on where it lies: types and bytes of its values, those of
 * embedded values in their place. Equal for copies of one record, with or without templates. `undefined` when an
 * embedded value cannot be read.
 */
export function valueDigest(reader: BodyReader, body: Body): string | undefined {
  const digest = new Digest(reader);
  try {
    digest.body(body, 1);
    return digest.text;
  } catch (error) {
    if (!(error instanceof BinXmlError)) throw error;
    return undefined;
  }
}

/** Two runs of FNV-1a with different seeds and multipliers, over bytes. */
class Digest {
  readonly #reader: BodyReader;
  #a = 0x811c9dc5;
  #b = 0x9e3779b9;

  constructor(reader: BodyReader) {
    this.#reader = reader;
  }

  get text(): string {
    const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, "0");
    return hex(this.#a) + hex(this.#b);
  }

  body(body: Body, depth: number): void {
    const { bytes } = this.#reader;
    for (const instance of body.roots) {
      const { values } = instance;
      for (let i = 0; i < values.count; i++) {
        const type = values.types[i]!;
        const size = values.sizes[i]!;
        if (type === VALUE_TYPE.null) {
          this.#feed(0);
          continue;
        }
        const embedded = this.#reader.embedded(instance, i, depth);
        if (embedded !== undefined) {
          this.body(embedded, depth + 1);
          continue;
        }
        this.#feed(type);
        this.#feed(size);
        const at = values.offsets[i]!;
        for (let p = at; p < at + size; p++) this.#feed(bytes[p]!);
      }
    }
  }

  #feed(unit: number): void {
    this.#a = Math.imul(this.#a ^ unit, 0x01000193);
    this.#b = Math.imul(this.#b ^ unit ^ (this.#b >>> 15), 0x85ebca6b);
  }
}
