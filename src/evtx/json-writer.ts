import type { ByteWriter } from "../base/byte-writer.ts";
import type { Body, BodyReader, Instance } from "./binxml/body-reader.ts";
import type { Program } from "./binxml/program.ts";
import { ARRAY, VALUE_TYPE } from "./binxml/tokens.ts";
import { forEachItem, textEnd } from "./binxml/value-text.ts";
import { CODE, compileJsonPlan, type JsonPlan, OP, type PlanStep, stepBytes } from "./json-plan.ts";
import { EMPTY_STRING, NULL, writeJsonArray, writeJsonScalar } from "./json-value.ts";
import { writeJsonPlain } from "./render-json.ts";

const ATTRIBUTES = new TextEncoder().encode('"#attributes":{');
const TEXT = new TextEncoder().encode('"#text":');
const OPEN = 0x7b;
const CLOSE = 0x7d;
const COMMA = 0x2c;
const QUOTE = 0x22;

/**
 * Writes a record in evtx_dump's JSON shape. Ordinary templates run their compiled plan, straight from the
 * chunk's bytes to output bytes; everything else, and every value a plan does not foresee, takes the plain
 * renderer. Both give the same bytes (held by test/evtx/json-writer.test.ts).
 */
export function writeJson(out: ByteWriter, reader: BodyReader, body: Body): void {
  const start = out.at;
  out.byte(OPEN);
  if (body.roots.length === 1 && writeRoot(out, reader, body.roots[0]!, 0)) {
    out.byte(CLOSE);
    return;
  }
  out.at = start;
  writeJsonPlain(out, reader, body);
}

function planOf(program: Program): JsonPlan | null {
  let plan = program.jsonPlan as JsonPlan | null | undefined;
  if (plan === undefined) {
    plan = compileJsonPlan(program);
    program.jsonPlan = plan;
  }
  return plan;
}

function writeRoot(
  out: ByteWriter,
  reader: BodyReader,
  instance: Instance,
  depth: number,
): boolean {
  const plan = planOf(instance.program);
  return plan !== null && runPlan(out, reader, instance, plan, depth);
}

// HOT: one loop over flat codes; the bulk of a record is literals and values.
function runPlan(
  out: ByteWriter,
  reader: BodyReader,
  instance: Instance,
  plan: JsonPlan,
  depth: number,
): boolean {
  const { codes } = plan;
  const { values } = instance;
  const { count, types, offsets, sizes } = values;
  for (let at = 0; at < codes.length; ) {
    switch (codes[at]) {
      case CODE.literal: {
        const length = codes[at + 1]!;
        out.words(codes, at + 2, length);
        at += 2 + ((length + 3) >> 2);
        break;
      }
      case CODE.value:
      case CODE.data: {
        const slot = codes[at + 1]!;
        const type = slot < count ? types[slot]! : VALUE_TYPE.null;
        if (type === VALUE_TYPE.null) out.bytes(codes[at] === CODE.data ? EMPTY_STRING : NULL);
        else if (type === VALUE_TYPE.binXml || type >= ARRAY) return false;
        else writeJsonScalar(out, reader, type, offsets[slot]!, sizes[slot]!);
        at += 2;
        break;
      }
      case CODE.comma:
        if (out.buffer[out.at - 1] !== OPEN) out.byte(COMMA);
        at += 1;
        break;
      case CODE.unless: {
        const slot = codes[at + 1]!;
        at = slot < count && types[slot] === VALUE_TYPE.null ? codes[at + 2]! : at + 3;
        break;
      }
      case CODE.close:
        if (out.buffer[out.at - 1] === OPEN) {
          out.at--;
          out.bytes(NULL);
        } else out.byte(CLOSE);
        at += 1;
        break;
      case CODE.attributed:
        at = writeAttributed(out, reader, instance, codes, at);
        if (at < 0) return false;
        break;
      case CODE.unlessAllEmpty: {
        const next = at + 3 + codes[at + 2]!;
        at = isAnySet(reader, instance, codes, at + 3, next) ? next : codes[at + 1]!;
        break;
      }
      case CODE.unlessEmpty:
        at = isEmptyValue(reader, instance, codes[at + 1]!) ? codes[at + 2]! : at + 3;
        break;
      default: {
        const step = plan.steps[codes[at + 1]!]!;
        if (!writeBody(out, reader, instance, step, depth)) return false;
        at += 2;
      }
    }
  }
  return true;
}

