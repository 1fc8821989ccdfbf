import type { Finding } from "../../model/finding.ts";
import { say } from "../../model/phrase.ts";
import type { RecordRef } from "../../model/record-ref.ts";
import type { Signal } from "../../model/signal.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { cite } from "../analyzer-finding.ts";
import { type ChannelLog, channelLogs } from "./channel-logs.ts";
import { clock, deletionFinding } from "./deletion-finding.ts";
import { LOG_SERVICE } from "./log-service-want.ts";
import { POWER } from "./power-states.ts";
import { gapOf } from "./witnesses.ts";

/** Shutdown and start write their records within minutes of the service's own. */
const AROUND_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;
/** Stops and starts that are looked into: years of daily restarts; more is made up. */
const MOST_LOOKED_AT = 3000;
/** 1100 and 6006 of one stop. */
const ONE_STOP_MS = 5 * 60_000;
const KERNEL = "microsoft-windows-kernel-general";

/** The event log service stopped although Windows ran on, and Windows started with no trace of how it had stopped. */
export const loggingStopped: Analyzer = {
  name: "logging-stopped",
  wants: [LOG_SERVICE, POWER],
  run: (view) => {
    if (view.filtered) return { findings: [] };
    const logs = new Map(
      channelLogs(view.inputs, view.story.hosts)
        .filter(({ whole, input }) => whole && input.status === "read")
        .map((log) => [log.input.path, log]),
    );
    return { findings: [...stops(view, logs), ...startsWithoutStop(view, logs)] };
  },
};

type Logs = ReadonlyMap<string, ChannelLog>;

function hostOf(view: CaseView, ref: RecordRef): string {
  return view.story.hosts.nameOf(ref.host);
}

function stops(view: CaseView, logs: Logs): Finding[] {
  const findings: Finding[] = [];
  const service = view.of(LOG_SERVICE.kind);
  let looked = 0;
  const lastStop = new Map<string, number>();
  for (const stop of service) {
    const { eventId } = stop.ref;
    const log = logs.get(stop.ref.file);
    if ((eventId !== 1100 && eventId !== 6006) || log === undefined) continue;
    if (++looked > MOST_LOOKED_AT) break;
    const { host } = log;
    if (stop.timeMs - (lastStop.get(host) ?? Number.NEGATIVE_INFINITY) < ONE_STOP_MS) continue;
    lastStop.set(host, stop.timeMs);
    // Where the log ends, Windows may have ended with it.
    if (log.lastMs < stop.timeMs + AROUND_MS) continue;
    const back = service.find(
      ({ ref, timeMs }) =>
        ref.eventId === 6005 && timeMs > stop.timeMs && hostOf(view, ref) === host,
    );
    const toMs = back?.timeMs ?? nextHourOf(view, log, stop.timeMs);
    // By the hour: the start may come at its end.
    if (isRestart(view, host, stop.timeMs, back === undefined ? toMs + HOUR_MS : toMs)) continue;
    findings.push(stopped(view, log, stop, back, toMs));
  }
  return findings;
}

/** Windows shut down or started around that time, or slept. */
function isRestart(view: CaseView, host: string, fromMs: number, toMs: number): boolean {
  return view.of(POWER.kind).some(({ ref, timeMs }) => {
    if (timeMs < fromMs - AROUND_MS || timeMs > toMs + AROUND_MS) return false;
    const isKernel = ref.provider.toLowerCase() === KERNEL && ref.eventId !== 1;
    return (
      (isKernel || ref.eventId === 4608 || ref.eventId === 6009 || ref.eventId === 6008) &&
      hostOf(view, ref) === host
    );
  });
}

/** Where the log goes on, by the hour. */
function nextHourOf(view: CaseView, { host, channel }: ChannelLog, afterMs: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (const rhythm of view.rhythms)
    if (rhythm.channel === channel && view.story.hosts.nameOf(rhythm.host) === host)
      for (const [hour] of rhythm.hours)
        if (hour * HOUR_MS > afterMs) next = Math.min(next, hour * HOUR_MS);
  return Number.isFinite(next) ? next : afterMs;
}

