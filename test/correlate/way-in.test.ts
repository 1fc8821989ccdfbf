import { describe, expect, it } from "vitest";
import { remoteControlAnalyzer } from "../../src/correlate/lateral/remote-control.ts";
import { multiSiteAnalyzer } from "../../src/correlate/multi-site.ts";
import { vpnWayInAnalyzer } from "../../src/correlate/vpn-way-in.ts";
import { wayInAnalyzer } from "../../src/correlate/way-in.ts";
import { parseInventory } from "../../src/input/parse-inventory.ts";
import type { Finding } from "../../src/model/finding.ts";
import { caseView, someFinding, someMove, someRef, type ViewParts } from "../support/case-view.ts";
import { fixtureScenario, triageScenario } from "../support/triage-scenario.ts";

const inventory = parseInventory(
  new TextEncoder().encode(
    "cidr,segment,role,host,site\n10.9.0.0/24,vpn pool,vpn,,\n,,server,SRV-01,north\n,,server,SRV-02,south\n",
  ),
  "inventory.csv",
);
const fact = (host: string, hours: number, attack: string, account = "CORP\\user.one"): Finding =>
  someFinding({
    evidence: [someRef(host, hours)],
    attack: [attack],
    entities: { accounts: [account], addresses: [], processes: ["C:\\x\\tool.exe"] },
  });
const wayIn = (parts: ViewParts) => wayInAnalyzer.run(caseView(parts)).findings;
const vpn = (parts: ViewParts) => vpnWayInAnalyzer.run(caseView({ inventory, ...parts }));

describe("the way in", () => {
  const outside = someMove({ from: "198.51.100.7" });

  it("is a logon from the internet after which more followed; refused passwords before it are named", () => {
    const [finding] = wayIn({ moves: [outside], findings: [fact("SRV-01", 2, "T1003")] });
    expect(finding).toMatchObject({ kind: "hypothesis", confidence: "medium" });
    expect(finding?.statement).toContain("SRV-01");
    expect(finding?.statement).toContain("198.51.100.7");
    const guessed = [fact("SRV-01", 2, "T1003"), fact("SRV-01", -1, "T1110")];
    const [surer] = wayIn({ moves: [outside], findings: guessed });
    expect(surer?.reasons.for[2]).toContain("passwords were refused there just before");
    // That nothing comes before it is an argument from absence: it is never sure.
    expect(surer?.confidence).toBe("medium");
  });

  it("is not put forward where nothing followed, nor for private addresses and refused logons", () => {
    expect(wayIn({ moves: [outside] })).toEqual([]);
    const findings = [fact("SRV-01", 2, "T1003")];
    expect(wayIn({ moves: [someMove({ from: "10.1.0.7" })], findings })).toEqual([]);
    expect(wayIn({ moves: [{ ...outside, succeeded: false }], findings })).toEqual([]);
    expect(
      wayIn({ moves: [outside], findings: [fact("SRV-09", 2, "T1003", "CORP\\user.two")] }),
    ).toEqual([]);
  });

  it("names accounts as the logs write them, and no loopback address as where a tunnel begins", () => {
    const tunnel = someFinding({
      evidence: [someRef("SRV-01", 0)],
      attack: ["T1572"],
      entities: { accounts: ["CORP\\User.One"], addresses: ["127.0.0.2"], processes: [] },
    });
    const [finding] = wayIn({ findings: [tunnel, fact("SRV-01", 2, "T1003")] });
    expect(finding?.statement).toContain("a tunnel from outside ends on the host, with CORP\\");
    expect(finding?.statement).not.toContain("127.0.0.2");
    const [outsider] = wayIn({
      moves: [outside],
      findings: [fact("SRV-01", 2, "T1003", "CORP\\USER.ONE")],
    });
    expect(outsider?.statement).toContain("with CORP\\user.one.");
  });

  it("does not follow from others who come from the internet too", () => {
    const other = someMove({ from: "203.0.113.9", account: "user.two", hours: 1 });
    const parts = { moves: [outside, other] };
    const { findings } = remoteControlAnalyzer.run(caseView(parts));
    expect(findings.map(({ severity, attack }) => [severity, attack])).toEqual([
      ["medium", ["T1133"]],
      ["medium", ["T1133"]],
    ]);
    expect(wayIn({ ...parts, findings })).toEqual([]);
    const known = parseInventory(
      new TextEncoder().encode("cidr,segment,role\n198.51.100.0/24,branch,workstation\n"),
      "inventory.csv",
    );
    const [fromBranch] = remoteControlAnalyzer.run(
      caseView({ moves: [outside], inventory: known }),
    ).findings;
    expect(fromBranch).toMatchObject({ severity: "low", attack: ["T1021.001"] });
  });

  it("tells a service that is open to the internet once, however many addresses try it", () => {
    const tries = Array.from({ length: 40 }, (_, at) =>
      someMove({ from: `198.51.100.${at}`, account: "", hours: at }),
    );
    const inside = someMove({ from: "10.1.0.7", account: "" });
    const { findings } = remoteControlAnalyzer.run(caseView({ moves: [...tries, inside] }));
    expect(findings.map(({ rule, severity, count }) => [rule.id, severity, count])).toEqual([
      ["open-rdp", "medium", 40],
      ["remote-rdp", "low", 1],
    ]);
    expect(findings[0]?.statement).toMatch(
      /^198\.51\.100\.0, .* and 36 more connected from the internet to Remote Desktop of SRV-01, 40 times between/,
    );
    expect(findings[0]?.reasons.for[0]).toContain("40 addresses of the internet");
    expect(findings[1]?.title).toBe(
      "Somebody connected to the Remote Desktop service of a machine",
    );
  });

  it("is doubted when something telling came before it, and names the others considered", () => {
    const [finding] = wayIn({
      moves: [outside],
      findings: [
        { ...fact("WS-05", -5, "T1566.001"), severity: "high" as const },
        fact("WS-05", -4, "T1547"),
        fact("SRV-01", 2, "T1003"),
      ],
    });
    expect(finding?.reasons.for[0]).toContain("a document or attachment");
    expect(finding?.alternatives?.[0]).toContain("an address of the internet: less likely");
  });
});

