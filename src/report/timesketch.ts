import type { Finding } from "../model/finding.ts";
import type { TimelineEntry, TriageReport } from "../model/report.ts";
import { FindingIndex, timeWithDigits } from "./finding-index.ts";
import { csvText, inertJsonLines } from "./inert-text.ts";

/** Timesketch JSONL: one event a line with `message`, `datetime`, `timestamp`, `timestamp_desc` and tags. */
export function renderTimesketchJsonl(report: TriageReport): string {
  const index = new FindingIndex(report);
  return inertJsonLines(
    report.timeline.map((entry) => {
      const finding = index.finding(entry);
      return { ...event(entry, finding), tag: tags(entry, finding) };
    }),
  );
}

/** Timesketch CSV: the same columns for every event, tags in one cell. */
export function renderTimesketchCsv(report: TriageReport): string {
  const index = new FindingIndex(report);
  const header = [...COLUMNS, "tag"];
  return csvText(
    header,
    report.timeline.map((entry) => {
      const finding = index.finding(entry);
      const columns = event(entry, finding);
      return [...COLUMNS.map((name) => columns[name]), JSON.stringify(tags(entry, finding))];
    }),
  );
}

const COLUMNS = [
  "message",
  "datetime",
  "timestamp",
  "timestamp_desc",
  "data_type",
  "title",
  "severity",
  "computer_name",
  "channel",
  "source_name",
  "event_identifier",
  "record_number",
  "display_name",
  "record_state",
  "finding_id",
  "confidence",
  "rule_id",
] as const;

type TimesketchEvent = Partial<Record<(typeof COLUMNS)[number], string | number>>;

function event(entry: TimelineEntry, finding: Finding | undefined): TimesketchEvent {
  const { ref } = entry;
  return {
    message: `${entry.title}: ${entry.statement}`,
    datetime: timeWithDigits(ref.time, 6).replace("Z", "+00:00"),
    // Timesketch counts in microseconds since 1970.
    timestamp: Math.round(entry.timeMs * 1000),
    timestamp_desc: "Event Logged",
    data_type: "windows:evtx:record",
    title: entry.title,
    severity: entry.severity,
    computer_name: ref.host,
    channel: ref.channel,
    source_name: ref.provider,
    event_identifier: ref.eventId,
    record_number: ref.recordId,
    display_name: ref.file,
    record_state: ref.state,
    ...(finding === undefined
      ? {}
      : { finding_id: finding.id, confidence: finding.confidence, rule_id: finding.rule.id }),
  };
}

function tags(entry: TimelineEntry, finding: Finding | undefined): string[] {
  return [entry.severity, ...(finding === undefined ? [] : [finding.kind, ...finding.attack])];
}
