import { accountKey } from "../analyzer-finding.ts";
import type { Move, MoveMethod } from "../story.ts";
import type { Habits } from "./habits.ts";
import { DAY_MS } from "./move-words.ts";

/** Moves that continue each other. Hops are in order of time, each way once. */
export interface MovePath {
  readonly hops: readonly Move[];
  /** Hops that go on from where an earlier one arrived. */
  readonly links: number;
  /** All moves of it, repeats too. */
  readonly moves: readonly Move[];
}

/** Ways by which somebody rules the other machine, not just reads from it. */
const RULING: ReadonlySet<MoveMethod> = new Set([
  "RDP",
  "SSH",
  "service",
  "task",
  "WMI",
  "WinRM",
  "DCOM",
  "SMB",
]);
/** Who goes on from a machine does so within this time of having come. */
const ONWARD_MS = DAY_MS;
/** With the credentials of another account, sooner. */
const OTHER_ACCOUNT_MS = DAY_MS / 2;
/** Arrivals by other accounts that are looked at per machine. */
const MOST_ACCOUNTS = 64;

/** A move that may be part of an intruder's way. */
export function isCandidate(move: Move, habits: Habits): boolean {
  const account = accountKey(move.account);
  return (
    move.succeeded &&
    move.from !== move.to &&
    !account.endsWith("$") &&
    (RULING.has(move.method) ||
      (move.method === "network logon" && move.session?.elevated === true) ||
      (move.method === "explicit credentials" && account !== "")) &&
    !habits.isHabit(move)
  );
}

/** Ways of two hops or more among moves that are no habit. Moves are in order of time. */
export function findPaths(moves: readonly Move[], habits: Habits): MovePath[] {
  const candidates = moves.filter((move) => isCandidate(move, habits));
  const group = candidates.map((_, at) => at);
  const root = (at: number): number => {
    let top = at;
    while (group[top] !== top) {
      group[top] = group[group[top]!]!;
      top = group[top]!;
    }
    return top;
  };
  /** Machine -> account -> the last one that came. */
  const arrived = new Map<string, Map<string, number>>();
  const ways = new Map<string, number>();
  const linked = new Set<number>();
  candidates.forEach((move, at) => {
    const account = accountKey(move.account);
    for (const [other, before] of arrived.get(move.from) ?? []) {
      const earlier = candidates[before]!;
      const gap = move.timeMs - earlier.timeMs;
      if (gap > (other === account ? ONWARD_MS : OTHER_ACCOUNT_MS)) continue;
      if (earlier.from === move.to) continue;
      linked.add(at);
      group[root(at)] = root(before);
    }
    const way = `${move.from}\n${move.to}\n${account}`;
    const same = ways.get(way);
    if (same !== undefined && move.timeMs - candidates[same]!.timeMs <= ONWARD_MS)
      group[root(at)] = root(same);
    ways.set(way, at);
    const there = arrived.get(move.to);
    if (there === undefined) arrived.set(move.to, new Map([[account, at]]));
    else {
      there.delete(account);
      there.set(account, at);
      if (there.size > MOST_ACCOUNTS) there.delete(there.keys().next().value!);
    }
  });
  const paths = new Map<number, { moves: Move[]; links: number }>();
  candidates.forEach((move, at) => {
    const top = root(at);
    const path = paths.get(top);
    if (path === undefined) paths.set(top, { moves: [move], links: linked.has(at) ? 1 : 0 });
    else {
      path.moves.push(move);
      if (linked.has(at)) path.links++;
    }
  });
  return [...paths.values()]
    .filter(({ links }) => links > 0)
    .map(({ moves: all, links }) => ({ moves: all, links, hops: oneAWay(all) }));
}

/** The first move of each way; what says more of the method counts over what was seen first. */
function oneAWay(moves: readonly Move[]): Move[] {
  const ways = new Map<string, Move>();
  for (const move of moves) {
    const key = `${move.from}\n${move.to}\n${accountKey(move.account)}`;
    const first = ways.get(key);
    if (first === undefined) ways.set(key, move);
    else if (!RULING.has(first.method) && RULING.has(move.method))
      ways.set(key, at(move, first.timeMs));
  }
  return [...ways.values()].sort((a, b) => a.timeMs - b.timeMs);
}

/** The same move at another time. */
function at(move: Move, timeMs: number): Move {
  const { from, to, method, account, domain, succeeded, sides, evidence, session } = move;
  const { uncertain = [], count = 1 } = move;
  return {
    from,
    to,
    timeMs,
    method,
    account,
    domain,
    succeeded,
    sides,
    evidence,
    session,
    uncertain,
    count,
  };
}
