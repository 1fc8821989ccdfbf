import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { MemorySource } from "../../src/base/byte-source.ts";
import { SharedCaches } from "../../src/evtx/log-scan.ts";
import { scanLog } from "../../src/evtx/scan-log.ts";
import { haveSamples, noSamplesReason, samplePath } from "../support/samples.ts";

interface Expected {
  readonly file: string;
  readonly evtx_dump: { readonly records: number };
}

/**
 * Logs with damage, where evtx_dump's count is not the truth: what is live, repaired and partial in them. The
 * others must give exactly what evtx_dump gives.
 */
const DAMAGED: Readonly<
  Record<string, { read: number; repaired: number; partial: number; why: string }>
> = {
  "2-vss_0-Microsoft-Windows-RemoteDesktopServices-RdpCoreTS%4Operational.evtx": {
    read: 1910,
    repaired: 0,
    partial: 2,
    why: "two torn chunks",
  },
  "2-vss_0-Microsoft-Windows-TerminalServices-RemoteConnectionManager%4Operational.evtx": {
    read: 1795,
    repaired: 0,
    partial: 1,
    why: "a torn chunk; 21 intact records behind the tear are read too",
  },
  "Microsoft-Windows-HelloForBusiness%4Operational.evtx": {
    read: 5,
    repaired: 0,
    partial: 1,
    why: "evtx_dump makes up a sixth record from zeros",
  },
  "Microsoft-Windows-LanguagePackSetup%4Operational.evtx": {
    read: 16,
    repaired: 0,
    partial: 1,
    why: "evtx_dump makes up a seventeenth record from zeros",
  },
  "sample-with-zero-data-size-event.evtx": {
    read: 449,
    repaired: 1,
    partial: 0,
    why: "a zeroed size field costs evtx_dump the rest of the chunk",
  },
  "sample_with_a_bad_chunk_magic.evtx": {
    read: 298,
    repaired: 0,
    partial: 3,
    why: "evtx_dump counts three cut records and stops at the first hole of a chunk",
  },
};

type Json = null | string | number | boolean | readonly Json[] | { readonly [name: string]: Json };

/** Formatting only: numbers and booleans as text, order of members, digits and zone mark of times, one-item arrays. */
function normalise(value: Json): Json {
  if (value === null) return "";
  if (Array.isArray(value)) return value.length === 1 ? normalise(value[0]!) : value.map(normalise);
  if (typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, member]) => [name, normalise(member as Json)]),
    );
  }
  const time = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})\d*Z?$/.exec(String(value));
  return time ? time[1]! : String(value);
}

/**
 * evtx_dump writes elements whose dependency holds no value; Windows leaves them out. In these logs they are
 * `Binary` and the unnamed `Data` of classic events: the forms without the empty one are right as well.
 */
function acceptedForms(record: Json): string[] {
  const forms = [record];
  for (const [name, empty] of [
    ["Binary", null],
    ["Data", '{"#text":""}'],
  ] as const) {
    for (const form of [...forms]) {
      const event = (form as { Event: { EventData?: Record<string, Json> } }).Event;
      const data = event.EventData;
      if (data === undefined || data === null || !(name in data)) continue;
      if (empty === null ? data[name] !== null : JSON.stringify(data[name]) !== empty) continue;
      const { [name]: _, ...rest } = data;
      forms.push({
        Event: { ...event, EventData: Object.keys(rest).length > 0 ? rest : null },
      } as Json);
    }
  }
  return forms.map((form) => JSON.stringify(normalise(form)));
}

/**
 * What evtx_dump loses of a record that we keep: RenderingInfo behind an embedded value, and all but the last of
 * Data items with the same name (its JSON repeats the name).
 */
