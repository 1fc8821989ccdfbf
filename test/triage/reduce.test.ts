import { describe, expect, it } from "vitest";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { parseLogsources } from "../../src/rules/parse-logsources.ts";
import { parseRules } from "../../src/rules/parse-rules.ts";
import type { MapResult } from "../../src/triage/log-mapper.ts";
import { mapText } from "../../src/triage/map-text.ts";
import { reduce } from "../../src/triage/reduce.ts";

const { table } = parseLogsources(
  "services:\n  security: { channel: Security }\n  system: { channel: System }\n",
  "logsources.yaml",
);
const parsed = parseRules(
  `title: Refused logon
id: 11111111-1111-4111-8111-111111111111
logsource: { product: windows, service: security }
detection:
  selection: { EventID: 4625 }
  condition: selection
level: low
konseki:
  statement: "{TargetUserName} was refused from {IpAddress}"
  account: [TargetUserName]
  address: [IpAddress]
  fold: [TargetUserName]
---
title: Cleared
id: 22222222-2222-4222-8222-222222222222
logsource: { product: windows, service: security }
detection:
  selection: { EventID: 1102 }
  condition: selection
level: high
---
title: Wants another log
id: 33333333-3333-4333-8333-333333333333
logsource: { product: windows, service: system }
detection:
  selection: { EventID: 104 }
  condition: selection
level: high
`,
  "rules.yml",
);
const engine = compileRules(parsed, table);

function line(id: number, minute: number, record: number, fields: object, host = "HOST-A"): string {
  return JSON.stringify({
    Event: {
      System: {
        Provider: { "#attributes": { Name: "Microsoft-Windows-Security-Auditing" } },
        EventID: id,
        TimeCreated: {
          "#attributes": { SystemTime: `2026-03-02T08:${String(minute).padStart(2, "0")}:00Z` },
        },
        EventRecordID: record,
        Channel: "Security",
        Computer: host,
      },
      EventData: fields,
    },
  });
}

const refused = (minute: number, record: number, account: string, host?: string): string =>
  line(4625, minute, record, { TargetUserName: account, IpAddress: "192.0.2.9" }, host);

function mapped(file: string, ...lines: string[]): MapResult {
  const text = lines.join("\n");
  return mapText(text, "jsonl", file, text.length, { engine }, { sha256: () => "" });
}

const report = (...results: MapResult[]) =>
  reduce(results, engine, { version: "0", isBuiltIn: () => true });

const one = mapped(
  "one.jsonl",
  refused(1, 1, "user.one"),
  refused(5, 2, "user.one"),
  refused(3, 3, "user.two"),
);
const two = mapped(
  "two.jsonl",
  line(1102, 9, 4, { SubjectUserName: "user.one" }),
  refused(2, 9, "user.one", "HOST-B"),
);

describe("reduce", () => {
  it("folds repeats that agree in rule, host and fold fields into one finding with all evidence", () => {
    const { findings } = report(one);
    expect(findings.map(({ statement, count }) => [statement, count])).toEqual([
      ["user.one was refused from 192.0.2.9", 2],
      ["user.two was refused from 192.0.2.9", 1],
    ]);
    expect(findings[0]?.evidence.map(({ recordId, line: at }) => [recordId, at])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(findings[0]).toMatchObject({
      first: "2026-03-02T08:01:00.000Z",
      last: "2026-03-02T08:05:00.000Z",
      entities: { accounts: ["user.one"], addresses: ["192.0.2.9"] },
    });
  });

  it("puts the worst first, keeps hosts apart, and orders the timeline by time", () => {
    const { findings, timeline, hosts } = report(one, two);
    expect(findings.map(({ severity, hosts: [host] }) => `${severity} ${host}`)).toEqual([
      "high HOST-A",
      "low HOST-A",
      "low HOST-B",
      "low HOST-A",
    ]);
    const times = timeline.map(({ timeMs }) => timeMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(timeline).toHaveLength(5);
    expect(hosts).toEqual(["HOST-A", "HOST-B"]);
  });

  it("says the same whatever order the inputs come in", () => {
    const forth = report(one, two);
    const back = report(two, one);
    expect({ ...back, inputs: [] }).toEqual({ ...forth, inputs: [] });
    expect([...back.inputs].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual(
      [...forth.inputs].sort((a, b) => (a.path < b.path ? -1 : 1)),
    );
  });

  it("ids of findings depend on rule, host and folded fields, not on where the logs lie", () => {
    const ids = (file: string) =>
      report(mapped(file, refused(1, 1, "user.one"), refused(2, 2, "user.two"))).findings.map(
        ({ id }) => id,
      );
    expect(ids("/elsewhere/x.jsonl")).toEqual(ids("one.jsonl"));
    expect(new Set(ids("one.jsonl")).size).toBe(2);
  });

  it("the same record read twice from copies of a log is one event", () => {
    const copy = mapped(
      "copy.jsonl",
      refused(1, 1, "user.one"),
      refused(5, 2, "user.one"),
      refused(3, 3, "user.two"),
    );
    expect(report(one, copy).findings.map(({ count }) => count)).toEqual([2, 1]);
  });

  it("tells which rules could have fired, which did, and which channels are missing", () => {
    const { rules } = report(one);
    expect(rules).toMatchObject({
      loaded: 3,
      couldFire: 1,
      fired: 1,
      missingChannels: [{ channel: "System", rules: 1 }],
    });
    expect(report(two).rules.couldFire).toBe(2);
  });

  it("an empty run still tells its limits and coverage", () => {
    const { findings, rules, limits, first, records } = report();
    expect({ findings, first, records }).toEqual({ findings: [], first: null, records: 0 });
    expect(rules.couldFire).toBe(0);
    expect(limits.length).toBeGreaterThan(0);
  });
});
