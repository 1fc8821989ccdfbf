import type { ContentNode, ElementNode, StaticNode } from "./binxml/nodes.ts";
import { staticText } from "./binxml/nodes.ts";
import type { Program } from "./binxml/program.ts";
import { VALUE_TYPE } from "./binxml/tokens.ts";

/** What a plan step writes into the object around it. */
export const OP = {
  /** A member whose bytes never change. */
  fixed: 0,
  /** key, then one value; `null` where there is none. */
  value: 1,
  /** As `value`, but "" where there is none (`<Data Name=…>`). */
  data: 2,
  /** `"Data":{"#text":…}` of the one unnamed Data element. */
  unnamedData: 3,
  /** key, then text put together from strings and fixed pieces. */
  parts: 4,
  /** key, then an object of attributes, text and members. */
  object: 5,
  /** The members of an embedded fragment. */
  embedded: 6,
} as const;

/** One step; all steps have the same shape so that the writer's loop stays monomorphic. */
export interface PlanStep {
  readonly op: number;
  /** `"name":`, or for `fixed` the whole member. */
  readonly text: string;
  /** See stepBytes. */
  bytes: Uint8Array;
  /** The value, the embedded fragment, or the text of an object; -1 = none. */
  readonly slot: number;
  /** Slot that must hold a value for the step to be done; -1 = none. */
  readonly dependency: number;
  readonly parts: readonly (number | Uint8Array)[];
  /** Attributes of an object: `fixed` or `value` steps. */
  readonly attributes: readonly PlanStep[];
  readonly members: readonly PlanStep[];
  /** Names of the fixed members, which an embedded fragment must not repeat. */
  readonly names: readonly string[];
}

/** Codes of the flat program that the writer runs; operands follow. */
export const CODE = {
  /** length in bytes, then the bytes packed in words, low byte first: copy them. */
  literal: 0,
  /** slot: one value, `null` where there is none. */
  value: 1,
  /** slot: one value, "" where there is none. */
  data: 2,
  /** Write a comma unless the object has just been opened. */
  comma: 3,
  /** slot, target: go on at target when the slot holds no value. */
  unless: 4,
  /** step index: a step of the tree form, for what is decided by the record. */
  step: 5,
  /**
   * target, text slot or -1, count, slots: an object of nothing but attributes in these slots, and text. When all the
   * slots are empty write the text alone and go on at target; else go on behind the slots.
   */
  attributed: 6,
  /** Close the object just written; one without members becomes `null`. */
  close: 7,
  /** slot, target: go on at target when the slot holds nothing or text of no length. */
  unlessEmpty: 8,
  /** target, count, slots: go on at target when all the slots hold nothing or text of no length. */
  unlessAllEmpty: 9,
} as const;

/** The JSON form of one program's root. */
export interface JsonPlan {
  readonly rootName: string;
  readonly codes: Int32Array;
  readonly steps: readonly PlanStep[];
}

const encoder = new TextEncoder();
/** Where a literal's bytes stand until they are packed in words; one is never longer than a chunk's names. */
let scratch = new Uint8Array(4096);
const NONE: readonly PlanStep[] = [];
const NO_BYTES = new Uint8Array(0);
const NO_PARTS: readonly never[] = [];
const NO_NAMES: readonly never[] = [];

/** Thrown inside the compiler for structures that only the plain renderer writes. */
class NotPlannable extends Error {}

/**
 * Compiles a program to steps that write JSON as bytes; null for structures too unusual to be worth it (several
 * roots, mixed content, repeated names that may be absent). Those are written by the plain renderer.
 */
export function compileJsonPlan(program: Program): JsonPlan | null {
  if (program.roots.length !== 1) return null;
  const root = program.roots[0]!;
  try {
    const flat = new Flattener();
    flat.member(elementStep(root, root.name, -1), "unknown");
    return { rootName: root.name, ...flat.finish() };
  } catch (error) {
    if (error instanceof NotPlannable) return null;
    throw error;
  }
}

function step(op: number, text: string, more: Partial<PlanStep> = {}): PlanStep {
  return {
    op,
    text,
    bytes: NO_BYTES,
    slot: more.slot ?? -1,
    dependency: more.dependency ?? -1,
    parts: more.parts ?? NO_PARTS,
    attributes: more.attributes ?? NONE,
    members: more.members ?? NONE,
    names: more.names ?? NO_NAMES,
  };
}

function key(name: string): string {
  return `${JSON.stringify(name)}:`;
}

function fixed(name: string, value: string, dependency: number): PlanStep {
  return step(OP.fixed, `${JSON.stringify(name)}:${value}`, { dependency });
}

