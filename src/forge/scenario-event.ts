import type { EventSpec } from "./event-spec.ts";
import { ForgeError } from "./forge-error.ts";
import type { ForgeElement, ForgeType, ForgeValue, PlainValue } from "./forge-event.ts";
import type { Placed } from "./scenario-yaml.ts";
import { parseHex, TYPE_CODE } from "./write-value.ts";

/** Refuses a part of a scenario, with its line. */
export type Refuse = (place: Placed, what: string, fix?: string) => ForgeError;

export function refuseIn(name: string): Refuse {
  return (place, what, fix) => new ForgeError("badScenario", what, `${name}:${place.line}`, fix);
}

/** The entries of a map by key; other keys than `known` are refused. */
export function fieldsOf(
  place: Placed,
  known: readonly string[],
  what: string,
  refuse: Refuse,
): Map<string, Placed> {
  if (place.entries === undefined) throw refuse(place, `${what} has to be a map`);
  const fields = new Map<string, Placed>();
  for (const [key, value] of place.entries) {
    if (!known.includes(key))
      throw refuse(value, `${what} has no key "${key}"`, `known: ${known.join(", ")}`);
    fields.set(key, value);
  }
  return fields;
}

export function textOf(place: Placed, what: string, refuse: Refuse): string {
  const { value } = place;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  throw refuse(place, `${what} has to be text`);
}

/** A whole number from 0 to `most`, decimal or 0x hex. */
export function numberOf(place: Placed, what: string, most: bigint, refuse: Refuse): bigint {
  const { value } = place;
  const text = typeof value === "number" || typeof value === "bigint" ? String(value) : value;
  if (typeof text === "string" && /^(?:\d{1,20}|0x[0-9a-f]{1,16})$/iu.test(text)) {
    const number = BigInt(text);
    if (number <= most) return number;
  }
  throw refuse(place, `${what} has to be a whole number from 0 to ${most}`);
}

export function listOf(place: Placed, what: string, refuse: Refuse): readonly Placed[] {
  if (place.items === undefined) throw refuse(place, `${what} has to be a list`);
  return place.items;
}

export const EVENT_KEYS = [
  "at",
  "host",
  "channel",
  "provider",
  "id",
  "version",
  "level",
  "task",
  "opcode",
  "qualifiers",
  "keywords",
  "recordId",
  "pid",
  "tid",
  "userSid",
  "activityId",
  "data",
  "userData",
  "strings",
  "binary",
] as const;

const U64 = 0xffff_ffff_ffff_ffffn;

/** The event that a map of a scenario says, without its time and host. */
export function eventSpec(
  fields: ReadonlyMap<string, Placed>,
  whole: Placed,
  refuse: Refuse,
): EventSpec {
  const text = (key: string) => {
    const place = fields.get(key);
    return place === undefined ? undefined : textOf(place, key, refuse);
  };
  const number = (key: string, most: number) => {
    const place = fields.get(key);
    return place === undefined ? undefined : Number(numberOf(place, key, BigInt(most), refuse));
  };
  const big = (key: string) => {
    const place = fields.get(key);
    return place === undefined ? undefined : numberOf(place, key, U64, refuse);
  };
  const channel = text("channel");
  const id = number("id", 0xffff);
  if (channel === undefined || id === undefined)
    throw refuse(whole, "an event needs a channel and an id");
  const payloads = ["data", "userData", "strings"].filter((key) => fields.has(key));
  if (payloads.length > 1)
    throw refuse(whole, `an event has ${payloads.join(" and ")}`, "keep one of them");
  const data = fields.get("data");
  const userData = fields.get("userData");
  const strings = fields.get("strings");
  const binary = fields.get("binary");
  return {
    channel,
    id,
    provider: text("provider"),
    version: number("version", 0xff),
    level: number("level", 0xff),
    task: number("task", 0xffff),
    opcode: number("opcode", 0xff),
    qualifiers: number("qualifiers", 0xffff),
    keywords: big("keywords"),
    recordId: big("recordId"),
    pid: number("pid", 0xffff_ffff),
    tid: number("tid", 0xffff_ffff),
    userSid: text("userSid"),
    activityId: text("activityId"),
    data: data === undefined ? undefined : dataFields(data, refuse),
    userData: userData === undefined ? undefined : userDataRoot(userData, refuse),
    strings: strings === undefined ? undefined : stringItems(strings, refuse),
    binary: binary === undefined ? undefined : binaryBytes(binary, refuse),
  };
}

function stringItems(place: Placed, refuse: Refuse): string[] {
  return listOf(place, "strings", refuse).map((item) =>
    item.value === null ? "" : textOf(item, "a string", refuse),
  );
}

function binaryBytes(place: Placed, refuse: Refuse): Uint8Array {
  const bytes = parseHex(textOf(place, "binary", refuse));
  if (bytes === undefined) throw refuse(place, "binary has to be an even number of hex digits");
  return bytes;
}

function dataFields(place: Placed, refuse: Refuse): [string, ForgeValue][] {
  if (place.entries === undefined)
    throw refuse(place, "data has to be a map of field names to values", "unnamed values: strings");
  return place.entries.map(([name, value]) => [name, fieldValue(value, refuse)]);
}

/** A scalar, a list of texts (the field repeats), or `{ type: …, value: … }`. */
function fieldValue(place: Placed, refuse: Refuse): ForgeValue {
  if (place.items !== undefined) return stringItems(place, refuse);
  if (place.entries === undefined) return place.value as PlainValue;
  const fields = fieldsOf(place, ["type", "value"], "a typed value", refuse);
  const type = fields.get("type");
  const value = fields.get("value");
  if (type === undefined || value === undefined)
    throw refuse(place, "a typed value needs type and value");
  if (typeof type.value !== "string" || !Object.hasOwn(TYPE_CODE, type.value))
    throw refuse(type, `no type "${type.value}"`, `known: ${Object.keys(TYPE_CODE).join(", ")}`);
  return { type: type.value as ForgeType, value: value.value as PlainValue };
}

function userDataRoot(place: Placed, refuse: Refuse): ForgeElement {
  const [entry, ...more] = place.entries ?? [];
  if (entry === undefined || more.length > 0)
    throw refuse(place, "userData has to be a map with one root element");
  const [element] = elements(entry[0], entry[1], refuse);
  return element!;
}

/** A key with its value as elements: `@name` keys below it are attributes, a list repeats the element. */
function elements(name: string, place: Placed, refuse: Refuse): ForgeElement[] {
  if (!/^[A-Za-z_][\w.-]*$/u.test(name)) throw refuse(place, `"${name}" is no element name`);
  if (place.items !== undefined) return place.items.flatMap((item) => elements(name, item, refuse));
  if (place.entries === undefined) {
    const { value } = place;
    return [{ name, children: value === null ? [] : [{ content: value as PlainValue }] }];
  }
  const attributes: [string, ForgeValue][] = [];
  const children: ForgeElement["children"][number][] = [];
  for (const [key, value] of place.entries) {
    if (key.startsWith("@")) attributes.push([key.slice(1), value.value as PlainValue]);
    else if (key === "#text") children.push({ content: value.value as PlainValue });
    else children.push(...elements(key, value, refuse));
  }
  return [{ name, attributes, children }];
}