describe("the VPN device as the way in", () => {
  const come = someMove({ from: "10.9.0.4", account: "user.one" });

  it("is suggested when trouble begins after somebody came from its pool", () => {
    const { findings, caseKinds } = vpn({ moves: [come], findings: [fact("SRV-01", 3, "T1003")] });
    expect(findings[0]).toMatchObject({ confidence: "medium", rule: { id: "case-vpn-way-in" } });
    expect(caseKinds?.[0]).toMatchObject({ kind: "vpn-way-in", verdict: "supported" });
    expect(findings[0]?.askCustomer?.join()).toContain("Which VPN device");
  });

  it("is doubted when an endpoint showed malware before", () => {
    const { findings } = vpn({
      moves: [come],
      findings: [fact("WS-09", -9, "T1204.002", "x"), fact("SRV-01", 3, "T1003")],
    });
    expect(findings.map(({ confidence }) => confidence)).not.toContain("medium");
  });

  it("is not suggested by VPN work alone, and cannot be told without its addresses", () => {
    expect(vpn({ moves: [come] }).findings).toEqual([]);
    const { inventory: _, ...view } = caseView({ moves: [come] });
    expect(vpnWayInAnalyzer.run(view).caseKinds?.[0]?.verdict).toBe("cannot-tell");
  });
});

describe("one intruder at several sites", () => {
  const run = (findings: readonly Finding[]) =>
    multiSiteAnalyzer.run(caseView({ inventory, findings })).findings;

  it("is suggested by the same account and program at two sites over more than a week", () => {
    const [finding] = run([fact("SRV-01", 0, "T1543.003"), fact("SRV-02", 24 * 9, "T1059")]);
    expect(finding).toMatchObject({
      rule: { id: "case-multi-site-intrusion" },
      confidence: "medium",
    });
    expect(finding?.statement).toContain("north, south over 9 days");
  });

  it("is not suggested within a week, at one site, or by programs of Windows", () => {
    expect(run([fact("SRV-01", 0, "T1059"), fact("SRV-02", 24, "T1059")])).toEqual([]);
    expect(run([fact("SRV-01", 0, "T1059"), fact("SRV-01", 24 * 9, "T1059")])).toEqual([]);
    const shell = (host: string, hours: number) => ({
      ...fact(host, hours, "T1059"),
      entities: { accounts: ["NT AUTHORITY\\SYSTEM"], addresses: [], processes: ["C:\\cmd.exe"] },
    });
    expect(run([shell("SRV-01", 0), shell("SRV-02", 24 * 9)])).toEqual([]);
    const local = (host: string, hours: number) => ({
      ...fact(host, hours, "T1059"),
      entities: {
        accounts: [],
        addresses: ["127.0.0.1"],
        processes: ["C:\\Windows\\System32\\Taskmgr.exe"],
      },
    });
    expect(run([local("SRV-01", 0), local("SRV-02", 24 * 9)])).toEqual([]);
  });
});

describe("the shipped cases", () => {
  it("have no way in on clean days", () => {
    const { findings } = triageScenario(fixtureScenario("clean"));
    expect(findings.filter(({ rule }) => rule.id === "way-in")).toEqual([]);
  });

  it("support-scam: the remote support program is the way in, if more followed", () => {
    const ids = triageScenario(fixtureScenario("support-scam")).findings.map(({ rule }) => rule.id);
    expect(ids).toContain("way-in");
  });
});
