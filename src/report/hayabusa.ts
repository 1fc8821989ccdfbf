import type { Finding } from "../model/finding.ts";
import type { CitedRecord, TimelineEntry, TriageReport } from "../model/report.ts";
import { FindingIndex, timeWithDigits } from "./finding-index.ts";
import { csvText, inertJsonLines } from "./inert-text.ts";

/** A timeline line with everything its columns may show. */
interface Row {
  readonly entry: TimelineEntry;
  readonly finding: Finding | undefined;
  readonly cited: CitedRecord | undefined;
}

const COLUMNS = {
  Timestamp: ({ entry }: Row) => hayabusaTime(entry.ref.time),
  datetime: ({ entry }: Row) => timeWithDigits(entry.ref.time, 6).replace("Z", "+00:00"),
  timestamp_desc: () => "konseki",
  message: ({ entry }: Row) => entry.title,
  RuleTitle: ({ entry }: Row) => entry.title,
  Level: ({ entry }: Row) => SHORT_LEVELS[entry.severity],
  Computer: ({ entry }: Row) => entry.ref.host,
  Channel: ({ entry }: Row) => entry.ref.channel,
  EventID: ({ entry }: Row) => entry.ref.eventId,
  RecordID: ({ entry }: Row) => entry.ref.recordId,
  Details: ({ entry }: Row) => entry.statement,
  ExtraFieldInfo: ({ finding }: Row) =>
    finding === undefined
      ? ""
      : `Kind: ${finding.kind}${SEPARATOR}Confidence: ${finding.confidence}`,
  AllFieldInfo: ({ cited }: Row) =>
    (cited?.fields ?? []).map(([name, text]) => `${name}: ${text ?? "-"}`).join(SEPARATOR),
  MitreTags: ({ finding }: Row) => (finding?.attack ?? []).join(SEPARATOR),
  Provider: ({ entry }: Row) => entry.ref.provider,
  RuleID: ({ finding }: Row) => finding?.rule.id ?? "",
  RuleFile: ({ finding }: Row) => finding?.rule.source ?? "",
  EvtxFile: ({ entry }: Row) => entry.ref.file,
  FindingID: ({ entry }: Row) => entry.findingId ?? "",
  RecordState: ({ entry }: Row) => entry.ref.state,
} as const;
type Column = keyof typeof COLUMNS;

/** Hayabusa's field separator. */
const SEPARATOR = " ¦ ";
const SHORT_LEVELS = {
  critical: "crit",
  high: "high",
  medium: "med",
  low: "low",
  informational: "info",
} as const;

const STANDARD: readonly Column[] = [
  "Timestamp",
  "RuleTitle",
  "Level",
  "Computer",
  "Channel",
  "EventID",
  "RecordID",
];
const SOURCES: readonly Column[] = ["RuleFile", "EvtxFile"];

/** Column sets under the names Hayabusa gives them, less what a finding does not hold (rule author and dates). */
export const TIMELINE_PROFILES = {
  minimal: [
    "Timestamp",
    "Computer",
    "Channel",
    "EventID",
    "Level",
    "RecordID",
    "RuleTitle",
    "Details",
  ],
  standard: [...STANDARD, "Details", "ExtraFieldInfo", "RuleID"],
  verbose: [...STANDARD, "Details", "ExtraFieldInfo", "MitreTags", "RuleID", ...SOURCES],
  "all-field-info": [...STANDARD, "AllFieldInfo", "RuleID", ...SOURCES],
  "all-field-info-verbose": [...STANDARD, "AllFieldInfo", "MitreTags", "RuleID", ...SOURCES],
  "super-verbose": [
    ...STANDARD,
    "Details",
    "ExtraFieldInfo",
    "AllFieldInfo",
    "MitreTags",
    "Provider",
    "RuleID",
    ...SOURCES,
    "FindingID",
    "RecordState",
  ],
  "timesketch-minimal": ["datetime", "timestamp_desc", "message", ...STANDARD.slice(2), "Details"],
  "timesketch-verbose": [
    "datetime",
    "timestamp_desc",
    "message",
    ...STANDARD.slice(2),
    "Details",
    "AllFieldInfo",
    "MitreTags",
    "RuleID",
    ...SOURCES,
  ],
} as const satisfies Record<string, readonly Column[]>;
export type TimelineProfile = keyof typeof TIMELINE_PROFILES;

export function isTimelineProfile(name: string): name is TimelineProfile {
  return Object.hasOwn(TIMELINE_PROFILES, name);
}

/** The timeline as CSV with the columns of a profile. */
export function renderHayabusaCsv(
  report: TriageReport,
  profile: TimelineProfile = "standard",
): string {
  const columns: readonly Column[] = TIMELINE_PROFILES[profile];
  return csvText(
    columns,
    rows(report).map((row) => columns.map((name) => COLUMNS[name](row))),
  );
}

/** The timeline as JSON lines with the keys of a profile. */
export function renderHayabusaJsonl(
  report: TriageReport,
  profile: TimelineProfile = "standard",
): string {
  const columns: readonly Column[] = TIMELINE_PROFILES[profile];
  return inertJsonLines(
    rows(report).map((row) =>
      Object.fromEntries(columns.map((name) => [name, COLUMNS[name](row)])),
    ),
  );
}

function rows(report: TriageReport): Row[] {
  const index = new FindingIndex(report);
  return report.timeline.map((entry) => ({
    entry,
    finding: index.finding(entry),
    cited: index.cited(entry.ref),
  }));
}

/** `2019-03-19 23:34:25.894 +00:00`, with all the digits the record has. */
function hayabusaTime(time: string): string {
  return time.replace("T", " ").replace(/Z$/, " +00:00");
}
