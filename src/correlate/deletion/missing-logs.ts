import type { Finding } from "../../model/finding.ts";
import type { InputLedger } from "../../model/ledger.ts";
import { say } from "../../model/phrase.ts";
import type { Analyzer } from "../analyzer.ts";
import { deletionFinding } from "./deletion-finding.ts";

/** Log files that every Windows since 8 and Server 2012 makes by itself. */
const ALWAYS = [
  "Application",
  "Security",
  "System",
  "Setup",
  "Windows PowerShell",
  "Microsoft-Windows-GroupPolicy%4Operational",
  "Microsoft-Windows-TerminalServices-LocalSessionManager%4Operational",
  "Microsoft-Windows-User Profile Service%4Operational",
  "Microsoft-Windows-Winlogon%4Operational",
  "Microsoft-Windows-WMI-Activity%4Operational",
];
/** A folder of so many logs is the whole of winevt\\Logs, not a selection. */
const WHOLE_FOLDER = 60;
/** Where more are missing somebody chose what to copy. */
const MOST_MISSING = 4;

/** Files missing from a folder that otherwise has all logs of a Windows. */
export const missingLogs: Analyzer = {
  name: "missing-logs",
  wants: [],
  run: ({ inputs, filtered, story }) => {
    const folders = new Map<string, InputLedger[]>();
    for (const input of filtered ? [] : inputs) {
      const folder = input.path.slice(0, cut(input.path));
      const list = folders.get(folder);
      if (list === undefined) folders.set(folder, [input]);
      else list.push(input);
    }
    return {
      findings: [...folders].flatMap(([folder, own]) =>
        told(own, (name) => story.hosts.nameOf(name), folder),
      ),
    };
  },
};

function cut(path: string): number {
  return Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1;
}

function told(
  inputs: readonly InputLedger[],
  nameOf: (name: string) => string,
  folder: string,
): Finding[] {
  const names = new Set(inputs.map(({ path }) => path.slice(cut(path)).toLowerCase()));
  const logs = [...names].filter((name) => name.endsWith(".evtx"));
  if (logs.length < WHOLE_FOLDER) return [];
  const hosts = new Map<string, number>();
  for (const input of inputs)
    for (const name of input.hosts) hosts.set(nameOf(name), (hosts.get(nameOf(name)) ?? 0) + 1);
  const [host] = [...hosts].sort(([, a], [, b]) => b - a)[0] ?? [];
  const missing = ALWAYS.filter((name) => !names.has(`${name}.evtx`.toLowerCase()));
  if (host === undefined || missing.length === 0 || missing.length > MOST_MISSING) return [];
  const times = inputs.flatMap(({ first, last }) => (first && last ? [first, last] : [])).sort();
  const from = times[0]!;
  const to = times.at(-1)!;
  return [
    deletionFinding({
      rule: "konseki-log-file-missing",
      key: [...missing],
      host,
      kind: "hypothesis",
      severity: missing.some((name) => name === "Security" || name === "System")
        ? "high"
        : "medium",
      confidence: "medium",
      title: "Log files that Windows always has are missing",
      statement: say`${folder === "" ? say`The folder` : folder} has ${logs.length} logs of ${host}, but not ${missing.join(", ")}, which every Windows makes by itself.`,
      reasons: {
        for: [
          "the folder holds the logs of a whole Windows",
          "Windows makes these files by itself",
        ],
        against: ["whoever collected the logs may have left them out"],
      },
      // The folder is the evidence; the first record of a log in it leads there.
      evidence: inputs.flatMap(({ firstRecord }) => firstRecord ?? []).slice(0, 1),
      first: from,
      last: to,
      attack: ["T1070.001"],
      gaps: missing.map((name) => ({
        host,
        channel: name.replaceAll("%4", "/"),
        from,
        to,
        coveredBy: [],
        unknowable: [say`What ${name.replaceAll("%4", "/")} of ${host} held cannot be told.`],
      })),
      falsePositives: ["A collection that failed on files in use."],
      alternatives: ["The file could not be copied while Windows had it open."],
      checkNext: [
        "Look into the disk or a shadow copy for the files; carve for them: konseki recover.",
      ],
    }),
  ];
}
