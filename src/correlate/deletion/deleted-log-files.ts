import type { Finding } from "../../model/finding.ts";
import type { InputLedger } from "../../model/ledger.ts";
import { say } from "../../model/phrase.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { clock, deletionFinding } from "./deletion-finding.ts";

/** Files that Windows writes itself; archived logs are deleted by people's clean-up jobs every day. */
const LIVE_LOG = /[/\\]winevt[/\\]logs[/\\]((?!Archive-)[^/\\:]+\.evtx)$/i;
/** Set up together when Windows is installed, in the same seconds. */
const FIRST_LOGS = ["security.evtx", "system.evtx", "application.evtx"];
const MOST_APART_MS = 3_600_000;
const TELLING =
  /^(security|system|.*sysmon.*|.*powershell.*|.*terminalservices.*|.*defender.*)\.evtx$/i;

/**
 * What the file system says of log files themselves: entries of deleted ones, and files that are younger than those they
 * were set up with. A log that is cleared keeps its file; one that is deleted gets a new one.
 */
export const deletedLogFiles: Analyzer = {
  name: "deleted-log-files",
  wants: [],
  run(view) {
    const files = view.inputs.flatMap(logFile);
    return {
      findings: [
        ...files.filter(({ mft }) => mft.deleted).map((file) => deleted(view, file, files)),
        ...files.flatMap((file) => recreated(view, file, files)),
      ],
    };
  },
};

interface LogFile {
  readonly input: InputLedger;
  readonly mft: NonNullable<InputLedger["mft"]>;
  readonly name: string;
  /** The volume and folder that it lies in. */
  readonly folder: string;
}

function logFile(input: InputLedger): LogFile[] {
  const { mft, evidence, path } = input;
  const name = LIVE_LOG.exec(path)?.[1];
  if (mft === undefined || name === undefined || evidence?.shadowCopy !== undefined) return [];
  const folder = path
    .slice(0, -name.length)
    .replace(/[/\\]\$Deleted[/\\]\d+-\d+/, "")
    .toLowerCase();
  return [{ input, mft, name, folder }];
}

function deleted(view: CaseView, file: LogFile, files: readonly LogFile[]): Finding {
  const { input, mft, name } = file;
  const host = hostOf(view, file, files);
  const { read, repaired } = input.records;
  const successor = files.find(
    (other) =>
      other.folder === file.folder &&
      !other.mft.deleted &&
      other.name.toLowerCase() === name.toLowerCase(),
  );
  const written = mft.standard?.modified ?? mft.fileName?.modified ?? "";
  const born = successor?.mft.fileName?.created;
  const reused = mft.clusters?.reused ?? 0;
  return deletionFinding({
    rule: "konseki-deleted-log-file",
    key: [name.toLowerCase(), `${mft.entry}-${mft.sequence}`],
    host,
    kind: "fact",
    severity: TELLING.test(name) ? "high" : "medium",
    confidence: "high",
    title: "A log file was deleted",
    statement: say`${name} of ${host} was deleted: MFT entry ${mft.entry} is free and still names it, last written ${clock(written)}; ${read + repaired} of its records could be read${
      reused === 0 ? "" : say`, ${reused} of its ${mft.clusters?.total} clusters are used again`
    }.${born === undefined ? "" : say` A new file of the same name was created ${clock(born)}.`}`,
    reasons: {
      for: [
        "the entry of the deleted file is still in the master file table",
        ...(successor === undefined ? [] : ["a younger file of the same name stands in its place"]),
      ],
      against: [],
    },
    evidence: [],
    first: written,
    last: born ?? written,
    attack: ["T1070.001", "T1070.004"],
    falsePositives: [
      "Windows was installed anew over the old one, or a channel's software was removed.",
    ],
    checkNext: [
      "Read the records of the deleted file: they are in this report like those of any other log.",
      "Look for who stopped the event log service before the file was deleted: it cannot be deleted while it is in use.",
    ],
  });
}

function recreated(view: CaseView, file: LogFile, files: readonly LogFile[]): Finding[] {
  const { mft, name, folder } = file;
  const created = mft.fileName?.created;
  if (mft.deleted || created === undefined || !FIRST_LOGS.includes(name.toLowerCase())) return [];
  const others = files.filter(
    (other) =>
      other !== file &&
      other.folder === folder &&
      !other.mft.deleted &&
      FIRST_LOGS.includes(other.name.toLowerCase()) &&
      other.mft.fileName !== null,
  );
  const [oldest] = others
    .filter(
      (other) => Date.parse(created) - Date.parse(other.mft.fileName!.created) > MOST_APART_MS,
    )
    .sort((a, b) => (a.mft.fileName!.created < b.mft.fileName!.created ? -1 : 1));
  if (oldest === undefined) return [];
  const host = hostOf(view, file, files);
  const before = oldest.mft.fileName!.created;
  return [
    deletionFinding({
      rule: "konseki-recreated-log-file",
      key: [name.toLowerCase(), created],
      host,
      kind: "hypothesis",
      severity: "high",
      confidence: "medium",
      title: "A log file is younger than those it was set up with",
      statement: say`${name} of ${host} was created ${clock(created)}, ${oldest.name} ${clock(before)}: Windows makes both when it is installed. The first file was probably deleted.`,
      reasons: {
        for: [
          "Windows creates Security, System and Application together",
          "clearing a log keeps its file: only deletion makes a new one",
        ],
        against: ["a restored or moved log file looks the same"],
      },
      evidence: [],
      first: created,
      last: created,
      attack: ["T1070.001", "T1070.004"],
      falsePositives: ["The log was moved to another place or restored from a backup."],
      checkNext: [
        "Look for deleted MFT entries and shadow copies of this log: they hold what was in the first file.",
        "Look for who stopped the event log service before the file was deleted: it cannot be deleted while it is in use.",
      ],
    }),
  ];
}

/** By the events in the file, else in its neighbours, else the image it lies in. */
function hostOf(view: CaseView, { input, folder }: LogFile, files: readonly LogFile[]): string {
  const beside = files
    .filter((other) => other.folder === folder)
    .flatMap((other) => other.input.hosts);
  const named = [...input.hosts, ...beside].find((host) => host !== "");
  return named === undefined ? (input.evidence?.source ?? "") : view.story.hosts.nameOf(named);
}