function stopped(
  view: CaseView,
  { host, channel }: ChannelLog,
  stop: Signal,
  back: Signal | undefined,
  toMs: number,
): Finding {
  return deletionFinding({
    rule: "konseki-logging-stopped",
    key: [stop.ref.time],
    host,
    kind: "hypothesis",
    severity: "high",
    confidence: back === undefined ? "low" : "medium",
    title: "Event log service stopped while Windows ran on",
    statement: say`The event log service of ${host} stopped at ${clock(stop.timeMs)} and wrote again ${back === undefined ? say`before ${clock(toMs)}` : say`at ${clock(toMs)}`}; Windows was neither shut down nor started between.`,
    reasons: {
      for: [
        cite("the service recorded its own stop", [stop.ref]),
        "no shutdown and no start of Windows stands beside it",
        ...(back === undefined
          ? []
          : [cite("the service recorded its start without one of Windows", [back.ref])]),
      ],
      against: back === undefined ? ["no input says when it started again"] : [],
    },
    evidence: [stop.ref, ...(back === undefined ? [] : [back.ref])],
    attack: ["T1562.002"],
    gaps: [
      // A stopped service writes to no log at all.
      gapOf(view, { host, channel, fromMs: stop.timeMs, toMs }),
    ],
    falsePositives: ["An administrator restarted the service, or an update did."],
    alternatives: ["The service was restarted for maintenance: it is then back within seconds."],
    checkNext: [
      "Look for sc, net and taskkill before the stop, and for who was logged on.",
      "Ask other hosts for what this one did in that time.",
    ],
  });
}

/** A start of Windows before which nothing tells of a shutdown, sleep or crash. */
function startsWithoutStop(view: CaseView, logs: Logs): Finding[] {
  const findings: Finding[] = [];
  let looked = 0;
  const ends = new Map<string, number>();
  const power = view.of(POWER.kind);
  for (const [at, { ref, timeMs }] of power.entries()) {
    const log = logs.get(ref.file);
    if (log === undefined || log.channel !== "System") continue;
    const { host } = log;
    const isKernel = ref.provider.toLowerCase() === KERNEL;
    if (isStop(ref.eventId, isKernel)) ends.set(host, timeMs);
    if (ref.eventId !== 12 || !isKernel) continue;
    if (++looked > MOST_LOOKED_AT) break;
    const seenFrom = ends.get(host);
    ends.delete(host);
    if (seenFrom !== undefined || log.firstMs > timeMs - AROUND_MS) continue;
    if (isToldLater(power, at, timeMs, host, view)) continue;
    const fromMs = lastHourBefore(view, log, timeMs);
    if (fromMs === undefined) continue;
    findings.push(
      deletionFinding({
        rule: "konseki-start-without-stop",
        key: [ref.time],
        host,
        kind: "hypothesis",
        severity: "medium",
        confidence: "low",
        title: "Windows started and no record tells how it had stopped",
        statement: say`Windows started on ${host} at ${clock(timeMs)}; no shutdown, sleep, crash or power loss is recorded before it.`,
        reasons: {
          for: [
            "Windows records each shutdown before it (13, 6006) or as unexpected after it (41, 6008)",
          ],
          against: ["a restored snapshot of a virtual machine leaves no such record"],
        },
        evidence: [ref],
        attack: ["T1070"],
        gaps: [gapOf(view, { host, channel: "System", fromMs, toMs: timeMs })],
        falsePositives: ["A virtual machine that was set back to a snapshot."],
        alternatives: ["The machine was set back to a snapshot, or its disk was cloned."],
        checkNext: ["Look at the other logs of the host just before the start."],
      }),
    );
  }
  return findings;
}

function isStop(id: number, isKernel: boolean): boolean {
  return (isKernel && id === 13) || id === 6006 || id === 42 || id === 506;
}

/** Unexpected ends are told after the start. */
function isToldLater(
  power: readonly Signal[],
  at: number,
  startMs: number,
  host: string,
  view: CaseView,
): boolean {
  // Records written late in the shutdown may carry a later time than the start.
  for (let later = at + 1; later < power.length; later++) {
    const { ref, timeMs } = power[later]!;
    if (timeMs > startMs + AROUND_MS) return false;
    const isKernel = ref.provider.toLowerCase() === KERNEL;
    const tells = ref.eventId === 41 || ref.eventId === 6008 || isStop(ref.eventId, isKernel);
    if (tells && hostOf(view, ref) === host) return true;
  }
  return false;
}

function lastHourBefore(
  view: CaseView,
  { host }: ChannelLog,
  beforeMs: number,
): number | undefined {
  let last: number | undefined;
  for (const rhythm of view.rhythms)
    if (rhythm.channel === "System" && view.story.hosts.nameOf(rhythm.host) === host)
      for (const [hour] of rhythm.hours) {
        const end = (hour + 1) * HOUR_MS;
        if (end <= beforeMs && (last === undefined || end > last)) last = end;
      }
  return last;
}
