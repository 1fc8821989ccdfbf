import { LIMITS } from "../../base/limits.ts";
import type { TextCache } from "../../base/text-cache.ts";
import { BinXmlError } from "./binxml-error.ts";
import { ChunkNames, type NameTable } from "./names.ts";
import type { Program } from "./program.ts";
import { StructureWalker } from "./structure-walker.ts";
import { DEFINITION_HEADER, type TemplateCache } from "./template-cache.ts";
import { MORE, TOKEN, VALUE_TYPE } from "./tokens.ts";
import { ValueTable } from "./value-table.ts";

/** One root of a body: a template instance, or a literal element seen as an instance of its own structure. */
export class Instance {
  program!: Program;
  readonly values = new ValueTable();
  /** Bodies of embedded values already read, and the slots they lie in. */
  readonly embeddedSlots: number[] = [];
  readonly embeddedBodies: Body[] = [];
  embeddedCount = 0;
}

/** What a BinXML stream holds: usually one root. `end` is the position behind its end-of-stream token. */
export class Body {
  readonly roots: Instance[] = [];
  /** Roots read so far. */
  used = 0;
  end = 0;
  /** Whether the stream ended with its token; an embedded value may do without. */
  terminated = false;

  /** Drops roots of an earlier record; setting a length that is right already costs more than the test. */
  close(): this {
    if (this.roots.length !== this.used) this.roots.length = this.used;
    return this;
  }
}

const CHUNK_SIZE = 65_536;
const INSTANCE_HEADER = 10;
/** Where the program of a definition stands that was refused; a chunk has no room for so many. */
const REFUSED = 0xffff;

/** Decides what a value list is read with when the bytes are no live record's. */
export interface InstanceProof {
  /** The chunk holds the definition, with the id and names it was written with. False: do not use it all the same. */
  own(program: Program): boolean;
  /** It does not: another program for these values. */
  elsewhere(templateId: number, values: ValueTable, isEmbedded: boolean): Program;
  literal(): void;
}

/**
 * Reads the bodies of one chunk's records. Instances come from a pool that is emptied with each record, so
 * the loop over a log allocates nothing per record.
 */
