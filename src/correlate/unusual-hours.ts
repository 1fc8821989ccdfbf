import type { Finding } from "../model/finding.ts";
import { type Phrase, say } from "../model/phrase.ts";
import type { Analyzer } from "./analyzer.ts";
import { accountKey, analyzerFinding, cite } from "./analyzer-finding.ts";
import { accountName, listed } from "./lateral/move-words.ts";
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

/** Sessions at hours at which the account never works, or nobody works on the host. */
export const unusualHourAnalyzer: Analyzer = {
  name: "unusual hours",
  wants: [],
  run: (view) => ({ findings: view.filtered ? [] : offHours(view.story.sessions) }),
};

function offHours(sessions: readonly LogonSession[]): Finding[] {
  const accounts = new Map<string, Begun[]>();
  const hosts = new Map<string, Begun[]>();
  for (const session of sessions) {
    const { logonType, account, host } = session;
    if (!hasBegun(session) || logonType === undefined || !WORKING.has(logonType)) continue;
    if (account === "" || account.endsWith("$")) continue;
    listAt(accounts, accountKey(account)).push(session);
    listAt(hosts, host).push(session);
  }
  const rhythms = new Map([...accounts].map(([key, own]) => [key, rhythmOf(own)]));
  // An account whose own hours are known is judged by them, wherever it works.
  const isKnown = ({ account }: Begun): boolean => rhythms.get(accountKey(account)) !== undefined;
  return [
    ...[...rhythms].flatMap(([key, rhythm]) =>
      rhythm === undefined || rhythm.odd.length === 0 ? [] : [ofAccount(key, rhythm)],
    ),
    ...[...hosts].flatMap(([host, own]) => {
      const rhythm = rhythmOf(own);
      const odd = rhythm?.odd.filter((session) => !isKnown(session)) ?? [];
      return rhythm === undefined || odd.length === 0 ? [] : [ofHost(host, { ...rhythm, odd })];
    }),
  ];
}

/** When sessions of one account or host begin, and those that begin when hardly any other does. */
interface Rhythm {
  readonly odd: readonly Begun[];
  readonly sessions: number;
  readonly days: number;
}

/** undefined: too few sessions or days to know. */
function rhythmOf(own: readonly Begun[]): Rhythm | undefined {
  const days = new Set(own.map(({ startMs }) => Math.floor(startMs / DAY_MS))).size;
  if (own.length < OFF_HOURS.leastSessions || days < OFF_HOURS.leastDays) return undefined;
  const begun = new Array<number>(QUARTERS).fill(0);
  for (const { startMs } of own) begun[quarterOf(startMs)]! += 1;
  const shareAt = (timeMs: number): number => {
    let near = 0;
    for (let step = -4; step <= 4; step++)
      near += begun[(quarterOf(timeMs) + step + QUARTERS) % QUARTERS]!;
    return near / own.length;
  };
  // The session itself is one of those counted: a single one at its hour is its own share.
  const most = Math.max(OFF_HOURS.mostShare, 1 / own.length);
  const odd = own.filter(
    ({ startMs, evidence }) => evidence.length > 0 && shareAt(startMs) <= most,
  );
  const few = Math.max(OFF_HOURS.mostOdd, own.length * OFF_HOURS.mostOddShare);
  return { odd: odd.length > few ? [] : odd, sessions: own.length, days };
}

function ofAccount(key: string, rhythm: Rhythm): Finding {
  return offHoursFinding(rhythm, {
    same: [key],
    title: "Session at an hour at which the account never works",
    others: say`its other ${rhythm.sessions - rhythm.odd.length} sessions lie at other hours`,
  });
}

function ofHost(host: string, rhythm: Rhythm): Finding {
  return offHoursFinding(rhythm, {
    same: ["host", host],
    title: "Session at an hour at which nobody works on the host",
    others: say`the host's other ${rhythm.sessions - rhythm.odd.length} sessions lie at other hours`,
  });
}

function offHoursFinding(
  { odd, sessions, days }: Rhythm,
  told: { readonly same: readonly string[]; readonly title: string; readonly others: Phrase },
): Finding {
  const first = odd[0]!;
  const refs = odd.flatMap(({ evidence }) => evidence);
  const names = [...new Set(odd.map(accountName))];
  return analyzerFinding({
    rule: "off-hours-session",
    same: told.same,
    kind: "hypothesis",
    severity: "low",
    confidence: "low",
    title: told.title,
    statement: say`${listed(names)} began ${odd.length === 1 ? say`a session` : say`${odd.length} sessions`} on ${first.host} at ${minute(first.startMs)}${first.from === undefined ? "" : say` from ${first.from}`}; ${told.others}.`,
    attack: ["T1078"],
    evidence: refs.slice(0, MOST_REFS),
    reasonsFor: [
      cite(
        say`${odd.length} of ${sessions} sessions on ${days} days begin at this time of day`,
        refs,
      ),
    ],
    reasonsAgainst: ["people work late, travel, and answer calls at night"],
    accounts: names,
    addresses: odd.flatMap(({ address }) => address ?? []),
    falsePositives: ["On-call duty, travel to another time zone, maintenance at night."],
    alternatives: ["The owner worked at an unusual hour: ask; door or VPN records would agree."],
    checkNext: [
      say`From where the session came [${first.host}: Security 4624 and 4778, from ${minute(refs[0]!.time)}]`,
    ],
    askCustomer: ["Did the owner of the account work at that hour?"],
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
