import { say } from "../model/phrase.ts";
import type { Signal } from "../model/signal.ts";
import { accountKey } from "./analyzer-finding.ts";
import type { ChannelSpans } from "./channel-spans.ts";
import { isAddress, tidyHost } from "./host-names.ts";
import {
  addSide,
  byMoveTime,
  type MoveDraft,
  moveDraft,
  moveTime,
  tellsMore,
} from "./move-draft.ts";
import type { HostDirectory } from "./story.ts";
import { listAt, nearest } from "./time-index.ts";

/** Both sides of a connection write within this time of each other, clocks being right. */
const BOTH_SIDES_MS = 90_000;
/** A ticket is used again for hours, but is asked for when it is first needed. */
const TICKET_MS = 60_000;

/** Joins what sources, destinations and domain controllers say of the same moves. Times are corrected by `clockOf`. */
export function joinMoves(
  departures: readonly MoveDraft[],
  arrivals: readonly MoveDraft[],
  of: (kind: string) => readonly Signal[],
  hosts: HostDirectory,
  spans: ChannelSpans,
  clockOf: (host: string) => number,
): MoveDraft[] {
  for (const move of departures) shift(move, clockOf(move.from));
  for (const move of arrivals) shift(move, clockOf(move.to));
  const moves = [...arrivals].sort(byMoveTime);
  const byPair = new Map<string, MoveDraft[]>();
  const byTo = new Map<string, MoveDraft[]>();
  for (const move of moves) {
    listAt(byPair, `${move.from}\n${move.to}`).push(move);
    listAt(byTo, move.to).push(move);
  }
  for (const departure of [...departures].sort(byMoveTime)) {
    const arrival =
      meet(byPair.get(`${departure.from}\n${departure.to}`), departure, false) ??
      meet(byTo.get(departure.to), departure, true);
    if (arrival === undefined && !departure.succeeded) {
      moves.push(departure);
      continue;
    }
    if (arrival === undefined) {
      if (spans.covers("security", departure.to, departure.timeMs))
        departure.uncertain = departure.uncertain.concat(
          say`${departure.to} has a Security log of that time and no record of the arrival: it was refused, or its records were removed`,
        );
      else
        departure.uncertain = departure.uncertain.concat(
          say`${departure.to} has no Security log of that time: only the source tells`,
        );
      moves.push(departure);
      continue;
    }
    if (arrival.from !== departure.from) {
      arrival.uncertain = arrival.uncertain.concat(
        say`the destination knows the address ${arrival.from} only; ${departure.from} recorded a connection there at that time`,
      );
      arrival.from = departure.from;
    }
    addSide(arrival, "source");
    arrival.evidence.push(...departure.evidence);
    if (arrival.account === "") arrival.account = departure.account;
    if (departure.method !== "explicit credentials" && tellsMore(departure.method, arrival.method))
      arrival.method = departure.method;
  }
  moves.sort(byMoveTime);
  return addControllers(moves, of, hosts, spans, clockOf).sort(byMoveTime);
}

function shift(move: MoveDraft, aheadMs: number): void {
  move.timeMs -= aheadMs;
  move.lastMs -= aheadMs;
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

function addControllers(
  moves: MoveDraft[],
  of: (kind: string) => readonly Signal[],
  hosts: HostDirectory,
  spans: ChannelSpans,
  clockOf: (host: string) => number,
): MoveDraft[] {
  const byWay = new Map<string, MoveDraft[]>();
  const bySource = new Map<string, MoveDraft[]>();
  for (const move of moves) {
    if (!move.succeeded) continue;
    listAt(byWay, `${move.from}\n${move.to}\n${accountKey(move.account)}`).push(move);
    listAt(bySource, `${move.from}\n${accountKey(move.account)}`).push(move);
  }
  const added: MoveDraft[] = [];
  for (const signal of of("service-ticket")) {
    const { fields, ref, count } = signal;
    const account = accountKey(fields.TargetUserName ?? "");
    if (account === "" || account.endsWith("$")) continue;
    const controller = hosts.nameOf(ref.host, signal.timeMs);
    const timeMs = signal.timeMs - clockOf(controller);
    const lastMs = (signal.lastMs ?? signal.timeMs) - clockOf(controller);
    const address = tidyHost(fields.IpAddress ?? "");
    if (!isAddress(address)) continue;
    const from = hosts.nameOf(address, signal.timeMs);
    const to = hosts.nameOf((fields.ServiceName ?? "").replace(/\$$/, ""), signal.timeMs);
    const move = nearest(
      byWay.get(`${from}\n${to}\n${account}`),
      timeMs,
      { before: TICKET_MS, after: lastMs - timeMs + TICKET_MS },
      moveTime,
    );
    if (move !== undefined) {
      addSide(move, "domain controller");
      move.evidence.push(ref);
    } else if (from !== to && to !== controller && !spans.covers("security", to, timeMs))
      added.push(
        moveDraft(
          { from, to, timeMs, lastMs, method: "network logon", account, count },
          "domain controller",
          [ref],
        ),
      );
  }
  for (const signal of of("ntlm-validation")) {
    const { fields, ref, timeMs } = signal;
    if (fields.Status !== "0x0") continue;
    const from = hosts.nameOf(fields.Workstation ?? "", timeMs);
    const controller = hosts.nameOf(ref.host, timeMs);
    const corrected = timeMs - clockOf(controller);
    const move = nearest(
      bySource.get(`${from}\n${accountKey(fields.TargetUserName ?? "")}`),
      corrected,
      { before: TICKET_MS, after: TICKET_MS },
      moveTime,
    );
    if (move === undefined) continue;
    if (controller !== move.to) addSide(move, "domain controller");
    move.evidence.push(ref);
  }
  return [...moves, ...added];
}
