import type { RecordRef } from "../model/record-ref.ts";
import type { MoveMethod } from "./story.ts";

const NOTHING: readonly string[] = [];

/** A session while records are still added to it; once nothing is added any more, it is a LogonSession as it stands. */
export interface SessionDraft {
  host: string;
  account: string;
  domain?: string;
  sid?: string;
  logonId?: string;
  /** Logon ids of the same logon's other token. */
  otherLogonId?: string;
  sessionId?: string;
  logonType?: number;
  from?: string;
  address?: string;
  startMs: number | null;
  endMs: number | null;
  elevated: boolean;
  via?: MoveMethod;
  authentication?: string;
  readonly evidence: RecordRef[];
  /** Folded repeats: the time of the last one and how many. */
  lastMs?: number;
  count?: number;
  /** Which channels know of it. */
  bySecurity: boolean;
  byTerminalServices: boolean;
  byConnectionManager: boolean;
  /** RdpCoreTS has the connection it came over. */
  byConnection: boolean;
  byWinlogon: boolean;
  /** Activity id of the session manager's records. */
  activityId?: string;
  missing: readonly string[];
}

export function newSession(
  host: string,
  account: string,
  startMs: number | null,
  ref: RecordRef,
): SessionDraft {
  return new Session(host, account, startMs, ref);
}

/** There may be half a million: as objects of one shape, with room for what is set later, they take least. */
class Session implements SessionDraft {
  host: string;
  account: string;
  startMs: number | null;
  endMs: number | null = null;
  elevated = false;
  readonly evidence: RecordRef[];
  bySecurity = false;
  byTerminalServices = false;
  byConnectionManager = false;
  byConnection = false;
  byWinlogon = false;
  missing: readonly string[] = NOTHING;

  constructor(host: string, account: string, startMs: number | null, ref: RecordRef) {
    this.host = host;
    this.account = account;
    this.startMs = startMs;
    this.evidence = [ref];
  }
}
