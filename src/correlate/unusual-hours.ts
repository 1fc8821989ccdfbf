import type { Finding } from "../model/finding.ts";
import { say } from "../model/phrase.ts";
import type { Analyzer } from "./analyzer.ts";
import { accountKey, analyzerFinding, cite } from "./analyzer-finding.ts";
import { OFF_HOURS } from "./statistics-limits.ts";
import type { LogonSession } from "./story.ts";
import { listAt } from "./time-index.ts";
import { minute } from "./told-times.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const QUARTERS = 96;
const MOST_REFS = 200;
/** Logon types of somebody who sits there or works from afar. */
const WORKING = new Set([2, 7, 8, 10, 11]);

/** Sessions at hours at which the account never works. */
export const unusualHourAnalyzer: Analyzer = {
  name: "unusual hours",
  wants: [],
  run: (view) => ({ findings: view.filtered ? [] : offHours(view.story.sessions) }),
};

/** Sessions that begin at hours at which the account hardly ever begins one. */
function offHours(sessions: readonly LogonSession[]): Finding[] {
  const accounts = new Map<string, Begun[]>();
  for (const session of sessions) {
    const { logonType, account } = session;
    if (!hasBegun(session) || logonType === undefined || !WORKING.has(logonType)) continue;
    if (account === "" || account.endsWith("$")) continue;
    listAt(accounts, accountKey(account)).push(session);
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
        statement: say`${who} began ${odd.length === 1 ? say`a session` : say`${odd.length} sessions`} on ${first.host} at ${minute(first.startMs)}${first.from === undefined ? "" : say` from ${first.from}`}; its other ${own.length - odd.length} sessions lie at other hours.`,
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
          say`From where the session came [${first.host}: Security 4624 and 4778, from ${minute(refs[0]!.time)}]`,
        ],
        askCustomer: ["Did the owner of the account work at that hour?"],
      }),
    ];
  });
}

type Begun = LogonSession & { readonly startMs: number };

function hasBegun(session: LogonSession): session is Begun {
  return session.startMs !== null;
}

/** Which quarter of an hour of the day. */
function quarterOf(timeMs: number): number {
  return Math.floor((timeMs % DAY_MS) / (HOUR_MS / 4));
}
