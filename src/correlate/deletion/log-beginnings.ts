import type { Finding } from "../../model/finding.ts";
import { row, say } from "../../model/phrase.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { holdsEvidence } from "./channel-knowledge.ts";
import { byPlace, type ChannelLog, channelLogs, hasRolledOver } from "./channel-logs.ts";
import { clock, deletionFinding } from "./deletion-finding.ts";
import { LOG_CLEARED } from "./log-service-want.ts";
import { gapOf } from "./witnesses.ts";

const DAY_MS = 86_400_000;
/** How many logs of the host go back further before a late beginning says something. */
const FEWEST_NEIGHBOURS = 2;

/** Logs that do not go back to their first record although they are not full, and breaks between files of one log. */
export const logBeginnings: Analyzer = {
  name: "log-beginnings",
  wants: [LOG_CLEARED],
  run: (view) => {
    if (view.filtered) return { findings: [] };
    const logs = channelLogs(view.inputs, view.story.hosts).filter(
      ({ input, whole }) => whole && (input.origin === "live-copy" || input.origin === "archived"),
    );
    const late: ChannelLog[] = [];
    const findings: Finding[] = [];
    for (const place of byPlace(logs).values()) {
      const first = place[0]!;
      if (beginsLate(first) && !isCleared(view, first)) {
        const emptier = emptierThanNeighbours(view, first, logs);
        if (emptier === undefined) late.push(first);
        else findings.push(emptier);
      }
      for (const [at, log] of place.entries())
        if (at > 0) findings.push(...breakBetween(view, place[at - 1]!, log));
    }
    return { findings: [...findings, ...lateOnes(late)] };
  },
};

function beginsLate(log: ChannelLog): boolean {
  const first = log.input.recordIds?.first;
  return (
    log.input.origin === "live-copy" && first !== undefined && first !== 1 && !hasRolledOver(log)
  );
}

/** A record of the clearing is among the inputs: then it is told with its account. */
function isCleared(view: CaseView, { host, channel }: ChannelLog): boolean {
  return view
    .of(LOG_CLEARED.kind)
    .some(
      ({ ref, fields }) =>
        view.story.hosts.nameOf(ref.host).toLowerCase() === host.toLowerCase() &&
        (ref.eventId === 1102 ? "security" : (fields.Channel ?? "").toLowerCase()) ===
          channel.toLowerCase(),
    );
}

function emptierThanNeighbours(
  view: CaseView,
  log: ChannelLog,
  logs: readonly ChannelLog[],
): Finding | undefined {
  const { host, channel, firstMs, input } = log;
  // Windows itself makes small logs of its parts anew, as at an upgrade.
  if (!holdsEvidence(channel)) return undefined;
  const older = logs.filter(
    (other) =>
      other.host === host &&
      other.channel !== channel &&
      other.firstMs < firstMs - DAY_MS &&
      other.lastMs > firstMs,
  );
  if (older.length < FEWEST_NEIGHBOURS) return undefined;
  const begin = Math.min(...older.map((other) => other.firstMs));
  return deletionFinding({
    rule: "konseki-log-emptier-than-others",
    key: [channel, input.first ?? ""],
    host,
    kind: "hypothesis",
    severity: "medium",
    confidence: "medium",
    title: "A log begins long after the others of its host",
    statement: say`${channel} of ${host} begins at ${clock(firstMs)} with record ${input.recordIds?.first}, though it is not full; ${older.length} other logs of the host go back to ${clock(begin)}.`,
    reasons: {
      for: [
        "records were written before the first one that is left",
        "a log that is not full overwrites nothing",
        "no record tells that it was cleared",
      ],
      against: ["it may have been archived or made anew by an administrator"],
    },
    evidence: input.firstRecord ? [input.firstRecord] : [],
    first: new Date(begin).toISOString(),
    last: input.first ?? "",
    attack: ["T1070.001"],
    gaps: [gapOf(view, { host, channel, fromMs: begin, toMs: firstMs })],
    falsePositives: ["The log was archived, moved or given another size."],
    alternatives: ["The log was archived when it was full: look for Archive- files beside it."],
    checkNext: [
      "Look for Archive- files and shadow copies of the log.",
      "Carve the disk for its older chunks: konseki recover.",
    ],
  });
}