function elementStep(node: ElementNode, name: string, dependency: number): PlanStep {
  const attributes = attributeSteps(node);
  const members = memberSteps(node);
  const own = node.children.filter((child) => child.kind !== "element" && !isEmbedded(child));
  if (own.length > 1 || (own.length === 1 && members.steps.length > 0)) {
    if (attributes.length > 0 || members.steps.length > 0) throw new NotPlannable();
    return step(OP.parts, key(name), { dependency, parts: textParts(own) });
  }
  const [text] = own;
  if (text !== undefined && text.kind !== "slot") {
    if (attributes.length > 0) throw new NotPlannable();
    return fixed(name, JSON.stringify(staticText(text as StaticNode)), dependency);
  }
  if (text?.kind === "slot" && text.as === "pi") throw new NotPlannable();
  const slot = text?.kind === "slot" ? text.index : -1;
  if (attributes.length === 0 && members.steps.length === 0) {
    return slot < 0
      ? fixed(name, "null", dependency)
      : step(OP.value, key(name), { slot, dependency });
  }
  return step(OP.object, key(name), {
    slot,
    dependency,
    attributes,
    members: members.steps,
    names: members.names,
  });
}

function attributeSteps(node: ElementNode): PlanStep[] {
  const seen = new Set<string>();
  const steps: PlanStep[] = [];
  for (const attribute of node.attributes) {
    if (seen.has(attribute.name)) throw new NotPlannable();
    seen.add(attribute.name);
    const [first] = attribute.value;
    if (first === undefined) continue;
    if (attribute.value.length > 1) throw new NotPlannable();
    if (first.kind === "slot")
      steps.push(step(OP.value, key(attribute.name), { slot: first.index }));
    else if (first.kind !== "element") {
      const text = staticText(first);
      if (text !== "") steps.push(fixed(attribute.name, JSON.stringify(text), -1));
    }
  }
  return steps;
}

function memberSteps(node: ElementNode): { steps: PlanStep[]; names: string[] } {
  const isDataHolder = node.name === "EventData" || node.name === "UserData";
  const steps: PlanStep[] = [];
  const names: string[] = [];
  let embedded = 0;
  let unnamed: PlanStep | undefined;
  for (const child of node.children) {
    if (isEmbedded(child)) {
      if (++embedded > 1) throw new NotPlannable();
      // The list is still growing: an embedded fragment may repeat no member of the whole object.
      steps.push(step(OP.embedded, "", { slot: (child as { index: number }).index, names }));
    } else if (child.kind === "element") {
      const dependency = child.dependency;
      const data = isDataHolder && child.name === "Data";
      const name = data ? dataName(child) : child.name;
      if (data && name === "") {
        if (unnamed !== undefined) throw new NotPlannable();
        unnamed = unnamedStep(child, dependency);
        continue;
      }
      let free = name;
      for (let n = 1; names.includes(free); n++) free = `${name}_${n}`;
      if (free !== name && dependency >= 0) throw new NotPlannable();
      names.push(free);
      steps.push(data ? dataStep(child, free, dependency) : elementStep(child, free, dependency));
    }
  }
  if (unnamed !== undefined) {
    // Unnamed Data stands behind all other members, wherever it is in the template.
    if (embedded > 0 || names.includes("Data")) throw new NotPlannable();
    names.push("Data");
    steps.push(unnamed);
  }
  const repeated = new Set(names.filter((n) => /_\d+$/.test(n)));
  if (repeated.size > 0 && node.children.some((c) => c.kind === "element" && c.dependency >= 0))
    throw new NotPlannable();
  return { steps, names };
}

function isEmbedded(node: ContentNode): boolean {
  return node.kind === "slot" && node.type === VALUE_TYPE.binXml;
}

function dataName(node: ElementNode): string {
  const attribute = node.attributes.find((a) => a.name === "Name");
  if (attribute === undefined) return "";
  let name = "";
  for (const part of attribute.value) {
    if (part.kind === "slot" || part.kind === "element") throw new NotPlannable();
    name += staticText(part);
  }
  return name;
}

function dataStep(node: ElementNode, name: string, dependency: number): PlanStep {
  const { children } = node;
  if (children.some((child) => child.kind === "element" || isEmbedded(child)))
    throw new NotPlannable();
  const [only] = children;
  if (only === undefined) return fixed(name, '""', dependency);
  if (children.length > 1)
    return step(OP.parts, key(name), { dependency, parts: textParts(children) });
  if (only.kind === "slot") {
    if (only.as === "pi") throw new NotPlannable();
    return step(OP.data, key(name), { slot: only.index, dependency });
  }
  return fixed(name, JSON.stringify(staticText(only as StaticNode)), dependency);
}

function unnamedStep(node: ElementNode, dependency: number): PlanStep {
  const [only] = node.children;
  if (node.children.length !== 1 || only?.kind !== "slot" || isEmbedded(only) || only.as === "pi")
    throw new NotPlannable();
  return step(OP.unnamedData, '"Data":{"#text":', { slot: only.index, dependency });
}

/** Pieces of text in order: slots, and fixed pieces already escaped. */
function textParts(content: readonly ContentNode[]): (number | Uint8Array)[] {
  return content.map((node) => {
    if (node.kind === "element" || node.kind === "pi") throw new NotPlannable();
    if (node.kind === "slot") {
      if (node.as === "pi") throw new NotPlannable();
      return node.index;
    }
    return encoder.encode(JSON.stringify(staticText(node)).slice(1, -1));
  });
}

/** Whether a comma must stand before the next member of the object being written. */
type Comma = "first" | "after" | "unknown";

