import { parseEventXml } from "../input/event-xml.ts";
import type { TextEvent } from "../input/json-event.ts";
import { parseJsonLines } from "../input/jsonl.ts";
import type { TextLogSummary } from "../input/text-log.ts";
import type { Issue, IssueSink } from "../model/issue.ts";
import { IssueLog } from "../model/issue-log.ts";
import type { InputLedger } from "../model/ledger.ts";
import { LogMapper, type MapOptions, type MapPlan, type MapResult } from "./log-mapper.ts";

export type TextKind = "event-xml" | "jsonl";

export interface TextLog {
  readonly text: string;
  readonly kind: TextKind;
  readonly file: string;
  /** Bytes of the input, and the hex SHA-256 over them. */
  readonly size: number;
  readonly sha256: () => string;
}

/** Maps a text log: Event XML or JSON lines. */
export function mapText(
  text: string,
  kind: TextKind,
  file: string,
  size: number,
  plan: MapPlan,
  options: MapOptions,
): MapResult {
  const mapper = new LogMapper(plan, file);
  const ledger = readTextLog(
    { text, kind, file, size, sha256: options.sha256 },
    (event) => (event.state === "live" ? mapper.event(event) : mapper.recovered(event)),
    options.onIssue,
  );
  return mapper.finish(ledger);
}

/** Reads a text log event by event. Returns its ledger line. */
export function readTextLog(
  { text, kind, file, size, sha256 }: TextLog,
  onEvent: (event: TextEvent) => void,
  onIssue?: IssueSink,
): InputLedger {
  const hosts = new Set<string>();
  const channels = new Map<string, number>();
  const period = { first: null as string | null, last: null as string | null };
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  const times = new IssueLog(onIssue);
  const parse = kind === "jsonl" ? parseJsonLines : parseEventXml;
  const summary = parse(text, file, {
    onEvent(event) {
      if (hosts.size < 10_000) hosts.add(event.computer);
      if (channels.size < 10_000)
        channels.set(event.channel, (channels.get(event.channel) ?? 0) + 1);
      if (!event.hasTime) times.add(unreadableTime(file, event.line));
      else {
        if (event.timeMs < firstMs) {
          firstMs = event.timeMs;
          period.first = event.time;
        }
        if (event.timeMs > lastMs) {
          lastMs = event.timeMs;
          period.last = event.time;
        }
      }
      onEvent(event);
    },
    ...(onIssue && { onIssue }),
  });
  return {
    path: file,
    kind,
    ...textVerdict(summary),
    size,
    sha256: sha256(),
    records: {
      expected: null,
      read: summary.events,
      repaired: 0,
      partial: 0,
      lost: summary.lost,
      recovered: 0,
    },
    ...period,
    hosts: [...hosts],
    channels: [...channels].map(([channel, records]) => ({ channel, records })),
    issues: [...summary.issues, ...times.issues],
    issueCounts: { ...summary.issueCounts, ...times.counts },
  };
}

function unreadableTime(source: string, line: number | undefined): Issue {
  return {
    code: "time-unreadable",
    severity: "warning",
    message: `${line === undefined ? "an event" : `line ${line}: the event`} has no readable time and stands at 1970`,
    source,
    ...(line !== undefined && { line }),
  };
}

function textVerdict({ events, lost }: TextLogSummary): Pick<InputLedger, "status" | "reason"> {
  if (events === 0)
    return {
      status: "unread",
      reason: lost > 0 ? `none of ${lost} entries is a Windows event` : "no Windows event in it",
    };
  if (lost > 0)
    return { status: "partial", reason: `${lost} of ${events + lost} entries could not be read` };
  return { status: "read", reason: "" };
}
