import { describe, expect, it } from "vitest";
import { segmentAnalyzer } from "../../src/correlate/segment-analyzer.ts";
import { SEGMENT_RULES } from "../../src/correlate/segment-rules.ts";
import type { HostFacts, Move } from "../../src/correlate/story.ts";
import { parseInventory } from "../../src/input/parse-inventory.ts";
import { caseView, someMove, someSignal, type ViewParts } from "../support/case-view.ts";

const inventory = parseInventory(
  new TextEncoder().encode(`cidr,segment,role,host,owner,edr
10.1.0.0/24,clients,workstation,,,
10.2.0.0/24,servers,server,,,
10.9.0.0/24,vpn pool,vpn,,,
,servers,dc,DC-01,,yes
,servers,server,SRV-01,,no
,clients,management,JUMP-01,,
`),
  "inventory.csv",
);
const host = (name: string, address: string): HostFacts => ({
  name,
  aliases: [],
  addresses: [{ address, firstMs: 0, lastMs: 1 }],
  hasLogs: true,
});
const HOSTS = [
  host("WS-01", "10.1.0.11"),
  host("WS-02", "10.1.0.12"),
  host("SRV-01", "10.2.0.20"),
  host("DC-01", "10.2.0.5"),
  host("JUMP-01", "10.1.0.99"),
];
const run = (parts: ViewParts) =>
  segmentAnalyzer.run(caseView({ hosts: HOSTS, inventory, ...parts })).findings;
const told = (...moves: Partial<Move>[]) =>
  run({ moves: moves.map((move) => someMove(move)) }).map(
    ({ rule, severity }) => `${rule.id} ${severity}`,
  );

describe("moves between segments", () => {
  it.each([
    [{ from: "WS-01", to: "SRV-01", method: "RDP" }, "segment-workstation-to-server medium"],
    [{ from: "WS-01", to: "SRV-01", method: "SSH" }, "segment-workstation-to-server medium"],
    [{ from: "10.9.0.4", to: "DC-01", method: "RDP" }, "segment-vpn-to-dc high"],
    [{ from: "10.9.0.4", to: "DC-01", method: "network logon" }, "segment-vpn-logon-to-dc low"],
    [{ from: "WS-01", to: "DC-01", method: "service" }, "segment-workstation-to-dc high"],
    [{ from: "WS-01", to: "WS-02", method: "WinRM" }, "segment-workstation-to-workstation medium"],
  ] as const)("%j: %s", (move, expected) => expect(told(move)).toEqual([expected]));

  it.each([
    ["from a host with the role management", { from: "JUMP-01", to: "SRV-01" }],
    ["by file share to a server", { from: "WS-01", to: "SRV-01", method: "SMB" as const }],
    ["between servers", { from: "SRV-01", to: "DC-01" }],
    ["to the host itself", { from: "WS-01", to: "10.1.0.11" }],
    ["refused", { from: "WS-01", to: "SRV-01", succeeded: false }],
  ])("says nothing of a move %s", (_, move) => expect(told(move)).toEqual([]));

  it("folds repeats, and names both ends with their segment and where the inventory says so", () => {
    const [finding, ...more] = run({
      moves: [someMove({}), someMove({ hours: 5 }), someMove({ from: "10.1.0.11", hours: 7 })],
    });
    expect(more).toEqual([]);
    expect(finding?.count).toBe(3);
    expect(finding?.statement).toBe(
      "CORP\\user.one went from WS-01 (clients, workstation) to SRV-01 (servers, server) by RDP (3 times).",
    );
    expect(finding?.reasons.for).toContain("the inventory gives SRV-01 the role server (line 6)");
    expect(finding?.movements).toHaveLength(3);
  });

  it("says nothing without an inventory", () => {
    const { inventory: _, ...view } = caseView({ hosts: HOSTS, moves: [someMove({})] });
    expect(segmentAnalyzer.run(view).findings).toEqual([]);
  });

  it("has rules that no earlier one hides", () => {
    for (const [at, rule] of SEGMENT_RULES.entries())
      for (const before of SEGMENT_RULES.slice(0, at))
        expect(
          rule.from.every((role) => before.from.includes(role)) &&
            rule.to.every((role) => before.to.includes(role)) &&
            rule.methods.every((method) => before.methods.includes(method)),
        ).toBe(false);
  });
});

describe("addresses and hosts against the inventory", () => {
  it("tells of addresses in no segment: of the internet worse than of one's own", () => {
    expect(
      told({ from: "198.51.100.7", to: "SRV-01" }, { from: "10.77.0.3", to: "SRV-01" }).sort(),
    ).toEqual(["segment-unknown-address low", "segment-unknown-address medium"]);
    expect(told({ from: "127.0.0.1", to: "SRV-01" })).toEqual([]);
  });

  it("says of no address inside that it is in no segment where the inventory has none that can be used", () => {
    const unreadable = parseInventory(
      new TextEncoder().encode("cidr,segment\n10.2.0.0/33,a\n"),
      "i.csv",
    );
    const moves = [someMove({ from: "10.7.0.1" }), someMove({ from: "192.0.2.8" })];
    const told = run({ moves, inventory: unreadable }).map(({ entities }) => entities.addresses);
    expect(told).toEqual([["192.0.2.8"]]);
  });

  it("doubts it where rows of the inventory could not be used", () => {
    const partly = parseInventory(
      new TextEncoder().encode("cidr,segment\n10.2.0.0/24,a\n10.7.0.0/33,b\n"),
      "i.csv",
    );
    const [finding] = run({ moves: [someMove({ from: "10.7.0.1" })], inventory: partly });
    expect(finding?.reasons.against.join()).toContain("rows of the inventory could not be used");
  });

  it("tells of a host that is seen in another segment than it ought to be", () => {
    const moved = [...HOSTS.filter(({ name }) => name !== "SRV-01"), host("SRV-01", "10.1.0.77")];
    const found = run({
      hosts: moved,
      moves: [someMove({ from: "SRV-01", to: "DC-01", session: undefined as never })].map(
        ({ session: _, ...move }) => ({ ...move, from: "10.1.0.77" }),
      ),
    });
    expect(found.map(({ rule }) => rule.id)).toContain("segment-contradiction");
    expect(found.find(({ rule }) => rule.id === "segment-contradiction")?.statement).toContain(
      "the inventory (line 6) puts it in servers",
    );
  });

  it("tells of management ports of another segment, not of one's own nor of file shares", () => {
    const to = (address: string, port: string) =>
      someSignal("connection", "WS-01", 1, {
        Image: "C:\\Tools\\scan.exe",
        DestinationIp: address,
        DestinationPort: port,
      });
    const found = run({
      signals: [
        to("10.2.0.20", "3389"),
        to("10.2.0.21", "3389"),
        to("10.1.0.12", "3389"),
        to("10.2.0.20", "445"),
      ],
    });
    expect(found.map(({ rule, severity, count }) => [rule.id, severity, count])).toEqual([
      ["segment-management-port", "low", 2],
    ]);
    expect(found[0]?.statement).toContain("port 3389 (RDP) in servers");
  });
});
