import { describe, expect, it } from "vitest";
import type { Signal } from "../../src/model/signal.ts";
import { inColumns } from "../../src/triage/columns-writer.ts";
import { plainResult } from "../../src/triage/compact-result.ts";
import { reduce } from "../../src/triage/reduce.ts";
import { plainRef } from "../../src/triage/signal-columns.ts";
import { fixtureScenario, mapScenario, shippedEngine } from "../support/triage-scenario.ts";

const FIXTURES = ["clean", "rdp-chain", "domain-admin", "deleted-logs", "vpn-way-in"];

/** All that a signal says, read as analyzers read it. */
function said(signal: Signal, names: readonly string[]) {
  const { kind, ruleId, timeMs, ref, count, lastMs } = signal;
  const fields = names.map((name) => [name, signal.fields[name]]);
  return { kind, ruleId, timeMs, ref: plainRef(ref), fields, count, lastMs };
}

const SIGNAL: Signal = {
  kind: "logon",
  timeMs: Date.UTC(2026, 2, 2, 8),
  ref: {
    file: "a.evtx",
    channel: "Security",
    provider: "Microsoft-Windows-Security-Auditing",
    eventId: 4624,
    recordId: 7,
    time: "2026-03-02T08:00:00.0000000Z",
    host: "HOST-A",
    state: "live",
    headerRecordId: 7,
    fileOffset: 4608,
    chunk: 0,
  },
  fields: { TargetUserName: "user.one", IpAddress: null },
};

const one = (signal: Signal): Signal => inColumns([signal], 0)[0]!;

describe("signals in columns", () => {
  it.each(FIXTURES)("say what they said before: %s", (name) => {
    for (const { signals } of mapScenario(fixtureScenario(name))) {
      const rows = inColumns(signals, 0);
      expect(rows.length).toBe(signals.length);
      for (const [at, signal] of signals.entries()) {
        const names = Object.keys(signal.fields);
        expect(said(rows[at]!, names)).toEqual(said(signal, names));
      }
    }
  });

  it.each(FIXTURES)("give the same report, as plain data: %s", (name) => {
    const results = mapScenario(fixtureScenario(name));
    const rows = results.map((each) => ({ ...each, signals: inColumns(each.signals, 0) }));
    const options = { version: "0.0.0", isBuiltIn: () => true };
    const report = reduce(rows, shippedEngine(), options);
    expect(report).toEqual(reduce(results, shippedEngine(), options));
    expect(structuredClone(report)).toEqual(report);
  });

  it("tell a field that is not there from one without a value", () => {
    const without: Signal = { ...SIGNAL, fields: { WorkstationName: "WS-01" } };
    const [signal, other] = inColumns([SIGNAL, without], 0);
    expect(signal?.fields.IpAddress).toBeNull();
    expect(signal?.fields.WorkstationName).toBeUndefined();
    expect(other?.fields.IpAddress).toBeUndefined();
    expect(other?.fields.WorkstationName).toBe("WS-01");
  });

  it("keep which rule a hit is of, and tell the fields of two rules apart", () => {
    const hit: Signal = { ...SIGNAL, kind: "rule", ruleId: "a" };
    const other: Signal = { ...SIGNAL, kind: "rule", ruleId: "b", fields: { Image: "x" } };
    const rows = inColumns([hit, other, SIGNAL], 0);
    expect(rows.map(({ kind, ruleId }) => [kind, ruleId])).toEqual([
      ["rule", "a"],
      ["rule", "b"],
      ["logon", undefined],
    ]);
    expect(rows[1]?.fields.Image).toBe("x");
  });

  it.each(FIXTURES)("are put back into what a case folder keeps: %s", (name) => {
    for (const result of mapScenario(fixtureScenario(name))) {
      const rows = { ...result, signals: inColumns(result.signals, 0) };
      expect(JSON.parse(JSON.stringify(plainResult(rows)))).toEqual(
        JSON.parse(JSON.stringify(result)),
      );
      expect(plainResult({ ...rows, signals: inColumns(rows.signals, 0) })).toEqual(result);
    }
  });

  it("keep how many records they stand for", () => {
    const row = one({ ...SIGNAL, count: 12, lastMs: SIGNAL.timeMs + 5 });
    expect([row.count, row.lastMs]).toEqual([12, SIGNAL.timeMs + 5]);
    expect([one(SIGNAL).count, one(SIGNAL).lastMs]).toEqual([undefined, undefined]);
  });

  it("keep numbers of any size, and ids that exports wrote anew", () => {
    const ref = { ...SIGNAL.ref, recordId: 2 ** 53 - 1, headerRecordId: 3, fileOffset: 2 ** 40 };
    expect(one({ ...SIGNAL, ref }).ref).toMatchObject({
      recordId: 2 ** 53 - 1,
      headerRecordId: 3,
      fileOffset: 2 ** 40,
    });
  });

  it.each<[string, Signal]>([
    ["a recovered record", { ...SIGNAL, ref: { ...SIGNAL.ref, completeness: "partial" } }],
    ["a line of a text", { ...SIGNAL, ref: { ...SIGNAL.ref, line: 3 } }],
    ["an id beyond 2^53", { ...SIGNAL, ref: { ...SIGNAL.ref, recordId: "9007199254740993" } }],
    ["a time of another form", { ...SIGNAL, ref: { ...SIGNAL.ref, time: "2026-03-02T08:00:00Z" } }],
    ["a time that is not its record's", { ...SIGNAL, timeMs: SIGNAL.timeMs + 1 }],
  ])("leave what they have no column for as it is: %s", (_, signal) => {
    expect(one(signal)).toBe(signal);
    expect(one(SIGNAL)).not.toBe(SIGNAL);
  });

  it("leave few as they are", () => {
    const few = [SIGNAL];
    expect(inColumns(few)).toBe(few);
  });

  it("are written as their records' pointers", () => {
    expect(JSON.parse(JSON.stringify(one(SIGNAL)))).toEqual(SIGNAL.ref);
  });

  it("do not mix up logs that are put into columns one after the other", () => {
    const other: Signal = { ...SIGNAL, kind: "special-logon", fields: { SubjectUserName: "b" } };
    const rows = [one(SIGNAL), one(other), one(SIGNAL)];
    expect(rows.map(({ kind }) => kind)).toEqual(["logon", "special-logon", "logon"]);
    expect(rows[0]?.fields.TargetUserName).toBe("user.one");
    expect(rows[1]?.fields.SubjectUserName).toBe("b");
  });
});
