import type { Finding } from "../../model/finding.ts";
import type { RecordIdGap, TimeStepBack } from "../../model/ledger.ts";
import { say } from "../../model/phrase.ts";
import type { RecordRef } from "../../model/record-ref.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { cite } from "../analyzer-finding.ts";
import { type ChannelLog, channelLogs } from "./channel-logs.ts";
import { clock, deletionFinding } from "./deletion-finding.ts";
import { copiesOf, gapOf } from "./witnesses.ts";

/** Gaps told one by one in one finding; a log of nothing but gaps was not edited record by record. */
const MOST_HOLES = 50;

/** Records that a log's own numbering says were there and that no damage explains. */
export const missingRecords: Analyzer = {
  name: "missing-records",
  wants: [],
  run: (view) => {
    if (view.filtered) return { findings: [] };
    return {
      findings: channelLogs(view.inputs, view.story.hosts).flatMap((log) => [
        ...holes(view, log),
        ...stepsBack(log),
      ]),
    };
  },
};

function holes(view: CaseView, log: ChannelLog): Finding[] {
  const { input, host, channel } = log;
  const ids = input.recordIds;
  if (ids === undefined || !log.whole) return [];
  const found = unexplained(log).filter(({ missing }) => missing > 0);
  if (found.length === 0) return [];
  const missing = found.reduce((sum, gap) => sum + gap.missing, 0);
  const shown = found.slice(0, MOST_HOLES);
  const first = shown[0]!;
  const last = shown.at(-1)!;
  const evidence = shown.flatMap((gap) => refsOf(log, gap));
  const dark = shown.map((gap) => ({
    host,
    channel,
    fromMs: Date.parse(gap.lastTime),
    toMs: Date.parse(gap.nextTime),
    missing: gap.missing,
    holder: input.path,
  }));
  const proven = dark.some((one) => copiesOf(view, one, one.fromMs).length > 0);
  return [
    deletionFinding({
      rule: "konseki-missing-records",
      key: [channel, String(first.after), String(first.before), first.lastTime],
      host,
      kind: "hypothesis",
      severity: "high",
      confidence: proven ? "high" : input.status === "read" ? "medium" : "low",
      title: "Records are missing from the middle of a log",
      statement: say`${missing} records between ${clock(first.lastTime)} and ${clock(last.nextTime)} are not in ${channel} of ${host}: its record ids jump from ${first.after} to ${first.before}${found.length > 1 ? say` and in ${found.length - 1} more places` : ""}.`,
      reasons: {
        for: [
          cite("Windows numbers the records of a log without gaps", evidence),
          ...(proven ? ["another copy of the log has records of that time"] : []),
          "no damage and no unwritten part of the file lies where the numbers jump",
        ],
        against: input.status === "read" ? [] : ["other parts of the file are damaged"],
      },
      evidence,
      first: first.lastTime,
      last: last.nextTime,
      attack: ["T1070"],
      gaps: dark.map((one) => gapOf(view, one)),
      falsePositives: [
        "A log copied while it was being written can lose a block between two copies.",
      ],
      alternatives: [
        "A filtered export leaves such jumps: less likely, because the record headers keep the original numbers.",
        "A block was lost when the file was copied: less likely, because no damage lies at the jump.",
      ],
      checkNext: [
        "Compare the records around the jump with a shadow copy or an archive of the same log.",
        "Search the log's slack and the disk for the missing numbers: konseki recover.",
      ],
    }),
  ];
}

/** Ids that repeat or go back inside a file where no ring's seam explains it. */
function stepsBack(log: ChannelLog): Finding[] {
  const { input, host, channel } = log;
  if (!log.whole) return [];
  const seams = (input.recordIds?.gaps ?? []).filter(({ cause }) => cause === "ring-seam");
  const odd = [
    ...unexplained(log).filter(({ missing }) => missing === 0),
    ...(input.status === "read" ? seams.slice(1) : []),
  ];
  if (odd.length === 0) return [];
  const first = odd[0]!;
  return [
    deletionFinding({
      rule: "konseki-ids-step-back",
      key: [channel, String(first.after), String(first.before), first.lastTime],
      host,
      kind: "hypothesis",
      severity: "medium",
      confidence: input.status === "read" ? "medium" : "low",
      title: "Record ids repeat or go back",
      statement: say`In ${channel} of ${host}, record ${first.after} is followed by record ${first.before} (${clock(first.nextTime)})${odd.length > 1 ? say`, and ids go back in ${odd.length - 1} more places` : ""}.`,
      reasons: {
        for: [
          "Windows numbers the records of a log upwards, and starts over nowhere but at a ring's seam",
        ],
        against: input.status === "read" ? [] : ["other parts of the file are damaged"],
      },
      evidence: odd.slice(0, MOST_HOLES).flatMap((gap) => refsOf(log, gap)),
      first: first.lastTime,
      last: odd.at(-1)!.nextTime,
      attack: ["T1070"],
      falsePositives: ["A copy of a log in use can mix blocks of different times."],
      alternatives: [
        "The file was copied while Windows wrote it, and blocks of two times stand side by side.",
      ],
      checkNext: ["Look at the chunk in which it happens: the ledger gives its offset."],
    }),
  ];
}

/**
 * A damaged log, such as a shadow copy, mixes blocks of several times: then jumps from chunk to chunk, and in a
 * chunk about which there is an issue, say nothing.
 */
function unexplained({ input }: ChannelLog): RecordIdGap[] {
  const gaps = (input.recordIds?.gaps ?? []).filter(({ cause }) => cause === "none");
  if (input.status === "read") return gaps;
  const torn = new Set(input.issues.map(({ chunk }) => chunk));
  const listed = input.issues.length;
  const all = Object.values(input.issueCounts).reduce((sum, count) => sum + count, 0);
  if (all > listed) return [];
  return gaps.filter(({ next }) => next?.firstOfChunk === false && !torn.has(next.chunk));
}

/** The record behind the jump. */
export function refsOf({ input }: ChannelLog, gap: RecordIdGap | TimeStepBack): RecordRef[] {
  if (gap.next === undefined) return [];
  const { channel, provider, eventId, host, headerRecordId, chunk } = gap.next;
  return [
    {
      file: input.path,
      channel,
      provider,
      eventId,
      recordId: gap.before,
      headerRecordId,
      time: gap.nextTime,
      host,
      state: "live",
      fileOffset: gap.fileOffset,
      chunk,
    },
  ];
}
