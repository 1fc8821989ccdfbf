import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { MemorySource } from "../../../src/base/byte-source.ts";
import { SharedCaches } from "../../../src/evtx/log-scan.ts";
import { scanLog } from "../../../src/evtx/scan-log.ts";
import type { EventView } from "../../../src/model/event.ts";
import type { RecoveryCounts } from "../../../src/model/ledger.ts";
import { readDump } from "../../support/dump-event.ts";
import { type ReadRecord, readWholeLog } from "../../support/read-whole-log.ts";
import { haveSamples, noSamplesReason, samplePath } from "../../support/samples.ts";

interface Expected {
  readonly file: string;
  readonly evtx_dump: { readonly records: number };
  readonly libevtx: { readonly records: number; readonly recovered: number };
}

interface Recovered {
  readonly file: string;
  readonly record: ReadRecord;
}

/**
 * Records that libevtx calls recovered and konseki reads live, because it goes on behind a hole in a chunk: how many more
 * live records it has than libevtx.
 */
const LIVE_BEHIND_DAMAGE: Readonly<Record<string, number>> = {
  "2-vss_0-Microsoft-Windows-RemoteDesktopServices-RdpCoreTS%4Operational.evtx": 0,
  "2-vss_0-Microsoft-Windows-TerminalServices-RemoteConnectionManager%4Operational.evtx": 21,
  "sample-with-zero-data-size-event.evtx": 115,
  "sample_with_a_bad_chunk_magic.evtx": 31,
};

describe.skipIf(!haveSamples)(`recovery on real logs ${haveSamples ? "" : noSamplesReason}`, () => {
  const expected: Expected[] = [];
  const recovered: Recovered[] = [];
  const counts = new Map<string, RecoveryCounts | undefined>();
  const liveCounts = new Map<string, number>();
  const ofOwnLog: Recovered[] = [];
  const live = new Map<string, { readonly file: string; readonly json: string }>();

  beforeAll(() => {
    for (const line of readFileSync(samplePath("expected", "records.jsonl"), "utf8").split("\n"))
      if (line !== "") expected.push(JSON.parse(line));
    const shared = new SharedCaches();
    for (const { file } of expected) {
      scanLog(
        new MemorySource(bytesOf(file)),
        file,
        { onRecord() {} },
        { shared, learnTemplates: true },
      );
      const own = readWholeLog(bytesOf(file));
      ofOwnLog.push(...own.recovered.map((record) => ({ file, record })));
    }
    for (const { file } of expected) {
      const log = readWholeLog(bytesOf(file), { shared, library: shared.library });
      counts.set(file, log.counts);
      liveCounts.set(file, log.live.length);
      for (const { id, time, json } of log.live) live.set(`${id} ${time}`, { file, json });
      recovered.push(...log.recovered.map((record) => ({ file, record })));
    }
  }, 120_000);

  it("finds every record that libevtx finds outside the live ones", () => {
    let theirs = 0;
    let ours = 0;
    const fewer: Record<string, number> = {};
    for (const { file, libevtx } of expected) {
      theirs += libevtx.recovered;
      const count = counts.get(file);
      const found =
        count === undefined ? 0 : count.records + count.copies + count.repeats + count.unreadable;
      ours += found;
      const missing = libevtx.recovered - found;
      if (missing > 0) fewer[file.slice(file.lastIndexOf("/") + 1)] = missing;
    }
    expect(theirs).toBe(15_417);
    expect(Object.keys(fewer).sort()).toEqual(Object.keys(LIVE_BEHIND_DAMAGE).sort());
    const asLive = Object.values(fewer).reduce((sum, missing) => sum + missing, 0);
    expect(ours + asLive).toBeGreaterThanOrEqual(theirs);
  });

  it("reads in full, and by position, at least the measured shares", () => {
    const shares = (of: readonly Recovered[]) => {
      const full = of.filter(({ record }) => /full|repaired/.test(record.completeness));
      const by = (...origins: string[]) =>
        full.filter(({ record }) => origins.includes(record.recovery!.templates)).length /
        of.length;
      return {
        own: by("literal", "own-chunk"),
        log: by("literal", "own-chunk", "same-log"),
        all: full.length / of.length,
        system: of.filter(({ record }) => record.eventId > 0).length / of.length,
      };
    };
    const alone = shares(ofOwnLog);
    const withLibrary = shares(recovered);

    expect(alone.own).toBeGreaterThan(0.054);
    expect(alone.log).toBeGreaterThan(0.145);
    expect(withLibrary.all).toBeGreaterThan(0.385);
    expect(withLibrary.system).toBeGreaterThan(0.995);
  });

  it("gives every old copy of a live record the very text of the live one", () => {
    const copies = recovered.filter(({ record }) => record.recovery?.copyOf !== undefined);
    expect(copies.length).toBeGreaterThan(1200);
    expect(copies.filter(({ record }) => record.recovery?.copyOf?.equal !== true)).toEqual([]);
  });

  it("gives records that are live in another log the text they have there", () => {
    let compared = 0;
    for (const { record, file } of recovered) {
      const twin = live.get(`${record.id} ${record.time}`);
      if (twin === undefined || record.completeness !== "full" || record.recovery?.copyOf) continue;
      compared++;
      expect(withoutComputer(record.json), file).toBe(withoutComputer(twin.json));
    }
    expect(compared).toBeGreaterThan(15);
  });

  it("agrees with evtx_dump, field for field, on 50 records spread over the logs", () => {
    const judged = recovered.filter(
      ({ file, record }) =>
        record.completeness === "full" &&
        (record.recovery?.copyOf !== undefined || live.has(`${record.id} ${record.time}`)) &&
        existsSync(dumpOf(twinFile(file, record))),
    );
    const step = judged.length / 50;
    let fields = 0;
    for (let i = 0; i < 50; i++) {
      const { file, record } = judged[Math.floor(i * step)]!;
      const dumped = dumpEvents(twinFile(file, record)).find(
        (event) => event.recordId === record.id && sameTime(event.time, record.time),
      )!;
      fields += compareFields(record, dumped, `${file} record ${record.id}`);
    }
    expect(fields).toBeGreaterThan(300);
  });

  it("brings back the record that eventlogedit unlinked, as it was before, and no such record elsewhere", () => {
    const unlinked = recovered.filter(({ record }) => record.state === "unlinked");
    expect(unlinked.map(({ file }) => file).sort()).toEqual([
      "parser/post-Security.evtx",
      "tampered/post-Security.evtx",
    ]);
    const before = readWholeLog(bytesOf("tampered/pre-Security.evtx"));
    const original = before.live.find(({ id }) => id === 105)!;
    for (const { file, record } of unlinked) {
      expect(record).toMatchObject({ id: 105, eventId: 4616, completeness: "full" });
      expect(record.json).toBe(original.json);
      expect(liveCounts.get(file)).toBe(126);
      const log = readWholeLog(bytesOf(file));
      const host = log.live.find(({ fileOffset }) => fileOffset === record.recovery?.hostOffset);
      expect(host?.id).toBe(104);
    }
  });

  function twinFile(file: string, record: ReadRecord): string {
    return record.recovery?.copyOf !== undefined
      ? file
      : live.get(`${record.id} ${record.time}`)!.file;
  }
});