/** Decides on an object of attributes and text; returns where to go on, -1 for what the plan does not foresee. */
function writeAttributed(
  out: ByteWriter,
  reader: BodyReader,
  instance: Instance,
  codes: Int32Array,
  at: number,
): number {
  const flat = at + 4 + codes[at + 3]!;
  if (isAnySet(reader, instance, codes, at + 4, flat)) return flat;
  const { values } = instance;
  const text = codes[at + 2]!;
  const type = text >= 0 && text < values.count ? values.types[text]! : VALUE_TYPE.null;
  if (type === VALUE_TYPE.null) out.bytes(NULL);
  else if (type === VALUE_TYPE.binXml || type >= ARRAY) return -1;
  else writeJsonScalar(out, reader, type, values.offsets[text]!, values.sizes[text]!);
  return codes[at + 1]!;
}

/** True when one of the slots in codes[from, to) holds something. */
function isAnySet(
  reader: BodyReader,
  instance: Instance,
  codes: Int32Array,
  from: number,
  to: number,
): boolean {
  for (let i = from; i < to; i++) if (!isEmptyValue(reader, instance, codes[i]!)) return true;
  return false;
}

/** Does one step; false when the record holds something that the plan does not foresee. */
function writeStep(
  out: ByteWriter,
  reader: BodyReader,
  instance: Instance,
  step: PlanStep,
  depth: number,
): boolean {
  const { values } = instance;
  const { dependency } = step;
  if (dependency >= 0 && dependency < values.count && values.types[dependency] === VALUE_TYPE.null)
    return true;
  if (step.op !== OP.embedded) {
    if (out.buffer[out.at - 1] !== OPEN) out.byte(COMMA);
    out.bytes(stepBytes(step));
  }
  return writeBody(out, reader, instance, step, depth);
}

/** What follows a step's key. */
function writeBody(
  out: ByteWriter,
  reader: BodyReader,
  instance: Instance,
  step: PlanStep,
  depth: number,
): boolean {
  const { values } = instance;
  const { slot } = step;
  switch (step.op) {
    case OP.fixed:
      return true;
    case OP.embedded:
      return writeEmbedded(out, reader, instance, step, depth);
    case OP.value:
    case OP.data: {
      const type = slot < values.count ? values.types[slot]! : VALUE_TYPE.null;
      if (type === VALUE_TYPE.null) {
        out.bytes(step.op === OP.data ? EMPTY_STRING : NULL);
        return true;
      }
      if (type === VALUE_TYPE.binXml || type >= ARRAY) return false;
      writeJsonScalar(out, reader, type, values.offsets[slot]!, values.sizes[slot]!);
      return true;
    }
    case OP.unnamedData:
      return writeUnnamed(out, reader, instance, slot);
    case OP.parts:
      return writeParts(out, reader, instance, step.parts);
    default:
      return writeObject(out, reader, instance, step, depth);
  }
}

function writeObject(
  out: ByteWriter,
  reader: BodyReader,
  instance: Instance,
  step: PlanStep,
  depth: number,
): boolean {
  const { values } = instance;
  const start = out.at;
  out.byte(OPEN);
  if (step.attributes.length > 0 && !writeAttributes(out, reader, instance, step.attributes))
    return false;
  const hasAttributes = out.at > start + 1;
  const { slot } = step;
  if (slot >= 0) {
    const type = slot < values.count ? values.types[slot]! : VALUE_TYPE.null;
    if (type === VALUE_TYPE.binXml || type >= ARRAY) return false;
    if (!hasAttributes && step.members.length === 0) {
      out.at = start;
      if (type === VALUE_TYPE.null) out.bytes(NULL);
      else writeJsonScalar(out, reader, type, values.offsets[slot]!, values.sizes[slot]!);
      return true;
    }
    if (!isEmptyValue(reader, instance, slot)) {
      if (hasAttributes) out.byte(COMMA);
      out.bytes(TEXT);
      writeJsonScalar(out, reader, type, values.offsets[slot]!, values.sizes[slot]!);
    }
  }
  for (const member of step.members) {
    if (!writeStep(out, reader, instance, member, depth)) return false;
  }
  if (out.at === start + 1) {
    out.at = start;
    out.bytes(NULL);
  } else out.byte(CLOSE);
  return true;
}

