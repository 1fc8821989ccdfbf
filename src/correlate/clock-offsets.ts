import { accountKey } from "./analyzer-finding.ts";
import type { MoveDraft } from "./move-draft.ts";
import { PairMap } from "./pair-map.ts";
import { listAt, lowerBound } from "./time-index.ts";

/** What both sides tell of one source and destination. */
interface PairMoves {
  readonly out: MoveDraft[];
  readonly in: MoveDraft[];
}

/** How far one host's clock is ahead of another's, by the connections that both recorded. */
export interface PairOffset {
  readonly from: string;
  readonly to: string;
  /** Destination's clock less the source's. */
  readonly aheadMs: number;
  /** Connections that agree. */
  readonly agreeing: number;
}

/** Clocks further apart than this are not recognised. */
const MOST_OFFSET_MS = 15 * 60_000;
/** What two honest clocks and a connection's own duration may differ by. */
const SLACK_MS = 45_000;
const MOST_PER_PAIR = 2_000;

/**
 * For every pair of hosts the offset by which most connections of one side meet one of the other. Clocks that
 * agree stay as they are unless another offset explains more connections.
 */
export function pairOffsets(
  departures: readonly MoveDraft[],
  arrivals: readonly MoveDraft[],
): PairOffset[] {
  const byPair = new PairMap<PairMoves>();
  const pairs: PairMoves[] = [];
  const at = (move: MoveDraft) => {
    let pair = byPair.get(move.from, move.to);
    if (pair === undefined) {
      pair = { out: [], in: [] };
      byPair.set(move.from, move.to, pair);
      pairs.push(pair);
    }
    return pair;
  };
  for (const move of departures) if (move.succeeded) at(move).out.push(move);
  // Pairs that no source tells of have nothing to compare.
  for (const move of arrivals) if (move.succeeded) byPair.get(move.from, move.to)?.in.push(move);
  const offsets: PairOffset[] = [];
  for (const pair of pairs) {
    const [first] = pair.out;
    if (first === undefined || pair.in.length === 0) continue;
    const best = bestOffset(pair.out.slice(0, MOST_PER_PAIR), pair.in);
    if (best !== undefined) offsets.push({ from: first.from, to: first.to, ...best });
  }
  return offsets;
}

function bestOffset(
  out: readonly MoveDraft[],
  arrived: readonly MoveDraft[],
): { aheadMs: number; agreeing: number } | undefined {
  const differences: { ms: number; source: number }[] = [];
  out.forEach((departure, source) => {
    const account = accountKey(departure.account);
    const start = lowerBound(arrived, departure.timeMs - MOST_OFFSET_MS, (move) => move.timeMs);
    for (let at = start; at < arrived.length; at++) {
      const arrival = arrived[at]!;
      const ms = arrival.timeMs - departure.timeMs;
      if (ms > MOST_OFFSET_MS) break;
      if (account !== "" && accountKey(arrival.account) !== account) continue;
      if (!sameWay(departure, arrival)) continue;
      differences.push({ ms, source });
    }
  });
  if (differences.length === 0) return undefined;
  differences.sort((a, b) => a.ms - b.ms);
  let best = { from: 0, to: 0, agreeing: 0 };
  let low = 0;
  const inside = new Map<number, number>();
  for (const [high, { ms, source }] of differences.entries()) {
    inside.set(source, (inside.get(source) ?? 0) + 1);
    while (ms - differences[low]!.ms > SLACK_MS) {
      const left = differences[low++]!.source;
      const count = (inside.get(left) ?? 1) - 1;
      if (count === 0) inside.delete(left);
      else inside.set(left, count);
    }
    const agreeing = inside.size;
    const nearer =
      agreeing === best.agreeing &&
      Math.abs(differences[low]!.ms) < Math.abs(differences[best.from]!.ms);
    if (agreeing > best.agreeing || nearer) best = { from: low, to: high, agreeing };
  }
  const honest = new Set(
    differences.filter(({ ms }) => Math.abs(ms) <= SLACK_MS).map(({ source }) => source),
  ).size;
  const middle = differences[Math.floor((best.from + best.to) / 2)]!.ms;
  return honest >= best.agreeing || Math.abs(middle) <= SLACK_MS
    ? { aheadMs: 0, agreeing: Math.max(honest, best.agreeing) }
    : { aheadMs: middle, agreeing: best.agreeing };
}

function sameWay(departure: MoveDraft, arrival: MoveDraft): boolean {
  if (departure.method === "explicit credentials" || arrival.method === "network logon")
    return true;
  return departure.method === arrival.method;
}

/** Each host's clock against those of most hosts, by going from pair to pair; hosts that no pair names are absent. */
export function hostOffsets(pairs: readonly PairOffset[]): Map<string, number> {
  const links = new Map<string, { to: string; aheadMs: number; agreeing: number }[]>();
  for (const { from, to, aheadMs, agreeing } of pairs) {
    listAt(links, from).push({ to, aheadMs, agreeing });
    listAt(links, to).push({ to: from, aheadMs: -aheadMs, agreeing });
  }
  const offsets = new Map<string, number>();
  for (const start of [...links.keys()].sort()) {
    if (offsets.has(start)) continue;
    const group = new Map<string, number>([[start, 0]]);
    const queue = [start];
    for (let host = queue.shift(); host !== undefined; host = queue.shift()) {
      const own = group.get(host) ?? 0;
      for (const { to, aheadMs } of links.get(host)!.sort((a, b) => b.agreeing - a.agreeing))
        if (!group.has(to)) {
          group.set(to, own + aheadMs);
          queue.push(to);
        }
    }
    // The clock that most hosts share is taken for the right one.
    const sorted = [...group.values()].sort((a, b) => a - b);
    const right = commonest(sorted);
    for (const [host, ms] of group) {
      const off = ms - right;
      offsets.set(host, Math.abs(off) <= SLACK_MS ? 0 : off);
    }
  }
  return offsets;
}

/** The value that has most others near it; the list is sorted. */
function commonest(sorted: readonly number[]): number {
  let best = sorted[0] ?? 0;
  let most = 0;
  let low = 0;
  for (const [high, value] of sorted.entries()) {
    while (value - sorted[low]! > SLACK_MS) low++;
    if (high - low + 1 > most) {
      most = high - low + 1;
      best = sorted[Math.floor((low + high) / 2)]!;
    }
  }
  return best;
}