function lossyForms(record: Json): string[] {
  const event = (record as { Event: Record<string, Json> }).Event;
  const { RenderingInfo: _, ...rest } = event;
  const data = event.EventData;
  const forms: Json[] = [record, { Event: rest }];
  if (data !== null && typeof data === "object") {
    const folded: Record<string, Json> = {};
    for (const [name, value] of Object.entries(data)) folded[name.replace(/_\d+$/, "")] = value;
    forms.push({ Event: { ...event, EventData: folded } });
  }
  return forms.map((form) => JSON.stringify(normalise(form)));
}

/** Records that evtx_dump fills up with zeros behind a tear. */
const MADE_UP = new Set([
  "Microsoft-Windows-LanguagePackSetup%4Operational.evtx 17",
  "sample_with_a_bad_chunk_magic.evtx 45933",
  "sample_with_a_bad_chunk_magic.evtx 47640",
  "sample_with_a_bad_chunk_magic.evtx null",
]);

function recordId(record: Json): string {
  const system = (record as { Event?: { System?: { EventRecordID?: Json } } }).Event?.System;
  return String(system?.EventRecordID);
}

function firstDifference(file: string, theirs: string, ours: string): string {
  let at = 0;
  while (at < theirs.length && theirs[at] === ours[at]) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 60);
  return `${file}: ${around(theirs)} / ${around(ours)}`;
}

describe.skipIf(!haveSamples)(`sample logs (${haveSamples ? "present" : noSamplesReason})`, () => {
  const expected: Expected[] = haveSamples
    ? readFileSync(samplePath("expected/records.jsonl"), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Expected)
    : [];
  const shared = new SharedCaches();

  function read(file: string) {
    const bytes = readFileSync(samplePath("samples", file));
    const records: string[] = [];
    const summary = scanLog(
      new MemorySource(bytes),
      file,
      { onRecord: (r) => records.push(r.toJson()) },
      { shared },
    );
    return { bytes, records, summary };
  }

  it("every log gives the records evtx_dump reads, or the judged number where the log is damaged", () => {
    const wrong: unknown[] = [];
    for (const { file, evtx_dump } of expected) {
      const { summary } = read(file);
      const damaged = DAMAGED[file.slice(file.lastIndexOf("/") + 1)];
      const { read: live, repaired, partial } = summary.records;
      const want = damaged ?? { read: evtx_dump.records, repaired: 0, partial: 0 };
      if (live !== want.read || repaired !== want.repaired || partial !== want.partial)
        wrong.push({ file, want, got: summary.records });
    }
    expect(wrong).toEqual([]);
  });

  it("every byte of every log is accounted for", () => {
    for (const { file } of expected) {
      const { bytes, summary } = read(file);
      const accounted = Object.values(summary.bytes).reduce((sum, n) => sum + n, 0);
      expect(accounted, file).toBe(bytes.length);
    }
  });

  it("every record has field for field the values evtx_dump reads", () => {
    const wrong: unknown[] = [];
    let compared = 0;
    for (const { file } of expected) {
      const dump = gunzipSync(
        readFileSync(samplePath("expected/dump", `${file}.jsonl.gz`)),
      ).toString("utf8");
      const ours = new Map<string, string[][]>();
      for (const line of read(file).records) {
        const record = JSON.parse(line) as Json;
        const list = ours.get(recordId(record)) ?? [];
        list.push(lossyForms(record));
        ours.set(recordId(record), list);
      }
      for (const line of dump.split("\n").filter((l) => l !== "")) {
        const raw = JSON.parse(line) as Json;
        const name = file.slice(file.lastIndexOf("/") + 1);
        if (recordId(raw) === "0" || MADE_UP.has(`${name} ${recordId(raw)}`)) continue;
        const candidates = ours.get(recordId(raw)) ?? [];
        const theirs = acceptedForms(raw);
        const at = candidates.findIndex((forms) => forms.some((form) => theirs.includes(form)));
        compared++;
        if (at >= 0) candidates.splice(at, 1);
        else wrong.push(firstDifference(file, theirs[0]!, candidates[0]?.[0] ?? ""));
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(compared).toBeGreaterThan(26_000);
  });
});
