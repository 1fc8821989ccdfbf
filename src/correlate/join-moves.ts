import { say } from "../model/phrase.ts";
import type { Signal } from "../model/signal.ts";
import { accountKey } from "./analyzer-finding.ts";
import type { ChannelSpans } from "./channel-spans.ts";
import { isAddress, tidyHost } from "./host-names.ts";
import { MoveDraft, moveTime, sortMoves, tellsMore } from "./move-draft.ts";
import { PairMap, pairList } from "./pair-map.ts";
import type { HostDirectory } from "./story.ts";
import { listAt, nearest } from "./time-index.ts";
import { WayMap, wayList } from "./way-map.ts";

/** Both sides of a connection write within this time of each other, clocks being right. */
const BOTH_SIDES_MS = 90_000;
/** A ticket is used again for hours, but is asked for when it is first needed. */
const TICKET_MS = 60_000;
/** Refusals that say the same are one for so long. */
const FOLD_MS = 60_000;

/** Kinds of signals in which a controller names source and target. */
const CONTROLLER_KINDS = ["service-ticket", "ntlm-controller"];

/** Joins what sources, destinations and domain controllers say of the same moves. Times are corrected by `clockOf`. */
export function joinMoves(
  departures: readonly MoveDraft[],
  arrivals: readonly MoveDraft[],
  of: (kind: string) => readonly Signal[],
  hosts: HostDirectory,
  spans: ChannelSpans,
  clockOf: (host: string) => number,
): MoveDraft[] {
  for (const move of departures) move.shift(clockOf(move.from));
  for (const move of arrivals) move.shift(clockOf(move.to));
  const moves = sortMoves([...arrivals]);
  const alone: MoveDraft[] = [];
  const byPair = new PairMap<MoveDraft[]>();
  const byTo = new Map<string, MoveDraft[]>();
  for (const move of moves) {
    pairList(byPair, move.from, move.to).push(move);
    listAt(byTo, move.to).push(move);
  }
  for (const departure of sortMoves([...departures])) {
    const fromThere = byPair.get(departure.from, departure.to);
    const arrival =
      meet(fromThere, departure, false) ??
      meet(byTo.get(departure.to), departure, true) ??
      refusalOf(fromThere, departure);
    if (arrival === undefined && !departure.succeeded) {
      alone.push(departure);
      continue;
    }
    if (arrival === undefined) {
      if (spans.covers("security", departure.to, departure.timeMs))
        departure.doubt(
          say`${departure.to} has a Security log of that time and no record of the arrival: it was refused, or its records were removed`,
        );
      else
        departure.doubt(
          say`${departure.to} has no Security log of that time: only the source tells`,
        );
      alone.push(departure);
      continue;
    }
    if (arrival.from !== departure.from) {
      arrival.doubt(
        say`the destination knows the address ${arrival.from} only; ${departure.from} recorded a connection there at that time`,
      );
      arrival.from = departure.from;
    }
    arrival.addSide("source");
    arrival.tellAll(departure.evidence);
    if (arrival.account === "") arrival.account = departure.account;
    if (departure.method !== "explicit credentials" && tellsMore(departure.method, arrival.method))
      arrival.method = departure.method;
  }
  const told = sortMoves([...moves, ...alone]);
  const added = addControllers(told, of, hosts, spans, clockOf);
  return added.length === 0 ? told : sortMoves([...told, ...added]);
}

/** The arrival that belongs to a departure; from an address that names no machine, only if it is the same account. */
function meet(
  arrivals: readonly MoveDraft[] | undefined,
  departure: MoveDraft,
  unnamed: boolean,
): MoveDraft | undefined {
  const account = accountKey(departure.account);
  return nearest(
    arrivals,
    departure.timeMs,
    { before: BOTH_SIDES_MS, after: BOTH_SIDES_MS },
    moveTime,
    (arrival) =>
      arrival.succeeded === departure.succeeded &&
      !arrival.sides.includes("source") &&
      (unnamed
        ? isAddress(arrival.from) && account !== "" && accountKey(arrival.account) === account
        : account === "" || arrival.account === "" || accountKey(arrival.account) === account),
  );
}