function writeAttributes(
  out: ByteWriter,
  reader: BodyReader,
  instance: Instance,
  attributes: readonly PlanStep[],
): boolean {
  const start = out.at;
  out.bytes(ATTRIBUTES);
  const first = out.at;
  for (const attribute of attributes) {
    const { slot } = attribute;
    if (slot >= 0) {
      const type = slot < instance.values.count ? instance.values.types[slot]! : VALUE_TYPE.null;
      if (type === VALUE_TYPE.binXml || type >= ARRAY) return false;
      if (isEmptyValue(reader, instance, slot)) continue;
    }
    if (out.at > first) out.byte(COMMA);
    out.bytes(stepBytes(attribute));
    if (slot >= 0) {
      const { values } = instance;
      writeJsonScalar(out, reader, values.types[slot]!, values.offsets[slot]!, values.sizes[slot]!);
    }
  }
  if (out.at === first) out.at = start;
  else out.byte(CLOSE);
  return true;
}

/** True when a slot holds nothing or text of no length. */
function isEmptyValue(reader: BodyReader, instance: Instance, slot: number): boolean {
  const { values } = instance;
  if (slot >= values.count) return true;
  const type = values.types[slot]!;
  const at = values.offsets[slot]!;
  const size = values.sizes[slot]!;
  if (type === VALUE_TYPE.null || size === 0) return true;
  if (type === VALUE_TYPE.string) return textEnd(reader.bytes, at, at + size) === at;
  if (type !== VALUE_TYPE.ansiString) return false;
  for (let i = at; i < at + size; i++) if (reader.bytes[i] !== 0) return false;
  return true;
}

function writeUnnamed(
  out: ByteWriter,
  reader: BodyReader,
  instance: Instance,
  slot: number,
): boolean {
  const { values } = instance;
  const type = slot < values.count ? values.types[slot]! : VALUE_TYPE.null;
  if (type === VALUE_TYPE.null) out.bytes(EMPTY_STRING);
  else {
    const at = values.offsets[slot]!;
    const size = values.sizes[slot]!;
    if (type === VALUE_TYPE.binXml) return false;
    if (type >= ARRAY) {
      let items = 0;
      let lastAt = 0;
      let lastSize = 0;
      forEachItem(reader.bytes, type, at, size, (itemAt, itemSize) => {
        items++;
        lastAt = itemAt;
        lastSize = itemSize;
      });
      if (items === 0) return false;
      if (items === 1) writeJsonScalar(out, reader, type & ~ARRAY, lastAt, lastSize);
      else writeJsonArray(out, reader, type, at, size);
    } else writeJsonScalar(out, reader, type, at, size);
  }
  out.byte(CLOSE);
  return true;
}

function writeParts(
  out: ByteWriter,
  reader: BodyReader,
  instance: Instance,
  parts: readonly (number | Uint8Array)[],
): boolean {
  const { values } = instance;
  out.byte(QUOTE);
  for (const part of parts) {
    if (typeof part !== "number") {
      out.bytes(part);
      continue;
    }
    if (part >= values.count || values.types[part] !== VALUE_TYPE.string) return false;
    const at = values.offsets[part]!;
    const end = textEnd(reader.bytes, at, at + values.sizes[part]!);
    out.ensure(3 * (end - at));
    out.jsonUtf16Part(reader.bytes, at, end);
  }
  out.byte(QUOTE);
  return true;
}

function writeEmbedded(
  out: ByteWriter,
  reader: BodyReader,
  instance: Instance,
  step: PlanStep,
  depth: number,
): boolean {
  const { slot } = step;
  const body = reader.embedded(instance, slot, depth + 1);
  if (body === undefined)
    return slot >= instance.values.count || instance.values.types[slot] === VALUE_TYPE.null;
  if (body.roots.length === 0) return true;
  if (body.roots.length > 1) return false;
  const root = body.roots[0]!;
  if (step.names.includes(planOf(root.program)?.rootName ?? "")) return false;
  return writeRoot(out, reader, root, depth + 1);
}
