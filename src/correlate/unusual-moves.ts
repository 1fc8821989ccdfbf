import type { Finding } from "../model/finding.ts";
import { ownWords, say } from "../model/phrase.ts";
import type { Analyzer } from "./analyzer.ts";
import { accountKey, analyzerFinding, cite } from "./analyzer-finding.ts";
import { OFF_HOURS, RARE_EDGE } from "./statistics-limits.ts";
import type { LogonSession, Move } from "./story.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const QUARTERS = 96;
const MOST_FINDINGS = 30;
const MOST_REFS = 200;
/** Logon types of somebody who sits there or works from afar. */
const WORKING = new Set([2, 7, 8, 10, 11]);

/** Ways that nobody went before, and sessions at hours at which the account never works. */
export const unusualMoveAnalyzer: Analyzer = {
  name: "unusual moves",
  wants: [],
  run: (view) =>
    view.filtered
      ? { findings: [] }
      : { findings: [...rareEdges(view.story.moves), ...offHours(view.story.sessions)] },
};

function edgeOf({ from, to, account, method }: Move): string {
  return [from, to, accountKey(account), method].join("\n").toLowerCase();
}

/** Rarity of an edge among all moves; only edges first seen after the learning part. */
function rareEdges(moves: readonly Move[]): Finding[] {
  const went = moves.filter(
    ({ succeeded, account, from, to }) =>
      succeeded && from !== to && account !== "" && !account.endsWith("$"),
  );
  const [first] = went;
  if (first === undefined || went.length < RARE_EDGE.leastMoves) return [];
  const edges = new Map<string, Move[]>();
  const pairs = new Map<string, number>();
  for (const move of went) {
    const edge = edgeOf(move);
    const known = edges.get(edge);
    if (known === undefined) edges.set(edge, [move]);
    else known.push(move);
    for (const pair of [`${move.from}\n${move.to}`, `${accountKey(move.account)}\n${move.to}`])
      if (!pairs.has(pair)) pairs.set(pair, move.timeMs);
  }
  const learnt = first.timeMs + RARE_EDGE.learningMs;
  const rare = [...edges.values()].flatMap((edge) => {
    const [move] = edge as [Move];
    const rarity = -Math.log((edge.length + 1) / (went.length + edges.size));
    // New in all its parts: the way between the hosts, and the account on the host.
    const fresh =
      (pairs.get(`${move.from}\n${move.to}`) ?? 0) >= move.timeMs &&
      (pairs.get(`${accountKey(move.account)}\n${move.to}`) ?? 0) >= move.timeMs;
    return fresh && move.timeMs >= learnt && rarity >= RARE_EDGE.leastRarity
      ? [{ edge, move, rarity }]
      : [];
  });
  return rare
    .sort((a, b) => b.rarity - a.rarity || a.move.timeMs - b.move.timeMs)
    .slice(0, MOST_FINDINGS)
    .map(({ edge, move, rarity }) => {
      const who = move.domain === undefined ? move.account : `${move.domain}\\${move.account}`;
      const refs = edge.flatMap(({ evidence }) => evidence);
      const days = Math.floor((move.timeMs - first.timeMs) / DAY_MS);
      return analyzerFinding({
        rule: "rare-edge",
        same: [edgeOf(move)],
        kind: "hypothesis",
        severity: "low",
        confidence: "low",
        title: "A way between hosts that nobody went before",
        statement: say`${who} went from ${move.from} to ${move.to} by ${ownWords(move.method)} for the first time after ${days} days of logs.`,
        attack: ["T1021"],
        evidence: refs.slice(0, MOST_REFS),
        reasonsFor: [
          cite(
            say`${edge.length} of ${went.length} moves go this way: rarity ${rarity.toFixed(1)}`,
            refs,
          ),
          say`neither the pair of hosts nor the account on the host was seen in the ${days} days before`,
        ],
        reasonsAgainst: ["logs may be shorter than a habit, and people get new duties"],
        accounts: [who],
        falsePositives: ["New duties, new hosts, monthly work."],
        alternatives: ["New work of the account's owner: then it goes on in the same way."],
        checkNext: [
          say`What was done there [${move.to}: Security 4624, 4672 and 4688, from ${refs[0]?.time ?? ""}]`,
        ],
        askCustomer: ["Was this account meant to go this way?"],
        movements: edge.slice(0, MOST_FINDINGS).map((each) => ({
          from: each.from,
          to: each.to,
          time: new Date(each.timeMs).toISOString(),
          method: each.method,
          account: each.account,
        })),
      });
    });
}