export class BodyReader {
  readonly texts: TextCache;
  readonly names: ChunkNames;
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  /** Chunk offsets of template structures whose declared sizes disagree with their tokens. */
  readonly sizeMismatches: number[] = [];
  readonly #templates: TemplateCache;
  readonly #walker: StructureWalker;
  /** By offset: one more than the program's place in `#programs`; most logs are small, a table of programs is not. */
  readonly #programAt = new Uint16Array(CHUNK_SIZE);
  readonly #programs: Program[] = [];
  readonly #programsUsed: number[] = [];
  readonly #pool: Instance[] = [];
  #pooled = 0;
  readonly #bodies: Body[] = [];
  #bodiesUsed = 0;
  readonly #noteMismatch = (at: number): void => {
    this.sizeMismatches.push(at);
  };

  #proof: InstanceProof | undefined;
  /** An embedded value is being read, not a record's own stream. */
  #isEmbedded = false;

  /** With `proof` nothing is read by a template or name that the bytes do not prove. */
  constructor(
    texts: TextCache,
    names: NameTable,
    templates: TemplateCache,
    proof?: InstanceProof | undefined,
  ) {
    this.texts = texts;
    this.#proof = proof;
    this.names = new ChunkNames(names, proof !== undefined);
    this.#templates = templates;
    this.#walker = new StructureWalker(texts);
  }

  /** Asks `proof` from now on; for a reader that was made with another. */
  prove(proof: InstanceProof): void {
    this.#proof = proof;
  }

  /**
   * Begins a chunk; readers that share templates all begin it before one of them reads. `bytes` is the chunk from its
   * first byte; all offsets are relative to it.
   */
  startChunk(bytes: Uint8Array, view: DataView): void {
    this.bytes = bytes;
    this.view = view;
    if (this.names.table.full) {
      // A hostile log has filled it. Compiled templates are recognised by the numbers of their names.
      this.names.table.clear();
      this.#templates.clear();
    }
    this.names.reset(bytes);
    for (const offset of this.#programsUsed) this.#programAt[offset] = 0;
    this.#programs.length = 0;
    this.#programsUsed.length = 0;
    this.sizeMismatches.length = 0;
  }

  /** Reads the body of a record; its instances live until the next call. */
  readRecord(start: number, end: number): Body {
    this.#pooled = 0;
    this.#bodiesUsed = 0;
    this.#isEmbedded = false;
    return this.#read(start, end);
  }

  /** The embedded fragment in a slot, or undefined when the slot holds none. `depth` counts from 1. */
  embedded(instance: Instance, slot: number, depth: number): Body | undefined {
    const { values } = instance;
    if (slot >= values.count || values.types[slot] !== VALUE_TYPE.binXml) return undefined;
    for (let i = 0; i < instance.embeddedCount; i++) {
      if (instance.embeddedSlots[i] === slot) return instance.embeddedBodies[i];
    }
    const at = values.offsets[slot]!;
    if (depth > LIMITS.embeddedDepth) {
      throw new BinXmlError(
        "limit-hit",
        at,
        `more than ${LIMITS.embeddedDepth} levels of embedded values`,
      );
    }
    this.#isEmbedded = true;
    const body = this.#read(at, at + values.sizes[slot]!);
    instance.embeddedSlots[instance.embeddedCount] = slot;
    instance.embeddedBodies[instance.embeddedCount++] = body;
    return body;
  }

  /** The program of the definition at `offset`, read at most once per chunk. */
  programAt(offset: number): Program {
    if (offset >= CHUNK_SIZE) {
      throw new BinXmlError(
        "definition-out-of-chunk",
        offset,
        `template definition at 0x${offset.toString(16)} is outside the chunk`,
      );
    }
    const place = this.#programAt[offset]!;
    if (place === REFUSED)
      throw new BinXmlError("definition-refused", offset, "the definition did not hold before");
    if (place !== 0) return this.#programs[place - 1]!;
    if (this.names.strict) {
      this.#programAt[offset] = REFUSED;
      this.#programsUsed.push(offset);
      // A definition known by its bytes may hold a damaged name: walking it looks at each.
      this.#walkDefinition(offset);
    }
    const program = this.#templates.definition(
      this.bytes,
      this.view,
      this.names,
      offset,
      this.#walker,
      this.#noteMismatch,
    );
    this.#programAt[offset] = this.#programs.push(program);
    this.#programsUsed.push(offset);
    return program;
  }

  #read(start: number, end: number): Body {
    if (this.#bodiesUsed === this.#bodies.length) this.#bodies.push(new Body());
    const body = this.#bodies[this.#bodiesUsed++]!;
    body.used = 0;
    const { bytes } = this;
    let p = start;
    while (p < end) {
      const token = bytes[p]!;
      if (token === TOKEN.fragmentHeader) {
        p += 4;
      } else if (token === TOKEN.templateInstance) {
        p = this.#instance(body, p, end);
      } else if ((token & ~MORE) === TOKEN.openStart) {
        p = this.#literal(body, p, end);
      } else if (token === TOKEN.endOfFile) {
        body.end = p + 1;
        body.terminated = true;
        return body.close();
      } else {
        throw new BinXmlError(
          "unknown-token",
          p,
          `token 0x${token.toString(16)} is not expected at 0x${p.toString(16)}`,
        );
      }
    }
    body.end = p;
    body.terminated = false;
    return body.close();
  }

  #literal(body: Body, at: number, end: number): number {
    const instance = this.#take();
    const { bytes, view, names } = this;
    const to = this.#walker.walkLiteral(bytes, view, names, at, end, instance.values);
    instance.program = this.#templates.literal(bytes, view, names, at, end, this.#walker);
    this.#proof?.literal();
    body.roots[body.used++] = instance;
    return to;
  }

  /**
   * 0C | u8 1 | u32 template id | u32 definition offset | [definition] | u32 count | count x (u16 size, u8 type,
   * u8 0) | values. The template id is the first four bytes of the definition's GUID: where it is not, the
   * definition is not the one the record was written with.
   */
  #instance(body: Body, at: number, end: number): number {
    if (this.#proof !== undefined) return this.#provenInstance(this.#proof, body, at, end);
    const { view } = this;
    if (at + 14 > end) throw this.#cut(at);
    // Signed, as below: numbers above 2^31 are objects until the engine has compiled this.
    const templateId = view.getInt32(at + 2, true);
    const definition = view.getUint32(at + 6, true);
    let p = at + 10;
    if (definition === p) {
      if (p + DEFINITION_HEADER > end) throw this.#cut(at);
      p += DEFINITION_HEADER + view.getUint32(p + 20, true);
      if (p + 4 > end) throw this.#cut(at);
    } else if (definition > CHUNK_SIZE - DEFINITION_HEADER) {
      throw new BinXmlError(
        "definition-out-of-chunk",
        at,
        `template definition at 0x${definition.toString(16)} is outside the chunk`,
      );
    }
    if (view.getInt32(definition + 4, true) !== templateId) {
      throw new BinXmlError(
        "stale-template",
        at,
        `record was written with template ${(templateId >>> 0).toString(16).padStart(8, "0")}, which is no longer at 0x${definition.toString(16)}`,
      );
    }
    const instance = this.#take();
    instance.program = this.programAt(definition);
    return this.#values(body, instance, at, p, end);
  }

  /** u32 count | count x (u16 size, u8 type, u8 0) | values, at `p`. Returns the position behind them. */
  #values(body: Body, instance: Instance, at: number, p: number, end: number): number {
    const { view } = this;
    const count = view.getUint32(p, true);
    let descriptorAt = p + 4;
    if (count > (end - descriptorAt) >> 2)
      throw new BinXmlError("body-cut", at, `${count} values do not fit the record`);
    const { values } = instance;
    values.reserve(count);
    const { offsets, sizes, types } = values;
    let valueAt = descriptorAt + 4 * count;
    for (let i = 0; i < count; i++, descriptorAt += 4) {
      const descriptor = view.getUint32(descriptorAt, true);
      offsets[i] = valueAt;
      sizes[i] = descriptor & 0xffff;
      types[i] = (descriptor >>> 16) & 0xff;
      valueAt += descriptor & 0xffff;
    }
    if (valueAt > end) throw this.#cut(at);
    values.count = count;
    body.roots[body.used++] = instance;
    return valueAt;
  }

  /**
   * As above for bytes that may be old: the definition lies right behind its offset when its GUID begins with the
   * template id, wherever the chunk once began, and only one with that id and sound names is used.
   */
  #provenInstance(proof: InstanceProof, body: Body, at: number, end: number): number {
    const { view } = this;
    if (at + INSTANCE_HEADER + 4 > end) throw this.#cut(at);
    const templateId = view.getUint32(at + 2, true);
    const behind = at + INSTANCE_HEADER;
    let definition = view.getUint32(at + 6, true);
    let p = behind;
    // By its id alone: where the chunk's begin is guessed, any offset may seem to lead here.
    if (behind + DEFINITION_HEADER <= end && view.getUint32(behind + 4, true) === templateId) {
      definition = behind;
      const size = view.getUint32(behind + 20, true);
      if (size > end - behind - DEFINITION_HEADER - 4) throw this.#cut(at);
      p += DEFINITION_HEADER + size;
    }
    const instance = this.#take();
    const isEmbedded = this.#isEmbedded;
    const to = this.#values(body, instance, at, p, end);
    for (let i = 0; i < instance.values.count; i++) {
      if (view.getUint8(p + 4 + 4 * i + 3) !== 0)
        throw new BinXmlError(
          "body-cut",
          at,
          "what stands where values are listed is no such list",
        );
    }
    const own = this.#ownProgram(definition, templateId);
    instance.program =
      own !== undefined && proof.own(own)
        ? own
        : proof.elsewhere(templateId, instance.values, isEmbedded);
    return to;
  }

  #ownProgram(definition: number, templateId: number): Program | undefined {
    if (
      definition > CHUNK_SIZE - DEFINITION_HEADER ||
      this.view.getUint32(definition + 4, true) !== templateId
    )
      return undefined;
    try {
      return this.programAt(definition);
    } catch (error) {
      if (!(error instanceof BinXmlError)) throw error;
      return undefined;
    }
  }

  #walkDefinition(offset: number): void {
    const { bytes, view } = this;
    const start = offset + DEFINITION_HEADER;
    const size = start <= bytes.length ? view.getUint32(offset + 20, true) : 0;
    if (start + size > bytes.length) return;
    this.#walker.walkTemplate(bytes, view, this.names, start, start + size);
  }

  #take(): Instance {
    if (this.#pooled === this.#pool.length) this.#pool.push(new Instance());
    const instance = this.#pool[this.#pooled++]!;
    instance.values.count = 0;
    instance.embeddedCount = 0;
    return instance;
  }

  #cut(at: number): BinXmlError {
    return new BinXmlError(
      "body-cut",
      at,
      `template instance at 0x${at.toString(16)} runs past the record`,
    );
  }
}
