import type { Finding } from "../../model/finding.ts";
import { say } from "../../model/phrase.ts";
import type { Signal, SignalWant } from "../../model/signal.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { channelLogs } from "./channel-logs.ts";
import { clock, deletionFinding } from "./deletion-finding.ts";
import { gapOf } from "./witnesses.ts";

const SYSMON = "Microsoft-Windows-Sysmon/Operational";
/** Programs that attackers work in; the bulk of processes stays out. */
export const SHELLS = [
  "\\cmd.exe",
  "\\powershell.exe",
  "\\pwsh.exe",
  "\\wscript.exe",
  "\\cscript.exe",
  "\\mshta.exe",
  "\\rundll32.exe",
  "\\wsmprovhost.exe",
];

const FIELDS = ["ProcessGuid", "ParentProcessGuid", "Image", "ParentImage", "CommandLine", "User"];

/** Shells that were started … */
export const SHELL_STARTED: SignalWant = {
  kind: "shell-started",
  subscription: { channels: [SYSMON], eventIds: [1], fields: FIELDS },
  where: [{ field: "Image", contains: SHELLS }],
};

/** … and what they started. */
export const SHELL_CHILD: SignalWant = {
  kind: "shell-child",
  subscription: { channels: [SYSMON], eventIds: [1], fields: FIELDS },
  where: [{ field: "ParentImage", contains: SHELLS }],
};

/** A process of this age would have been recorded, were the log whole; Sysmon is not up in the first minutes. */
const EDGE_MS = 120_000;
/** Fewer recorded starts of the program do not show that Sysmon's filter lets it pass. */
const FEWEST_STARTS = 3;
/** Parents told one by one of a log. */
const MOST_ORPHANS = 50;

/** Processes whose parent's start is not in a Sysmon log that covers it: the number of the parent tells when that was. */
export const orphanProcesses: Analyzer = {
  name: "orphan-processes",
  wants: [SHELL_STARTED, SHELL_CHILD],
  run: (view) => {
    if (view.filtered) return { findings: [] };
    const logs = channelLogs(view.inputs, view.story.hosts).filter(
      ({ channel, whole, input }) => channel === SYSMON && whole && input.status === "read",
    );
    const findings: Finding[] = [];
    for (const log of logs) {
      const started = view
        .of(SHELL_STARTED.kind)
        .filter(({ ref }) => view.story.hosts.nameOf(ref.host) === log.host);
      const known = new Set(started.map(({ fields }) => fields.ProcessGuid?.toLowerCase()));
      const starts = new Map<string, number>();
      for (const { fields } of started) {
        const name = baseName(fields.Image);
        starts.set(name, (starts.get(name) ?? 0) + 1);
      }
      const told = new Set<string>();
      for (const child of view.of(SHELL_CHILD.kind)) {
        const parent = child.fields.ParentProcessGuid?.toLowerCase() ?? "";
        if (child.ref.file !== log.input.path || told.has(parent) || known.has(parent)) continue;
        const startMs = startOf(parent);
        if (startMs === undefined || startMs < log.firstMs + EDGE_MS || startMs > child.timeMs)
          continue;
        if ((starts.get(baseName(child.fields.ParentImage)) ?? 0) < FEWEST_STARTS) continue;
        if (told.size >= MOST_ORPHANS) break;
        told.add(parent);
        findings.push(orphan(view, log.host, child, startMs));
      }
    }
    return { findings };
  },
};

/** Sysmon puts the second of the start into the process's number: `{machine-tttt-tttt-…}`, low half first. */
export function startOf(guid: string): number | undefined {
  const match = /^\{?[0-9a-f]{8}-([0-9a-f]{4})-([0-9a-f]{4})-/.exec(guid);
  if (match === null) return undefined;
  const seconds = Number.parseInt(`${match[2]}${match[1]}`, 16);
  return seconds === 0 ? undefined : seconds * 1000;
}

function baseName(path: string | null | undefined): string {
  return (path ?? "").slice((path ?? "").lastIndexOf("\\") + 1).toLowerCase();
}

function orphan(view: CaseView, host: string, child: Signal, startMs: number): Finding {
  const { ParentImage: image, CommandLine: line, User: user } = child.fields;
  return deletionFinding({
    rule: "konseki-parent-never-started",
    key: [child.fields.ParentProcessGuid ?? "", child.ref.time],
    host,
    kind: "hypothesis",
    severity: "medium",
    confidence: "medium",
    title: "Process whose parent's start is not in the log",
    statement: say`${line || baseName(child.fields.Image)} on ${host} was started at ${clock(child.timeMs)} by ${image}, which had started at ${clock(startMs)}; Sysmon covers that second and has no record of it.`,
    reasons: {
      for: [
        "Sysmon's number of the parent holds the second of its start",
        "the log covers that second and records other starts of the same program",
      ],
      against: ["Sysmon's filter may let only some command lines of the program pass"],
    },
    evidence: [child.ref],
    accounts: user ? [user] : [],
    attack: ["T1070"],
    gaps: [
      gapOf(view, {
        host,
        channel: SYSMON,
        fromMs: startMs - 1000,
        toMs: startMs + 1000,
        missing: 1,
      }),
    ],
    falsePositives: ["A Sysmon configuration that leaves out some starts of the program."],
    alternatives: ["Sysmon's filter left the parent out: compare its other starts."],
    checkNext: ["Look at that second in Security 4688, prefetch and the PowerShell logs."],
  });
}