/** Sessions that begin at hours at which the account hardly ever begins one. */
function offHours(sessions: readonly LogonSession[]): Finding[] {
  const accounts = new Map<string, (LogonSession & { startMs: number })[]>();
  for (const session of sessions) {
    const { startMs, logonType, account } = session;
    if (startMs === null || logonType === undefined || !WORKING.has(logonType)) continue;
    if (account === "" || account.endsWith("$")) continue;
    const key = accountKey(account);
    const known = accounts.get(key);
    if (known === undefined) accounts.set(key, [{ ...session, startMs }]);
    else known.push({ ...session, startMs });
  }
  return [...accounts].flatMap(([key, own]): Finding[] => {
    const days = new Set(own.map(({ startMs }) => Math.floor(startMs / DAY_MS)));
    if (own.length < OFF_HOURS.leastSessions || days.size < OFF_HOURS.leastDays) return [];
    const begun = new Array<number>(QUARTERS).fill(0);
    for (const { startMs } of own) begun[quarterOf(startMs)]! += 1;
    const shareAt = (timeMs: number): number => {
      let near = 0;
      for (let step = -4; step <= 4; step++)
        near += begun[(quarterOf(timeMs) + step + QUARTERS) % QUARTERS]!;
      return near / own.length;
    };
    // The session itself is one of those counted: a single one at its hour is its own share.
    const odd = own.filter(
      ({ startMs }) => shareAt(startMs) <= Math.max(OFF_HOURS.mostShare, 1 / own.length),
    );
    const [first] = odd;
    if (first === undefined || odd.length > Math.max(2, own.length * 0.05)) return [];
    const refs = odd.flatMap(({ evidence }) => evidence);
    if (refs.length === 0) return [];
    const who = first.domain === undefined ? first.account : `${first.domain}\\${first.account}`;
    return [
      analyzerFinding({
        rule: "off-hours-session",
        same: [key],
        kind: "hypothesis",
        severity: "low",
        confidence: "low",
        title: "Session at an hour at which the account never works",
        statement: say`${who} began ${odd.length === 1 ? say`a session` : say`${odd.length} sessions`} on ${first.host} at ${new Date(first.startMs).toISOString()}${first.from === undefined ? "" : say` from ${first.from}`}; its other ${own.length - odd.length} sessions lie at other hours.`,
        attack: ["T1078"],
        evidence: refs.slice(0, MOST_REFS),
        reasonsFor: [
          cite(
            say`${odd.length} of ${own.length} sessions on ${days.size} days begin at this time of day`,
            refs,
          ),
        ],
        reasonsAgainst: ["people work late, travel, and answer calls at night"],
        accounts: [who],
        addresses: odd.flatMap(({ address }) => address ?? []),
        falsePositives: ["On-call duty, travel to another time zone, maintenance at night."],
        alternatives: [
          "The owner worked at an unusual hour: ask; door or VPN records would agree.",
        ],
        checkNext: [
          say`From where the session came [${first.host}: Security 4624 and 4778, from ${refs[0]!.time}]`,
        ],
        askCustomer: ["Did the owner of the account work at that hour?"],
      }),
    ];
  });
}

/** Which quarter of an hour of the day. */
function quarterOf(timeMs: number): number {
  return Math.floor((timeMs % DAY_MS) / (HOUR_MS / 4));
}
