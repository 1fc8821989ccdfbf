import type { Finding } from "../../model/finding.ts";
import { say } from "../../model/phrase.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { type ChannelLog, channelLogs, folderOf, isNamedAsLive } from "./channel-logs.ts";
import { clock, deletionFinding } from "./deletion-finding.ts";
import { refsOf } from "./missing-records.ts";
import { gapOf } from "./witnesses.ts";

/** A filter for what somebody wants to see leaves out most of a log in many places; an editor takes out little in few. */
const MOST_EDITED_SHARE = 0.2;
const MOST_EDITED_HOLES = 20;
/** So few records are a selection. */
const FEWEST_RECORDS = 50;
/** Live copies beside it that tell that a folder was collected from a running machine. */
const FEWEST_LIVE_SIBLINGS = 2;

/**
 * Logs whose record headers are numbered anew while EventRecordIDs jump: an export with a filter. Editors that
 * rewrite a log through the export interface and put it back leave the very same, but in the place of a live log.
 */
export const editedExport: Analyzer = {
  name: "edited-export",
  wants: [],
  run: (view) => {
    if (view.filtered) return { findings: [] };
    const logs = channelLogs(view.inputs, view.story.hosts);
    return {
      findings: logs
        .filter(({ input }) => input.origin === "filtered-export")
        .flatMap((log) => told(view, log, logs)),
    };
  },
};

function told(view: CaseView, log: ChannelLog, logs: readonly ChannelLog[]): Finding[] {
  const { input, host, channel } = log;
  const holes = (input.recordIds?.gaps ?? []).filter(
    ({ cause, missing }) => cause === "none" && missing > 0,
  );
  const [first] = holes;
  const last = holes.at(-1);
  if (first === undefined || last === undefined) return [];
  const missing = holes.reduce((sum, gap) => sum + gap.missing, 0);
  const { read } = input.records;
  if (!isNamedAsLive(log)) return [];
  const edited =
    holes.length <= MOST_EDITED_HOLES &&
    read >= FEWEST_RECORDS &&
    missing / (missing + read) <= MOST_EDITED_SHARE;
  const folder = folderOf(input.path);
  const live = logs.filter(
    (other) =>
      other.host === host &&
      other.input.origin === "live-copy" &&
      folderOf(other.input.path) === folder,
  ).length;
  const inLivePlace = live >= FEWEST_LIVE_SIBLINGS;
  if (!edited && !inLivePlace) return [];
  return [
    deletionFinding({
      rule: "konseki-edited-export",
      key: [channel, String(first.after), String(first.before), first.lastTime],
      host,
      kind: "hypothesis",
      severity: edited && inLivePlace ? "high" : "medium",
      confidence: inLivePlace ? "medium" : "low",
      title: "A log was rewritten without some of its records",
      statement: say`${channel} of ${host} was written by an export that left ${missing} records out, in ${holes.length} places from ${clock(first.lastTime)} to ${clock(last.nextTime)}${inLivePlace ? say`, and lies among logs taken from the running machine` : ""}.`,
      reasons: {
        for: [
          "record headers are numbered from 1 without gaps, EventRecordIDs jump",
          "the file has the name of the live log",
          ...(edited ? ["little is left out, in few places"] : []),
          ...(inLivePlace ? ["a log in use is never written this way"] : []),
        ],
        against: [
          ...(inLivePlace ? [] : ["a filtered export that somebody made looks the same"]),
          ...(edited ? [] : ["much is left out, as by a filter"]),
        ],
      },
      evidence: holes.slice(0, MOST_EDITED_HOLES).flatMap((gap) => refsOf(log, gap)),
      first: first.lastTime,
      last: last.nextTime,
      attack: ["T1070"],
      gaps: holes.slice(0, MOST_EDITED_HOLES).map((gap) =>
        gapOf(view, {
          host,
          channel,
          fromMs: Date.parse(gap.lastTime),
          toMs: Date.parse(gap.nextTime),
          missing: gap.missing,
          holder: input.path,
        }),
      ),
      falsePositives: ["A log that a colleague saved with a filter for the case."],
      alternatives: [
        inLivePlace
          ? "Somebody saved a filtered log under the name of the live one: less likely among logs collected together."
          : "Somebody saved the log with a filter.",
      ],
      checkNext: [
        "Ask who made the file, and with which query.",
        "Compare it with a shadow copy, an archive or a collector's copy of the same log.",
      ],
    }),
  ];
}
