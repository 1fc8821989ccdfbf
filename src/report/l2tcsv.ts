import type { TimelineEntry, TriageReport } from "../model/report.ts";
import { bareAccount, FindingIndex } from "./finding-index.ts";
import { csvText, visibleText } from "./inert-text.ts";

const HEADER = [
  "date",
  "time",
  "timezone",
  "MACB",
  "source",
  "sourcetype",
  "type",
  "user",
  "host",
  "short",
  "desc",
  "version",
  "filename",
  "inode",
  "notes",
  "format",
  "extra",
];
/** log2timeline cuts `short` at 80 characters. */
const SHORT_CHARS = 80;

/** log2timeline's 17 columns, as plaso's `l2tcsv` output module writes them; times in UTC. */
export function renderL2tcsv(report: TriageReport): string {
  const index = new FindingIndex(report);
  const format = `${report.tool.name}/${report.tool.version}`;
  return csvText(
    HEADER,
    report.timeline.map((entry) => {
      const { ref } = entry;
      const finding = index.finding(entry);
      const account = finding?.entities.accounts[0];
      return [
        ...dateAndTime(entry),
        "UTC",
        // A log entry was written once: plaso marks that as creation and change of content.
        "M..B",
        "EVT",
        "WinEVTX",
        "Event Logged",
        account === undefined ? "-" : bareAccount(account),
        ref.host,
        visibleText(entry.title).slice(0, SHORT_CHARS),
        `${entry.title}: ${entry.statement}`,
        2,
        ref.file,
        "-",
        finding === undefined ? "-" : `${finding.kind} ${finding.id}`,
        format,
        `channel: ${ref.channel}; event_id: ${ref.eventId}; record_id: ${ref.recordId}; severity: ${entry.severity}; state: ${ref.state}`,
      ];
    }),
  );
}

/** `MM/DD/YYYY` and `hh:mm:ss`: the format has no finer times, the full one stands in no column. */
function dateAndTime(entry: TimelineEntry): [string, string] {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2}:\d{2})/.exec(entry.ref.time);
  return match === null
    ? ["00/00/0000", "00:00:00"]
    : [`${match[2]}/${match[3]}/${match[1]}`, match[4]!];
}
