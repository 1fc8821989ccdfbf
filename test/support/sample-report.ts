import type { Finding } from "../../src/model/finding.ts";
import type { InputLedger } from "../../src/model/ledger.ts";
import type { RecordRef } from "../../src/model/record-ref.ts";
import type { CitedRecord, TimelineEntry, TriageReport } from "../../src/model/report.ts";
import { CONFIDENCES, SEVERITIES } from "../../src/model/severity.ts";

const START_MS = Date.UTC(2026, 2, 2, 8);
const HOSTS = ["WS-01", "WS-02", "SRV-01", "DC-01"].map((name) => `${name}.corp.example`);
const KINDS = [
  {
    title: "Security log cleared",
    statement: "CORP\\user.one cleared the Security log.",
    attack: ["T1070.001"],
    eventId: 1102,
    channel: "Security",
  },
  {
    title: "Remote desktop logon from another host",
    statement: "CORP\\user.one logged on by RDP from 10.1.0.11.",
    attack: ["T1021.001"],
    eventId: 4624,
    channel: "Security",
  },
  {
    title: "Service installed that runs a command interpreter",
    statement: "Service updater01 runs cmd.exe /c whoami.",
    attack: ["T1543.003", "T1569.002"],
    eventId: 7045,
    channel: "System",
  },
  {
    title: "Encoded PowerShell command",
    statement: "powershell.exe was started with an encoded command.",
    attack: ["T1059.001"],
    eventId: 4104,
    channel: "Microsoft-Windows-PowerShell/Operational",
  },
] as const;

/** A plausible report with as many findings and timeline entries as asked; same numbers, same report. */
export function sampleReport(findings: number, entries: number): TriageReport {
  const made = Array.from({ length: findings }, (_, at) => sampleFinding(at));
  const timeline = Array.from({ length: entries }, (_, at) => sampleEntry(at, entries, made));
  return {
    tool: { name: "konseki", version: "0.1.0" },
    findings: made,
    timeline,
    inputs: sampleInputs(),
    rules: {
      loaded: 120,
      couldFire: 80,
      fired: KINDS.length,
      missingChannels: [
        { channel: "Microsoft-Windows-Sysmon/Operational", rules: 31 },
        { channel: "Microsoft-Windows-TaskScheduler/Operational", rules: 4 },
      ],
      unusable: [
        {
          code: "rule-yaml",
          severity: "warning",
          message: "line 3: mapping expected",
          source: "extra/broken.yml",
          line: 3,
        },
      ],
    },
    hosts: HOSTS,
    first: "2026-03-02T08:00:00.0000000Z",
    last: "2026-03-04T08:00:00.0000000Z",
    records: 51_780,
    limits: ["Process creation was not audited on SRV-01.corp.example: no 4688 and no Sysmon."],
    sessions: [
      {
        host: HOSTS[0]!,
        account: "CORP\\user.one",
        logonType: "10",
        from: "10.1.0.9",
        start: "2026-03-02T08:05:00.0000000Z",
        end: "2026-03-02T09:40:00.0000000Z",
      },
      {
        host: HOSTS[2]!,
        account: "CORP\\user.two",
        logonType: "3",
        from: "WS-01.corp.example",
        start: "2026-03-02T10:00:00.0000000Z",
        end: null,
      },
    ],
    cited: made.flatMap((finding) => finding.evidence.slice(0, 1).map(citedRecord)),
  };
}

