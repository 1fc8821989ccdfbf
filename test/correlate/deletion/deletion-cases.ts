import type { ForgeEvent } from "../../../src/forge/forge-event.ts";
import type { LogOptions } from "../../../src/forge/log-writer.ts";
import type { Severity } from "../../../src/model/severity.ts";
import { renumberFrom, setCounters, unlinkRecord } from "../../support/edit-log.ts";
import { forgeScenario, type LogBytes } from "../../support/triage-logs.ts";

/** A forged case: logs, and what was deleted from them; none: an honest twin. */
export interface DeletionCase {
  readonly name: string;
  readonly logs: () => LogBytes[];
  /** The host, a time (ISO 8601 UTC) that the finding's period has to hold, and the finding's title. */
  readonly deleted?: {
    readonly host: string;
    readonly at: string;
    readonly by: string;
    /** Some signs are weak alone, and told as that. */
    readonly least?: Severity;
  };
}

/** 100 ns ticks of 2026-03-02T00:00:00Z, a Monday. */
const START_TICKS = 134_168_832_000_000_000n;
const TICKS_AN_HOUR = 36_000_000_000n;
const SECURITY_A = "HOST-A/Security.evtx";
const LSM = "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational";
const SYSMON = "Microsoft-Windows-Sysmon/Operational";

/** Ordinary days of two hosts, with `events` (YAML lines of a list) in them. */
function days(events = "", { logs = "", noise = "", length = "4d" } = {}): string {
  return `
title: case
seed: 3
start: 2026-03-02T00:00:00Z
hosts:
  HOST-A: { domain: corp.example, addresses: [10.1.0.11] }
  HOST-B: { domain: corp.example, addresses: [10.1.0.12] }
${logs === "" ? "" : `logs:\n${logs}`}
noise:
  - { kind: serviceLogons, host: HOST-A, to: +${length}, every: 15m }
  - { kind: serviceStates, host: HOST-A, to: +${length}, every: 15m }
  - { kind: programs, host: HOST-A, user: user.one, to: +${length}, every: 20m }
  - { kind: serviceLogons, host: HOST-B, to: +${length}, every: 1h }
  - { kind: serviceStates, host: HOST-B, to: +${length}, every: 1h }
${noise}
${events === "" ? "" : `events:\n${events}`}`;
}

/** Hours into the case. */
function hoursOf(event: ForgeEvent): number {
  return Number(event.time - START_TICKS) / Number(TICKS_AN_HOUR);
}

interface Edit {
  /** Which logs, by the start of their path. */
  readonly path: string;
  readonly keep?: (event: ForgeEvent, hours: number) => boolean;
  readonly change?: (event: ForgeEvent, hours: number) => ForgeEvent;
  /** The kept records keep the numbers they had before. */
  readonly numbersStay?: boolean;
}

/** The scenario's logs, written without or with other events. */
function edited(
  yaml: string,
  edits: readonly Edit[],
  options: Readonly<Record<string, LogOptions>> = {},
): LogBytes[] {
  return forgeScenario(yaml, options, (log) => {
    let events: readonly ForgeEvent[] = log.events;
    for (const { path, keep, change, numbersStay } of edits) {
      if (!log.path.startsWith(path)) continue;
      if (numbersStay) events = events.map((event, at) => ({ ...event, recordId: BigInt(at + 1) }));
      if (keep) events = events.filter((event) => keep(event, hoursOf(event)));
      if (change) events = events.map((event) => change(event, hoursOf(event)));
    }
    return events;
  });
}

const outside =
  (from: number, to: number) =>
  (_: ForgeEvent, hours: number): boolean =>
    hours < from || hours >= to;

/** The logs under other paths, those that `path` tells. */
function moved(logs: readonly LogBytes[], from: string, to: string): LogBytes[] {
  return logs.filter(({ path }) => path === from).map(({ bytes }) => ({ path: to, bytes }));
}

const SUBJECT =
  "SubjectUserSid: S-1-5-21-1-2-3-1104, SubjectUserName: user.one, SubjectDomainName: CORP, SubjectLogonId: 0x3c91f7";

