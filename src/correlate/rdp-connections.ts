import type { RecordRef } from "../model/record-ref.ts";
import type { Signal } from "../model/signal.ts";
import { tidyHost } from "./host-names.ts";
import type { HostDirectory } from "./story.ts";
import { listAt, nearest } from "./time-index.ts";

/**
 * One connection to the Remote Desktop service of a host, as RdpCoreTS and the listener (RemoteConnectionManager 261)
 * tell of it before anybody has a name. Its records carry one activity id, which the session manager's have too.
 */
export interface RdpConnection {
  readonly host: string;
  /** Of the client; empty: not recorded. */
  address: string;
  readonly startMs: number;
  /** When it was given up (102, 103); undefined: not recorded. */
  endMs?: number;
  /** It got as far as a session: a desktop, or the screen that asks for a name. */
  opened: boolean;
  /** The name or password was wrong (140). */
  refused: boolean;
  readonly evidence: RecordRef[];
  /** A session that is known otherwise came over it. */
  taken: boolean;
}

/** RdpCoreTS ids. */
const ASSIGNED = 66;
const ACCEPTED = 131;
const REFUSED = 140;
const CLOSED: ReadonlySet<number> = new Set([102, 103]);
const DESKTOP = 168;
/** Between the connection and the logon somebody may have to type. */
const TYPING_MS = 180_000;
const CLOCK_MS = 5_000;

export class RdpConnections {
  readonly #byActivity = new Map<string, RdpConnection>();
  readonly #byHost = new Map<string, RdpConnection[]>();
  readonly all: RdpConnection[] = [];

  constructor(of: (kind: string) => readonly Signal[], hosts: HostDirectory) {
    for (const signal of of("rdp-connection")) this.#add(signal, hosts);
    for (const signal of of("rdp-listener")) this.#add(signal, hosts);
    for (const list of this.#byHost.values()) list.sort((a, b) => a.startMs - b.startMs);
  }

  /** The connection that a record of the session manager belongs to. */
  ofActivity(host: string, activityId: string | null | undefined): RdpConnection | undefined {
    const id = activityKey(activityId);
    return id === "" ? undefined : this.#byActivity.get(`${host}\n${id}`);
  }

  /** The last free one from an address before a logon. */
  before(host: string, address: string, timeMs: number): RdpConnection | undefined {
    return nearest(
      this.#byHost.get(host),
      timeMs,
      { before: TYPING_MS, after: CLOCK_MS },
      ({ startMs }) => startMs,
      (each) => !each.taken && !each.refused && each.address === address,
    );
  }

  #add({ fields, ref, timeMs }: Signal, hosts: HostDirectory): void {
    const { eventId } = ref;
    // The datagrams beside a connection have an activity id of their own and tell nothing more.
    if (eventId === ACCEPTED && fields.ConnType?.toUpperCase() === "UDP") return;
    const host = hosts.nameOf(ref.host, timeMs);
    const id = activityKey(fields.Correlation_ActivityID);
    let connection = id === "" ? undefined : this.#byActivity.get(`${host}\n${id}`);
    if (CLOSED.has(eventId)) {
      // Nothing begins with the end.
      connection?.evidence.push(ref);
      if (connection !== undefined) connection.endMs = Math.max(connection.endMs ?? timeMs, timeMs);
      return;
    }
    if (connection === undefined) {
      if (id === "" && eventId !== ACCEPTED) return;
      connection = {
        host,
        address: "",
        startMs: timeMs,
        opened: false,
        refused: false,
        evidence: [],
        taken: false,
      };
      this.all.push(connection);
      listAt(this.#byHost, host).push(connection);
      if (id !== "") this.#byActivity.set(`${host}\n${id}`, connection);
    }
    connection.evidence.push(ref);
    if (eventId === ACCEPTED) connection.address = tidyHost(fields.ClientIP ?? "");
    if (eventId === REFUSED) connection.refused = true;
    if (eventId === ASSIGNED || eventId === DESKTOP) connection.opened = true;
  }
}

/** `{F420…}` and `f420…` are one id; the empty one is none. */
function activityKey(text: string | null | undefined): string {
  const id = (text ?? "").replace(/[{}]/g, "").toLowerCase();
  return /^[0-]*$/.test(id) ? "" : id;
}
