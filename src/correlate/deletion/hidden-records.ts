import type { Finding } from "../../model/finding.ts";
import type { HiddenRecords, InputLedger } from "../../model/ledger.ts";
import { row, say } from "../../model/phrase.ts";
import type { RecordId, RecordRef } from "../../model/record-ref.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { clock, deletionFinding, type ToldGap } from "./deletion-finding.ts";

/** Records that another record's bytes swallow: Windows no longer shows them, the bytes still hold them. */
export const hiddenRecords: Analyzer = {
  name: "hidden-records",
  wants: [],
  run: (view) => ({
    findings: view.inputs.flatMap((input) =>
      (input.hidden ?? []).map((hidden) => told(view, input, hidden)),
    ),
  }),
};

function told(
  view: CaseView,
  input: InputLedger,
  { host: holder, bytes, records }: HiddenRecords,
): Finding {
  const host = view.story.hosts.nameOf(holder.host);
  const { channel } = holder;
  const first = records[0];
  const last = records.at(-1);
  const names = records.map(({ recordId, eventId, time }, at) =>
    at === 0
      ? say`Record ${recordId} (event ${eventId} of ${clock(time)})`
      : say`record ${recordId} (event ${eventId} of ${clock(time)})`,
  );
  const renumbered =
    first === undefined ? undefined : renumberedFrom(input, holder.headerRecordId, records.length);
  return deletionFinding({
    rule: "konseki-hidden-record",
    key: [channel, String(holder.recordId), holder.time],
    host,
    kind: "fact",
    severity: "critical",
    confidence: "high",
    title: "A record was hidden inside another one",
    statement:
      first === undefined
        ? say`Record ${holder.recordId} of ${channel} on ${host} holds ${bytes} bytes behind its content that Windows never writes; no record can be read in them.`
        : say`${
            records.length > 1
              ? say`${row(names)} of ${channel} on ${host} were unlinked: record ${holder.recordId} was made longer until it covered them.`
              : say`${row(names)} of ${channel} on ${host} was unlinked: record ${holder.recordId} was made longer until it covered it.`
          }${
            renumbered === undefined
              ? ""
              : say` The records behind it were renumbered: those now ${renumbered.from} to ${renumbered.to} were ${renumbered.from + records.length} to ${renumbered.to + records.length}.`
          }`,
    reasons: {
      for: [
        "Windows ends a record within 7 bytes of its content",
        ...(first === undefined ? [] : ["the hidden bytes are a whole record"]),
        ...(renumbered === undefined
          ? []
          : ["the number of the hidden record was given to the next one"]),
        ...(input.issueCounts["flags-unknown"] === undefined
          ? []
          : ["the file header has flags that Windows does not set"]),
      ],
      against: first === undefined ? ["what the bytes were cannot be told"] : [],
    },
    evidence: [...records, holder],
    first: first?.time ?? holder.time,
    last: last?.time ?? holder.time,
    attack: ["T1070", "T1565.001"],
    gaps: first === undefined ? [] : [holeOf(host, channel, holder.time, records)],
    falsePositives: [],
    checkNext: [
      "Read the hidden record: it is what somebody did not want to be seen.",
      "A tool that edits logs had to stop the event log service or to work in its memory: look for that before the file's last change.",
      "Take no record number of this log behind the hidden one as evidence.",
    ],
  });
}

/** The editor numbers what follows one down: then no number is missing behind the record that swallowed another. */
function renumberedFrom(
  { recordIds }: InputLedger,
  holder: RecordId | undefined,
  hidden: number,
): { from: number; to: number } | undefined {
  if (recordIds === undefined || typeof holder !== "number") return undefined;
  const { headerLast, gaps } = recordIds;
  if (typeof headerLast !== "number" || headerLast <= holder) return undefined;
  if (gaps.some(({ after, missing }) => after === holder && missing >= hidden)) return undefined;
  return { from: holder + 1, to: headerLast };
}

/** Small, and closed again: the records themselves are there to read. */
function holeOf(
  host: string,
  channel: string,
  from: string,
  records: readonly RecordRef[],
): ToldGap {
  return {
    host,
    channel,
    from,
    to: records.at(-1)!.time,
    missing: records.length,
    coveredBy: ["The hidden records can be read where they lie."],
    unknowable: [],
  };
}