const CLEARED = `
  - { at: +2d3h, host: HOST-A, channel: Security, id: 1102, userData: { LogFileCleared: { ${SUBJECT} } } }
`;
const OTHER_CLEARED = `
  - { at: +2d3h, host: HOST-A, channel: System, id: 104, userData: { LogFileCleared: { SubjectUserName: user.one, SubjectDomainName: CORP, Channel: Windows PowerShell, BackupPath: "" } } }
`;
const UPTIME = (at: string, seconds: number): string => `
  - { at: ${at}, host: HOST-A, channel: System, provider: EventLog, id: 6013, strings: ["", "", "", "", "${seconds}", "60", "0 Coordinated Universal Time"] }
`;
const program = (line: string): string => `
  - { at: +2d3h, host: HOST-A, channel: Security, id: 4688, data: { ${SUBJECT}, NewProcessId: 0x9a4, NewProcessName: 'C:\\Windows\\System32\\cmd.exe', ProcessId: 0x1f4, CommandLine: '${line}', ParentProcessName: 'C:\\Windows\\explorer.exe' } }
`;
const script = (text: string): string => `
  - { at: +2d3h, host: HOST-A, channel: Microsoft-Windows-PowerShell/Operational, id: 4104, data: { MessageNumber: 1, MessageTotal: 1, ScriptBlockText: '${text}', ScriptBlockId: a1, Path: '' } }
`;
const audit = (at: string, changes: string, sid = "S-1-5-21-1-2-3-1104"): string => `
  - { at: ${at}, host: HOST-A, channel: Security, id: 4719, data: { SubjectUserSid: ${sid}, SubjectUserName: user.one, SubjectDomainName: CORP, SubjectLogonId: 0x3c91f7, CategoryId: "%%8274", SubcategoryId: "%%13312", SubcategoryGuid: "{0cce922b-69ae-11d9-bed3-505054503030}", AuditPolicyChanges: "${changes}" } }
`;
/** A time in all cases, and where. */
const AT_THREE = { host: "HOST-A", at: "2026-03-04T03:00:00Z" };
const service = (id: number, data: string): string => `
  - { at: +2d3h, host: HOST-A, channel: Security, provider: Microsoft-Windows-Eventlog, id: ${id}, userData: { ${data} } }
`;
const security = (id: number, data: string): string => `
  - { at: +2d3h, host: HOST-A, channel: Security, id: ${id}, data: { ${data} } }
`;
const registry = (id: number, type: string, key: string): string => `
  - { at: +2d3h, host: HOST-A, channel: ${SYSMON}, id: ${id}, data: { EventType: ${type}, Image: 'C:\\Windows\\System32\\reg.exe', TargetObject: 'HKLM\\System\\CurrentControlSet\\${key}', Details: DWORD (0x00000000) } }
`;
const startType = (from: string, to: string): string => `
  - { at: +2d3h, host: HOST-A, channel: System, provider: Service Control Manager, id: 7040, data: { param1: Windows Event Log, param2: ${from}, param3: ${to}, param4: EventLog } }
`;
const created = (
  at: string,
  id: string,
  image: string,
  parentId: string,
  parent: string,
): string => `
  - { at: ${at}, host: HOST-A, channel: Security, id: 4688, data: { ${SUBJECT}, NewProcessId: "${id}", NewProcessName: 'C:\\Windows\\System32\\${image}.exe', ProcessId: "${parentId}", CommandLine: '', ParentProcessName: 'C:\\Windows\\System32\\${parent}.exe' } }
`;
const STARTED_WITH_AUDIT = `
  - { at: +1d, host: HOST-A, channel: Security, id: 4608, data: {} }
${created("+1d4s", "0x2b8", "services", "0x24c", "wininit")}`;
const SECURITY_SHELLS =
  created("+1d8h", "0x11f0", "cmd", "0x3e8", "explorer") +
  created("+1d8h2m", "0x1204", "whoami", "0x11f0", "cmd") +
  created("+1d14h", "0x1420", "powershell", "0x3e8", "explorer") +
  created("+2d9h", "0x1a0c", "cmd", "0x3e8", "explorer") +
  created("+2d9h1m", "0x1a44", "whoami", "0x1a0c", "cmd") +
  created("+2d15h", "0x1c10", "cmd", "0x3e8", "explorer");
const DESK_DAYS = "  - { kind: interactiveDay, host: HOST-A, user: user.two, to: +4d }";

const sysmon = (at: string, guid: string, parent: string, line: string, image = "cmd"): string => `
  - { at: ${at}, host: HOST-A, channel: ${SYSMON}, id: 1, data: { ProcessGuid: "{6a1f0c3e-${guid}-0b01-000000001000}", ProcessId: 4120, Image: 'C:\\Windows\\System32\\${image}.exe', CommandLine: '${line}', User: 'CORP\\user.one', ParentProcessGuid: "{6a1f0c3e-${parent}-0b01-000000001000}", ParentProcessId: 692, ParentImage: 'C:\\Windows\\System32\\cmd.exe' } }
`;
/** The middle of a Sysmon process number: seconds since 1970, low half first. */
function second(iso: string): string {
  const hex = (Date.parse(iso) / 1000).toString(16).padStart(8, "0");
  return `${hex.slice(4)}-${hex.slice(0, 4)}`;
}
const SHELLS = ["06", "09", "12", "15", "18"]
  .map((hour) => {
    const guid = second(`2026-03-03T${hour}:00:00Z`);
    return sysmon(`2026-03-03T${hour}:00:00Z`, guid, "0000-0000", "cmd.exe");
  })
  .join("");

