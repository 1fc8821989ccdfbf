import type { RecordRef } from "../model/record-ref.ts";
import type { Signal } from "../model/signal.ts";
import { accountKey } from "./analyzer-finding.ts";
import { type Arbitration, Arbitrations } from "./arbitrations.ts";
import type { ChannelSpans } from "./channel-spans.ts";
import { isAddress, isLoopback, tidyHost } from "./host-names.ts";
import { hexId } from "./logon-fields.ts";
import { missingRecords } from "./missing-records.ts";
import { joinNtlm } from "./ntlm-sessions.ts";
import { PairMap } from "./pair-map.ts";
import { joinConnections, joinWinlogon, remotingSessions } from "./quiet-sessions.ts";
import { RdpConnections } from "./rdp-connections.ts";
import { SessionDraft } from "./session-draft.ts";
import { setSource } from "./session-source.ts";
import { parseSshLine } from "./ssh-line.ts";
import type { HostDirectory } from "./story.ts";
import { nearest, sortByTime } from "./time-index.ts";

/** Records of one logon in different channels lie so close together. */
const JOIN_MS = 60_000;
/** Both tokens of an administrator's logon are written at once. */
const TOKEN_MS = 1_000;
const SPECIAL_MS = 5_000;

const timeOf = (draft: SessionDraft): number => draft.startMs ?? 0;

/** Puts the sessions of every host together from all channels that know of them; in order of time. */
export function buildSessions(
  of: (kind: string) => readonly Signal[],
  hosts: HostDirectory,
  spans: ChannelSpans,
): SessionDraft[] {
  return new SessionBuilder(of, hosts).build(spans);
}

class SessionBuilder {
  readonly #of: (kind: string) => readonly Signal[];
  readonly #hosts: HostDirectory;
  readonly #all: SessionDraft[] = [];
  /** By host and account, in order of time within what one step adds. */
  readonly #byAccount = new PairMap<SessionDraft[]>();
  readonly #byLogonId = new PairMap<SessionDraft>();
  readonly #bySessionId = new PairMap<SessionDraft>();
  readonly #byActivity = new PairMap<SessionDraft>();

  constructor(of: (kind: string) => readonly Signal[], hosts: HostDirectory) {
    this.#of = of;
    this.#hosts = hosts;
  }

