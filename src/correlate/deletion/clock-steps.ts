import type { Finding } from "../../model/finding.ts";
import type { TimeStepBack } from "../../model/ledger.ts";
import { type Phrase, say } from "../../model/phrase.ts";
import type { Signal } from "../../model/signal.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { nearest } from "../time-index.ts";
import { type ChannelLog, channelLogs } from "./channel-logs.ts";
import { clock, deletionFinding } from "./deletion-finding.ts";
import { refsOf } from "./missing-records.ts";
import { CLOCK_SET, clockStepMs, POWER } from "./power-states.ts";

/** Smaller steps come from providers that write late; they are told by no finding. */
const LEAST_STEP_MS = 10 * 60_000;
/** Kernel-General 12, EventLog 6005 and 6009, Security 4608: Windows starts, perhaps with a wrong clock. */
const STARTS = new Set([12, 6005, 6009, 4608]);
/** A record of the setting is written within minutes of the step, by the clock before or after it. */
const NEAR_MS = 10 * 60_000;

/** Time that runs backwards in a log although nothing recorded that the clock was set. */
export const clockSteps: Analyzer = {
  name: "clock-steps",
  wants: [CLOCK_SET, POWER],
  run: (view) => {
    if (view.filtered) return { findings: [] };
    const logs = channelLogs(view.inputs, view.story.hosts);
    const steps = logs
      .filter(({ whole, input }) => whole && input.status === "read")
      .flatMap((log) =>
        (log.input.timeSteps ?? []).flatMap((step) => {
          const size = Date.parse(step.lastTime) - Date.parse(step.nextTime);
          return size >= LEAST_STEP_MS && wouldBeTold(logs, log.host, step)
            ? [{ log, step, size }]
            : [];
        }),
      );
    const hosts = new Map<string, Step[]>();
    for (const one of steps) {
      if (isExplained(view, one)) continue;
      hosts.set(one.log.host, [...(hosts.get(one.log.host) ?? []), one]);
    }
    return { findings: [...hosts.values()].map(told) };
  },
};

interface Step {
  readonly log: ChannelLog;
  readonly step: TimeStepBack;
  /** Milliseconds. */
  readonly size: number;
}

/** A log in which the setting of the clock would stand covers the moment; else its absence says nothing. */
function wouldBeTold(logs: readonly ChannelLog[], host: string, step: TimeStepBack): boolean {
  const moment = Date.parse(step.lastTime);
  return logs.some(
    (log) =>
      log.host === host &&
      log.whole &&
      (log.channel === "System" || log.channel === "Security") &&
      log.firstMs <= moment &&
      log.lastMs >= moment,
  );
}

/** The clock was set by about that much at that time, or Windows had just started with a wrong clock. */
function isExplained(view: CaseView, { log, step, size }: Step): boolean {
  const isOwn = ({ ref }: Signal): boolean =>
    // The log itself, under whatever name the machine had then.
    ref.file === log.input.path ||
    view.story.hosts.nameOf(ref.host).toLowerCase() === log.host.toLowerCase();
  const around = { before: NEAR_MS, after: NEAR_MS };
  const sets = view.of(CLOCK_SET.kind);
  const power = view.of(POWER.kind);
  return [step.lastTime, step.nextTime].map(Date.parse).some(
    (moment) =>
      nearest(sets, moment, around, timeOf, (signal) => {
        const set = clockStepMs(signal.fields);
        // Around a setting forward, too, records of before and after stand in the wrong order.
        return (set === undefined || Math.abs(set) > size / 2) && isOwn(signal);
      }) !== undefined ||
      nearest(
        power,
        moment,
        around,
        timeOf,
        (signal) => STARTS.has(signal.ref.eventId) && isOwn(signal),
      ) !== undefined,
  );
}

const timeOf = ({ timeMs }: Signal): number => timeMs;

function told(steps: readonly Step[]): Finding {
  const first = steps[0]!;
  const { log, step, size } = first;
  return deletionFinding({
    rule: "konseki-time-runs-back",
    key: [log.channel, String(step.after), step.nextTime],
    host: log.host,
    kind: "hypothesis",
    severity: "medium",
    confidence: steps.length > 1 ? "medium" : "low",
    title: "Time runs backwards and nothing says that the clock was set",
    statement: say`In ${log.channel} of ${log.host}, record ${step.before} of ${clock(step.nextTime)} follows record ${step.after} of ${clock(step.lastTime)}: ${minutes(size)} back${steps.length > 1 ? say`; the same in ${steps.length - 1} more places` : ""}.`,
    reasons: {
      for: [
        "records are numbered in the order in which they were written",
        "no record of the host says that its clock was set by that much then",
      ],
      against: ["some programs hand in records late, with the time at which something happened"],
    },
    evidence: steps.flatMap((one) => refsOf(one.log, one.step)),
    first: step.nextTime,
    last: step.lastTime,
    attack: ["T1070.006"],
    falsePositives: [
      "Records handed in late by their program.",
      "A machine that starts with a flat clock battery.",
    ],
    alternatives: [
      "The clock was set, and the record of it (Security 4616, Kernel-General 1) was removed or not audited.",
      "The record was made elsewhere and put into the log.",
    ],
    checkNext: [
      "Compare the times with those of other hosts that had sessions with this one.",
      "Look for Security 4616 and System Kernel-General 1 in other copies of the logs.",
    ],
  });
}

function minutes(ms: number): Phrase {
  const all = Math.round(ms / 60_000);
  return all >= 120 ? say`${Math.floor(all / 60)} h ${all % 60} min` : say`${all} min`;
}