function sampleFinding(at: number): Finding {
  const kind = KINDS[at % KINDS.length]!;
  const severity = SEVERITIES[Math.min(at >> 2, SEVERITIES.length - 1)]!;
  const host = HOSTS[(at * 3) % HOSTS.length]!;
  const hypothesis = at % 5 === 4;
  const evidence = [0, 1, 2].map((n) => sampleRef(at * 10 + n, timeOf(at * 97 + n), host, kind));
  return {
    id: `kf-${at.toString(16).padStart(8, "0")}`,
    kind: hypothesis ? "hypothesis" : "fact",
    severity,
    confidence: CONFIDENCES[at % CONFIDENCES.length]!,
    reasons: {
      for: ["The record names the account and the session."],
      against: at % 3 === 0 ? ["Maintenance was announced for that hour."] : [],
    },
    rule: { id: `rule-${at % KINDS.length}`, title: kind.title, source: "konseki" },
    title: kind.title,
    statement: kind.statement,
    first: evidence[0]!.time,
    last: evidence.at(-1)!.time,
    count: evidence.length,
    hosts: [host],
    entities: {
      accounts: ["CORP\\user.one"],
      addresses: ["10.1.0.11", "fe80::1"],
      processes: ['"C:\\Windows\\System32\\cmd.exe" /c whoami'],
    },
    attack: kind.attack,
    evidence,
    falsePositives: ["An administrator at work."],
    checkNext: ["Look for 4624 with the same logon id on the source host."],
    ...(hypothesis ? { alternatives: ["A planned migration; no ticket is in these logs."] } : {}),
    ...(at % KINDS.length === 1
      ? {
          movements: [0, 1, 2].map((hop) => ({
            from: hop === 0 ? "10.1.0.9" : HOSTS[(at + hop) % HOSTS.length]!,
            to: HOSTS[(at + hop + 1) % HOSTS.length]!,
            time: timeOf(at * 97 + hop * 400),
            method: hop === 2 ? "service" : "RDP",
            account: "CORP\\user.one",
          })),
        }
      : {}),
    ...(at % KINDS.length === 0
      ? {
          gaps: [
            {
              host,
              channel: "Security",
              from: timeOf(at * 97),
              to: timeOf(at * 97 + 200),
              missing: 812,
            },
          ],
        }
      : {}),
  };
}

function sampleEntry(at: number, entries: number, findings: readonly Finding[]): TimelineEntry {
  const kind = KINDS[at % KINDS.length]!;
  const host = HOSTS[(at * 7) % HOSTS.length]!;
  const timeMs = START_MS + (at / Math.max(1, entries)) * 2 * 86_400_000;
  const finding = at % 10 === 0 ? findings[(at / 10) % Math.max(1, findings.length)] : undefined;
  return {
    timeMs,
    severity: finding?.severity ?? SEVERITIES[at % 7 === 0 ? 3 : 4]!,
    title: finding?.title ?? kind.title,
    statement: finding?.statement ?? `${kind.statement} (entry ${at})`,
    ref: sampleRef(100_000 + at, new Date(timeMs).toISOString().replace("Z", "0000Z"), host, kind),
    ...(finding === undefined ? {} : { findingId: finding.id }),
  };
}

function timeOf(minutes: number): string {
  return new Date(START_MS + (minutes % 2880) * 60_000).toISOString().replace("Z", "1234Z");
}

function sampleRef(
  recordId: number,
  time: string,
  host: string,
  kind: (typeof KINDS)[number],
): RecordRef {
  return {
    file: `logs/${host}/${kind.channel.replaceAll("/", "%4")}.evtx`,
    channel: kind.channel,
    provider: "Microsoft-Windows-Security-Auditing",
    eventId: kind.eventId,
    recordId,
    time,
    host,
    state: recordId % 9 === 0 ? "slack" : "live",
    completeness: "full",
    fileOffset: 4096 + recordId * 512,
    chunk: recordId >> 7,
  };
}

function citedRecord(ref: RecordRef): CitedRecord {
  return {
    ref,
    fields: [
      ["SubjectUserName", "user.one"],
      ["SubjectDomainName", "CORP"],
      ["BackupPath", null],
    ],
    xml: `<Event><System><EventID>${ref.eventId}</EventID></System></Event>`,
  };
}

