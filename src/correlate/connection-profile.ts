import { type Connection, programName } from "./connections.ts";

/** How one destination is used: what a beacon, an update service or a browser gives away. */
export interface ConnectionProfile {
  readonly destination: string;
  /** Name that records give to an address. */
  readonly name?: string;
  /** In order of time. */
  readonly connections: readonly Connection[];
  /** Median of the intervals of each host, ms; undefined with fewer than three connections. */
  readonly periodMs?: number;
  /** Robust deviation of the intervals over their median: 0 = like a clock. */
  readonly jitter?: number;
  /** Part of the intervals within a quarter of the median. */
  readonly steady?: number;
  readonly programs: ReadonlySet<string>;
  readonly ports: ReadonlySet<string>;
  readonly hosts: ReadonlySet<string>;
  /** Connections by hour of the day, UTC. */
  readonly hours: readonly number[];
  /** Repeats included. */
  readonly count: number;
  readonly spanMs: number;
}

/** Intervals of one profile that are looked at; more change no median. */
const MOST_TIMES = 5000;

/** The profile of connections that belong together. They have to be in order of time, and at least one. */
export function profileOf(connections: readonly Connection[]): ConnectionProfile {
  const first = connections[0]!;
  const lastTimes = new Map<string, number>();
  const intervals: number[] = [];
  const hours = new Array<number>(24).fill(0);
  let count = 0;
  for (const { timeMs, host, count: repeats } of connections) {
    const before = lastTimes.get(host);
    if (before !== undefined && intervals.length < MOST_TIMES) intervals.push(timeMs - before);
    lastTimes.set(host, timeMs);
    const hour = Math.floor(timeMs / 3_600_000) % 24;
    hours[hour] = hours[hour]! + 1;
    count += repeats;
  }
  const named = connections.find(({ name }) => name !== undefined)?.name;
  const period = intervals.length < 2 ? undefined : median(intervals);
  const rhythm =
    period === undefined || period <= 0
      ? {}
      : {
          periodMs: period,
          jitter: (1.4826 * median(intervals.map((each) => Math.abs(each - period)))) / period,
          steady:
            intervals.filter((each) => Math.abs(each - period) <= period / 4).length /
            intervals.length,
        };
  return {
    destination: first.destination,
    ...(named !== undefined && { name: named }),
    connections,
    ...rhythm,
    programs: new Set(connections.map(({ program }) => programName(program))),
    ports: new Set(connections.map(({ port }) => port)),
    hosts: new Set(connections.map(({ host }) => host)),
    hours,
    count,
    spanMs: connections.at(-1)!.timeMs - first.timeMs,
  };
}

/** Connections by a key, each list in order of time. */
export function groupConnections(
  connections: readonly Connection[],
  keyOf: (connection: Connection) => string,
): Map<string, Connection[]> {
  const groups = new Map<string, Connection[]>();
  for (const connection of connections) {
    const key = keyOf(connection);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [connection]);
    else group.push(connection);
  }
  return groups;
}

/** Of at least one number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
