import { guidText } from "../../base/guid.ts";
import { LIMITS } from "../../base/limits.ts";
import { platform } from "../../base/platform.ts";
import { BinXmlError } from "./binxml-error.ts";
import type { ChunkNames } from "./names.ts";
import { Program } from "./program.ts";
import { StructureReader } from "./structure-reader.ts";
import type { StructureWalker } from "./structure-walker.ts";

/** One byte image of a definition. The same template has many: names are inline only at first use in a chunk. */
interface Variant {
  readonly offset: number;
  /** Where its bytes are kept. */
  readonly slab: Uint8Array;
  readonly start: number;
  readonly length: number;
  /** Position of each reference to a name outside the definition, then the name's number. */
  readonly names: Int32Array;
  readonly program: Program;
}

interface StructureEntry {
  readonly guid: string;
  readonly sequence: Int32Array;
  readonly program: Program;
}

/** Definition header: u32 next | GUID 16 | u32 size of the body that follows. */
export const DEFINITION_HEADER = 24;

const SLAB_SIZE = 512 * 1024;
const MAX_VARIANT_BYTES = 16 * 1024 * 1024;

/**
 * Compiles each distinct template once per run. A chunk's definition is recognised by its bytes *and* by
 * the names it refers to outside itself, so a definition can never borrow another chunk's meaning.
 */
export class TemplateCache {
  readonly #variants = new Map<number, Variant[]>();
  readonly #programs = new Map<number, StructureEntry[]>();
  #variantBytes = 0;
  #slab = new Uint8Array(0);
  #slabUsed = 0;
  #programCount = 0;

  /** The program of the definition at `offset` of the chunk; throws when it does not fit or does not parse. */
  definition(
    bytes: Uint8Array,
    view: DataView,
    names: ChunkNames,
    offset: number,
    walker: StructureWalker,
    onMismatch: (chunkOffset: number) => void,
  ): Program {
    if (offset + DEFINITION_HEADER > bytes.length) throw outside(offset);
    const size = view.getUint32(offset + 20, true);
    const start = offset + DEFINITION_HEADER;
    if (size > bytes.length - start) throw outside(offset);
    const length = DEFINITION_HEADER - 4 + size;
    const key = view.getUint32(offset + 4, true);
    const known = this.#variants.get(key);
    if (known !== undefined) {
      for (const variant of known) {
        if (
          variant.offset === offset &&
          variant.length === length &&
          platform.equal(bytes, offset + 4, variant.slab, variant.start, length) &&
          sameNames(view, names, variant.names)
        ) {
          return variant.program;
        }
      }
    }
    walker.walkTemplate(bytes, view, names, start, start + size);
    const guid = guidText(bytes, offset + 4);
    const program = this.#program(guid, walker, () => {
      const reader = new StructureReader(bytes, view, names, start, start + size, false);
      const roots = reader.readTemplate();
      for (const at of reader.sizeMismatches) onMismatch(at);
      return new Program(guid, roots, reader.slotCount);
    });
    this.#variantBytes += length;
    if (this.#variantBytes > MAX_VARIANT_BYTES) {
      this.#variants.clear();
      this.#variantBytes = length;
    }
    const variant: Variant = {
      offset,
      ...this.#keep(bytes, offset + 4, length),
      names: Int32Array.from(walker.externalNames),
      program,
    };
    const list = this.#variants.get(key);
    if (list === undefined) this.#variants.set(key, [variant]);
    else list.push(variant);
    return program;
  }

  /** The program of the literal element at `start` that `walker` has just walked to `end`. */
  literal(
    bytes: Uint8Array,
    view: DataView,
    names: ChunkNames,
    start: number,
    end: number,
    walker: StructureWalker,
  ): Program {
    return this.#program("", walker, () => {
      const reader = new StructureReader(bytes, view, names, start, end, true);
      return new Program("", [reader.readLiteralElement()], reader.slotCount);
    });
  }

  /** Copies bytes into the current slab: one allocation for hundreds of definitions. */
  #keep(
    bytes: Uint8Array,
    start: number,
    length: number,
  ): { slab: Uint8Array; start: number; length: number } {
    if (this.#slabUsed + length > this.#slab.length) {
      this.#slab = new Uint8Array(Math.max(SLAB_SIZE, length));
      this.#slabUsed = 0;
    }
    const at = this.#slabUsed;
    this.#slab.set(bytes.subarray(start, start + length), at);
    this.#slabUsed += length;
    return { slab: this.#slab, start: at, length };
  }

  /** The program of the structure last walked, compiled when it is new. */
  #program(guid: string, walker: StructureWalker, compile: () => Program): Program {
    const list = this.#programs.get(walker.hash);
    if (list !== undefined) {
      for (const entry of list) {
        if (entry.guid === guid && sameSequence(entry.sequence, walker)) return entry.program;
      }
    }
    if (++this.#programCount > LIMITS.cachedTemplates) {
      this.#programs.clear();
      this.#programCount = 1;
    }
    const entry = { guid, sequence: walker.sequence.slice(0, walker.length), program: compile() };
    const current = this.#programs.get(walker.hash);
    if (current === undefined) this.#programs.set(walker.hash, [entry]);
    else current.push(entry);
    return entry.program;
  }
}

function outside(offset: number): BinXmlError {
  return new BinXmlError(
    "definition-out-of-chunk",
    offset,
    `template definition at 0x${offset.toString(16)} does not fit the chunk`,
  );
}

function sameNames(view: DataView, names: ChunkNames, references: Int32Array): boolean {
  for (let i = 0; i < references.length; i += 2) {
    if (names.idAt(view.getUint32(references[i]!, true)) !== references[i + 1]) return false;
  }
  return true;
}

function sameSequence(sequence: Int32Array, walker: StructureWalker): boolean {
  if (sequence.length !== walker.length) return false;
  const other = walker.sequence;
  for (let i = 0; i < sequence.length; i++) if (sequence[i] !== other[i]) return false;
  return true;
}
