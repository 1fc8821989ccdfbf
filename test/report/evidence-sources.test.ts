import { describe, expect, it } from "vitest";
import type { InputLedger } from "../../src/model/ledger.ts";
import { spoken } from "../../src/model/phrase.ts";
import { evidenceSources } from "../../src/report/evidence-sources.ts";
import { textIn } from "../../src/report/i18n/sentence.ts";
import { sourceLines } from "../../src/report/source-lines.ts";

const log = (path: string, host: string, change: Partial<InputLedger> = {}): InputLedger => ({
  path,
  kind: "evtx",
  status: "read",
  reason: "",
  size: 0,
  sha256: path,
  records: { expected: 1, read: 1, repaired: 0, partial: 0, lost: 0, recovered: 0 },
  first: "2026-03-01T00:00:00Z",
  last: "2026-03-03T00:00:00Z",
  hosts: [host],
  channels: [{ channel: "System", records: 1 }],
  issues: [],
  issueCounts: {},
  ...change,
});
const ids = (first: number, last: number): Pick<InputLedger, "recordIds"> => ({
  recordIds: { first, last, headerFirst: first, headerLast: last, gaps: [] },
});
const told = (inputs: InputLedger[], named: string[]) =>
  evidenceSources(inputs, named).map(({ path, hosts, conflicts = [] }) => ({
    path,
    hosts: hosts.map(({ host }) => host),
    conflicts: conflicts.map((text) => spoken(text)),
  }));

describe("the sources of a case", () => {
  it("are what was named, what lies in a named folder, and containers wherever they lie", () => {
    const disk = { source: "case/deep/er/disk.dd", inside: ["a disk"] };
    const paths = evidenceSources(
      [
        log("logs/System.evtx", "HOST-A"),
        log("case/one/Windows/System.evtx", "HOST-B"),
        log("case/one/Windows/Security.evtx", "HOST-B"),
        log("case/two.zip!/System.evtx", "HOST-C"),
        log("case/deep/er/disk.dd!/System.evtx", "HOST-D", { evidence: disk }),
        log("alone.evtx", "", { status: "unread", hosts: [] }),
      ],
      ["logs/", "case", "alone.evtx"],
    ).map(({ path, inputs, unread }) => [path, inputs, unread]);
    expect(paths).toEqual([
      ["alone.evtx", 1, 1],
      ["case/deep/er/disk.dd", 1, 0],
      ["case/one", 2, 0],
      ["case/two.zip", 1, 0],
      ["logs", 1, 0],
    ]);
  });

  it("of two hosts say so; forwarded events and short names make no second host", () => {
    const inputs = [
      log("a/1.evtx", "HOST-A"),
      log("a/2.evtx", "HOST-A.corp.example"),
      log("a/3.evtx", "HOST-B"),
      log("a/4.evtx", "HOST-C", { channels: [{ channel: "ForwardedEvents", records: 1 }] }),
      log("a/5.evtx", "HOST-D", { origin: "forwarded" }),
    ];
    expect(told(inputs, ["a"])).toEqual([
      {
        path: "a",
        hosts: ["HOST-A.corp.example", "HOST-B"],
        conflicts: [
          "it holds logs of 2 hosts: HOST-A.corp.example (2), HOST-B (1): it was put together, or the host was renamed",
        ],
      },
    ]);
    expect(
      sourceLines(evidenceSources(inputs, ["a"])[0]!, "ja", (text) => textIn("ja", text)),
    ).toEqual([
      "a: HOST-A.corp.example, HOST-B (ログ 5件)",
      expect.stringContaining("2台のホストのログを含む"),
    ]);
  });

  it("of one host, and two hosts of one short name, know of each other", () => {
    const found = told(
      [
        log("one/1.evtx", "HOST-A.corp.example"),
        log("two/1.evtx", "host-a"),
        log("three/1.evtx", "HOST-A.other.example"),
      ],
      ["one", "two", "three"],
    );
    expect(found.find(({ path }) => path === "one")?.conflicts).toEqual([
      "HOST-A.corp.example is in 1 other sources too: two; records that are in several count once",
      "HOST-A.corp.example and HOST-A.other.example are two hosts of one short name",
    ]);
  });

  it("tell two machines of one name by record numbers that both have at other times", () => {
    const later = { first: "2026-03-05T00:00:00Z", last: "2026-03-06T00:00:00Z" };
    const pair = (second: Partial<InputLedger>): string[] =>
      told(
        [
          log("one/1.evtx", "HOST-A", ids(1, 500)),
          log("two/1.evtx", "HOST-A", { ...later, ...second }),
        ],
        ["one", "two"],
      )[0]!.conflicts.slice(1);
    expect(pair(ids(400, 900))).toEqual([
      "System of HOST-A has the same record numbers here and in two, at other times: two hosts of one name, or a log that was begun anew",
    ]);
    // The same log, taken later.
    expect(pair(ids(501, 900))).toEqual([]);
    expect(pair({ ...ids(400, 900), first: "2026-03-02T00:00:00Z" })).toEqual([]);
    expect(pair({ ...ids(400, 900), channels: [{ channel: "Security", records: 1 }] })).toEqual([]);
  });
});