/** The source writes that it sets out, not how it ends: the destination may have turned it away. */
function refusalOf(
  arrivals: readonly MoveDraft[] | undefined,
  departure: MoveDraft,
): MoveDraft | undefined {
  const account = accountKey(departure.account);
  return nearest(
    arrivals,
    departure.timeMs,
    { before: FOLD_MS + BOTH_SIDES_MS, after: BOTH_SIDES_MS },
    moveTime,
    ({ succeeded, lastMs, account: refused }) =>
      !succeeded &&
      lastMs + BOTH_SIDES_MS >= departure.timeMs &&
      (account === "" || refused === "" || accountKey(refused) === account),
  );
}

/** What domain controllers tell of the moves, and the moves that they alone tell of. */
function addControllers(
  moves: MoveDraft[],
  of: (kind: string) => readonly Signal[],
  hosts: HostDirectory,
  spans: ChannelSpans,
  clockOf: (host: string) => number,
): MoveDraft[] {
  const asked = CONTROLLER_KINDS.some((kind) => of(kind).length > 0);
  const byWay = new WayMap<MoveDraft[]>();
  for (const move of asked ? moves : [])
    if (move.succeeded) wayList(byWay, move.from, move.to, accountKey(move.account)).push(move);
  const added: MoveDraft[] = [];
  /** The controller's word that an account went from one machine to another. */
  const told = (
    { ref, count, timeMs: toldMs, lastMs: toldLastMs = toldMs }: Signal,
    name: string,
    source: string,
    target: string,
  ) => {
    const account = accountKey(name);
    if (account === "" || account.endsWith("$") || source === "" || target === "") return;
    const controller = hosts.nameOf(ref.host, toldMs);
    const timeMs = toldMs - clockOf(controller);
    const lastMs = toldLastMs - clockOf(controller);
    const from = hosts.nameOf(source, toldMs);
    const to = hosts.nameOf(target, toldMs);
    const move = nearest(
      byWay.get(from, to, account),
      timeMs,
      { before: TICKET_MS, after: lastMs - timeMs + TICKET_MS },
      moveTime,
    );
    if (move !== undefined) {
      move.addSide("domain controller");
      move.tell(ref);
    } else if (from !== to && to !== controller && !spans.covers("security", to, timeMs))
      added.push(
        MoveDraft.of(
          { from, to, timeMs, lastMs, method: "network logon", account, count },
          "domain controller",
          [ref],
        ),
      );
  };
  for (const signal of of("service-ticket")) {
    const { TargetUserName, IpAddress, ServiceName } = signal.fields;
    const address = tidyHost(IpAddress ?? "");
    if (isAddress(address))
      told(signal, TargetUserName ?? "", address, (ServiceName ?? "").replace(/\$$/, ""));
  }
  for (const signal of of("ntlm-controller")) {
    const { UserName, WorkstationName, SChannelName } = signal.fields;
    const workstation = tidyHost(WorkstationName ?? "");
    if (workstation !== "" && workstation !== "-" && workstation.toUpperCase() !== "NULL")
      told(signal, UserName ?? "", workstation, (SChannelName ?? "").replace(/\$$/, ""));
  }
  const validations = of("ntlm-validation");
  const bySource = new PairMap<MoveDraft[]>();
  for (const move of validations.length > 0 ? moves : [])
    if (move.succeeded) pairList(bySource, move.from, accountKey(move.account)).push(move);
  for (const signal of validations) {
    const { fields, ref, timeMs } = signal;
    if (fields.Status !== "0x0") continue;
    const from = hosts.nameOf(fields.Workstation ?? "", timeMs);
    const controller = hosts.nameOf(ref.host, timeMs);
    const corrected = timeMs - clockOf(controller);
    const move = nearest(
      bySource.get(from, accountKey(fields.TargetUserName ?? "")),
      corrected,
      { before: TICKET_MS, after: TICKET_MS },
      moveTime,
    );
    if (move === undefined) continue;
    if (controller !== move.to) move.addSide("domain controller");
    move.tell(ref);
  }
  return added;
}
