import { describe, expect, it } from "vitest";
import type { ChannelState } from "../../src/correlate/channel-states.ts";
import { draftInventory } from "../../src/correlate/draft-inventory.ts";
import type { HostFacts } from "../../src/correlate/story.ts";
import { draftOf } from "../../src/triage/draft-of.ts";
import { caseView } from "../support/case-view.ts";
import { fixtureScenario, mapScenario } from "../support/triage-scenario.ts";

const DAY_MS = 86_400_000;
const host = (name: string, ...addresses: string[]): HostFacts => ({
  name,
  aliases: [],
  addresses: addresses.map((address, at) => ({ address, firstMs: 0, lastMs: 100 * DAY_MS + at })),
  hasLogs: true,
});
const state = (name: string, lastDay: number): [string, ReadonlyMap<string, ChannelState>] => [
  name,
  new Map([
    [
      "security",
      {
        host: name,
        channel: "Security",
        records: 1,
        ids: new Map([[4624, 1]]),
        firstMs: 0,
        lastMs: lastDay * DAY_MS,
        bytes: 1,
        rolled: false,
        filteredExport: false,
        lost: 0,
      },
    ],
  ]),
];

describe("a first inventory", () => {
  it("finds the hosts of a case, and the domain controller by what it does", () => {
    const rows = draftOf(mapScenario(fixtureScenario("clean")));
    const roles = Object.fromEntries(
      rows.filter((row) => row.host !== "").map((row) => [row.host.split(".")[0], row.role]),
    );
    expect(roles).toMatchObject({ "DC-02": "dc", "SRV-02": "server", "WS-02": "workstation" });
    for (const row of rows) expect(row.note).not.toBe("");
  });

  it("says what looks stale or doubtful", () => {
    const view = caseView({
      hosts: [host("SRV-01", "10.2.0.20"), host("SRV-02", "10.2.0.20"), host("PC-9", "10.1.0.1")],
    });
    const rows = draftInventory(view.story, new Map([state("SRV-01", 100), state("SRV-02", 10)]));
    const note = (name: string) => rows.find((row) => row.host === name)?.note;
    expect(note("SRV-02")).toContain("stale: no event since 1970-01-11");
    expect(note("SRV-01")).toContain("10.2.0.20 was also of SRV-02");
    expect(note("SRV-01")).not.toContain("stale");
    expect(note("PC-9")).toContain("no logs of it");
    expect(rows.filter((row) => row.host === "").map((row) => row.cidr)).toEqual([
      "10.1.0.0/24",
      "10.2.0.0/24",
    ]);
  });

  it("says of hosts without logs and of addresses since when they were not seen", () => {
    const seen = (name: string, hasLogs: boolean, address: string, lastDay: number): HostFacts => ({
      ...host(name),
      hasLogs,
      addresses: [{ address, firstMs: 0, lastMs: lastDay * DAY_MS }],
    });
    const hosts = [
      seen("SRV-01", true, "10.2.0.20", 10),
      seen("NB-7", false, "10.2.0.21", 20),
      seen("NB-8", false, "10.2.0.22", 95),
    ];
    const rows = draftInventory(caseView({ hosts }).story, new Map([state("SRV-01", 100)]));
    const note = (name: string) => rows.find((row) => row.host === name)?.note;
    expect(note("SRV-01")).toContain("stale: its address was last seen 1970-01-11");
    expect(note("NB-7")).toContain("stale: not seen since 1970-01-21");
    expect(note("NB-8")).not.toContain("stale");
  });

  it("makes no segment of addresses that machines give themselves, and knows controllers by common names", () => {
    const hosts = [
      host("SITE-DC", "fe80::79bf:8ee2:433c:2567"),
      host("dc", "169.254.3.4"),
      host("2016dc.corp.example", "fe80::1", "10.2.0.9"),
      host("ADMIN-01"),
    ];
    const rows = draftInventory(caseView({ hosts }).story, new Map());
    expect(
      rows.map(({ host, cidr, role, note }) => [host, cidr, role, note.split(";")[0]]),
    ).toEqual([
      ["", "10.2.0.0/24", "", "1 host"],
      ["SITE-DC", "", "dc", "role: by its name"],
      ["dc", "", "dc", "role: by its name"],
      ["2016dc.corp.example", "10.2.0.9", "dc", "role: by its name"],
      ["ADMIN-01", "", "", "role: not known"],
    ]);
  });
});
