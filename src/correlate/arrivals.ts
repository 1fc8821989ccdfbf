import type { Signal } from "../model/signal.ts";
import { accountKey } from "./analyzer-finding.ts";
import type { ChannelSpans } from "./channel-spans.ts";
import { isAddress, isLoopback, nameKey, tidyHost } from "./host-names.ts";
import { hexId } from "./logon-fields.ts";
import { type CameIn, MoveDraft, moveTime, sortMoves, tellsMore } from "./move-draft.ts";
import { actingLogon, isOwnWork, LocalLogons } from "./own-work.ts";
import { PairMap } from "./pair-map.ts";
import type { SessionDraft } from "./session-draft.ts";
import { parseSshLine } from "./ssh-line.ts";
import type { HostDirectory, MoveMethod } from "./story.ts";
import { listAt, nearest } from "./time-index.ts";
import { WayMap, wayList } from "./way-map.ts";

/** A network logon and what is done with it lie so close together. */
const USE_MS = 60_000;
/** Network level authentication logs on over the network before the desktop session begins. */
const BEFORE_DESKTOP_MS = 60_000;
/** Folded network logons are one for ten minutes. */
const FOLD_MS = 600_000;

const CONNECTION_ONLY =
  "only the connection is recorded: whether somebody logged on over it is not";

type Of = (kind: string) => readonly Signal[];

/** What the destinations say: who came in from another machine, and how. In order of time. */
export function buildArrivals(
  of: Of,
  hosts: HostDirectory,
  sessions: readonly SessionDraft[],
  spans: ChannelSpans,
): MoveDraft[] {
  const arrivals = joinDesktops(fromSessions(sessions));
  const added = USED.some((kind) => of(kind).length > 0)
    ? tellHow(arrivals, of, hosts, sessions)
    : [];
  return sortMoves([...arrivals, ...added, ...refused(of, hosts, spans)]);
}

/** Kinds of signals that tell what a network logon was used for. */
const USED: readonly string[] = [
  "admin-share",
  "control-pipe",
  "service",
  "task",
  "winrm",
  "remote-child",
];

/** Tells of arrivals how they were used; returns those of which nothing else tells. */
function tellHow(
  arrivals: readonly MoveDraft[],
  of: Of,
  hosts: HostDirectory,
  sessions: readonly SessionDraft[],
): MoveDraft[] {
  const ways = new Ways(arrivals, hosts, sessions);
  for (const signal of of("admin-share")) ways.share(signal, "SMB");
  for (const signal of of("control-pipe")) ways.share(signal, pipeMethod(signal));
  for (const signal of of("service")) ways.used(signal, "service");
  for (const signal of of("task")) ways.used(signal, "task");
  for (const signal of of("winrm")) if (signal.ref.eventId !== 6) ways.used(signal, "WinRM");
  for (const signal of of("remote-child")) ways.used(signal, childMethod(signal));
  return ways.added;
}

/** Sessions are in order of time, and so are their beginnings. */
function fromSessions(sessions: readonly SessionDraft[]): MoveDraft[] {
  const moves: MoveDraft[] = [];
  for (const session of sessions) {
    if (!cameIn(session)) continue;
    if (session.address !== undefined && isLoopback(session.address)) continue;
    const move = MoveDraft.into(session);
    if (session.account === "") move.doubt(CONNECTION_ONLY);
    moves.push(move);
  }
  return moves;
}

function cameIn(session: SessionDraft): session is CameIn {
  const { from, via, host, startMs } = session;
  return from !== undefined && via !== undefined && startMs !== null && from !== host;
}

/** The network logon just before a desktop or SSH session from the same place is part of it. */
function joinDesktops(moves: readonly MoveDraft[]): MoveDraft[] {
  const desktops = new WayMap<MoveDraft[]>();
  for (const move of moves)
    if (move.method === "RDP" || move.method === "SSH") listOf(desktops, move).push(move);
  return moves.filter((move) => {
    if (move.method !== "network logon") return true;
    const desktop = nearest(
      desktops.get(nameKey(move.from), move.to, accountKey(move.account)),
      move.timeMs,
      { before: 5_000, after: BEFORE_DESKTOP_MS },
      moveTime,
    );
    desktop?.tellAll(move.evidence);
    return desktop === undefined;
  });
}

function listOf(map: WayMap<MoveDraft[]>, { from, to, account }: MoveDraft): MoveDraft[] {
  return wayList(map, nameKey(from), to, accountKey(account));
}

/** Finds how a network logon was used, and makes the telling of it more exact. */
class Ways {
  readonly added: MoveDraft[] = [];
  readonly #hosts: HostDirectory;
  readonly #byWay = new WayMap<MoveDraft[]>();
  readonly #byHost = new Map<string, MoveDraft[]>();
  readonly #byLogonId = new PairMap<MoveDraft>();
  readonly #sessions: readonly SessionDraft[];
  #local: LocalLogons | undefined;

