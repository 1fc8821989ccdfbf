import type { Finding } from "../../model/finding.ts";
import { say } from "../../model/phrase.ts";
import type { Signal, SignalWant } from "../../model/signal.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { listAt, lowerBound } from "../time-index.ts";
import { AUDIT_CHANGED } from "./auditing-off.ts";
import { type ChannelLog, channelLogs } from "./channel-logs.ts";
import { clock, deletionFinding } from "./deletion-finding.ts";
import { SHELLS } from "./orphan-processes.ts";
import { POWER } from "./power-states.ts";
import { gapOf } from "./witnesses.ts";

const SECURITY = "Security";
const PROCESS_CREATED = 4688;
const WINDOWS_STARTS = 4608;
/** The subcategory Process Creation. Source: [MS-GPAC] 2.2.1.2. */
const PROCESS_CREATION = "{0cce922b-69ae-11d9-bed3-505054503030}";

const FIELDS = ["NewProcessId", "NewProcessName", "ProcessId", "ParentProcessName", "CommandLine"];
const WHO = ["SubjectUserName", "SubjectDomainName"];

function processes(kind: string, where: SignalWant["where"]): SignalWant {
  return {
    kind,
    subscription: {
      channels: [SECURITY],
      eventIds: [PROCESS_CREATED],
      fields: [...FIELDS, ...WHO],
    },
    ...(where && { where }),
  };
}

const STARTED = processes("security-shell-started", [
  { field: "NewProcessName", contains: SHELLS },
]);
const CHILD = processes("security-shell-child", [{ field: "ParentProcessName", contains: SHELLS }]);
/** Programs that Windows starts as it starts itself: one of them in the log shows that processes were audited from then on. */
const AT_START = processes("security-process-at-start", [
  { field: "NewProcessName", contains: ["\\wininit.exe", "\\services.exe", "\\lsass.exe"] },
]);

/** How long after its start Windows has started these. */
const START_MS = 10 * 60_000;
/** Fewer recorded starts of shells say little of how whole the record is. */
const FEWEST_STARTS = 3;
const MOST_ORPHANS = 50;

/** Shells that started programs though Security, which has every start since Windows started, has not theirs. */
export const orphanShells: Analyzer = {
  name: "orphan-shells",
  wants: [STARTED, CHILD, AT_START, POWER, AUDIT_CHANGED],
  run: (view) => {
    if (view.filtered || view.of(CHILD.kind).length === 0) return { findings: [] };
    return {
      findings: channelLogs(view.inputs, view.story.hosts)
        .filter(({ channel, whole, input }) => {
          return channel === SECURITY && whole && input.status === "read";
        })
        .flatMap((log) => orphansOf(view, log)),
    };
  },
};

function orphansOf(view: CaseView, log: ChannelLog): Finding[] {
  const own = (kind: string): readonly Signal[] =>
    view.of(kind).filter(({ ref }) => ref.file === log.input.path && ref.state === "live");
  const starts = auditedStarts(own);
  const shells = own(STARTED.kind);
  if (starts.length === 0 || shells.length < FEWEST_STARTS) return [];
  const byId = new Map<string, number[]>();
  for (const { fields, timeMs } of shells)
    listAt(byId, fields.NewProcessId?.toLowerCase() ?? "").push(timeMs);
  const told = new Set<string>();
  const findings: Finding[] = [];
  for (const child of own(CHILD.kind)) {
    const sinceMs = starts.findLast((startMs) => startMs < child.timeMs);
    const parent = child.fields.ProcessId?.toLowerCase();
    if (sinceMs === undefined || !parent || told.size >= MOST_ORPHANS) continue;
    if (isChanged(view, log.host, sinceMs, child.timeMs)) continue;
    const times = byId.get(parent) ?? [];
    const startedMs = times[lowerBound(times, sinceMs, (ms) => ms)] ?? Number.POSITIVE_INFINITY;
    const known = startedMs <= child.timeMs;
    const key = `${sinceMs}|${parent}`;
    if (known || told.has(key)) continue;
    told.add(key);
    findings.push(orphan(view, log.host, child, sinceMs));
  }
  return findings;
}

/** When Windows started, as far as the log tells, with processes audited from then on. */
function auditedStarts(own: (kind: string) => readonly Signal[]): number[] {
  const audited = own(AT_START.kind);
  return own(POWER.kind)
    .filter(({ ref }) => ref.eventId === WINDOWS_STARTS)
    .map(({ timeMs }) => timeMs)
    .filter((startMs) =>
      audited.some(({ timeMs }) => timeMs >= startMs && timeMs - startMs <= START_MS),
    );
}

/** Auditing of processes was changed meanwhile: then their record need not be whole. */
function isChanged(view: CaseView, host: string, fromMs: number, toMs: number): boolean {
  return view
    .of(AUDIT_CHANGED.kind)
    .some(
      ({ timeMs, ref, fields }) =>
        timeMs >= fromMs &&
        timeMs <= toMs &&
        fields.SubcategoryGuid?.toLowerCase() === PROCESS_CREATION &&
        view.story.hosts.nameOf(ref.host) === host,
    );
}

function orphan(view: CaseView, host: string, child: Signal, sinceMs: number): Finding {
  const { ParentProcessName: image, NewProcessName: started, CommandLine: line } = child.fields;
  const { SubjectUserName: user, SubjectDomainName: domain, ProcessId: id } = child.fields;
  return deletionFinding({
    rule: "konseki-shell-never-started",
    key: [id ?? "", child.ref.time],
    host,
    kind: "hypothesis",
    severity: "medium",
    confidence: "medium",
    title: "Shell whose start is not in the log",
    statement: say`${line || started} on ${host} was started at ${clock(child.timeMs)} by ${image} (process ${id}); Security has the starts of processes since Windows started at ${clock(sinceMs)}, and not this one.`,
    reasons: {
      for: [
        "the log reaches back to the start of Windows and audits processes from then on",
        "it records other starts of shells",
      ],
      against: ["the audit policy may have been changed without a record"],
    },
    evidence: [child.ref],
    accounts: user ? [domain ? `${domain}\\${user}` : user] : [],
    attack: ["T1070.001"],
    gaps: [
      gapOf(view, { host, channel: SECURITY, fromMs: sinceMs, toMs: child.timeMs, missing: 1 }),
    ],
    falsePositives: ["Events were dropped under load: Security 1101 tells of it."],
    alternatives: ["Windows dropped the event: look for 1101 in that period."],
    checkNext: ["Look for the shell in Sysmon 1, prefetch and the PowerShell logs of that period."],
  });
}