function sampleInputs(): InputLedger[] {
  return HOSTS.map((host, at) => ({
    path: `logs/${host}/Security.evtx`,
    kind: "evtx",
    status: at === 0 ? "partial" : at === 3 ? "unread" : "read",
    reason: at === 0 ? "2 chunks damaged" : at === 3 ? "no file header" : "",
    size: 1_118_208,
    sha256: (at + 1).toString(16).repeat(64),
    origin: "live-copy",
    records: {
      expected: 2_000,
      read: at === 3 ? 0 : 1_950,
      repaired: 1,
      partial: 2,
      lost: 47,
      recovered: 12,
    },
    first: "2026-03-02T08:00:00.0000000Z",
    last: "2026-03-04T08:00:00.0000000Z",
    hosts: [host],
    channels: [{ channel: "Security", records: 1_950 }],
    issues: [],
    issueCounts: at === 0 ? { "chunk-checksum": 2 } : {},
  }));
}

/** What an attacker may write into any string of a log. */
export const HOSTILE =
  "=cmd|' /C calc'!A0 <script>alert(1)</script></style></script><img src=x onerror=alert(1)> \u001b[31m\u009b2J \u202egpj.exe\u2066 \u0000 \ud800 \udc00 \"; ' & {{7*7}} \r\n,tab\t\u2028end]]>";

/** The sample report with `HOSTILE` at the start of every string that can come from a log. */
export function hostileReport(): TriageReport {
  const report = sampleReport(6, 30);
  const hostile = (text: string) => HOSTILE + text;
  const ref = (r: RecordRef): RecordRef => ({
    ...r,
    file: hostile(r.file),
    channel: hostile(r.channel),
    provider: hostile(r.provider),
    host: hostile(r.host),
  });
  return {
    ...report,
    hosts: report.hosts.map(hostile),
    limits: report.limits.map(hostile),
    findings: report.findings.map((finding) => ({
      ...finding,
      title: hostile(finding.title),
      statement: hostile(finding.statement),
      hosts: finding.hosts.map(hostile),
      reasons: { for: finding.reasons.for.map(hostile), against: [HOSTILE] },
      rule: { id: hostile(finding.rule.id), title: HOSTILE, source: HOSTILE },
      attack: [...finding.attack, HOSTILE],
      entities: {
        accounts: finding.entities.accounts.map(hostile),
        addresses: [...finding.entities.addresses, HOSTILE],
        processes: finding.entities.processes.map(hostile),
      },
      evidence: finding.evidence.map(ref),
      falsePositives: [HOSTILE],
      checkNext: [HOSTILE],
      ...(finding.movements === undefined
        ? {}
        : {
            movements: finding.movements.map((move) => ({
              ...move,
              from: hostile(move.from),
              to: hostile(move.to),
              account: HOSTILE,
            })),
          }),
      ...(finding.gaps === undefined
        ? {}
        : {
            gaps: finding.gaps.map((gap) => ({
              ...gap,
              host: hostile(gap.host),
              channel: hostile(gap.channel),
            })),
          }),
      verdict: { verdict: "refuted" as const, note: HOSTILE },
    })),
    timeline: report.timeline.map((entry) => ({
      ...entry,
      title: hostile(entry.title),
      statement: hostile(entry.statement),
      ref: ref(entry.ref),
    })),
    inputs: report.inputs.map((input) => ({
      ...input,
      path: hostile(input.path),
      reason: input.status === "read" ? "" : hostile(input.reason),
      hosts: input.hosts.map(hostile),
      channels: [{ channel: HOSTILE, records: 1 }],
    })),
    sessions: (report.sessions ?? []).map((session) => ({
      ...session,
      host: hostile(session.host),
      account: hostile(session.account),
      from: HOSTILE,
    })),
    cited: (report.cited ?? []).map((cited) => ({
      ref: ref(cited.ref),
      fields: [[HOSTILE, HOSTILE]],
      xml: HOSTILE,
    })),
  };
}
