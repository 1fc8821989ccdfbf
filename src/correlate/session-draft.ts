import type { RecordRef } from "../model/record-ref.ts";
import type { LogonSession, MoveMethod } from "./story.ts";

/** A session while records are still added to it. */
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

const NOTHING: readonly string[] = [];

export function newSession(
  host: string,
  account: string,
  startMs: number | null,
  ref: RecordRef,
): SessionDraft {
  return {
    host,
    account,
    startMs,
    endMs: null,
    elevated: false,
    evidence: [ref],
    bySecurity: false,
    byTerminalServices: false,
    byConnectionManager: false,
    byConnection: false,
    byWinlogon: false,
    missing: NOTHING,
  };
}

export function sessionOf(draft: SessionDraft): LogonSession {
  const { host, account, startMs, endMs, elevated, evidence, missing } = draft;
  const { domain, sid, logonId, sessionId, logonType, from, address, via, authentication } = draft;
  return {
    host,
    account,
    ...(domain && { domain }),
    ...(sid && { sid }),
    ...(logonId && { logonId }),
    ...(sessionId && { sessionId }),
    ...(logonType !== undefined && { logonType }),
    ...(from && { from }),
    ...(address && { address }),
    startMs,
    endMs,
    elevated,
    evidence,
    ...(via && { via }),
    ...(authentication && { authentication }),
    missing,
  };
}