  build(spans: ChannelSpans): SessionDraft[] {
    for (const signal of merged(this.#of("logon"), this.#of("network-logon"))) this.#logon(signal);
    for (const signal of this.#of("special-logon")) this.#special(signal);
    const late: SessionDraft[] = [];
    const searches = new Arbitrations(this.#of("ts-session"), this.#hosts);
    for (const signal of this.#of("ts-session")) this.#terminal(signal, late, searches);
    this.#settle(late);
    for (const search of searches.left) this.#searched(search, late, spans);
    this.#settle(late);
    for (const signal of this.#of("rdp-auth")) this.#remoteAuth(signal, late);
    this.#settle(late);
    for (const signal of this.#of("ssh")) this.#ssh(signal, late);
    this.#settle(late);
    for (const signal of this.#of("window-station")) this.#windowStation(signal);
    for (const signal of this.#of("logoff")) this.#logoff(signal);
    const joining = { of: this.#of, hosts: this.#hosts, spans };
    const connections = new RdpConnections(this.#of, this.#hosts);
    this.#all.push(...joinConnections(this.#all, connections, joining));
    this.#all.push(...joinWinlogon(this.#all, joining));
    this.#all.push(...joinNtlm(this.#all, joining));
    this.#all.push(...remotingSessions(this.#all, joining));
    for (const draft of this.#all) draft.missing = missingRecords(draft, spans);
    return sortByTime(this.#all, (draft) => draft.startMs ?? draft.endMs ?? 0);
  }

  #host(ref: RecordRef, timeMs: number): string {
    return this.#hosts.nameOf(ref.host, timeMs);
  }

  /** The session manager, the connection manager and RdpCoreTS give the records of one connection the same id. */
  #setActivity(draft: SessionDraft, activityId: string | null | undefined): void {
    if (!activityId) return;
    draft.activityId = activityId;
    this.#byActivity.set(draft.host, activityId, draft);
  }

  #add(draft: SessionDraft): void {
    this.#all.push(draft);
    const account = accountKey(draft.account);
    const list = this.#byAccount.get(draft.host, account);
    if (list === undefined) this.#byAccount.set(draft.host, account, [draft]);
    else list.push(draft);
  }

  /** New sessions of a step are put in their place in the order of time. */
  #settle(late: SessionDraft[]): void {
    const touched = new Set<SessionDraft[] | undefined>();
    for (const draft of late) {
      this.#add(draft);
      touched.add(this.#byAccount.get(draft.host, accountKey(draft.account)));
    }
    for (const list of touched) list?.sort((a, b) => timeOf(a) - timeOf(b));
    late.length = 0;
  }

  #logon(signal: Signal): void {
    const { fields, ref, timeMs, lastMs, count } = signal;
    const account = fields.TargetUserName ?? "";
    const type = Number(fields.LogonType);
    const host = this.#host(ref, timeMs);
    const list = this.#byAccount.get(host, accountKey(account));
    const logonId = hexId(fields.TargetLogonId);
    // Over the network Windows says so of everybody whose token was not cut down.
    const elevated = type !== 3 && fields.ElevatedToken === "%%1842";
    const twin = type === 3 ? undefined : list?.at(-1);
    if (
      twin?.logonType === type &&
      timeMs - timeOf(twin) <= TOKEN_MS &&
      twin.otherLogonId === undefined &&
      logonId !== undefined
    ) {
      twin.otherLogonId = logonId;
      twin.elevated ||= elevated;
      twin.tell(ref);
      this.#byLogonId.set(host, logonId, twin);
      return;
    }
    const draft = new SessionDraft(host, account, signal, ref);
    draft.logonType = type;
    draft.bySecurity = true;
    draft.elevated = elevated;
    draft.fold(count, lastMs);
    setSource(draft, this.#hosts, fields.IpAddress ?? "", fields.WorkstationName ?? "");
    // An unlock at the screen is the session that is already there.
    if (type === 7 && (draft.from === undefined || isLoopback(draft.address ?? ""))) return;
    if (type === 10 || (type === 7 && draft.from !== undefined)) draft.via = "RDP";
    else if (type === 3 && draft.from !== undefined) draft.via = "network logon";
    this.#add(draft);
    if (logonId !== undefined) this.#byLogonId.set(host, logonId, draft);
  }

  #special({ fields, ref, timeMs, lastMs = timeMs }: Signal): void {
    const host = this.#host(ref, timeMs);
    const byId = this.#byLogonId.get(host, hexId(fields.SubjectLogonId) ?? "");
    if (byId !== undefined && Math.abs(timeMs - timeOf(byId)) <= SPECIAL_MS) {
      byId.elevated = true;
      byId.tell(ref);
    }
    if (lastMs === timeMs) return;
    const list = this.#byAccount.get(host, accountKey(fields.SubjectUserName ?? ""));
    const draft = nearest(
      list,
      timeMs,
      { before: SPECIAL_MS, after: lastMs - timeMs + SPECIAL_MS },
      timeOf,
      (each) => each !== byId && each.bySecurity,
    );
    if (draft === undefined || draft.elevated) return;
    draft.elevated = true;
    draft.tell(ref);
  }

  #terminal({ fields, ref, timeMs }: Signal, late: SessionDraft[], searches: Arbitrations): void {
    const { eventId } = ref;
    if (eventId === 41 || eventId === 42) return;
    const host = this.#host(ref, timeMs);
    const sessionId = fields.SessionID ?? fields.Session ?? "";
    if (eventId !== 21 && eventId !== 25) {
      const draft = this.#bySessionId.get(host, sessionId);
      if (draft === undefined) return;
      draft.tell(ref);
      if (eventId === 23) {
        draft.endMs ??= timeMs;
        this.#bySessionId.delete(host, sessionId);
      }
      return;
    }
    const user = fields.User ?? "";
    const account = user.replace(/^.*\\/s, "");
    const address = tidyHost(fields.Address ?? "");
    const list = this.#byAccount.get(host, accountKey(account));
    let draft = nearest(
      list,
      timeMs,
      { before: JOIN_MS, after: JOIN_MS },
      timeOf,
      (each) =>
        each.logonType !== 3 &&
        !each.byTerminalServices &&
        (each.address === undefined || !isAddress(address) || each.address === address),
    );
    if (draft === undefined) {
      draft = new SessionDraft(host, account, timeMs, ref);
      const domain = user.includes("\\") ? user.replace(/\\.*$/s, "") : "";
      if (domain !== "") draft.domain = domain;
      late.push(draft);
    } else draft.tell(ref);
    draft.tellAll(searches.take(host, user, sessionId, timeMs));
    draft.byTerminalServices = true;
    draft.sessionId = sessionId;
    this.#setActivity(draft, fields.Correlation_ActivityID);
    if (isAddress(address) && draft.from === undefined) setSource(draft, this.#hosts, address);
    if (draft.from !== undefined || (isAddress(address) && isLoopback(address))) draft.via = "RDP";
    this.#bySessionId.set(host, sessionId, draft);
  }

  /** A session was found for somebody, and the record of the logon itself is not there. */
  #searched(search: Arbitration, late: SessionDraft[], spans: ChannelSpans): void {
    const { host, user, timeMs, sessionId, activityId, evidence } = search;
    const account = user.replace(/^.*\\/s, "");
    const known = nearest(
      this.#byAccount.get(host, accountKey(account)),
      timeMs,
      { before: JOIN_MS, after: JOIN_MS },
      timeOf,
      (each) => each.logonType !== 3,
    );
    if (known === undefined && (account === "" || spans.covers("security", host, timeMs))) return;
    const draft = known ?? new SessionDraft(host, account, timeMs, evidence[0]!);
    draft.tellAll(known === undefined ? evidence.slice(1) : evidence);
    draft.sessionId ??= sessionId;
    if (draft.activityId === undefined) this.#setActivity(draft, activityId);
    if (known !== undefined) return;
    if (user.includes("\\")) draft.domain = user.replace(/\\.*$/s, "");
    late.push(draft);
  }

  #remoteAuth({ fields, ref, timeMs }: Signal, late: SessionDraft[]): void {
    const host = this.#host(ref, timeMs);
    const account = (fields.Param1 ?? "").replace(/^.*\\/s, "");
    const address = tidyHost(fields.Param3 ?? "");
    const activity = fields.Correlation_ActivityID ?? "";
    const byActivity = activity && this.#byActivity.get(host, activity);
    const draft =
      byActivity ||
      nearest(
        this.#byAccount.get(host, accountKey(account)),
        timeMs,
        { before: JOIN_MS, after: 2 * JOIN_MS },
        timeOf,
        (each) =>
          each.via === "RDP" &&
          !each.byConnectionManager &&
          (each.address === undefined || !isAddress(address) || each.address === address),
      );
    if (draft !== undefined) {
      draft.byConnectionManager = true;
      draft.tell(ref);
      if (draft.activityId === undefined) this.#setActivity(draft, fields.Correlation_ActivityID);
      if (draft.from === undefined) setSource(draft, this.#hosts, address);
      return;
    }
    const alone = new SessionDraft(host, account, timeMs, ref);
    if (fields.Param2) alone.domain = fields.Param2;
    alone.byConnectionManager = true;
    alone.via = "RDP";
    this.#setActivity(alone, fields.Correlation_ActivityID);
    setSource(alone, this.#hosts, address);
    late.push(alone);
  }

  #ssh({ fields, ref, timeMs }: Signal, late: SessionDraft[]): void {
    const line = parseSshLine(fields.payload ?? "");
    if (line === undefined || !line.accepted) return;
    const host = this.#host(ref, timeMs);
    const domain = line.user.includes("\\") ? line.user.replace(/\\.*$/s, "") : "";
    const account = line.user.replace(/^.*\\/s, "");
    let draft = nearest(
      this.#byAccount.get(host, accountKey(account)),
      timeMs,
      { before: JOIN_MS, after: JOIN_MS },
      timeOf,
      (each) => each.via !== "RDP" && each.logonType !== 2,
    );
    if (draft === undefined) {
      draft = new SessionDraft(host, account, timeMs, ref);
      if (domain !== "") draft.domain = domain;
      late.push(draft);
    } else draft.tell(ref);
    draft.via = "SSH";
    if (draft.from === undefined) setSource(draft, this.#hosts, line.address);
  }

  #windowStation({ fields, ref, timeMs }: Signal): void {
    const host = this.#host(ref, timeMs);
    const draft = this.#byLogonId.get(host, hexId(fields.LogonID) ?? "");
    draft?.tell(ref);
  }

  #logoff({ fields, ref, timeMs }: Signal): void {
    const host = this.#host(ref, timeMs);
    const logonId = hexId(fields.TargetLogonId);
    const draft = this.#byLogonId.get(host, logonId ?? "");
    if (draft !== undefined) {
      if (draft.endMs === null || timeMs < draft.endMs) draft.endMs = timeMs;
      draft.tell(ref);
      return;
    }
    const type = Number(fields.LogonType ?? Number.NaN);
    if (logonId === undefined || type === 7) return;
    const alone = new SessionDraft(host, fields.TargetUserName ?? "", null, ref);
    alone.bySecurity = true;
    alone.endMs = timeMs;
    alone.logonId = logonId;
    if (fields.TargetDomainName) alone.domain = fields.TargetDomainName;
    if (!Number.isNaN(type)) alone.logonType = type;
    this.#all.push(alone);
    this.#byLogonId.set(host, logonId, alone);
  }
}

/** Two lists in order of time as one. */
function* merged(a: readonly Signal[], b: readonly Signal[]): Generator<Signal> {
  let one = 0;
  let other = 0;
  while (one < a.length || other < b.length) {
    const first = a[one];
    const second = b[other];
    if (second === undefined || (first !== undefined && first.timeMs <= second.timeMs)) {
      one++;
      yield first!;
    } else {
      other++;
      yield second;
    }
  }
}
