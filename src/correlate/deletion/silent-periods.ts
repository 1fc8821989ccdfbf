import type { Finding } from "../../model/finding.ts";
import { say } from "../../model/phrase.ts";
import type { RecordRef } from "../../model/record-ref.ts";
import type { Signal } from "../../model/signal.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { byPlace, channelLogs, folderOf, placeKey } from "./channel-logs.ts";
import { clock, deletionFinding } from "./deletion-finding.ts";
import { type HostHours, hostHours } from "./host-hours.ts";
import { LOG_CLEARED, LOG_SERVICE } from "./log-service-want.ts";
import { CLOCK_SET, clockStepMs, POWER, type PowerEvent, powerEvents } from "./power-states.ts";
import { type QuietRun, quietRuns } from "./quiet-runs.ts";
import { gapOf } from "./witnesses.ts";

const HOUR_MS = 3_600_000;
/** Power events are written late, and the first records after a start come minutes after it. */
/** Live logs beside one that tell when all were taken. */
const FEWEST_BESIDE = 2;
const AROUND_MS = 20 * 60_000;
/** Forged times must not make us count for ever. */
const MOST_OFF_MS = 366 * 24 * HOUR_MS;

/** Hours in which a log that otherwise writes all the time is silent, though its host ran. */
export const silentPeriods: Analyzer = {
  name: "silent-periods",
  wants: [POWER, CLOCK_SET, LOG_CLEARED],
  run: (view) => {
    if (view.filtered) return { findings: [] };
    const logs = byPlace(channelLogs(view.inputs, view.story.hosts));
    // Between two files nothing is known.
    const covers: Covers = (host, channel, { fromMs, toMs }) =>
      (logs.get(placeKey(host, channel)) ?? []).some(
        ({ firstMs, lastMs }) => firstMs <= fromMs && lastMs >= toMs,
      );
    return {
      findings: hostHours(view).flatMap((host) => [
        ...channels(view, host, covers),
        ...wholeHost(view, host, covers),
      ]),
    };
  },
};

/** One channel is silent while others of its host write. */
/** One file of the channel spans the silence. */
type Covers = (host: string, channel: string, run: QuietRun) => boolean;

function channels(view: CaseView, host: HostHours, covers: Covers): Finding[] {
  const findings: Finding[] = [];
  for (const [channel, hours] of host.channels) {
    if (!host.whole.has(channel)) continue;
    const others = new Set<number>();
    for (const [name, set] of host.channels)
      if (name !== channel) for (const hour of set) others.add(hour);
    const until = takenAt(view, host.name, channel);
    for (const run of quietRuns(hours, (hour) => others.has(hour), until)) {
      const atEnd = until !== undefined && run.toMs > until * HOUR_MS;
      if ((!atEnd && !covers(host.name, channel, run)) || isTold(view, host.name, channel, run))
        continue;
      findings.push(silence(view, host.name, channel, run));
    }
  }
  return findings;
}

function silence(view: CaseView, host: string, channel: string, run: QuietRun): Finding {
  const { fromMs, toMs, counted, usual } = run;
  return deletionFinding({
    rule: "konseki-silent-channel",
    key: [channel, new Date(fromMs).toISOString()],
    host,
    kind: "hypothesis",
    severity: channel === "Security" ? "high" : "medium",
    confidence: "medium",
    title: "A log is silent while others of its host write",
    statement: say`${channel} of ${host} has no record from ${clock(fromMs)} to ${clock(toMs)}, though it otherwise writes in ${percent(usual)} of all hours and other logs of the host went on.`,
    reasons: {
      for: [
        say`in ${counted} hours in which other logs wrote, it wrote nothing`,
        "so long a silence does not occur by chance in its own rhythm",
      ],
      against: ["its record numbers have no hole: nothing was written, or numbers were mended"],
    },
    evidence: edges(view, host, run, channel),
    first: new Date(fromMs).toISOString(),
    last: new Date(toMs).toISOString(),
    attack: ["T1562.002"],
    gaps: [gapOf(view, { host, channel, fromMs, toMs })],
    falsePositives: ["Auditing or the channel was switched off for maintenance."],
    alternatives: [
      "The source of the records was idle: less likely, because it never is that long.",
      "Auditing was switched off by policy: look for 4719 at both ends.",
    ],
    checkNext: [
      "Look for 4719, auditpol, wevtutil sl and stops of the event log service at both ends of the silence.",
      "Compare with the clocks and logs of other hosts that had sessions with this one.",
    ],
  });
}

/**
 * The hour in which the log was taken, by the live logs beside it that go on longest; unknown for exports, which
 * may have been made at different times.
 */
function takenAt(view: CaseView, host: string, channel: string): number | undefined {
  const logs = channelLogs(view.inputs, view.story.hosts).filter(
    (log) => log.host === host && log.input.origin === "live-copy",
  );
  const own = logs.filter((log) => log.channel === channel);
  const beside = logs.filter(
    (log) =>
      log.channel !== channel &&
      own.some(({ input }) => folderOf(input.path) === folderOf(log.input.path)),
  );
  if (own.length !== 1 || beside.length < FEWEST_BESIDE) return undefined;
  return Math.floor(Math.max(...beside.map(({ lastMs }) => lastMs)) / HOUR_MS);
}