/** A folder such as a whole winevt\\Logs, without `missing`. */
function wholeFolder(missing: string): LogBytes[] {
  const channels = [
    "Application",
    "Security",
    "System",
    "Setup",
    "Windows PowerShell",
    "Microsoft-Windows-GroupPolicy/Operational",
    LSM,
    "Microsoft-Windows-User Profile Service/Operational",
    "Microsoft-Windows-Winlogon/Operational",
    "Microsoft-Windows-WMI-Activity/Operational",
    ...Array.from({ length: 60 }, (_, at) => `Vendor-Part-${at}/Operational`),
  ].filter((channel) => channel !== missing);
  const events = channels
    .flatMap((channel) =>
      ["+1h", "+50h"].map(
        (at) =>
          `  - { at: ${at}, host: HOST-A, channel: "${channel}", provider: Vendor, id: 7, data: { Text: "x" } }\n`,
      ),
    )
    .join("");
  return forgeScenario(
    `start: 2026-03-02T00:00:00Z\nhosts:\n  HOST-A: { domain: corp.example }\nevents:\n${events}`,
  );
}

const SESSION = `
  - { at: +2d3h, host: HOST-A, channel: "${LSM}", id: 21, userData: { EventXML: { User: 'CORP\\user.nine', SessionID: 5, Address: 10.1.0.77 } } }
  - { at: +1h, host: HOST-A, channel: "${LSM}", id: 41, userData: { EventXML: { User: 'CORP\\user.two', SessionID: 2 } } }
`;
const LOGON = `
  - { at: +2d3h, host: HOST-A, channel: Security, id: 4624, data: { TargetUserSid: S-1-5-21-1-2-3-1109, TargetUserName: user.nine, TargetDomainName: CORP, TargetLogonId: 0x77f001, LogonType: 10, IpAddress: 10.1.0.77, IpPort: "0" } }
`;
const BOOT = `
  - { at: +1m, host: HOST-A, channel: Security, id: 4608, data: {} }
`;
const LOGOFF = `
  - { at: +2d5h, host: HOST-A, channel: Security, id: 4634, data: { TargetUserSid: S-1-5-21-1-2-3-1109, TargetUserName: user.nine, TargetDomainName: CORP, TargetLogonId: 0x77f001, LogonType: 10 } }
`;
const INSTALLED_BY_AUDIT = `
  - { at: +2d3h, host: HOST-A, channel: Security, id: 4697, data: { ${SUBJECT}, ServiceName: updater7, ServiceFileName: 'C:\\Windows\\Temp\\u.exe', ServiceType: "0x10", ServiceStartType: 3, ServiceAccount: LocalSystem } }
`;
const INSTALLED = `
  - { at: +2d3h, host: HOST-A, channel: System, id: 7045, data: { ServiceName: updater7, ImagePath: 'C:\\Windows\\Temp\\u.exe', ServiceType: user mode service, StartType: demand start, AccountName: LocalSystem } }
`;
const TOOL_INSTALLED = `
  - { at: +2d2h59m, host: HOST-A, channel: System, id: 7045, data: { ServiceName: PSEXESVC, ImagePath: '%SystemRoot%\\PSEXESVC.exe', ServiceType: user mode service, StartType: demand start, AccountName: LocalSystem } }
`;
const TOOL_RAN = `
  - { at: +2d3h, host: HOST-A, channel: System, id: 7036, data: { param1: PSEXESVC, param2: running } }
`;
const STOPPED = `
  - { at: +2d2h, host: HOST-A, channel: System, provider: EventLog, id: 6006, strings: [""] }
  - { at: +2d5h, host: HOST-A, channel: System, provider: EventLog, id: 6005, strings: [""] }
`;
const CRASHED = `
  - { at: +2d2h, host: HOST-A, channel: System, provider: Service Control Manager, id: 7034, data: { param1: Windows Event Log, param2: 1 } }
`;
const STARTED = (at: string): string => `
  - { at: ${at}, host: HOST-A, channel: System, provider: Microsoft-Windows-Kernel-General, id: 12, data: { MajorVersion: 10 } }
`;
const POWER_CUT = `${STARTED("+2d5h")}
  - { at: +2d5h1m, host: HOST-A, channel: System, provider: Microsoft-Windows-Kernel-Power, id: 41, data: { BugcheckCode: 0 } }
  - { at: +2d5h2m, host: HOST-A, channel: System, provider: EventLog, id: 6008, strings: ["02:00:00", "3/4/2026"] }
`;
const CLOCK_BACK = `
  - { at: +2d, host: HOST-A, channel: Security, id: 4616, data: { SubjectUserSid: S-1-5-19, SubjectUserName: LOCAL SERVICE, SubjectDomainName: NT AUTHORITY, SubjectLogonId: 0x3e5, PreviousTime: "2026-03-04T00:00:00.0000000Z", NewTime: "2026-03-03T21:00:00.0000000Z", ProcessId: 0x4a8, ProcessName: 'C:\\Windows\\System32\\svchost.exe' } }
  - { at: +2d, host: HOST-A, channel: System, provider: Microsoft-Windows-Kernel-General, id: 1, data: { NewTime: "2026-03-03T21:00:00.0000000Z", OldTime: "2026-03-04T00:00:00.0000000Z", Reason: 1 } }
`;
const RESUMED = `
  - { at: +2d10h, host: HOST-A, channel: System, provider: Microsoft-Windows-Kernel-General, id: 1, data: { NewTime: "2026-03-04T10:00:00.0000000Z", OldTime: "2026-03-04T02:00:00.0000000Z", Reason: 1 } }
`;
const WEEKEND = `
  - { at: +4d18h, host: HOST-A, channel: System, provider: Microsoft-Windows-Kernel-Power, id: 42, data: { TargetState: 4, EffectiveState: 4, Reason: 7 } }
  - { at: +7d8h, host: HOST-A, channel: System, provider: Microsoft-Windows-Kernel-Power, id: 107, data: { TargetState: 4, EffectiveState: 4 } }
`;
const SUMMER_TIME = `
  - { at: +2d1h, host: HOST-A, channel: System, provider: Microsoft-Windows-Kernel-General, id: 24, data: { ExitBootServicesTime: 0, TimeZoneInfoCacheUpdated: true, CurrentBias: -120 } }
`;
const ARCHIVED = `
  - { at: +2d, host: HOST-A, channel: Security, provider: Microsoft-Windows-Eventlog, id: 1105, userData: { AutoBackup: { Channel: Security, BackupPath: 'C:\\Windows\\System32\\Winevt\\Logs\\Archive-Security-2026-03-04-00-00-00-000.evtx' } } }
`;
const SETUP = `
  - { at: +1h, host: HOST-A, channel: Setup, provider: Microsoft-Windows-Servicing, id: 2, userData: { CbsPackageChangeState: { PackageIdentifier: KB5012345 } } }
  - { at: +90h, host: HOST-A, channel: Setup, provider: Microsoft-Windows-Servicing, id: 2, userData: { CbsPackageChangeState: { PackageIdentifier: KB5012346 } } }
`;
const DIRTY: LogOptions = { dirty: true };
const ALL_DIRTY = {
  [SECURITY_A]: DIRTY,
  "HOST-A/System.evtx": DIRTY,
  "HOST-A/Setup.evtx": DIRTY,
};

