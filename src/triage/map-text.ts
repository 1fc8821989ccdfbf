import { parseEventXml } from "../input/event-xml.ts";
import { parseJsonLines } from "../input/jsonl.ts";
import type { TextLogSummary } from "../input/text-log.ts";
import type { InputLedger } from "../model/ledger.ts";
import { LogMapper, type MapOptions, type MapPlan, type MapResult } from "./log-mapper.ts";

/** Maps a text log: Event XML or JSON lines. */
export function mapText(
  text: string,
  kind: "event-xml" | "jsonl",
  file: string,
  size: number,
  plan: MapPlan,
  options: MapOptions,
): MapResult {
  const mapper = new LogMapper(plan, file);
  const hosts = new Set<string>();
  const channels = new Map<string, number>();
  let first: string | null = null;
  let last: string | null = null;
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  const parse = kind === "jsonl" ? parseJsonLines : parseEventXml;
  const summary = parse(text, file, {
    onEvent(event) {
      if (hosts.size < 10_000) hosts.add(event.computer);
      if (channels.size < 10_000)
        channels.set(event.channel, (channels.get(event.channel) ?? 0) + 1);
      if (event.timeMs < firstMs) {
        firstMs = event.timeMs;
        first = event.time;
      }
      if (event.timeMs > lastMs) {
        lastMs = event.timeMs;
        last = event.time;
      }
      mapper.event(event);
    },
    ...(options.onIssue && { onIssue: options.onIssue }),
  });
  return mapper.finish({
    path: file,
    kind,
    ...textVerdict(summary),
    size,
    sha256: options.sha256(),
    records: {
      expected: null,
      read: summary.events,
      repaired: 0,
      partial: 0,
      lost: summary.lost,
      recovered: 0,
    },
    first,
    last,
    hosts: [...hosts],
    channels: [...channels].map(([channel, records]) => ({ channel, records })),
    issues: summary.issues,
    issueCounts: summary.issueCounts,
  });
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
