import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { darkPeriods } from "../../../src/model/dark-periods.ts";
import type { Finding } from "../../../src/model/finding.ts";
import { forgeScenario, triageLogs } from "../../support/triage-logs.ts";

const chain = (): ReturnType<typeof forgeScenario> =>
  forgeScenario(readFileSync("fixtures/rdp-chain/scenario.yml", "utf8"));

function clearing(findings: readonly Finding[]): Finding {
  const [finding] = findings.filter(({ rule }) => rule.id === "konseki-cleared-logs");
  expect(finding).toBeDefined();
  return finding!;
}

describe("a cleared log", () => {
  it("is told with the account, the session and where the session came from", () => {
    const finding = clearing(triageLogs(chain()).findings);
    expect(finding.statement).toBe(
      "CORP\\user.admin cleared Security, Windows PowerShell of DC-01.corp.example at 2026-03-02 08:38:00 UTC, in a session from SRV-01.corp.example opened at 2026-03-02 08:21:12 UTC. What they held is gone; of the time before, the inputs tell from 2026-03-02 08:15:39 UTC on, by other logs.",
    );
    expect(finding.entities.accounts).toEqual(["CORP\\user.admin"]);
    expect(finding.evidence.slice(0, 2)).toMatchObject([
      { eventId: 1102, recordId: 240331 },
      { eventId: 104, recordId: 9129 },
    ]);
  });

  it("names the dark period, what other channels and other hosts tell of it, and what nothing can tell", () => {
    const finding = clearing(triageLogs(chain()).findings);
    expect(finding.gaps).toMatchObject([
      { channel: "Security", to: "2026-03-02T08:38:00.000Z" },
      { channel: "Windows PowerShell", to: "2026-03-02T08:38:20.000Z" },
    ]);
    const { coveredBy, unknowable } = darkPeriods(finding, (time) => time);
    expect(coveredBy).toContainEqual(
      expect.stringMatching(
        /LocalSessionManager\/Operational of DC-01.corp.example has \d+ events/,
      ),
    );
    // A log that was cleared with it tells nothing of the period.
    expect(coveredBy.join()).not.toMatch(/Security of DC-01/);
    // The other side of the session: SRV-01 recorded where it went.
    expect(coveredBy).toContainEqual(
      expect.stringMatching(/of SRV-01.corp.example tells of RDP from SRV-01.+ to DC-01/),
    );
    expect(unknowable).toContain(
      "Nothing in these inputs tells which accounts and groups were changed on DC-01.corp.example.",
    );
  });

  it("does not tell that a log held the minutes of the hour before the first record of the host", () => {
    const cleared = forgeScenario(`
start: 2026-03-02T10:20:00Z
hosts:
  HOST-A: { domain: corp.example }
events:
  - at: +0m
    host: HOST-A
    channel: Security
    id: 1102
    userData: { LogFileCleared: { SubjectUserSid: S-1-5-21-1-2-3-1104, SubjectUserName: user.one, SubjectDomainName: CORP, SubjectLogonId: 0x3c91f7 } }
  - { at: +5m, host: HOST-A, channel: Security, provider: Microsoft-Windows-Security-Auditing, id: 4624, data: { TargetUserName: user.one, LogonType: 2 } }
  - { at: +9m, host: HOST-A, channel: Security, provider: Microsoft-Windows-Security-Auditing, id: 4624, data: { TargetUserName: user.one, LogonType: 2 } }
`);
    expect(clearing(triageLogs(cleared).findings).statement).toContain("no input tells since when");
  });

  it("counts a shadow copy as a witness, and the period as dark only from where the copy ends", () => {
    const whole = forgeScenario(`
start: 2026-03-02T00:00:00Z
hosts:
  HOST-A: { domain: corp.example }
noise:
  - { kind: serviceLogons, host: HOST-A, to: +1d, every: 1h }
`);
    const cleared = forgeScenario(`
start: 2026-03-02T00:00:00Z
hosts:
  HOST-A: { domain: corp.example }
events:
  - at: +2d
    host: HOST-A
    channel: Security
    id: 1102
    userData: { LogFileCleared: { SubjectUserSid: S-1-5-21-1-2-3-1104, SubjectUserName: user.one, SubjectDomainName: CORP, SubjectLogonId: 0x3c91f7 } }
`);
    const copy = whole.map(({ bytes }) => ({ path: "shadow copy/Security.evtx", bytes }));
    const report = triageLogs([...cleared, ...copy]);
    const [gap] = clearing(report.findings).gaps ?? [];
    expect(gap?.from.slice(0, 12)).toBe("2026-03-02T2");
    expect(gap?.to).toBe("2026-03-04T00:00:00.000Z");
    const only = triageLogs(cleared);
    expect(clearing(only.findings).gaps?.[0]).toMatchObject({
      coveredBy: [],
      from: "2026-03-04T00:00:00.000Z",
    });
    expect(clearing(only.findings).statement).toContain("no input tells since when");
  });

  it("is joined by the logon's number where a copy still has the logon", () => {
    const logs = forgeScenario(`
start: 2026-03-02T00:00:00Z
hosts:
  HOST-A: { domain: corp.example }
events:
  - at: +1h
    host: HOST-A
    channel: Security
    id: 4624
    data: { TargetUserSid: S-1-5-21-1-2-3-1104, TargetUserName: user.one, TargetDomainName: CORP, TargetLogonId: 0x3c91f7, LogonType: 3, IpAddress: 10.1.0.77, IpPort: "50112" }
  - at: +2h
    host: HOST-A
    channel: Security
    id: 4624
    data: { TargetUserSid: S-1-5-21-1-2-3-1104, TargetUserName: user.one, TargetDomainName: CORP, TargetLogonId: 0x4aa001, LogonType: 3, IpAddress: 10.1.0.88, IpPort: "50113" }
`);
    const cleared = forgeScenario(`
start: 2026-03-02T00:00:00Z
hosts:
  HOST-A: { domain: corp.example }
events:
  - at: +3h
    host: HOST-A
    channel: Security
    id: 1102
    userData: { LogFileCleared: { SubjectUserSid: S-1-5-21-1-2-3-1104, SubjectUserName: user.one, SubjectDomainName: CORP, SubjectLogonId: 0x3c91f7 } }
`);
    const copy = logs.map(({ bytes }) => ({ path: "shadow copy/Security.evtx", bytes }));
    const finding = clearing(triageLogs([...cleared, ...copy], "none").findings);
    expect(finding.statement).toContain("in a session from 10.1.0.77 (logon type 3)");
    expect(finding.reasons.for).toContainEqual(
      expect.stringMatching(/^the record names the logon session \[.+ #\d+, .+\]$/),
    );
    expect(finding.evidence.map(({ eventId }) => eventId)).toEqual([1102, 4624]);
  });

  it("is not joined under a filter: what was left out may have been the session", () => {
    const { findings } = triageLogs(chain(), "none", { filter: { eventIds: [1102] } });
    expect(findings.filter(({ rule }) => rule.id === "konseki-cleared-logs")).toEqual([]);
  });
});
