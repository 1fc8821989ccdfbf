import type { Finding } from "../../model/finding.ts";
import { say } from "../../model/phrase.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { accountKey, analyzerFinding, cite } from "../analyzer-finding.ts";
import { nameKey } from "../host-names.ts";
import { NEW_WAY } from "../statistics-limits.ts";
import type { Move } from "../story.ts";
import { minute } from "../told-times.ts";
import { WayMap, wayList } from "../way-map.ts";
import { habitsOf } from "./habits.ts";
import {
  DAY_MS,
  firstLogMs,
  HOUR_MS,
  listed,
  movementOf,
  placeToLook,
  refsOf,
  who,
} from "./move-words.ts";

/** Ways whose rarity is told. */
const MOST_TOLD = 10;

/** A way that an account had not gone before, and all that go it since. */
interface NewWay {
  readonly moves: readonly Move[];
  /** -log((n + 1) / (N + k)): n moves of N go this way, one of k. */
  readonly rarity: number;
}

/**
 * Ways by which an account ruled a machine for the first time, after days in which it did not, and that are rare among
 * all moves. Ways that a path tells of already are left to it: there, being new is one of the reasons.
 */
export const newWayAnalyzer: Analyzer = {
  name: "new ways",
  wants: [],
  run(view) {
    if (view.filtered) return { findings: [] };
    const { moves } = view.story;
    const since = firstLogMs(view) ?? moves[0]?.timeMs ?? 0;
    const habits = habitsOf(view);
    const told = pathWays(view);
    const ways = new WayMap<Move[]>();
    const fresh: Move[][] = [];
    let count = 0;
    let total = 0;
    for (const move of moves) {
      const account = accountKey(move.account);
      if (!move.succeeded || account === "" || account.endsWith("$") || move.from === move.to)
        continue;
      total++;
      const way = wayList(ways, nameKey(move.from), nameKey(move.to), account);
      if (way.push(move) > 1) continue;
      count++;
      const rules =
        move.method !== "explicit credentials" &&
        (move.method !== "network logon" || move.session?.elevated === true);
      if (
        rules &&
        move.timeMs - since >= NEW_WAY.learningMs &&
        habits.isFirst(move) &&
        !told.has(wayKey(move))
      )
        fresh.push(way);
    }
    const byAccount = new Map<string, NewWay[]>();
    for (const own of fresh) {
      const rarity = -Math.log((own.length + 1) / (total + count));
      // Among few moves every one is rare.
      if (total >= NEW_WAY.leastMoves && rarity < NEW_WAY.leastRarity) continue;
      const account = accountKey(own[0]!.account);
      const list = byAccount.get(account);
      if (list === undefined) byAccount.set(account, [{ moves: own, rarity }]);
      else list.push({ moves: own, rarity });
    }
    return { findings: [...byAccount].map(([account, list]) => newWays(account, list, total)) };
  },
};

function wayKey({ from, to, account }: { from: string; to: string; account?: string }): string {
  return `${from}\n${to}\n${accountKey(account ?? "")}`.toLowerCase();
}

function pathWays({ findings }: CaseView): ReadonlySet<string> {
  return new Set(
    findings
      .filter(({ rule }) => rule.id === "lateral-path")
      .flatMap(({ movements = [] }) => movements.map(wayKey)),
  );
}

function newWays(account: string, ways: readonly NewWay[], total: number): Finding {
  const moves = ways.flatMap(({ moves: own }) => own).sort((a, b) => a.timeMs - b.timeMs);
  const first = moves[0]!;
  const pairs = ways.map(({ moves: [move] }) => `${move!.from} → ${move!.to}`);
  return analyzerFinding({
    rule: "first-seen-way",
    same: [account],
    kind: "hypothesis",
    severity: "low",
    // A statistic alone is never sure, however many ways it counts.
    confidence: "low",
    title: "An account went ways it had not gone before",
    statement: say`${who(first)} first used ${pairs.length === 1 ? say`this way` : say`${pairs.length} ways`} after days without: ${listed(pairs)}, from ${minute(first.timeMs)}.`,
    attack: ["T1021"],
    evidence: refsOf(moves),
    reasonsFor: [
      cite(
        pairs.length === 1
          ? "a pair of machines is new for this account"
          : say`${pairs.length} pairs of machines are new for this account`,
        refsOf(moves),
      ),
      ...ways
        .slice(0, MOST_TOLD)
        .map(({ moves: own, rarity }) =>
          cite(
            say`${own.length} of ${total} moves go this way: rarity ${rarity.toFixed(1)}`,
            refsOf(own),
          ),
        ),
    ],
    reasonsAgainst: ["work that comes once a week or a month looks new in short logs"],
    accounts: [first.account],
    movements: moves.map(movementOf),
    falsePositives: ["a new task of an administrator, a new machine, patch days"],
    alternatives: ["rare but ordinary work: a change ticket would name it"],
    checkNext: [
      say`whether the account's other sessions of that day are its owner's ${placeToLook([first.from], "Security 4624, 4648 and 4778", first.timeMs - DAY_MS, first.timeMs + HOUR_MS)}`,
    ],
    askCustomer: ["Was this account meant to go this way?"],
  });
}
