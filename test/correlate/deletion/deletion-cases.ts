import { unlinkRecord } from "../../support/edit-log.ts";
import { forgeScenario, type LogBytes } from "../../support/triage-logs.ts";

/** A forged case: logs, and what was deleted from them; none: an honest twin. */
export interface DeletionCase {
  readonly name: string;
  readonly logs: () => LogBytes[];
  /** The host, and a time (ISO 8601 UTC) that the finding's period has to hold. */
  readonly deleted?: { readonly host: string; readonly at: string };
}

const HEAD = `
title: case
seed: 3
start: 2026-03-02T00:00:00Z
hosts:
  HOST-A: { domain: corp.example, addresses: [10.1.0.11] }
  HOST-B: { domain: corp.example, addresses: [10.1.0.12] }
`;
const DAYS = `
noise:
  - { kind: serviceLogons, host: HOST-A, to: +4d, every: 10m }
  - { kind: serviceStates, host: HOST-A, to: +4d, every: 15m }
  - { kind: programs, host: HOST-A, user: user.one, to: +4d, every: 20m }
  - { kind: serviceLogons, host: HOST-B, to: +4d, every: 20m }
  - { kind: serviceStates, host: HOST-B, to: +4d, every: 30m }
`;

/** Ordinary days of two hosts, with `events` (YAML lines of a list) in them. */
export function days(events = "", logs = ""): string {
  return `${HEAD}${logs === "" ? "" : `logs:\n${logs}`}${DAYS}${events === "" ? "" : `events:\n${events}`}`;
}

const securityCleared = `
  - at: +2d3h
    host: HOST-A
    channel: Security
    id: 1102
    userData: { LogFileCleared: { SubjectUserSid: S-1-5-21-1-2-3-1104, SubjectUserName: user.one, SubjectDomainName: CORP, SubjectLogonId: 0x3c91f7 } }
`;

/** The logs without the events of `path` that lie from `from` to `to` (hours into the case); ids as they were written. */
export function without(yaml: string, path: string, from: number, to: number): LogBytes[] {
  return forgeScenario(yaml, {}, (log) =>
    log.path !== path
      ? log.events
      : log.events
          .map((event, at) => ({ ...event, recordId: BigInt(at + 1) }))
          .filter(({ time }) => {
            const hours = Number(time - START_TICKS) / 36e9;
            return hours < from || hours >= to;
          }),
  );
}

/** 100 ns ticks of 2026-03-02T00:00:00Z. */
const START_TICKS = 134_168_832_000_000_000n;

const SECURITY_A = "HOST-A/Security.evtx";

export const CASES: readonly DeletionCase[] = [
  {
    name: "Security cleared by its own command",
    logs: () => without(days(securityCleared), SECURITY_A, -1, 51),
    deleted: { host: "HOST-A", at: "2026-03-04T02:00:00Z" },
  },
  {
    name: "three hours taken out of Security, numbers left",
    logs: () => without(days(), SECURITY_A, 30, 33),
    deleted: { host: "HOST-A", at: "2026-03-03T07:30:00Z" },
  },
  {
    name: "one record unlinked, the others renumbered",
    logs: () =>
      forgeScenario(days()).map((log) =>
        log.path === SECURITY_A ? { ...log, bytes: unlinkRecord(log.bytes, 200n) } : log,
      ),
    deleted: { host: "HOST-A", at: "2026-03-02T14:28:51Z" },
  },
  { name: "ordinary days", logs: () => forgeScenario(days()) },
  {
    name: "a log that rolled over",
    logs: () => forgeScenario(days(), { [SECURITY_A]: { ring: 2 } }),
  },
];
