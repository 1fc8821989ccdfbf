import type { RecordRef } from "../model/record-ref.ts";
import type { Signal } from "../model/signal.ts";
import { accountKey } from "./analyzer-finding.ts";
import { PairMap, pairList } from "./pair-map.ts";
import type { HostDirectory } from "./story.ts";
import { nearest } from "./time-index.ts";

/** LocalSessionManager 41 and 42: Windows begins and ends the search for the session that somebody gets. */
const BEGUN = 41;
const FOUND = 42;
/** Both, and the logon (21) or reconnection (25) after them, lie within a minute. */
const ONE_LOGON_MS = 60_000;

export interface Arbitration {
  readonly host: string;
  /** As in the record, with its domain. */
  readonly user: string;
  readonly timeMs: number;
  readonly sessionId: string;
  readonly activityId: string;
  readonly evidence: RecordRef[];
  /** The search ended: a session was found. */
  found: boolean;
  /** A logon that another record tells of came of it. */
  taken: boolean;
}

/** Searches for a session, until the logon is told that came of them. */
export class Arbitrations {
  readonly #byAccount = new PairMap<Arbitration[]>();
  readonly #all: Arbitration[] = [];

  constructor(signals: readonly Signal[], hosts: HostDirectory) {
    for (const { fields, ref, timeMs } of signals) {
      if (ref.eventId !== BEGUN && ref.eventId !== FOUND) continue;
      const host = hosts.nameOf(ref.host, timeMs);
      const user = fields.User ?? "";
      const sessionId = fields.SessionID ?? "";
      const list = pairList(this.#byAccount, host, accountOf(user));
      const last = list.at(-1);
      if (
        ref.eventId === FOUND &&
        last?.found === false &&
        last.sessionId === sessionId &&
        timeMs - last.timeMs <= ONE_LOGON_MS
      ) {
        last.evidence.push(ref);
        last.found = true;
        continue;
      }
      const activityId = fields.Correlation_ActivityID ?? "";
      const found = ref.eventId === FOUND;
      const evidence = [ref];
      const one = { host, user, timeMs, sessionId, activityId, evidence, found, taken: false };
      list.push(one);
      this.#all.push(one);
    }
  }

  /** The records of the search that a logon came of; they belong to no other one from now on. */
  take(host: string, user: string, sessionId: string, timeMs: number): readonly RecordRef[] {
    const one = nearest(
      this.#byAccount.get(host, accountOf(user)),
      timeMs,
      { before: ONE_LOGON_MS, after: 1_000 },
      (each) => each.timeMs,
      (each) => !each.taken && each.sessionId === sessionId,
    );
    if (one === undefined) return [];
    one.taken = true;
    return one.evidence;
  }

  /** Those that ended with a session, of which no logon is told. */
  get left(): readonly Arbitration[] {
    return this.#all.filter(({ found, taken }) => found && !taken);
  }
}

const accountOf = (user: string): string => accountKey(user.replace(/^.*\\/s, ""));