export const CASES: readonly DeletionCase[] = [
  {
    name: "Security cleared, and the record of it is there",
    logs: () => edited(days(CLEARED), [{ path: SECURITY_A, keep: (_, h) => h >= 51 }]),
    deleted: { host: "HOST-A", at: "2026-03-04T02:00:00Z", by: "Cleared logs left a period dark" },
  },
  {
    name: "another log cleared, told by System",
    logs: () => forgeScenario(days(OTHER_CLEARED)),
    deleted: { host: "HOST-A", at: "2026-03-04T02:00:00Z", by: "Cleared logs left a period dark" },
  },
  {
    name: "three hours taken out of Security, numbers left",
    logs: () => edited(days(), [{ path: SECURITY_A, keep: outside(30, 33), numbersStay: true }]),
    deleted: {
      host: "HOST-A",
      at: "2026-03-03T07:30:00Z",
      by: "Records are missing from the middle of a log",
    },
  },
  {
    name: "three hours taken out of Security, and a shadow copy that has them",
    logs: () => [
      ...edited(days(), [{ path: SECURITY_A, keep: outside(30, 33), numbersStay: true }]),
      ...moved(forgeScenario(days()), SECURITY_A, "shadow copy/HOST-A/Security.evtx"),
    ],
    deleted: {
      host: "HOST-A",
      at: "2026-03-03T07:30:00Z",
      by: "Records are missing from the middle of a log",
    },
  },
  {
    name: "five hours taken out of Security, numbers mended",
    logs: () => edited(days(), [{ path: SECURITY_A, keep: outside(50, 55) }]),
    deleted: {
      host: "HOST-A",
      at: "2026-03-04T04:00:00Z",
      by: "A log is silent while others of its host write",
    },
  },
  {
    name: "Security ends a day before the other live logs",
    logs: () => edited(days(SETUP), [{ path: SECURITY_A, keep: (_, h) => h < 70 }], ALL_DIRTY),
    deleted: {
      host: "HOST-A",
      at: "2026-03-05T08:00:00Z",
      by: "A log is silent while others of its host write",
    },
  },
  {
    name: "threads of the event log service ended: all logs silent, Windows ran",
    logs: () => edited(days(UPTIME("+56h", 201_600)), [{ path: "HOST-A/", keep: outside(50, 55) }]),
    deleted: {
      host: "HOST-A",
      at: "2026-03-04T04:00:00Z",
      by: "All logs of a running host are silent",
    },
  },
  {
    name: "one record unlinked, the others renumbered",
    logs: () =>
      forgeScenario(days()).map((log) =>
        log.path === SECURITY_A ? { ...log, bytes: unlinkRecord(log.bytes, 200n) } : log,
      ),
    deleted: {
      host: "HOST-A",
      at: "2026-03-02T20:23:15Z",
      by: "A record was hidden inside another one",
    },
  },
  {
    name: "re-exported without some records and put back among the live logs",
    logs: () =>
      edited(days(SETUP), [{ path: SECURITY_A, keep: outside(30, 31), numbersStay: true }], {
        ...ALL_DIRTY,
        [SECURITY_A]: { exported: true },
      }),
    deleted: {
      host: "HOST-A",
      at: "2026-03-03T06:30:00Z",
      by: "A log was rewritten without some of its records",
    },
  },
  {
    name: "numbers go back in the middle of a chunk",
    logs: () =>
      forgeScenario(days()).map((log) =>
        log.path === SECURITY_A ? { ...log, bytes: renumberFrom(log.bytes, 200n, -7n) } : log,
      ),
    deleted: { host: "HOST-A", at: "2026-03-02T20:23:15Z", by: "Record ids repeat or go back" },
  },
  {
    name: "records taken out of the file's end, header counters left",
    logs: () =>
      forgeScenario(days()).map((log) =>
        log.path === SECURITY_A ? { ...log, bytes: setCounters(log.bytes, 9000n, 1) } : log,
      ),
    deleted: {
      host: "HOST-A",
      at: "2026-03-03T00:00:00Z",
      by: "A log's own counters disagree with what it holds",
    },
  },
  {
    name: "log file deleted and made anew",
    logs: () => {
      const old = edited(days(), [{ path: SECURITY_A, keep: (_, h) => h < 40 }], ALL_DIRTY);
      const now = edited(days(), [{ path: SECURITY_A, keep: (_, h) => h >= 60 }], ALL_DIRTY);
      return [...now, ...moved(old, SECURITY_A, "shadow copy/HOST-A/Security.evtx")];
    },
    deleted: { host: "HOST-A", at: "2026-03-03T20:00:00Z", by: "A log's numbers start anew" },
  },
  {
    name: "a log that begins long after the others, not full",
    logs: () =>
      edited(days(SETUP), [{ path: SECURITY_A, keep: (_, h) => h >= 60 }], {
        ...ALL_DIRTY,
        [SECURITY_A]: { dirty: true, firstRecordId: 90_000n },
      }),
    deleted: {
      host: "HOST-A",
      at: "2026-03-03T20:00:00Z",
      by: "A log begins long after the others of its host",
    },
  },
  {
    name: "event log service stopped for three hours while Windows ran on",
    logs: () => edited(days(STOPPED), [{ path: "HOST-A/", keep: outside(50.01, 52.99) }]),
    deleted: {
      host: "HOST-A",
      at: "2026-03-04T04:00:00Z",
      by: "Event log service stopped while Windows ran on",
    },
  },
  {
    name: "event log service crashed",
    logs: () => forgeScenario(days(CRASHED)),
    deleted: {
      host: "HOST-A",
      at: "2026-03-04T02:00:00Z",
      by: "Event log service stopped or crashed",
    },
  },
  {
    name: "Windows started, the records of the shutdown taken out, numbers mended",
    logs: () => edited(days(STARTED("+2d5h")), [{ path: "HOST-A/", keep: outside(49, 53 - 1e-6) }]),
    deleted: {
      host: "HOST-A",
      at: "2026-03-04T04:00:00Z",
      by: "Windows started and no record tells how it had stopped",
    },
  },
  {
    name: "auditing of programs switched off by an account, and on again",
    logs: () => forgeScenario(days(audit("+2d2h", "%%8448") + audit("+2d6h", "%%8449"))),
    deleted: {
      host: "HOST-A",
      at: "2026-03-04T04:00:00Z",
      by: "Auditing was switched off for a time",
    },
  },
  {
    name: "clock set back, the records of it taken out",
    logs: () =>
      edited(days(), [
        {
          path: SECURITY_A,
          change: (event, h) =>
            h < 48 ? event : { ...event, time: event.time - 3n * TICKS_AN_HOUR },
        },
      ]),
    deleted: {
      host: "HOST-A",
      at: "2026-03-03T22:00:00Z",
      by: "Time runs backwards and nothing says that the clock was set",
    },
  },
  {
    name: "session of the session manager without a logon in Security",
    logs: () => forgeScenario(days(SESSION, { noise: DESK_DAYS })),
    deleted: {
      host: "HOST-A",
      at: "2026-03-04T03:00:00Z",
      by: "Session without a logon in Security",
    },
  },
  {
    name: "logoff without its logon",
    logs: () => forgeScenario(days(BOOT + LOGOFF, { noise: DESK_DAYS })),
    deleted: { host: "HOST-A", at: "2026-03-04T03:00:00Z", by: "Logoff without its logon" },
  },
  {
    name: "service in Security that System never installed",
    logs: () => forgeScenario(days(INSTALLED_BY_AUDIT)),
    deleted: {
      host: "HOST-A",
      at: "2026-03-04T03:00:00Z",
      by: "Service whose installation is not in System",
    },
  },
  {
    name: "service of a remote tool ran, its installation taken out",
    logs: () => forgeScenario(days(TOOL_RAN)),
    deleted: {
      host: "HOST-A",
      at: "2026-03-04T03:00:00Z",
      by: "Service whose installation is not in System",
    },
  },
  {
    name: "child of a shell whose start was taken out of Sysmon",
    logs: () =>
      forgeScenario(
        days(
          SHELLS +
            sysmon(
              "2026-03-03T16:30:00Z",
              second("2026-03-03T16:30:00Z"),
              second("2026-03-03T16:29:00Z"),
              "whoami /all",
              "whoami",
            ),
        ),
      ),
    deleted: {
      host: "HOST-A",
      at: "2026-03-03T16:29:00Z",
      by: "Process whose parent's start is not in the log",
    },
  },
  {
    name: "a program of a shell whose start was taken out of Security, numbers mended",
    logs: () =>
      edited(days(STARTED_WITH_AUDIT + SECURITY_SHELLS), [
        {
          path: SECURITY_A,
          keep: ({ payload }) => !JSON.stringify(payload).includes('["NewProcessId","0x1a0c"]'),
        },
      ]),
    deleted: {
      host: "HOST-A",
      at: "2026-03-04T09:00:00Z",
      by: "Shell whose start is not in the log",
    },
  },
  {
    name: "Security.evtx missing from the whole folder",
    logs: () => wholeFolder("Security"),
    deleted: {
      host: "HOST-A",
      at: "2026-03-03T00:00:00Z",
      by: "Log files that Windows always has are missing",
    },
  },
  {
    name: "events dropped by the service (1101)",
    logs: () => forgeScenario(days(service(1101, "AuditEventsDropped: { Reason: 0 }"))),
    deleted: { ...AT_THREE, by: "Audit events dropped or not written", least: "low" },
  },
  {
    name: "an event that could not be written (1108)",
    logs: () =>
      forgeScenario(days(service(1108, "EventProcessingFailure: { Error: 15005, EventID: 4688 }"))),
    deleted: { ...AT_THREE, by: "Audit events dropped or not written", least: "low" },
  },
  {
    name: "Security full, and set not to overwrite (1104)",
    logs: () => forgeScenario(days(service(1104, 'FileIsFull: ""'))),
    deleted: { ...AT_THREE, by: "Security log is full" },
  },
  {
    name: "auditing of objects changed (4817)",
    logs: () =>
      forgeScenario(
        days(
          security(
            4817,
            `${SUBJECT}, ObjectServer: LSA, ObjectType: Global SACL, ObjectName: File, OldSd: "", NewSd: ""`,
          ),
        ),
      ),
    deleted: { ...AT_THREE, by: "Global object or per-user auditing changed" },
  },
  {
    name: "auditing of one user changed (4912)",
    logs: () =>
      forgeScenario(
        days(
          security(
            4912,
            `${SUBJECT}, TargetUserSid: S-1-5-21-1-2-3-1104, CategoryId: "%%8274", SubcategoryId: "%%13312", SubcategoryGuid: "{0cce922b-69ae-11d9-bed3-505054503030}", AuditPolicyChanges: "%%8452"`,
          ),
        ),
      ),
    deleted: { ...AT_THREE, by: "Global object or per-user auditing changed" },
  },
  {
    name: "key MiniNt created, seen by Sysmon",
    logs: () => forgeScenario(days(registry(12, "CreateKey", "Control\\MiniNt"))),
    deleted: { ...AT_THREE, by: "Registry key created that stops the event log service" },
  },
  {
    name: "key MiniNt created by command",
    logs: () =>
      forgeScenario(days(program("reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\MiniNt /f"))),
    deleted: { ...AT_THREE, by: "Event log switched off or shrunk by command" },
  },
  {
    name: "trace session of Security changed in the registry (EnableProperty)",
    logs: () =>
      forgeScenario(
        days(
          registry(
            13,
            "SetValue",
            "Control\\WMI\\Autologger\\EventLog-Security\\{54849625-5478-4994-a5ba-3e3b0328c30d}\\EnableProperty",
          ),
        ),
      ),
    deleted: { ...AT_THREE, by: "Logging disabled in the registry" },
  },
  {
    name: "channel switched off in the registry",
    logs: () =>
      forgeScenario(
        days(
          registry(
            13,
            "SetValue",
            "Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels\\Microsoft-Windows-WinRM/Operational\\Enabled",
          ),
        ),
      ),
    deleted: { ...AT_THREE, by: "Logging disabled in the registry" },
  },
  {
    name: "start of the event log service set to disabled (7040)",
    logs: () => forgeScenario(days(startType("auto start", "disabled"))),
    deleted: { ...AT_THREE, by: "Start type of a logging service changed" },
  },
  {
    name: "wevtutil cl",
    logs: () => forgeScenario(days(program("wevtutil cl Security"))),
    deleted: { host: "HOST-A", at: "2026-03-04T03:00:00Z", by: "Event logs cleared by command" },
  },
  {
    name: "channel switched off by wevtutil sl",
    logs: () => forgeScenario(days(program("wevtutil sl Security /e:false"))),
    deleted: {
      host: "HOST-A",
      at: "2026-03-04T03:00:00Z",
      by: "Event log switched off or shrunk by command",
    },
  },
  {
    name: "Security made small by wevtutil sl",
    logs: () => forgeScenario(days(program("wevtutil sl Security /ms:1048576"))),
    deleted: {
      host: "HOST-A",
      at: "2026-03-04T03:00:00Z",
      by: "Event log switched off or shrunk by command",
    },
  },
  {
    name: "auditing switched off in a script",
    logs: () => forgeScenario(days(script("auditpol /set /category:* /success:disable"))),
    deleted: {
      host: "HOST-A",
      at: "2026-03-04T03:00:00Z",
      by: "PowerShell code that clears or stops event logs",
    },
  },
  {
    name: "change journal deleted by fsutil",
    logs: () => forgeScenario(days(program("fsutil usn deletejournal /D C:"))),
    deleted: { host: "HOST-A", at: "2026-03-04T03:00:00Z", by: "Change journal deleted" },
  },
  {
    name: "Clear-EventLog in a script",
    logs: () => forgeScenario(days(script("Clear-EventLog -LogName Security"))),
    deleted: {
      host: "HOST-A",
      at: "2026-03-04T03:00:00Z",
      by: "PowerShell code that clears or stops event logs",
    },
  },
  {
    name: "logs cleared through WMI",
    logs: () =>
      forgeScenario(days(program('wmic nteventlog where filename="security" call cleareventlog'))),
    deleted: { host: "HOST-A", at: "2026-03-04T03:00:00Z", by: "Event logs cleared by command" },
  },

  {
    name: "Security made larger, by command and in a script that also audits more",
    logs: () =>
      forgeScenario(
        days(
          program("wevtutil sl Security /ms:1073741824") +
            script(
              "wevtutil sl Security /ms:1073741824; auditpol /set /category:* /success:enable",
            ),
        ),
      ),
  },
  { name: "ordinary days", logs: () => forgeScenario(days()) },
  {
    name: "a log that rolled over",
    logs: () => forgeScenario(days(), { [SECURITY_A]: { ring: 2 } }),
  },
  {
    name: "a laptop asleep over a weekend",
    logs: () =>
      edited(days(WEEKEND, { length: "10d" }), [
        { path: "HOST-A/", keep: outside(114.01, 175.99) },
      ]),
  },
  {
    name: "a clock correction by the time service, three hours back",
    logs: () =>
      edited(days(CLOCK_BACK), [
        {
          path: "HOST-A/",
          change: (event, h) =>
            h < 48 ? event : { ...event, time: event.time - 3n * TICKS_AN_HOUR },
        },
      ]),
  },
  {
    name: "an archived log and the one that goes on",
    logs: () => {
      const old = edited(days(ARCHIVED), [{ path: SECURITY_A, keep: (_, h) => h < 48 }]);
      const count = 1n + BigInt(countOf(days(ARCHIVED), SECURITY_A, 48));
      const now = edited(days(ARCHIVED), [{ path: SECURITY_A, keep: (_, h) => h >= 48 }], {
        [SECURITY_A]: { dirty: true, firstRecordId: count },
      });
      return [
        ...now,
        ...moved(old, SECURITY_A, "HOST-A/Archive-Security-2026-03-04-00-00-00-000.evtx"),
      ];
    },
  },
  { name: "summer time begins", logs: () => forgeScenario(days(SUMMER_TIME)) },
  {
    name: "restarts",
    logs: () =>
      forgeScenario(
        days("", {
          noise: "  - { kind: restarts, host: HOST-A, from: +20h, to: +4d, every: 20h }",
        }),
      ),
  },
  {
    name: "a power cut of three hours",
    logs: () => edited(days(POWER_CUT), [{ path: "HOST-A/", keep: outside(50, 52.99) }]),
  },
  {
    name: "a virtual machine paused for eight hours",
    logs: () => edited(days(RESUMED), [{ path: "HOST-A/", keep: outside(50, 57.99) }]),
  },
  {
    name: "logons saved with a filter",
    logs: () =>
      moved(
        edited(days(), [{ path: SECURITY_A, keep: ({ id }) => id === 4624, numbersStay: true }], {
          [SECURITY_A]: { exported: true },
        }),
        SECURITY_A,
        "export/logons.evtx",
      ),
  },
  {
    name: "logs exported on different days",
    logs: () =>
      edited(days(SETUP), [{ path: SECURITY_A, keep: (_, h) => h < 70 }], {
        [SECURITY_A]: { exported: true, firstRecordId: 500n },
        "HOST-A/System.evtx": { exported: true, firstRecordId: 900n },
      }),
  },
  {
    name: "a live log and its shadow copy",
    logs: () => {
      const old = edited(days(), [{ path: SECURITY_A, keep: (_, h) => h < 40 }], ALL_DIRTY);
      return [
        ...forgeScenario(days(), ALL_DIRTY),
        ...moved(old, SECURITY_A, "shadow copy/HOST-A/Security.evtx"),
      ];
    },
  },
  {
    name: "a session whose logon is there, and its logoff",
    logs: () => forgeScenario(days(SESSION + BOOT + LOGON + LOGOFF, { noise: DESK_DAYS })),
  },
  {
    name: "a service that both channels installed, and a tool's service that was installed",
    logs: () => forgeScenario(days(INSTALLED + INSTALLED_BY_AUDIT + TOOL_INSTALLED + TOOL_RAN)),
  },
  {
    name: "shells and their children in Sysmon",
    logs: () =>
      forgeScenario(
        days(
          SHELLS +
            sysmon(
              "2026-03-03T15:10:00Z",
              second("2026-03-03T15:10:00Z"),
              second("2026-03-03T15:00:00Z"),
              "whoami",
              "whoami",
            ),
        ),
      ),
  },
  {
    name: "programs of shells in Security, from the start of Windows on",
    logs: () => forgeScenario(days(STARTED_WITH_AUDIT + SECURITY_SHELLS)),
  },
  {
    name: "a program of a shell that started before the log begins",
    logs: () =>
      edited(days(SECURITY_SHELLS), [
        {
          path: SECURITY_A,
          keep: ({ payload }) => !JSON.stringify(payload).includes('["NewProcessId","0x1a0c"]'),
        },
      ]),
  },
  {
    name: "event log service set back to start by itself",
    logs: () => forgeScenario(days(startType("disabled", "auto start"))),
  },
  {
    name: "key MiniNt taken away",
    logs: () => forgeScenario(days(registry(12, "DeleteKey", "Control\\MiniNt"))),
  },
  {
    name: "audit policy set by Group Policy",
    logs: () => forgeScenario(days(audit("+2d2h", "%%8449", "S-1-5-18"))),
  },
  { name: "a whole folder of logs", logs: () => wholeFolder("none of them") },
  {
    name: "logs that begin above record 1 together",
    logs: () =>
      forgeScenario(days(), {
        [SECURITY_A]: { dirty: true, firstRecordId: 90_000n },
        "HOST-A/System.evtx": { dirty: true, firstRecordId: 7000n },
      }),
  },
];

/** How many events a log of the scenario has before that hour. */
function countOf(yaml: string, path: string, before: number): number {
  let count = 0;
  edited(yaml, [
    {
      path,
      keep: (_, hours) => {
        if (hours < before) count++;
        return true;
      },
    },
  ]);
  return count;
}
