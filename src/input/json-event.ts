import type { EventView, FieldText } from "../model/event.ts";
import type { Completeness, RecordId, RecordState } from "../model/record-ref.ts";

/** A JSON object as evtx_dump, this tool and most exporters write events: `{"Event":{"System":…,"EventData":…}}`. */
export type JsonObject = { readonly [name: string]: unknown };

/** Where an event stood in its input. */
export interface EventPlace {
  readonly line?: number;
}

/** An event of a text log: it may be kept, and given out again as it came in. */
export interface TextEvent extends EventView {
  /** False: its time cannot be read, and it stands at 1970. */
  readonly hasTime: boolean;
  /** One line of JSON in the shape of evtx_dump. */
  toJson(): string;
}

/** Parts of an event that hold none of its data fields. RenderingInfo is the message text a collector adds. */
const NO_DATA = new Set(["System", "RenderingInfo", "#attributes", "konseki"]);
/** What this tool says in `konseki` of a record that it brought back. */
const STATES: readonly RecordState[] = ["live", "slack", "stale-chunk", "unlinked", "carved"];
const COMPLETENESS: readonly Completeness[] = ["full", "repaired", "partial", "positional"];
const MOST_DEPTH = 32;
const MOST_FIELDS = 10_000;

/**
 * One event given as JSON. Throws a TypeError with a plain reason when the object is no event. Unlike the cursor
 * of the .evtx reader it may be kept.
 */
export function jsonEvent(object: JsonObject, place: EventPlace = {}): TextEvent {
  const event = isObject(object.Event) ? object.Event : object;
  const system = event.System;
  if (!isObject(system)) throw new TypeError("no Event.System in it");
  return new JsonEvent(event, system, place, object.konseki);
}

class JsonEvent implements TextEvent {
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly computer: string;
  readonly time: string;
  readonly timeMs: number;
  readonly recordId: RecordId;
  readonly headerRecordId = undefined;
  readonly fileOffset = undefined;
  readonly chunk = undefined;
  readonly line: number | undefined;
  readonly state: RecordState;
  readonly completeness: Completeness;
  readonly hasTime: boolean;
  readonly #event: JsonObject;
  readonly #system = new Map<string, FieldText>();
  readonly #data: [name: string, text: string | null][] = [];
  readonly #byName = new Map<string, FieldText>();

  constructor(event: JsonObject, system: JsonObject, place: EventPlace, found: unknown) {
    this.line = place.line;
    const { state, completeness } = isObject(found) ? found : {};
    this.state = STATES.find((one) => one === state) ?? "live";
    this.completeness = COMPLETENESS.find((one) => one === completeness) ?? "full";
    this.#event = event;
    for (const [name, value] of Object.entries(system)) this.#addSystem(name, value);
    for (const [section, value] of Object.entries(event)) {
      if (!NO_DATA.has(section)) this.#collect(section, value, [], 0);
    }
    const text = (name: string): string => {
      const value = this.#system.get(name);
      return typeof value === "string" ? value : "";
    };
    this.channel = text("Channel");
    this.provider = text("Provider_Name");
    this.computer = text("Computer");
    this.eventId = /^\d{1,9}$/.test(text("EventID")) ? Number(text("EventID")) : 0;
    const id = text("EventRecordID");
    this.recordId = /^\d{1,20}$/.test(id)
      ? Number.isSafeInteger(Number(id))
        ? Number(id)
        : id
      : 0;
    const written = text("TimeCreated");
    const ms = Date.parse(written);
    this.hasTime = !Number.isNaN(ms);
    this.timeMs = this.hasTime ? ms : 0;
    this.time = this.hasTime ? isoUtc(written, ms) : new Date(0).toISOString();
  }

  toJson(): string {
    return JSON.stringify({ Event: this.#event });
  }

  get(field: string): FieldText {
    const own = this.#byName.get(field);
    return own === undefined ? this.#system.get(field) : own;
  }

  forEachField(visit: (name: string, text: string | null) => void): void {
    for (const [name, text] of this.#data) visit(name, text);
  }

  #addSystem(name: string, value: unknown): void {
    if (!isObject(value)) {
      this.#system.set(name, scalar(value));
      if (name === "TimeCreated" || name === "TimeCreated_SystemTime")
        this.#system.set("TimeCreated", scalar(value));
      return;
    }
    const attributes = isObject(value["#attributes"]) ? value["#attributes"] : withoutText(value);
    for (const [attribute, text] of Object.entries(attributes)) {
      this.#system.set(`${name}_${attribute}`, scalar(text));
      if (name === "TimeCreated" && attribute === "SystemTime")
        this.#system.set("TimeCreated", scalar(text));
    }
    if ("#text" in value) this.#system.set(name, scalar(value["#text"]));
  }

  #collect(name: string, value: unknown, path: readonly string[], depth: number): void {
    if (depth > MOST_DEPTH || this.#data.length > MOST_FIELDS)
      throw new TypeError("it nests too deep or is too large");
    if (Array.isArray(value)) {
      for (const item of value) this.#collect(name, item, path, depth + 1);
      return;
    }
    if (!isObject(value)) {
      if (path.length > 0) this.#add(name, path, scalar(value));
      return;
    }
    const { "#attributes": attributes, "#text": text, ...members } = value;
    if (isObject(attributes)) {
      for (const [attribute, inner] of Object.entries(attributes)) {
        if (attribute !== "Name" && !attribute.startsWith("xmlns") && path.length > 0) {
          this.#add(`${name}_${attribute}`, [], scalar(inner));
        }
      }
    }
    for (const item of Array.isArray(text) ? text : text === undefined ? [] : [text])
      this.#add(name, path, scalar(item));
    for (const [member, inner] of Object.entries(members))
      this.#collect(member, inner, [...path, name], depth + 1);
  }

  #add(name: string, path: readonly string[], text: string | null): void {
    this.#data.push([name, text]);
    this.#put(name, text);
    if (path.length > 1) this.#put([...path.slice(1), name].join("."), text);
  }

  #put(name: string, text: string | null): void {
    const known = this.#byName.get(name);
    if (known === undefined) this.#byName.set(name, text);
    else if (typeof known === "string" || known === null) this.#byName.set(name, [known, text]);
    else (known as (string | null)[]).push(text);
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function withoutText(value: JsonObject): JsonObject {
  const { "#text": _, ...rest } = value;
  return rest;
}

function scalar(value: unknown): string | null {
  return value === null || value === undefined
    ? null
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);
}

/** The time as written when it is UTC already (all its digits kept), else converted. */
function isoUtc(written: string, ms: number): string {
  const utc = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?(?:Z|[+-]00:?00)$/.exec(
    written.trim(),
  );
  return utc ? `${utc[1]}T${utc[2]}${utc[3] ?? ".000"}Z` : new Date(ms).toISOString();
}