/** Alone it says little: one line a host, so that the reader knows where the logs begin. */
function lateOnes(logs: readonly ChannelLog[]): Finding[] {
  const hosts = new Map<string, ChannelLog[]>();
  for (const log of logs) hosts.set(log.host, [...(hosts.get(log.host) ?? []), log]);
  return [...hosts].map(([host, own]) =>
    deletionFinding({
      rule: "konseki-log-begins-late",
      key: own.map(({ channel, input }) => `${channel} ${input.recordIds?.first}`).sort(),
      host,
      kind: "fact",
      severity: "low",
      confidence: "high",
      title: "Logs do not go back to their first record though they are not full",
      statement: say`On ${host}: ${row(
        own
          .slice(0, 10)
          .map(
            ({ channel, input, firstMs }) =>
              say`${channel} begins with record ${input.recordIds?.first} at ${clock(firstMs)}`,
          ),
        "; ",
      )}. They were cleared, archived or given another size before that.`,
      reasons: { for: ["record numbers go on when a log is cleared"], against: [] },
      evidence: own.flatMap(({ input }) => input.firstRecord ?? []),
      first: new Date(Math.min(...own.map(({ firstMs }) => firstMs))).toISOString(),
      last: new Date(Math.max(...own.map(({ firstMs }) => firstMs))).toISOString(),
      attack: [],
      falsePositives: ["Logs that were cleared or archived long ago by their administrator."],
      checkNext: ["Ask for archives and collected copies of the time before."],
    }),
  );
}

/** Two files of one log, one after the other: their numbers should join. */
function breakBetween(view: CaseView, before: ChannelLog, after: ChannelLog): Finding[] {
  const last = before.input.recordIds?.last;
  const first = after.input.recordIds?.first;
  if (typeof last !== "number" || typeof first !== "number") return [];
  if (after.firstMs < before.lastMs || first === last + 1) return [];
  const { host, channel } = after;
  const restarted = first <= last;
  if (restarted && isCleared(view, after)) return [];
  return [
    deletionFinding({
      rule: restarted ? "konseki-log-made-anew" : "konseki-hole-between-files",
      key: [channel, String(last), String(first), after.input.first ?? ""],
      host,
      kind: restarted ? "hypothesis" : "fact",
      severity: restarted ? "medium" : "low",
      confidence: restarted ? "medium" : "high",
      title: restarted
        ? "A log's numbers start anew"
        : "Records between two files of a log are not here",
      statement: restarted
        ? say`${channel} of ${host} had reached record ${last} at ${clock(before.lastMs)}; the newer file begins with record ${first} at ${clock(after.firstMs)}: the log was deleted and made anew.`
        : say`${channel} of ${host}: ${first - last - 1} records between ${clock(before.lastMs)} and ${clock(after.firstMs)} are in none of the inputs.`,
      reasons: {
        for: [
          restarted
            ? "record numbers go on when a log is cleared or archived, and start anew only in a new file"
            : "the numbers of the two files do not join",
        ],
        against: restarted ? ["Windows may have been installed anew"] : [],
      },
      evidence: after.input.firstRecord ? [after.input.firstRecord] : [],
      first: before.input.last ?? "",
      last: after.input.first ?? "",
      attack: restarted ? ["T1070.001"] : [],
      gaps: [
        gapOf(view, {
          host,
          channel,
          fromMs: before.lastMs,
          toMs: after.firstMs,
          missing: restarted ? 0 : first - last - 1,
        }),
      ],
      falsePositives: restarted
        ? ["Windows was installed anew, or the log file was damaged and replaced."]
        : ["An archive or shadow copy of the time between was not collected."],
      ...(restarted && {
        alternatives: [
          "Windows found the file damaged and began a new one: it then keeps the old one.",
        ],
      }),
      checkNext: ["Ask for the archives and shadow copies of the time between."],
    }),
  ];
}
