import type { Signal } from "../model/signal.ts";
import { accountKey } from "./analyzer-finding.ts";
import type { ChannelSpans } from "./channel-spans.ts";
import { isAddress } from "./host-names.ts";
import type { RdpConnections } from "./rdp-connections.ts";
import { SessionDraft } from "./session-draft.ts";
import { setSource } from "./session-source.ts";
import type { HostDirectory } from "./story.ts";
import { listAt, nearest } from "./time-index.ts";

/** Winlogon tells of a logon once the profile is loaded. */
const PROFILE_MS = 180_000;
const REMOTING_MS = 60_000;
const WINLOGON_LOGON = 7001;

const timeOf = (draft: SessionDraft): number => draft.startMs ?? 0;

/** What sessions are joined with once all logons are known; each step may add sessions that nothing else tells of. */
export interface Joining {
  readonly of: (kind: string) => readonly Signal[];
  readonly hosts: HostDirectory;
  readonly spans: ChannelSpans;
}

/** Remote Desktop sessions and the connections they came over; connections that are all that is left of a session. */
export function joinConnections(
  sessions: readonly SessionDraft[],
  connections: RdpConnections,
  { hosts, spans }: Joining,
): SessionDraft[] {
  for (const session of sessions) {
    const { host, startMs, via, address = "" } = session;
    if (startMs === null || (via !== "RDP" && session.activityId === undefined)) continue;
    const connection =
      connections.ofActivity(host, session.activityId) ??
      connections.before(host, address, startMs);
    if (connection === undefined) continue;
    connection.taken = true;
    session.byConnection = connection.address !== "";
    session.tellAll(connection.evidence);
    if (session.from === undefined && isAddress(connection.address)) {
      setSource(session, hosts, connection.address);
      if (session.from !== undefined) session.via = "RDP";
    }
  }
  const alone: SessionDraft[] = [];
  for (const each of connections.all) {
    const { host, address, startMs, endMs, opened, refused, taken, evidence } = each;
    const [first, ...more] = evidence;
    if (taken || refused || !opened || !isAddress(address) || first === undefined) continue;
    // Where logons are recorded, a connection without one was none.
    if (spans.covers("security", host, startMs) || spans.covers("sessions", host, startMs))
      continue;
    const session = new SessionDraft(host, "", startMs, first);
    session.tellAll(more);
    session.byConnection = true;
    session.via = "RDP";
    // A session outlives its connection; of one that is known by its connection alone, nothing later is.
    session.endMs = endMs ?? null;
    setSource(session, hosts, address);
    alone.push(session);
  }
  return alone;
}

/** System 7001 and 7002: Winlogon tells of people at a screen by their SID and session number. */
export function joinWinlogon(
  sessions: readonly SessionDraft[],
  { of, hosts, spans }: Joining,
): SessionDraft[] {
  const signals = of("winlogon");
  if (signals.length === 0) return [];
  const bySid = new Map<string, SessionDraft[]>();
  const names = new Map<string, SessionDraft>();
  for (const session of sessions) {
    if (session.sid === undefined || session.startMs === null) continue;
    names.set(session.sid, session);
    if (session.logonType !== 3) listAt(bySid, `${session.host}\n${session.sid}`).push(session);
  }
  for (const list of bySid.values()) list.sort((a, b) => timeOf(a) - timeOf(b));
  const open = new Map<string, SessionDraft>();
  const alone: SessionDraft[] = [];
  for (const { fields, ref, timeMs } of signals) {
    const sid = fields.UserSid ?? "";
    if (!sid.startsWith("S-1-")) continue;
    const host = hosts.nameOf(ref.host, timeMs);
    const place = `${host}\n${sid}\n${fields.TSId ?? ""}`;
    if (ref.eventId !== WINLOGON_LOGON) {
      const session = open.get(place);
      open.delete(place);
      if (session === undefined) continue;
      session.endMs ??= timeMs;
      session.tell(ref);
      continue;
    }
    let session = nearest(
      bySid.get(`${host}\n${sid}`),
      timeMs,
      { before: PROFILE_MS, after: 5_000 },
      timeOf,
      (each) => !each.byWinlogon,
    );
    if (session !== undefined) session.tell(ref);
    else if (!spans.covers("security", host, timeMs)) {
      const known = names.get(sid);
      session = new SessionDraft(host, known?.account ?? sid, timeMs, ref);
      if (known?.domain !== undefined) session.domain = known.domain;
      session.sid = sid;
      alone.push(session);
    } else continue;
    session.byWinlogon = true;
    if (fields.TSId) session.sessionId ??= fields.TSId;
    open.set(place, session);
  }
  return alone;
}

/** WinRM 91 and 169: remote management shells where Security does not reach; they tell who, not from where. */
export function remotingSessions(
  sessions: readonly SessionDraft[],
  { of, hosts, spans }: Joining,
): SessionDraft[] {
  const signals = of("winrm");
  if (signals.length === 0) return [];
  const bySid = new Map<string, SessionDraft>();
  for (const session of sessions) if (session.sid !== undefined) bySid.set(session.sid, session);
  const alone: SessionDraft[] = [];
  const latest = new Map<string, SessionDraft>();
  for (const { fields, ref, timeMs } of signals) {
    if (ref.eventId === 6) continue;
    const host = hosts.nameOf(ref.host, timeMs);
    if (spans.covers("security", host, timeMs)) continue;
    const sid = fields.Security_UserID ?? "";
    const known = bySid.get(sid);
    const user = fields.username || known?.account || (sid.startsWith("S-1-5-21-") ? sid : "");
    if (user === "") continue;
    const account = user.replace(/^.*\\/s, "");
    const key = `${host}\n${accountKey(account)}`;
    const before = latest.get(key);
    if (before !== undefined && timeMs - timeOf(before) <= REMOTING_MS) {
      before.tell(ref);
      continue;
    }
    const session = new SessionDraft(host, account, timeMs, ref);
    if (user.includes("\\")) session.domain = user.replace(/\\.*$/s, "");
    if (sid.startsWith("S-1-5-21-")) session.sid = sid;
    session.via = "WinRM";
    latest.set(key, session);
    alone.push(session);
  }
  return alone;
}
