import type { Finding } from "../../model/finding.ts";
import type { Movement } from "../../model/movement.ts";
import type { TimelineEntry } from "../../model/report.ts";

/** How full each stretch of a period is, from few to many. */
const LEVELS = "▁▂▃▄▅▆▇█";
const EMPTY = "·";

export interface HostStrip {
  readonly host: string;
  readonly entries: number;
  /** One character a stretch of the period, the same stretches for all hosts. */
  readonly strip: string;
}

/** When each host's timeline entries fall, busiest host first; `width` characters from the first entry of all to the last. */
export function hostStrips(timeline: readonly TimelineEntry[], width: number): HostStrip[] {
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for (const { timeMs } of timeline) {
    if (timeMs < fromMs) fromMs = timeMs;
    if (timeMs > toMs) toMs = timeMs;
  }
  const span = Math.max(toMs - fromMs, 1);
  const hosts = new Map<string, { entries: number; readonly cells: number[] }>();
  for (const { timeMs, ref } of timeline) {
    let host = hosts.get(ref.host);
    if (host === undefined) {
      host = { entries: 0, cells: new Array<number>(width).fill(0) };
      hosts.set(ref.host, host);
    }
    host.entries++;
    host.cells[Math.min(Math.floor(((timeMs - fromMs) / span) * width), width - 1)]!++;
  }
  const most = Math.max(...[...hosts.values()].flatMap(({ cells }) => cells), 1);
  return [...hosts]
    .map(([host, { entries, cells }]) => ({
      host,
      entries,
      strip: cells
        .map((count) =>
          // By magnitude: one entry beside a thousand is still seen.
          count === 0
            ? EMPTY
            : LEVELS[Math.floor((Math.log1p(count) / Math.log1p(most)) * (LEVELS.length - 1))]!,
        )
        .join(""),
    }))
    .sort((a, b) => b.entries - a.entries || (a.host < b.host ? -1 : 1));
}

/** Every move of the findings once, in time order. */
export function hops(findings: readonly Finding[]): Movement[] {
  const seen = new Map<string, Movement>();
  for (const { movements = [] } of findings)
    for (const move of movements)
      seen.set([move.time, move.from, move.to, move.method, move.account].join("\n"), move);
  return [...seen.values()].sort(
    (a, b) => Date.parse(a.time) - Date.parse(b.time) || (a.from < b.from ? -1 : 1),
  );
}
