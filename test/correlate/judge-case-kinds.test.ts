import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CASE_KINDS } from "../../src/correlate/case-kinds.ts";
import { parseInventory } from "../../src/input/parse-inventory.ts";
import type { CaseKindId } from "../../src/model/case-kind.ts";
import type { Inventory } from "../../src/model/inventory.ts";
import type { TriageReport } from "../../src/model/report.ts";
import { sentence } from "../../src/report/i18n/sentence.ts";
import { fixtureScenario, triageScenario } from "../support/triage-scenario.ts";

type Event = Readonly<Record<string, unknown>>;

const SYSMON = "Microsoft-Windows-Sysmon/Operational";
const host = "SRV-01";
const ran = (at: string, CommandLine: string): Event => ({
  at,
  host,
  channel: SYSMON,
  id: 1,
  data: { Image: CommandLine.split(" ")[0], CommandLine, User: "CORP\\user.one" },
});
const wrote = (at: number, file: string, Image = "C:\\Users\\Public\\a.exe"): Event => ({
  at: `+${at}s`,
  host,
  channel: SYSMON,
  id: 11,
  data: { Image, TargetFilename: `D:\\share\\${file}` },
});
const stopped = (at: number, service: string): Event => ({
  at: `+${at}s`,
  host,
  channel: "System",
  id: 7036,
  provider: "Service Control Manager",
  data: { param1: service, param2: "stopped" },
});
const triage = (events: readonly Event[]): TriageReport =>
  triageScenario({
    start: "2026-03-02T08:00:00Z",
    hosts: { "SRV-01": { domain: "corp.example" } },
    events,
  });
const verdict = (report: TriageReport, id: CaseKindId) =>
  report.caseKinds?.find(({ kind }) => kind === id);
const SHADOWS = "C:\\Windows\\System32\\vssadmin.exe delete shadows /all /quiet";

