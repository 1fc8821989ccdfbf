import { guidText } from "../../base/guid.ts";
import { LIMITS } from "../../base/limits.ts";
import { BinXmlError } from "./binxml-error.ts";
import type { ChunkNames } from "./names.ts";
import { Program } from "./program.ts";
import { StructureReader } from "./structure-reader.ts";
import type { StructureWalker } from "./structure-walker.ts";

/**
 * One byte image of a definition. The same template has several: a name stands in it at its first use in a chunk,
 * elsewhere there is only a reference. Where in the chunk the definition lies makes no difference.
 */
interface Variant {
  /** Where its bytes are kept. */
  readonly slab: DataView;
  readonly start: number;
  readonly length: number;
  /** For each reference to a name: position in the bytes, the name's number, 1 when the name stands right behind it. */
  readonly names: readonly number[];
  readonly program: Program;
}

interface StructureEntry {
  readonly guid: Guid;
  readonly sequence: Int32Array;
  readonly program: Program;
}

/** The 16 bytes of a GUID as four words, 0 for a literal structure: compared often, printed once. */
type Guid = readonly [number, number, number, number];
const NO_GUID: Guid = [0, 0, 0, 0];

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
  #slab = new DataView(new ArrayBuffer(0));
  #slabUsed = 0;
  /** Structure of the programs kept, in numbers of their sequences. */
  #programSize = 0;

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
      for (const variant of known)
        if (variant.length === length && isVariant(variant, view, names, offset + 4))
          return variant.program;
    }
    walker.walkTemplate(bytes, view, names, start, start + size);
    const guid: Guid = [
      view.getInt32(offset + 4, true),
      view.getInt32(offset + 8, true),
      view.getInt32(offset + 12, true),
      view.getInt32(offset + 16, true),
    ];
    const program = this.#program(guid, walker, () => {
      const reader = new StructureReader(bytes, view, names, start, start + size, false);
      const roots = reader.readTemplate();
      for (const at of reader.sizeMismatches) onMismatch(at);
      return new Program(guidText(bytes, offset + 4), roots, reader.slotCount);
    });
    this.#variantBytes += length;
    if (this.#variantBytes > MAX_VARIANT_BYTES) {
      this.#variants.clear();
      this.#variantBytes = length;
    }
    const from = offset + 4;
    const variant: Variant = {
      ...this.#keep(bytes, from, length),
      names: relativeNames(walker.nameReferences, view, from),
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
    return this.#program(NO_GUID, walker, () => {
      const reader = new StructureReader(bytes, view, names, start, end, true);
      return new Program("", [reader.readLiteralElement()], reader.slotCount);
    });
  }

  /** Forgets all templates. */
  clear(): void {
    this.#programs.clear();
    this.#variants.clear();
    this.#variantBytes = 0;
    this.#programSize = 0;
  }

  /** Copies bytes into the current slab: one allocation for hundreds of definitions. */
  #keep(
    bytes: Uint8Array,
    start: number,
    length: number,
  ): { slab: DataView; start: number; length: number } {
    if (this.#slabUsed + length > this.#slab.byteLength) {
      this.#slab = new DataView(new ArrayBuffer(Math.max(SLAB_SIZE, length)));
      this.#slabUsed = 0;
    }
    const at = this.#slabUsed;
    new Uint8Array(this.#slab.buffer, at, length).set(bytes.subarray(start, start + length));
    this.#slabUsed += length;
    return { slab: this.#slab, start: at, length };
  }

  /** The program of the structure last walked, compiled when it is new. */
  #program(guid: Guid, walker: StructureWalker, compile: () => Program): Program {
    const list = this.#programs.get(walker.hash);
    if (list !== undefined) {
      for (const entry of list) {
        if (sameGuid(entry.guid, guid) && sameSequence(entry.sequence, walker))
          return entry.program;
      }
    }
    this.#programSize += walker.length;
    if (this.#programSize > LIMITS.cachedStructure) {
      this.clear(); // with the byte images, which hold their programs too
      this.#programSize = walker.length;
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

function sameGuid(a: Guid, b: Guid): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3];
}

/** References as a variant keeps them; `start` is where its bytes begin in the chunk. */
function relativeNames(references: readonly number[], view: DataView, start: number): number[] {
  const names: number[] = new Array(references.length * 1.5);
  for (let i = 0, to = 0; i < references.length; i += 2) {
    const at = references[i]!;
    names[to++] = at - start;
    names[to++] = references[i + 1]!;
    names[to++] = view.getUint32(at, true) === at + 4 ? 1 : 0;
  }
  return names;
}

/**
 * True when the definition whose bytes begin at `start` of the chunk is this variant: the same bytes, but for the
 * offsets of names and the links between name entries, and the same names.
 */
function isVariant(
  { slab, start: kept, length, names }: Variant,
  view: DataView,
  chunkNames: ChunkNames,
  start: number,
): boolean {
  let from = 0;
  for (let i = 0; i < names.length; i += 3) {
    const at = names[i]!;
    if (!isSame(view, start + from, slab, kept + from, at - from)) return false;
    const offset = view.getUint32(start + at, true);
    const isInline = offset === start + at + 4;
    if (isInline !== (names[i + 2] === 1) || chunkNames.idAt(offset) !== names[i + 1]) return false;
    from = at + (isInline ? 8 : 4);
  }
  return isSame(view, start + from, slab, kept + from, length - from);
}

function isSame(a: DataView, aStart: number, b: DataView, bStart: number, length: number): boolean {
  const whole = length & ~3;
  let i = 0;
  for (; i < whole; i += 4)
    if (a.getInt32(aStart + i, true) !== b.getInt32(bStart + i, true)) return false;
  for (; i < length; i++) if (a.getUint8(aStart + i) !== b.getUint8(bStart + i)) return false;
  return true;
}

function sameSequence(sequence: Int32Array, walker: StructureWalker): boolean {
  if (sequence.length !== walker.length) return false;
  const other = walker.sequence;
  for (let i = 0; i < sequence.length; i++) if (sequence[i] !== other[i]) return false;
  return true;
}