  constructor(
    arrivals: readonly MoveDraft[],
    hosts: HostDirectory,
    sessions: readonly SessionDraft[],
  ) {
    this.#hosts = hosts;
    this.#sessions = sessions;
    for (const move of arrivals) {
      const logonId = move.session?.logonId;
      if (logonId !== undefined) this.#byLogonId.set(move.to, logonId, move);
      if (move.method !== "network logon") continue;
      listOf(this.#byWay, move).push(move);
      listAt(this.#byHost, move.to).push(move);
    }
  }

  /** A share or pipe was opened: the record itself knows account and address. */
  share({ fields, ref, timeMs, lastMs, count }: Signal, method: MoveMethod): void {
    const account = fields.SubjectUserName ?? "";
    const address = tidyHost(fields.IpAddress ?? "");
    const to = this.#hosts.nameOf(ref.host, timeMs);
    if (!isAddress(address) || isLoopback(address)) return;
    const from = this.#hosts.nameOf(address, timeMs);
    if (from === to) return;
    const known = this.#find(to, account, from, timeMs, fields.SubjectLogonId);
    if (known !== undefined) {
      better(known, method, ref);
      return;
    }
    const domain = fields.SubjectDomainName ?? undefined;
    const move = MoveDraft.of(
      { from, to, timeMs, lastMs, method, account, domain, count },
      "destination",
      [ref],
    );
    this.added.push(move);
    listOf(this.#byWay, move).push(move);
  }

  /** A service, task or program came of a logon: by its logon id, by its account, else by the nearest before it. */
  used(signal: Signal, method: MoveMethod): void {
    const { fields, ref, timeMs } = signal;
    const to = this.#hosts.nameOf(ref.host, timeMs);
    const logonId = hexId(actingLogon(fields));
    const byId = logonId && this.#byLogonId.get(to, logonId);
    if (byId) {
      if (byId.method !== "RDP" && byId.method !== "SSH") better(byId, method, ref);
      return;
    }
    if (isOwnWork(signal, logonId) || (logonId && this.#isLocal(to, logonId))) return;
    const account = accountKey(
      fields.username ?? fields.UserContext ?? fields.User ?? fields.SubjectUserName ?? "",
    );
    const sid = fields.Security_UserID ?? "";
    const person =
      account !== "" && account !== "-" && account !== "system" && !account.endsWith("$");
    const move = nearest(
      this.#byHost.get(to),
      timeMs,
      { before: FOLD_MS, after: 2_000 },
      moveTime,
      (each) =>
        each.lastMs + USE_MS >= timeMs &&
        (person
          ? accountKey(each.account) === account
          : sid.startsWith("S-1-5-21-") && each.session?.sid !== undefined
            ? each.session.sid === sid
            : each.session?.elevated === true || each.method !== "network logon"),
    );
    if (move !== undefined) better(move, method, ref);
  }

  #isLocal(host: string, logonId: string): boolean {
    this.#local ??= new LocalLogons(this.#sessions);
    return this.#local.has(host, logonId);
  }

  #find(
    to: string,
    account: string,
    from: string,
    timeMs: number,
    logonId: string | null | undefined,
  ): MoveDraft | undefined {
    const byId = this.#byLogonId.get(to, hexId(logonId) ?? "");
    if (byId !== undefined) return byId;
    return nearest(
      this.#byWay.get(nameKey(from), to, accountKey(account)),
      timeMs,
      { before: FOLD_MS, after: USE_MS },
      moveTime,
    );
  }
}

function better(move: MoveDraft, method: MoveMethod, ref: Signal["ref"]): void {
  move.tell(ref);
  if (tellsMore(method, move.method)) move.method = method;
}

function pipeMethod({ fields }: Signal): MoveMethod {
  const pipe = (fields.RelativeTargetName ?? "").toLowerCase();
  return pipe.includes("atsvc") ? "task" : pipe.includes("winreg") ? "SMB" : "service";
}

function childMethod({ fields }: Signal): MoveMethod {
  const parent = (fields.ParentImage ?? fields.ParentProcessName ?? "").toLowerCase();
  if (parent.endsWith("\\wmiprvse.exe")) return "WMI";
  if (parent.endsWith("\\mmc.exe")) return "DCOM";
  return parent.endsWith("\\wsmprovhost.exe") || parent.endsWith("\\winrshost.exe")
    ? "WinRM"
    : "service";
}

/** Those that were turned away: a wrong password over the network, RDP or SSH. */
function refused(of: Of, hosts: HostDirectory, spans: ChannelSpans): MoveDraft[] {
  const moves: MoveDraft[] = [];
  const add = (
    signal: Signal,
    method: MoveMethod,
    account: string,
    source: string,
    domain?: string,
  ): void => {
    const { ref, timeMs, lastMs, count } = signal;
    const from = hosts.nameOf(source, timeMs);
    const to = hosts.nameOf(ref.host, timeMs);
    if (from === "" || from === "-" || from === to || isLoopback(from)) return;
    moves.push(
      MoveDraft.of(
        { from, to, timeMs, lastMs, method, account, domain, count, succeeded: false },
        "destination",
        [ref],
      ),
    );
  };
  for (const signal of of("failed-logon")) {
    const { TargetUserName, TargetDomainName, LogonType, IpAddress, WorkstationName } =
      signal.fields;
    if (LogonType !== "3" && LogonType !== "10") continue;
    const address = IpAddress && IpAddress !== "-" ? IpAddress : (WorkstationName ?? "");
    const method = LogonType === "10" ? "RDP" : "network logon";
    add(signal, method, TargetUserName ?? "", address, TargetDomainName ?? undefined);
  }
  for (const signal of of("rdp-connection"))
    if (signal.ref.eventId === 140) add(signal, "RDP", "", signal.fields.IPString ?? "");
  for (const signal of of("smb-refused")) {
    // Security has the same refusals where it is there, with more of them.
    const to = hosts.nameOf(signal.ref.host, signal.timeMs);
    if (spans.covers("security", to, signal.timeMs)) continue;
    const { UserName, ClientName } = signal.fields;
    add(signal, "SMB", UserName ?? "", tidyHost(ClientName ?? ""));
  }
  for (const signal of of("ssh")) {
    const line = parseSshLine(signal.fields.payload ?? "");
    if (line !== undefined && !line.accepted) add(signal, "SSH", line.user, line.address);
  }
  return moves;
}