describe("the kind of case", () => {
  it.each([
    ["support-scam", "support-scam"],
    ["ssh-and-services", "hands-on-intrusion"],
    ["domain-admin", "hands-on-intrusion"],
    ["rdp-chain", "hands-on-intrusion"],
    ["exfiltration", "theft-without-encryption"],
  ] as const)("fixtures/%s: %s and no other", (name, kind) => {
    const report = triageScenario(fixtureScenario(name));
    const supported = report.caseKinds?.filter((each) => each.verdict === "supported");
    expect(supported?.map((each) => each.kind)).toEqual([kind]);
    const finding = report.findings.find(({ id }) => id === supported?.[0]?.findingId);
    expect(finding?.kind).toBe("hypothesis");
  });

  it("fixtures/vpn-way-in: the VPN only with an inventory that names its pool, beside what was done by hand", () => {
    const kinds = (inventory?: Inventory) =>
      triageScenario(fixtureScenario("vpn-way-in"), inventory && { inventory })
        .caseKinds?.filter(({ verdict: said }) => said === "supported")
        .map(({ kind }) => kind);
    const file = "fixtures/vpn-way-in/inventory.csv";
    expect(kinds()).toEqual(["hands-on-intrusion"]);
    expect(kinds(parseInventory(readFileSync(file), file))).toEqual([
      "vpn-way-in",
      "hands-on-intrusion",
    ]);
  });

  it("fixtures/two-sites: surely one intruder at several sites, perhaps by hand", () => {
    const report = triageScenario(fixtureScenario("two-sites"));
    const supported = report.caseKinds?.filter((each) => each.verdict === "supported");
    expect(supported?.map(({ kind, confidence }) => `${kind} ${confidence}`)).toEqual([
      "hands-on-intrusion low",
      "multi-site-intrusion medium",
    ]);
  });

  it("fixtures/clean: none, and no hypothesis at all", () => {
    const report = triageScenario(fixtureScenario("clean"));
    expect(report.caseKinds?.map((each) => each.verdict)).not.toContain("supported");
    expect(report.findings.filter(({ kind }) => kind === "hypothesis")).toEqual([]);
  });

  it("is ransomware when recovery is deleted, services stop and files change in masses", () => {
    const report = triage([
      ...Array.from({ length: 20 }, (_, at) => stopped(at, `Service ${at}`)),
      ran("+60s", SHADOWS),
      ...Array.from({ length: 400 }, (_, at) => wrote(300 + at / 4, `f${at}.docx.locked`)),
    ]);
    expect(verdict(report, "ransomware")).toMatchObject({
      verdict: "supported",
      confidence: "high",
    });
    const [finding] = report.findings.filter(({ rule }) => rule.id === "case-ransomware");
    expect(finding?.severity).toBe("critical");
    expect(finding?.reasons.for).toHaveLength(3);
    for (const reason of finding?.reasons.for ?? []) expect(reason).toMatch(/ \[.+ #\d+.*\]$/);
    expect(finding?.checkNext[0]).toContain("SRV-01.corp.example");
    expect(finding?.askCustomer?.length).toBeGreaterThan(0);
    expect(finding?.alternatives?.length).toBeGreaterThan(0);
  });

  it("is not ransomware when an installer writes files and a few services stop", () => {
    const report = triage([
      ...Array.from({ length: 5 }, (_, at) => stopped(at, `Service ${at}`)),
      ...Array.from({ length: 400 }, (_, at) =>
        wrote(300 + at / 4, `f${at}.dll`, "C:\\Windows\\System32\\msiexec.exe"),
      ),
    ]);
    expect(verdict(report, "ransomware")?.verdict).not.toBe("supported");
  });

  it("is doubtful ransomware on deleted shadow copies alone", () => {
    expect(verdict(triage([ran("+1m", SHADOWS)]), "ransomware")?.confidence).toBe("low");
  });

  it("is theft when archives are made and copied out; deleted shadow copies speak against it", () => {
    const theft = [
      ran("+1m", "C:\\temp\\rar.exe a -hpsecret -m5 C:\\temp\\x.rar D:\\share"),
      ran("+9m", "C:\\temp\\rclone.exe copy C:\\temp remote:x --config C:\\temp\\c.conf"),
    ];
    expect(verdict(triage(theft), "theft-without-encryption")?.confidence).toBe("medium");
    const both = verdict(triage([...theft, ran("+2h", SHADOWS)]), "theft-without-encryption");
    expect(both).toMatchObject({ verdict: "contradicted", confidence: "low" });
  });

  it("is no theft when an archive is unpacked", () => {
    const report = triage([ran("+1m", "C:\\temp\\7z.exe x C:\\temp\\setup.zip")]);
    expect(verdict(report, "theft-without-encryption")?.verdict).not.toBe("supported");
  });

  it("cannot be told where the logs that would show it are missing", () => {
    const logon = { at: "+1m", host, channel: "Security", id: 4624, data: { LogonType: 3 } };
    expect(verdict(triage([logon]), "ransomware")).toMatchObject({
      verdict: "cannot-tell",
      unanswered: ["programs", "files", "services", "logs-cleared"],
    });
  });
});

describe("the sentences of the kinds", () => {
  it("are all there in Japanese", () => {
    const texts = CASE_KINDS.flatMap((kind) => [
      kind.title,
      ...[...kind.indicators, ...kind.against].map(({ says }) => says),
      ...kind.alternatives,
      ...kind.checkNext.map(({ says }) => says),
      ...kind.askCustomer,
    ]);
    expect(texts.filter((text) => sentence("ja", text) === text)).toEqual([]);
    expect(sentence("ja", "passwords were tried [HOST-A Security #4]")).toBe(
      "パスワードの試行があった [HOST-A Security #4]",
    );
    expect(sentence("ja", "not seen in these logs: passwords were tried")).toContain("試行");
  });
});