/** Everything is silent, and Windows was neither off nor asleep. */
function wholeHost(view: CaseView, host: HostHours, covers: Covers): Finding[] {
  // Only the System log tells when Windows is off.
  const system = [...host.channels].find(([name]) => name === "System")?.[1];
  if (system === undefined || !host.whole.has("System")) return [];
  const all = new Set<number>();
  for (const set of host.channels.values()) for (const hour of set) all.add(hour);
  const power = powerEvents(view, host.name);
  const off = hoursOff(power);
  const findings: Finding[] = [];
  for (const run of quietRuns(all, (hour) => !off.has(hour))) {
    const { fromMs, toMs } = run;
    // A start at its end without a shutdown before: a power cut, or what told of the shutdown is gone.
    if (
      power.some(
        ({ timeMs, state }) => state === "on" && timeMs >= fromMs && timeMs < toMs + HOUR_MS,
      )
    )
      continue;
    if (!covers(host.name, "System", run)) continue;
    if (isTold(view, host.name, "System", run) || isSteppedOver(view, host.name, run)) continue;
    const up = power.find(
      ({ timeMs, bootMs }) => timeMs >= toMs && bootMs !== undefined && bootMs < fromMs,
    );
    findings.push(
      deletionFinding({
        rule: "konseki-silent-host",
        key: [new Date(fromMs).toISOString()],
        host: host.name,
        kind: "hypothesis",
        severity: "high",
        confidence: up === undefined ? "low" : "medium",
        title: "All logs of a running host are silent",
        statement: say`No log of ${host.name} has a record from ${clock(fromMs)} to ${clock(toMs)}, and nothing says that Windows was off or asleep.`,
        reasons: {
          for: [
            "so long a silence does not occur by chance in the host's own rhythm",
            "no shutdown, sleep or start stands at its ends",
            ...(up === undefined
              ? []
              : ["Windows said later that it had been running all the time (event 6013)"]),
          ],
          against:
            up === undefined ? ["a power cut or a paused virtual machine leaves no record"] : [],
        },
        evidence: edges(view, host.name, run),
        first: new Date(fromMs).toISOString(),
        last: new Date(toMs).toISOString(),
        attack: ["T1562.002"],
        gaps: [gapOf(view, { host: host.name, channel: "System", fromMs, toMs })],
        falsePositives: ["A virtual machine that was paused or restored."],
        alternatives: [
          "The machine was paused by its hypervisor: ask for the hypervisor's log.",
          "The threads of the event log service were ended while the service seems to run.",
        ],
        checkNext: [
          "Look for access to the event log service's process before the silence (Sysmon 10).",
          "Look for records of other hosts that name this one in that time: they show that it ran.",
        ],
      }),
    );
  }
  return findings;
}

/** The records nearest to both ends of the silence, of those that anything looked at; else the log's first. */
function edges(view: CaseView, host: string, run: QuietRun, channel?: string): RecordRef[] {
  let before: Signal | undefined;
  let after: Signal | undefined;
  const kinds = [LOG_CLEARED.kind, POWER.kind, CLOCK_SET.kind, LOG_SERVICE.kind, "rule"];
  for (const kind of kinds)
    for (const signal of view.of(kind)) {
      const { timeMs, ref } = signal;
      if (channel !== undefined && ref.channel !== channel) continue;
      if (view.story.hosts.nameOf(ref.host) !== host) continue;
      if (timeMs < run.fromMs) {
        if (before === undefined || timeMs > before.timeMs) before = signal;
      } else if (timeMs >= run.toMs && (after === undefined || timeMs < after.timeMs))
        after = signal;
    }
  const found = [before, after].flatMap((signal) => signal?.ref ?? []);
  if (found.length > 0) return found;
  const log = channelLogs(view.inputs, view.story.hosts).findLast(
    (one) =>
      one.host === host && one.channel === (channel ?? "System") && one.firstMs <= run.fromMs,
  );
  return log?.input.firstRecord ? [log.input.firstRecord] : [];
}

/** The hours in which the host was off or asleep for some time. */
function hoursOff(power: readonly PowerEvent[]): Set<number> {
  const hours = new Set<number>();
  let downMs: number | undefined;
  for (const { timeMs, state } of power) {
    if (state === "up") continue;
    if (state === "on" && downMs !== undefined) {
      const toMs = Math.min(timeMs + AROUND_MS, downMs + MOST_OFF_MS);
      for (let at = downMs; at <= toMs; at += HOUR_MS) hours.add(Math.floor(at / HOUR_MS));
      hours.add(Math.floor(toMs / HOUR_MS));
    }
    if (state === "on") downMs = undefined;
    else downMs ??= timeMs;
  }
  return hours;
}

/** A clearing, a hole by numbers, damage or an earlier finding already says why. */
function isTold(
  view: CaseView,
  host: string,
  channel: string,
  { fromMs, toMs }: QuietRun,
): boolean {
  const key = placeKey(host, channel);
  const overlaps = (from: string, to: string): boolean =>
    Date.parse(from) < toMs && Date.parse(to) > fromMs;
  for (const { gaps } of view.findings)
    for (const gap of gaps ?? [])
      if (placeKey(gap.host, gap.channel) === key && overlaps(gap.from, gap.to)) return true;
  return view.inputs.some(
    ({ hosts, channels: places, recordIds }) =>
      places.some((place) =>
        hosts.some((name) => placeKey(view.story.hosts.nameOf(name), place.channel) === key),
      ) && recordIds?.gaps.some((gap) => overlaps(gap.lastTime, gap.nextTime)),
  );
}

/** The clock was set forward over it: no time passed, or the machine was paused. */
function isSteppedOver(view: CaseView, host: string, { fromMs, toMs }: QuietRun): boolean {
  return view.of(CLOCK_SET.kind).some(({ timeMs, ref, fields }) => {
    const step = clockStepMs(fields);
    return (
      step !== undefined &&
      step > (toMs - fromMs) / 2 &&
      timeMs > fromMs - AROUND_MS &&
      timeMs < toMs + HOUR_MS &&
      view.story.hosts.nameOf(ref.host).toLowerCase() === host.toLowerCase()
    );
  });
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
