import type { TemplateOrigin } from "../../model/record-ref.ts";
import type { Program } from "../binxml/program.ts";
import type { ValueTable } from "../binxml/value-table.ts";
import { positionalData, positionalEvent } from "./positional-program.ts";
import type { TemplateLibrary } from "./template-library.ts";

const MOST_SHAPES = 2000;
const MOST_WANTED = 20_000;

/**
 * Finds the template of a record that is not live. Its own chunk's definition is tried by the reader; here are the
 * places behind that, and what stands in where no template is proved. Keeps where each of a record's came from.
 */
export class TemplateProof {
  readonly #sameLog: TemplateLibrary | undefined;
  readonly #library: TemplateLibrary | undefined;
  /** Ids of the templates that records were read with or looked for: other definitions of them are worth a look. */
  readonly wanted = new Set<number>();
  /** Ids of the templates that nothing proved; whoever asks for them clears them. */
  readonly unproved = new Set<number>();
  readonly #shapes = new Map<string, Program>();
  /** Of the record being read, in order of reading: its own first, then those of its embedded values. */
  readonly origins: TemplateOrigin[] = [];
  /** The other logs among them, where they are known. */
  readonly sources = new Set<string>();

  /** `sameLog` undefined: the bytes are of any number of logs, and what is learnt from them goes to `library`. */
  constructor(sameLog: TemplateLibrary | undefined, library?: TemplateLibrary) {
    this.#sameLog = sameLog;
    this.#library = library;
  }

  /**
   * The reader found the chunk's own definition, of sound id and names. False when another definition of that id in the
   * log says something else: texts other than names have no hash, so either may be damaged.
   */
  own(program: Program): boolean {
    this.#want(program.templateId);
    const learnt = this.#sameLog ?? this.#library;
    learnt?.add(program);
    if (learnt?.isAmbiguous(program.templateId)) return false;
    this.origins.push("own-chunk");
    return true;
  }

  #want(templateId: number | undefined): void {
    if (templateId !== undefined && this.wanted.size < MOST_WANTED) this.wanted.add(templateId);
  }

  literal(): void {
    this.origins.push("literal");
  }

  /** The program to read a value list with, whose definition the chunk no longer holds. */
  elsewhere(templateId: number, values: ValueTable, isEmbedded: boolean): Program {
    this.#want(templateId);
    const near = this.#sameLog?.find(templateId, values.count, true);
    if (near !== undefined) {
      this.origins.push("same-log");
      return near;
    }
    // What the log itself contradicts, no other log settles.
    const far = this.#sameLog?.isAmbiguous(templateId)
      ? undefined
      : this.#library?.find(templateId, values.count, false);
    if (far !== undefined) {
      this.origins.push("library");
      const source = this.#library?.sourceOf(templateId);
      if (source !== undefined) this.sources.add(source);
      return far;
    }
    this.origins.push("none");
    if (this.unproved.size < MOST_WANTED) this.unproved.add(templateId);
    const types = values.types.subarray(0, values.count);
    const key = (isEmbedded ? "d" : "e") + String.fromCharCode(...types);
    let program = this.#shapes.get(key);
    if (program === undefined) {
      if (this.#shapes.size >= MOST_SHAPES) this.#shapes.clear();
      program = isEmbedded ? positionalData(values) : positionalEvent(values);
      this.#shapes.set(key, program);
    }
    return program;
  }
}
