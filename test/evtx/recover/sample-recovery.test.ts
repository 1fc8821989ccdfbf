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

describe.skipIf(!haveSamples)(`recovery on real logs ${haveSamples ? "" : noSamplesReason}`, () => {
  const expected: Expected[] = [];
  const recovered: Recovered[] = [];
  const counts = new Map<string, RecoveryCounts | undefined>();
  const liveCounts = new Map<string, number>();
  const liveRecords = new Map<string, readonly { readonly record: ReadRecord }[]>();
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
      liveRecords.set(
        file,
        log.live.map((record) => ({ record })),
      );
      for (const { id, time, json } of log.live) live.set(`${id} ${time}`, { file, json });
      recovered.push(...log.recovered.map((record) => ({ file, record })));
    }
  }, 120_000);

  it("finds every record that libevtx finds, live or not", () => {
    let theirs = 0;
    const fewer: string[] = [];
    for (const { file, libevtx } of expected) {
      theirs += libevtx.recovered;
      const count = counts.get(file);
      const found =
        count === undefined ? 0 : count.records + count.copies + count.repeats + count.unreadable;
      // What it calls recovered may be live here: the walk goes on behind a hole.
      if (liveCounts.get(file)! + found < libevtx.records + libevtx.recovered) fewer.push(file);
    }
    expect(theirs).toBe(15_417);
    expect(fewer).toEqual([]);
  });

  it("gives every record of any log whose two sizes agree, or counts it as unreadable", () => {
    let records = 0;
    let inRecords = 0;
    for (const { file } of expected) {
      const bytes = bytesOf(file);
      const given = [...liveRecords.get(file)!, ...recovered.filter((one) => one.file === file)];
      const places = new Map(given.map(({ record }) => [record.fileOffset, record.size]));
      let missed = 0;
      for (const at of framedRecords(bytes)) {
        records++;
        if (places.has(at)) continue;
        const isInside = [...places].some(([from, size]) => from < at && at < from + size);
        if (isInside) inRecords++;
        else missed++;
      }
      expect(missed, file).toBeLessThanOrEqual(counts.get(file)?.unreadable ?? 0);
    }
    expect(records).toBeGreaterThan(42_000);
    // Bytes of one live record that look like another.
    expect(inRecords).toBe(1);
  });

  it("reads in full, and by position, what the templates of these logs prove", () => {
    const behindDamage = expected.reduce(
      (sum, { file, libevtx }) => sum + Math.max(0, liveCounts.get(file)! - libevtx.records),
      0,
    );
    const shares = (of: readonly Recovered[]) => {
      const full = of.filter(({ record }) => /full|repaired/.test(record.completeness));
      const by = (...origins: string[]) =>
        (full.filter(({ record }) => origins.includes(record.recovery!.templates)).length +
          behindDamage) /
        (of.length + behindDamage);
      return {
        own: by("literal", "own-chunk"),
        log: by("literal", "own-chunk", "same-log"),
        all: by("literal", "own-chunk", "same-log", "library"),
        system: of.filter(({ record }) => record.eventId > 0).length / of.length,
      };
    };
    const alone = shares(ofOwnLog);
    const withLibrary = shares(recovered);
    process.stdout.write(
      `in full: own chunk ${percent(alone.own)}, own log ${percent(alone.log)}, all logs ${percent(withLibrary.all)}; System fields ${percent(withLibrary.system)}\n`,
    );

    expect(alone.own).toBeGreaterThan(0.065);
    expect(alone.log).toBeGreaterThan(0.155);
    expect(withLibrary.all).toBeGreaterThan(0.393);
    expect(withLibrary.system).toBeGreaterThan(0.995);
  });

  it("reads as many in full as were counted by hand in logs of many recovered ones", () => {
    const fullOf = (name: string, ...origins: string[]) =>
      ofOwnLog.filter(
        ({ file, record }) =>
          file.includes(name) &&
          /full|repaired/.test(record.completeness) &&
          origins.includes(record.recovery!.templates),
      ).length;
    const counted = [
      { name: "RemoteDesktopServices-RdpCoreTS", own: 41, log: 114 },
      { name: "TerminalServices-RemoteConnectionManager", own: 245, log: 1 },
      { name: "2-vss_7-System", own: 0, log: 25 },
      { name: "Application_no_crc32", own: 0, log: 30 },
      { name: "Shell-Core", own: 0, log: 128 },
      { name: "sample-with-irregular-bool-values", own: 0, log: 104 },
      { name: "sample_with_a_bad_chunk_magic", own: 50, log: 82 },
    ];
    for (const { name, own, log } of counted) {
      expect(fullOf(name, "own-chunk"), name).toBeGreaterThanOrEqual(own);
      expect(fullOf(name, "same-log"), name).toBeGreaterThanOrEqual(log);
    }
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

/** Where records lie by nothing but their mark and two sizes that agree. */
function* framedRecords(bytes: Uint8Array): Generator<number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 4096; at + 28 <= bytes.length; at += 8) {
    if (view.getUint32(at, true) !== 0x2a2a) continue;
    const size = view.getUint32(at + 4, true);
    if (size >= 28 && size <= 65_536 && at + size <= bytes.length)
      if (view.getUint32(at + size - 4, true) === size) yield at;
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

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
