import { describe, expect, it } from "vitest";
import type { HostFacts, HostMoment } from "../../src/model/host-facts.ts";
import type { InputLedger } from "../../src/model/ledger.ts";
import { spoken } from "../../src/model/phrase.ts";
import { hostFactsLines } from "../../src/report/host-facts-text.ts";
import { textIn } from "../../src/report/i18n/sentence.ts";
import { joinHostFacts } from "../../src/report/join-host-facts.ts";

const facts = (change: Partial<HostFacts>): HostFacts => ({
  sources: [],
  addresses: [],
  channels: [],
  audit: [],
  problems: [],
  ...change,
});
const hive = (change: Partial<HostFacts>, root = "HOST-A"): HostFacts =>
  facts({ sources: [`${root}/Windows/System32/config/SYSTEM`], host: "HOST-A", ...change });
const logged = (change: Partial<HostFacts>): HostFacts =>
  facts({ host: "HOST-A.corp.example", ...change });
const moment = (time: string, by: string): HostMoment => ({
  time,
  by,
  ref: {
    file: "System.evtx",
    channel: "System",
    provider: "p",
    eventId: 12,
    recordId: 7,
    time,
    host: "HOST-A",
    state: "live",
  },
});
const input = (path: string, change: Partial<InputLedger>): InputLedger => ({
  path,
  kind: "evtx",
  status: "read",
  reason: "",
  size: 0,
  sha256: "",
  records: { expected: 1, read: 1, repaired: 0, partial: 0, lost: 0, recovered: 0 },
  first: "2026-03-01T00:00:00Z",
  last: "2026-03-03T00:00:00Z",
  hosts: ["HOST-A.corp.example"],
  channels: [{ channel: "System", records: 1 }],
  issues: [],
  issueCounts: {},
  ...change,
});
const conflicts = (...args: Parameters<typeof joinHostFacts>): string[] =>
  joinHostFacts(...args).flatMap((each) => (each.conflicts ?? []).map((text) => spoken(text)));

describe("facts of registry and logs", () => {
  it("stand together where they are of one host; hosts of logs alone stand behind", () => {
    const lastBoot = moment("2026-03-02T08:00:00Z", "Kernel-General 12");
    const joined = joinHostFacts(
      [hive({ lastShutdown: "2026-03-02T07:00:00Z", boots: 12 })],
      [logged({ lastBoot, build: "22631" }), logged({ host: "HOST-B", lastBoot })],
      [],
    );
    expect(joined.map(({ host, sources }) => [host, sources.length])).toEqual([
      ["HOST-A", 1],
      ["HOST-B", 0],
    ]);
    expect(joined[0]?.conflicts).toBeUndefined();
    expect(hostFactsLines(joined[0]!, "en", spoken)).toEqual([
      "HOST-A",
      "Last start: 2026-03-02T08:00:00Z (Kernel-General 12, System #7), 12 starts by the registry",
      "Last shutdown: 2026-03-02T07:00:00Z (registry)",
    ]);
  });

  it("tell of another build, domain and zone", () => {
    const registry = hive({
      build: "19045.1",
      domain: "corp.example",
      biasMinutes: -540,
      timeZone: "A",
    });
    expect(
      conflicts(
        [registry],
        [logged({ host: "HOST-A.other.example", build: "22631", biasMinutes: 0, timeZone: "B" })],
        [],
      ),
    ).toEqual([
      expect.stringContaining("it runs build 19045.1, by its last start () build 22631"),
      "by the registry its domain is corp.example, by its events it is other.example",
      "by the registry its time zone is A, by its last uptime (EventLog 6013) it is B",
    ]);
    // Summer time.
    expect(conflicts([registry], [logged({ build: "19045", biasMinutes: -600 })], [])).toEqual([]);
  });

  it("tell of a shutdown that only one of them has, where the log covers its time", () => {
    const registry = hive({ lastShutdown: "2026-03-02T07:00:00Z" });
    const stopped = (time: string): HostFacts =>
      logged({ loggedShutdown: moment(time, "Kernel-General 13") });
    const covering = input("System.evtx", {});
    expect(conflicts([registry], [stopped("2026-03-02T07:00:20Z")], [covering])).toEqual([]);
    expect(conflicts([registry], [stopped("2026-03-02T09:00:00Z")], [covering])).toEqual([
      expect.stringContaining("after the last one of the registry at 2026-03-02T07:00:00Z"),
    ]);
    expect(conflicts([registry], [stopped("2026-03-01T09:00:00Z")], [covering])).toEqual([
      expect.stringContaining("has no record of it"),
    ]);
    const older = input("System.evtx", { last: "2026-03-02T06:00:00Z" });
    expect(conflicts([registry], [stopped("2026-03-01T09:00:00Z")], [older])).toEqual([]);
  });

  it("tell of logs of another host beside the registry, but not of forwarded ones", () => {
    const log = (change: Partial<InputLedger>): InputLedger =>
      input("HOST-A/Windows/System32/winevt/Logs/x.evtx", { hosts: ["HOST-B", ""], ...change });
    expect(conflicts([hive({})], [], [log({})])).toEqual([
      "the registry is of HOST-A, the logs beside it are of HOST-B",
    ]);
    expect(conflicts([hive({})], [], [log({ hosts: ["HOST-B", "host-a.corp.example"] })])).toEqual(
      [],
    );
    expect(
      conflicts([hive({})], [], [log({ channels: [{ channel: "ForwardedEvents", records: 1 }] })]),
    ).toEqual([]);
    expect(conflicts([hive({}, "elsewhere")], [], [log({})])).toEqual([]);
  });

  it("tell of two hosts with one name, in Japanese too", () => {
    const two = [
      hive({ installed: "2023-01-01T00:00:00Z" }),
      hive({ installed: "2024-01-01T00:00:00Z" }, "other"),
    ];
    expect(conflicts(two, [], [])).toEqual([
      expect.stringContaining("that was installed at 2024-01-01T00:00:00Z: they are two hosts"),
      expect.stringContaining("that was installed at 2023-01-01T00:00:00Z: they are two hosts"),
    ]);
    expect(conflicts([two[0]!, two[0]!], [], [])).toEqual([]);
    const [first] = joinHostFacts(two, [], []);
    expect(hostFactsLines(first!, "ja", (text) => textIn("ja", text)).at(-1)).toMatch(
      /^矛盾: 別のレジストリ（other\//,
    );
  });
});
