import type { SignalWant } from "../../model/signal.ts";
import type { CaseView } from "../analyzer.ts";

const KERNEL_GENERAL = "Microsoft-Windows-Kernel-General";
const KERNEL_POWER = "Microsoft-Windows-Kernel-Power";
const TROUBLESHOOTER = "Microsoft-Windows-Power-Troubleshooter";

/** Start, shutdown and sleep of Windows. */
export const POWER: SignalWant = {
  kind: "power",
  subscription: {
    channels: ["System", "Security"],
    providers: [
      KERNEL_GENERAL,
      KERNEL_POWER,
      TROUBLESHOOTER,
      "EventLog",
      "Microsoft-Windows-Security-Auditing",
    ],
    eventIds: [1, 12, 13, 41, 42, 107, 506, 507, 6005, 6006, 6008, 6009, 6013, 4608],
    fields: ["Data", "StartTime", "StopTime", "BuildVersion"],
  },
};

/** Somebody or something set the clock: Security 4616 and System Kernel-General 1. */
export const CLOCK_SET: SignalWant = {
  kind: "clock-set",
  subscription: {
    channels: ["Security", "System"],
    providers: ["Microsoft-Windows-Security-Auditing", KERNEL_GENERAL],
    eventIds: [4616, 1],
    fields: [
      "SubjectUserName",
      "SubjectDomainName",
      "PreviousDate",
      "PreviousTime",
      "NewDate",
      "NewTime",
      "OldTime",
      "ProcessName",
    ],
  },
};

/** `off` and `sleep`: no records can follow; `on`: it came back; `up`: it ran, as said by event 6013. */
export interface PowerEvent {
  readonly timeMs: number;
  readonly state: "off" | "sleep" | "on" | "up";
  /** Of `up`: when Windows had started. */
  readonly bootMs?: number;
}

/** The power events of a host, in order of time. */
export function powerEvents(view: CaseView, host: string): PowerEvent[] {
  const events: PowerEvent[] = [];
  for (const { timeMs, ref, fields } of view.of(POWER.kind)) {
    if (view.story.hosts.nameOf(ref.host).toLowerCase() !== host.toLowerCase()) continue;
    const state = stateOf(ref.provider, ref.eventId);
    if (state !== undefined) events.push({ timeMs, state });
    if (ref.eventId !== 6013) continue;
    const seconds = uptimeSeconds(fields.Data ?? "");
    if (seconds !== undefined)
      events.push({ timeMs, state: "up", bootMs: timeMs - seconds * 1000 });
  }
  return events;
}

function stateOf(provider: string, id: number): PowerEvent["state"] | undefined {
  if (id === 4608) return "on";
  const from = provider.toLowerCase();
  if (from === KERNEL_GENERAL.toLowerCase())
    return id === 12 ? "on" : id === 13 ? "off" : undefined;
  if (from === TROUBLESHOOTER.toLowerCase()) return id === 1 ? "on" : undefined;
  if (from !== KERNEL_POWER.toLowerCase()) return undefined;
  if (id === 42 || id === 506) return "sleep";
  return id === 41 || id === 107 || id === 507 ? "on" : undefined;
}

/** Of the strings of event 6013 the only one that is a plain number of seconds, as in `| | | | 86429 | 60 | -540 …`. */
export function uptimeSeconds(data: string): number | undefined {
  const strings = data.split(" | ").map((text) => text.trim());
  const first = strings.find((text) => /^\d+$/.test(text));
  return first === undefined || first.length > 10 ? undefined : Number(first);
}

/** What the clock was set by in milliseconds, where the record tells. */
export function clockStepMs(fields: Readonly<Record<string, string | null>>): number | undefined {
  // The first form of 4616 gives date and time as two texts in the language of the host: not read.
  if (fields.PreviousDate !== undefined) return undefined;
  const before = Date.parse(fields.PreviousTime ?? fields.OldTime ?? "");
  const after = Date.parse(fields.NewTime ?? "");
  return Number.isNaN(before) || Number.isNaN(after) ? undefined : after - before;
}
