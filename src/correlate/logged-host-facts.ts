import type { HostFacts, HostMoment } from "../model/host-facts.ts";
import { say, type Text } from "../model/phrase.ts";
import type { Signal } from "../model/signal.ts";
import { POWER, uptimeSeconds } from "./deletion/power-states.ts";
import type { HostDirectory } from "./story.ts";

/** Records of one start lie this close together, and an uptime is this exact. */
const SAME_MOMENT_MS = 10 * 60_000;

/** Records that say that Windows started, surest first, and those that say that it was shut down in order. */
const STARTS = ["kernel-general 12", "eventlog 6009", "security-auditing 4608", "eventlog 6005"];
const SHUTDOWNS = ["kernel-general 13", "eventlog 6006"];
const UPTIME = "eventlog 6013";
const ISO_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** What the logs say of starts, shutdowns, version and time zone of each host. */
export function loggedHostFacts(
  of: (kind: string) => readonly Signal[],
  hosts: HostDirectory,
): HostFacts[] {
  const byHost = new Map<string, Signal[]>();
  for (const signal of of(POWER.kind)) {
    const host = hosts.nameOf(signal.ref.host);
    if (host === "" || !isTold(signal)) continue;
    const list = byHost.get(host);
    if (list === undefined) byHost.set(host, [signal]);
    else list.push(signal);
  }
  return [...byHost]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([host, signals]) => factsOf(host, signals));
}

/** `signals` are in time order. */
function factsOf(host: string, signals: readonly Signal[]): HostFacts {
  const start = lastOf(signals, STARTS);
  const uptime = lastOf(signals, [UPTIME]);
  const reckoned = uptime && startByUptime(uptime);
  const shutdown = lastOf(signals, SHUTDOWNS);
  const conflicts = [...(reckoned === undefined ? [] : uptimeConflict(reckoned, uptime!, signals))];
  // The newest of both: a log may have lost the record of the start, and a start may be newer than the last uptime.
  const byRecord = start && momentOf(start, "StartTime");
  const lastBoot =
    reckoned !== undefined &&
    (byRecord === undefined || ms(reckoned) > ms(byRecord) + SAME_MOMENT_MS)
      ? reckoned
      : byRecord;
  const zone = uptime && zoneOf(uptime);
  const build = buildOf(signals);
  return {
    sources: [],
    host,
    ...(build !== undefined && { build }),
    ...zone,
    ...(lastBoot && { lastBoot }),
    ...(shutdown && { loggedShutdown: momentOf(shutdown, "StopTime") }),
    addresses: [],
    channels: [],
    audit: [],
    problems: [],
    ...(conflicts.length > 0 && { conflicts }),
  };
}

function isTold(signal: Signal): boolean {
  const name = nameOf(signal);
  return STARTS.includes(name) || SHUTDOWNS.includes(name) || name === UPTIME;
}

function nameOf({ ref }: Signal): string {
  return `${ref.provider.toLowerCase().replace(/^microsoft-windows-/, "")} ${ref.eventId}`;
}

/** The newest of the records with one of these names; of those of one moment the one named first. */
function lastOf(signals: readonly Signal[], names: readonly string[]): Signal | undefined {
  let found: Signal | undefined;
  for (let i = signals.length - 1; i >= 0; i--) {
    const signal = signals[i]!;
    if (found !== undefined && found.timeMs - signal.timeMs > SAME_MOMENT_MS) break;
    const rank = names.indexOf(nameOf(signal));
    if (rank < 0) continue;
    if (found === undefined || rank < names.indexOf(nameOf(found))) found = signal;
  }
  return found;
}

/** The time in `field` where it agrees with the record's own, else that. */
function momentOf(signal: Signal, field: string): HostMoment {
  const { ref, timeMs, fields } = signal;
  const told = fields[field] ?? "";
  const near = ISO_UTC.test(told) && Math.abs(Date.parse(told) - timeMs) <= SAME_MOMENT_MS;
  return { time: near ? told : ref.time, by: sourceName(signal), ref };
}

function sourceName({ ref }: Signal): string {
  return `${ref.provider.replace(/^Microsoft-Windows-/i, "")} ${ref.eventId}`;
}

function startByUptime(signal: Signal): HostMoment | undefined {
  const seconds = uptimeSeconds(signal.fields.Data ?? "");
  if (seconds === undefined) return undefined;
  const time = new Date(signal.timeMs - seconds * 1000);
  if (Number.isNaN(time.getTime())) return undefined;
  return { time: time.toISOString(), by: sourceName(signal), ref: signal.ref };
}

/** The last start before an uptime was written and the start that it counts from should be one. */
function uptimeConflict(reckoned: HostMoment, uptime: Signal, signals: readonly Signal[]): Text[] {
  const before = signals.filter(({ timeMs }) => timeMs <= uptime.timeMs);
  const start = lastOf(before, STARTS);
  if (start === undefined) return [];
  const recorded = momentOf(start, "StartTime");
  // An event log service that was started again is no start of Windows.
  if (nameOf(start) === "eventlog 6005" && ms(recorded) > ms(reckoned)) return [];
  if (Math.abs(ms(recorded) - ms(reckoned)) <= SAME_MOMENT_MS) return [];
  return [
    say`by its uptime (${reckoned.by} at ${second(uptime.ref.time)}) Windows had started at ${second(reckoned.time)}, by its last record of a start before that (${recorded.by}) at ${second(recorded.time)}: the clock was set, or records of a start are missing`,
  ];
}

/** Of the strings of 6013 the one that is a bias and the name of a zone: `-540 Tokyo Standard Time`. */
function zoneOf({ fields }: Signal): { biasMinutes?: number; timeZone?: string } {
  for (const text of (fields.Data ?? "").split(" | ")) {
    const found = /^(-?\d{1,3}) (\D.{0,99})$/.exec(text.trim());
    if (found !== null && Math.abs(Number(found[1])) <= 14 * 60)
      return { biasMinutes: Number(found[1]), timeZone: found[2]! };
  }
  return {};
}

/** The build of Windows that started last: of Kernel-General 12, or the second string of 6009. */
function buildOf(signals: readonly Signal[]): string | undefined {
  const versions = ["kernel-general 12", "eventlog 6009"];
  const last = lastOf(signals, versions);
  const text =
    last?.ref.eventId === 12 ? last.fields.BuildVersion : last?.fields.Data?.split(" | ")[1];
  return /^\d{4,6}$/.test(text?.trim() ?? "") ? text!.trim() : undefined;
}

function ms({ time }: HostMoment): number {
  return Date.parse(time);
}

function second(time: string): string {
  return time.replace(/\.\d+Z$/, "Z");
}