/** Turns the tree of steps into one flat program in which neighbouring fixed text is one copy. */
class Flattener {
  readonly #codes: number[] = [];
  readonly #steps: PlanStep[] = [];
  #pending = "";

  finish(): { codes: Int32Array; steps: PlanStep[] } {
    this.#flush();
    return { codes: Int32Array.from(this.#codes), steps: this.#steps };
  }

  /** Emits one member; returns what is then known about the next comma. */
  member(member: PlanStep, comma: Comma): Comma {
    if (member.op === OP.embedded) {
      this.#emit(CODE.step, this.#keep(member));
      return comma === "after" ? "after" : "unknown";
    }
    if (member.dependency < 0) {
      this.#comma(comma);
      this.#body(member);
      return "after";
    }
    this.#emit(CODE.unless, member.dependency, 0);
    const target = this.#codes.length - 1;
    this.#comma(comma);
    this.#body(member);
    this.#flush();
    this.#codes[target] = this.#codes.length;
    return comma === "after" ? "after" : "unknown";
  }

  #comma(comma: Comma): void {
    if (comma === "after") this.#pending += ",";
    else if (comma === "unknown") this.#emit(CODE.comma);
  }

  #body(member: PlanStep): void {
    const { op, slot, attributes, members } = member;
    this.#pending += member.text;
    if (op === OP.fixed) return;
    if (op === OP.value || op === OP.data) {
      this.#emit(op === OP.value ? CODE.value : CODE.data, slot);
      return;
    }
    if (op === OP.object && slot < 0 && (members.length > 0 || attributes.some(isFixed))) {
      this.#object(member);
      return;
    }
    if (op === OP.object && attributes.every((attribute) => !isFixed(attribute))) {
      this.#attributed(member);
      return;
    }
    this.#emit(CODE.step, this.#keep(member));
  }

  #object({ attributes, members }: PlanStep): void {
    this.#pending += "{";
    let comma: Comma = "first";
    if (attributes.some(isFixed)) {
      this.#attributes(attributes);
      comma = "after";
    } else if (attributes.length > 0) {
      const slots = attributes.map((attribute) => attribute.slot);
      this.#emit(CODE.unlessAllEmpty, 0, slots.length, ...slots);
      const target = this.#codes.length - slots.length - 2;
      this.#attributes(attributes);
      this.#flush();
      this.#codes[target] = this.#codes.length;
      comma = "unknown";
    }
    for (const inner of members) comma = this.member(inner, comma);
    if (comma === "after") this.#pending += "}";
    else this.#emit(CODE.close);
  }

  #attributes(attributes: readonly PlanStep[]): void {
    this.#pending += '"#attributes":{';
    let comma: Comma = "first";
    for (const attribute of attributes) {
      if (attribute.op === OP.fixed) comma = this.member(attribute, comma);
      else {
        const before = comma;
        this.#unlessEmpty(attribute.slot, () => this.member(attribute, before));
        if (comma !== "after") comma = "unknown";
      }
    }
    this.#pending += "}";
  }

  /** An object of attributes that records fill, and text. */
  #attributed({ attributes, slot }: PlanStep): void {
    const slots = attributes.map((attribute) => attribute.slot);
    this.#emit(CODE.attributed, 0, slot, slots.length, ...slots);
    const target = this.#codes.length - slots.length - 3;
    this.#pending += "{";
    this.#attributes(attributes);
    if (slot >= 0) {
      this.#unlessEmpty(slot, () => {
        this.#pending += ',"#text":';
        this.#emit(CODE.value, slot);
      });
    }
    this.#pending += "}";
    this.#flush();
    this.#codes[target] = this.#codes.length;
  }

  #unlessEmpty(slot: number, emit: () => void): void {
    this.#emit(CODE.unlessEmpty, slot, 0);
    const target = this.#codes.length - 1;
    emit();
    this.#flush();
    this.#codes[target] = this.#codes.length;
  }

  #keep(member: PlanStep): number {
    return this.#steps.push(member) - 1;
  }

  #emit(...codes: number[]): void {
    this.#flush();
    this.#codes.push(...codes);
  }

  #flush(): void {
    if (this.#pending === "") return;
    const most = 3 * this.#pending.length + 3;
    if (scratch.length < most) scratch = new Uint8Array(most);
    const { written: length } = encoder.encodeInto(this.#pending, scratch);
    scratch.fill(0, length, length + 3);
    this.#codes.push(CODE.literal, length);
    for (let i = 0; i < length; i += 4) {
      this.#codes.push(
        scratch[i]! | (scratch[i + 1]! << 8) | (scratch[i + 2]! << 16) | (scratch[i + 3]! << 24),
      );
    }
    this.#pending = "";
  }
}

function isFixed({ op }: PlanStep): boolean {
  return op === OP.fixed;
}

/** A step's text as bytes, made when a record first takes the step: most steps are never taken. */
export function stepBytes(step: PlanStep): Uint8Array {
  if (step.bytes.length === 0 && step.text !== "") step.bytes = encoder.encode(step.text);
  return step.bytes;
}