function bytesOf(file: string): Uint8Array {
  return readFileSync(samplePath("samples", file));
}

function dumpOf(file: string): string {
  return samplePath("expected", "dump", `${file}.jsonl.gz`);
}

const dumps = new Map<string, EventView[]>();

function dumpEvents(file: string): EventView[] {
  const known = dumps.get(file) ?? readDump(dumpOf(file));
  dumps.set(file, known);
  return known;
}

function withoutComputer(json: string): string {
  const { Event } = JSON.parse(json);
  delete Event.System.Computer;
  return JSON.stringify(Event);
}

/** evtx_dump keeps six digits. */
function sameTime(a: string, b: string): boolean {
  return a.slice(0, 26) === b.slice(0, 26);
}

/** Compares the System fields and all data; returns how many fields that were. */
function compareFields(record: ReadRecord, dumped: EventView, what: string): number {
  const { Event } = JSON.parse(record.json);
  expect(record.eventId, what).toBe(dumped.eventId);
  expect(Event.System.Channel ?? "", what).toBe(dumped.channel);
  expect(Event.System.Provider?.["#attributes"]?.Name ?? "", what).toBe(dumped.provider);
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (value !== null && typeof value === "object") Object.values(value).forEach(collect);
    else texts.push(plain(String(value ?? "")));
  };
  collect([Event.EventData, Event.UserData]);
  let compared = 0;
  dumped.forEachField((name, text) => {
    expect(texts, `${what}: ${name}`).toContain(plain(text ?? ""));
    compared++;
  });
  return compared;
}

/** Texts of both readers in one form: letter case, braces of GUIDs and digits of times differ. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[{}]/g, "")
    .replaceAll(/(\.\d{6})\d*z/g, "$1z");
}
