import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { EventView, FieldText } from "../../src/model/event.ts";

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** The events of one gzipped JSON-lines dump, as evtx_dump writes it. */
export function readDump(path: string): EventView[] {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => dumpEvent(JSON.parse(line)));
}

/** A plain EventView over one dumped record: every field is read at once, nothing is clever. */
export function dumpEvent(record: { readonly Event: JsonObject }): EventView {
  const system = record.Event.System as JsonObject;
  const data: [string, string | null][] = [];
  for (const part of ["EventData", "UserData"]) collect(record.Event[part] ?? null, data);
  const fields = new Map<string, FieldText>();
  const attribute = (element: string, name: string) =>
    text(((system[element] as JsonObject | null)?.["#attributes"] as JsonObject)?.[name] ?? null);
  const put = (name: string, value: FieldText) => {
    if (value !== null && value !== undefined) fields.set(name, value);
  };
  for (const name of "EventID Channel Computer Level Task Opcode Keywords EventRecordID Version".split(
    " ",
  ))
    put(name, text(system[name] ?? null));
  put("Provider_Name", attribute("Provider", "Name"));
  put("TimeCreated", attribute("TimeCreated", "SystemTime"));
  put("Execution_ProcessID", attribute("Execution", "ProcessID"));
  put("Execution_ThreadID", attribute("Execution", "ThreadID"));
  put("Correlation_ActivityID", attribute("Correlation", "ActivityID"));
  put("Security_UserID", attribute("Security", "UserID"));
  const names = new Set(data.map(([name]) => name));
  for (const name of names) {
    const values = data.filter(([other]) => other === name).map(([, value]) => value);
    fields.set(name, values.length === 1 ? values[0] : values);
  }
  const time = attribute("TimeCreated", "SystemTime") ?? "";
  return {
    channel: text(system.Channel ?? null) ?? "",
    provider: attribute("Provider", "Name") ?? "",
    eventId: Number(text(system.EventID ?? null)),
    computer: text(system.Computer ?? null) ?? "",
    time,
    timeMs: Date.parse(time),
    recordId: Number(text(system.EventRecordID ?? null)),
    headerRecordId: undefined,
    fileOffset: undefined,
    chunk: undefined,
    line: undefined,
    state: "live",
    completeness: "full",
    get: (field) => fields.get(field),
    forEachField: (visit) => {
      for (const [name, value] of data) visit(name, value);
    },
  };
}

function collect(value: Json, into: [string, string | null][]): void {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return;
  for (const [name, item] of Object.entries(value)) {
    if (name === "#attributes") continue;
    const inner = isObject(item) ? item["#text"] : item;
    if (isObject(item) && inner === undefined) {
      collect(item, into);
      continue;
    }
    for (const one of Array.isArray(inner) ? inner : [inner ?? null]) {
      if (isObject(one)) collect(one, into);
      else into.push([name, text(one)]);
    }
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: Json): string | null {
  if (isObject(value)) return text(value["#text"] ?? null);
  return value === null ? null : String(value);
}
