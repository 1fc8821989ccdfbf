import type { CaseKindId } from "../model/case-kind.ts";
import type { Severity } from "../model/severity.ts";
import type { SignalWant } from "../model/signal.ts";
import type { QuestionId } from "../model/sufficiency.ts";

const MINUTE_MS = 60_000;

/** Findings that an indicator rests on: of these rules, or of these techniques at this level or worse. */
export interface FromFindings {
  readonly rules?: readonly string[];
  /** A technique means its parts too: `T1003` is also `T1003.001`. */
  readonly attack?: readonly string[];
  readonly least?: Severity;
}

/** Folded signals of a kind of which one says at least `count` times within its window. */
export interface FromBurst {
  readonly burst: string;
  readonly count: number;
}

/** Signals of a kind on a host that has a core finding of the same case kind, up to so long before it. */
export interface FromBefore {
  readonly before: string;
  readonly withinMs: number;
}

/** Chains of moves of one account, each starting where the one before it arrived. */
export interface FromHops {
  readonly hops: 2;
  readonly withinMs: number;
}

export interface Indicator {
  /** A sentence; the records stand behind it in the report. */
  readonly says: string;
  /** Points for the confidence. Many records of one indicator count once. */
  readonly points: number;
  /** Without one of these the kind is not put forward. */
  readonly core?: true;
  readonly from: FromFindings | FromBurst | FromBefore | FromHops;
}

export interface CaseKind {
  readonly id: CaseKindId;
  readonly title: string;
  /** Of what the evidence together suggests. */
  readonly statement: string;
  readonly attack: readonly string[];
  readonly severity: Severity;
  /** Says how somebody works, not what for: steps behind a kind of this list that is as sure. */
  readonly general?: true;
  /** Points for medium and high confidence. */
  readonly medium: number;
  readonly high: number;
  readonly indicators: readonly Indicator[];
  /** What speaks against it; each takes its points away. */
  readonly against: readonly Indicator[];
  /** Questions whose answers would show it. */
  readonly questions: readonly QuestionId[];
  readonly alternatives: readonly string[];
  readonly falsePositives: readonly string[];
  /** What to look for, where, and how far around the evidence. */
  readonly checkNext: readonly {
    readonly says: string;
    readonly channels: string;
    readonly hours: number;
  }[];
  readonly askCustomer: readonly string[];
}

/** Signals that kinds of case need beside findings. */
export const CASE_KIND_WANTS: readonly SignalWant[] = [
  {
    // The state is written in the language of Windows.
    kind: "service-stopped",
    subscription: {
      channels: ["System"],
      providers: ["Service Control Manager"],
      eventIds: [7036],
      fields: ["param1"],
    },
    where: [{ field: "param2", is: ["stopped", "停止", "beendet", "arrêté", "detenido"] }],
    fold: { by: [], windowMs: 5 * MINUTE_MS },
  },
  {
    kind: "restart-manager",
    subscription: {
      channels: ["Application"],
      providers: ["Microsoft-Windows-RestartManager"],
      eventIds: [10000, 10002, 10005, 10006],
      fields: [],
    },
    fold: { by: [], windowMs: 5 * MINUTE_MS },
  },
  {
    kind: "files-written",
    subscription: {
      channels: ["Microsoft-Windows-Sysmon/Operational"],
      eventIds: [11],
      fields: ["Image", "TargetFilename"],
    },
    where: [
      {
        field: "Image",
        notEnding: [
          "\\tiworker.exe",
          "\\msiexec.exe",
          "\\svchost.exe",
          "\\trustedinstaller.exe",
          "\\mousocoreworker.exe",
          "\\msmpeng.exe",
          "\\setup.exe",
        ],
      },
    ],
    fold: { by: ["Image"], windowMs: 5 * MINUTE_MS },
  },
  {
    kind: "files-written",
    subscription: {
      channels: ["Security"],
      eventIds: [4663],
      fields: ["ProcessName", "ObjectName"],
    },
    where: [{ field: "ObjectType", is: ["File"] }],
    fold: { by: ["ProcessName", "SubjectUserName"], windowMs: 5 * MINUTE_MS },
  },
  {
    kind: "archive-made",
    subscription: {
      channels: ["Microsoft-Windows-Sysmon/Operational", "Security"],
      eventIds: [1, 4688],
      fields: ["CommandLine", "User", "SubjectUserName"],
    },
    where: [
      {
        field: "CommandLine",
        contains: ["rar.exe", "7z.exe", "7za.exe", "7zr.exe", "winzip", "rar a "],
      },
      { field: "CommandLine", contains: [" a ", " -hp", " -p", " -m5", " -v"] },
    ],
  },
  {
    kind: "browser-started",
    subscription: {
      channels: ["Microsoft-Windows-Sysmon/Operational"],
      eventIds: [1],
      fields: ["Image", "CommandLine", "User"],
    },
    where: [
      {
        field: "Image",
        contains: [
          "\\msedge.exe",
          "\\chrome.exe",
          "\\firefox.exe",
          "\\iexplore.exe",
          "\\brave.exe",
          "\\opera.exe",
        ],
      },
    ],
    fold: { by: ["Image"], windowMs: 10 * MINUTE_MS },
  },
  {
    kind: "browser-started",
    subscription: {
      channels: ["Security"],
      eventIds: [4688],
      fields: ["NewProcessName", "CommandLine", "SubjectUserName"],
    },
    where: [
      {
        field: "NewProcessName",
        contains: [
          "\\msedge.exe",
          "\\chrome.exe",
          "\\firefox.exe",
          "\\iexplore.exe",
          "\\brave.exe",
          "\\opera.exe",
        ],
      },
    ],
    fold: { by: ["NewProcessName"], windowMs: 10 * MINUTE_MS },
  },
];

/** Rules by what they tell (ids in rules/). */
const RULES = {
  supportUnattended: ["8e03ef36-16bd-4f68-879b-8ac91f52d94f"],
  supportService: ["8bf88af9-3255-429f-a348-99bdec18a192", "11817293-0aba-401d-8dc3-32a6d5d807dd"],
  supportPackage: ["5ea61df3-6d6e-4f8b-96d2-09d49dd3b71e"],
  supportStarted: ["8c3322e3-6960-4291-a5aa-76b5781452b1"],
  transferJob: ["f0aa9254-9915-40ac-81df-134696aa345d"],
  bulkCopy: ["54044e79-f8f4-426b-aea7-753f871b578e"],
  remoteSession: [
    "a1b6abac-948a-45b2-8fbe-0166c3bdcee9",
    "55556245-e229-4e7b-b17e-45edc8a42d67",
    "e31439b8-2ec6-4a60-8ca2-c95c1565dc46",
    "1dffe11e-cd11-42ce-aef3-470677148307",
  ],
} as const;

const LOGS_CLEARED: Indicator = {
  says: "logs or other traces were removed",
  points: 1,
  from: { attack: ["T1070"], least: "medium" },
};
const PROTECTION_OFF: Indicator = {
  says: "protection was switched off or told to look away",
  points: 1,
  from: { attack: ["T1562.001", "T1562.004"], least: "medium" },
};

/** The kinds that are told from findings and bursts alone; others have an analyzer of their own. */
export const CASE_KINDS: readonly CaseKind[] = [
  {
    id: "ransomware",
    title: "The case looks like ransomware",
    statement: "What precedes and accompanies encryption was done on these hosts.",
    attack: ["T1486", "T1490"],
    severity: "critical",
    medium: 4,
    high: 6,
    indicators: [
      {
        says: "shadow copies, backups or recovery were deleted",
        points: 3,
        core: true,
        from: { attack: ["T1490"], least: "medium" },
      },
      {
        says: "one program wrote hundreds of files within five minutes",
        points: 2,
        core: true,
        from: { burst: "files-written", count: 300 },
      },
      {
        says: "a rule for encryption fired",
        points: 3,
        core: true,
        from: { attack: ["T1486"], least: "medium" },
      },
      {
        says: "many services were stopped within five minutes",
        points: 2,
        from: { burst: "service-stopped", count: 15 },
      },
      {
        says: "the restart manager was busy, as when a program frees many open files",
        points: 1,
        from: { burst: "restart-manager", count: 20 },
      },
      PROTECTION_OFF,
      LOGS_CLEARED,
      {
        says: "a program was brought to other hosts and started there",
        points: 1,
        from: { attack: ["T1570", "T1569.002", "T1484.001"], least: "medium" },
      },
      {
        says: "data was copied out with a bulk copy tool",
        points: 1,
        from: { rules: RULES.bulkCopy },
      },
    ],
    against: [],
    questions: ["programs", "files", "services", "logs-cleared"],
    alternatives: [
      "Maintenance of backups or disk space by an administrator: less likely the more of the other signs stand beside it.",
      "A wiper that destroys without asking for money: leaves the same records; a ransom note tells the two apart.",
    ],
    falsePositives: [
      "Backup products delete their own shadow copies; installers and updates stop services and use the restart manager.",
    ],
    checkNext: [
      {
        says: "Look for a ransom note and one new file extension, and take the first changed file as the time of encryption",
        channels: "Sysmon 11, Security 4663",
        hours: 6,
      },
      {
        says: "Look for the same program, service or task on all other hosts",
        channels: "System 7045, Security 4688 and 4697, TaskScheduler 106",
        hours: 24,
      },
      {
        says: "Look for archives and uploads before the encryption: data is mostly taken first",
        channels: "Sysmon 3, Security 5156, firewall and proxy",
        hours: 24 * 14,
      },
    ],
    askCustomer: [
      "Which backups lie where no host of the domain can reach them, and when was the last one restored as a test?",
      "Was there a ransom note, and did anybody answer it?",
      "Were services stopped or shadow copies deleted on purpose at that time, and by whom?",
    ],
  },
  {
    id: "theft-without-encryption",
    title: "The case looks like theft of data without encryption",
    statement: "Data was gathered or copied out, and nothing shows that it was encrypted.",
    attack: ["T1567", "T1560"],
    severity: "high",
    medium: 4,
    high: 6,
    indicators: [
      {
        says: "a bulk copy tool for cloud storage was started",
        points: 3,
        core: true,
        from: { rules: RULES.bulkCopy, attack: ["T1567", "T1048"], least: "medium" },
      },
      {
        says: "an archive was made on the command line",
        points: 2,
        core: true,
        from: { burst: "archive-made", count: 1 },
      },
      {
        says: "far more went to one destination than usual",
        points: 2,
        from: { rules: ["connection-burst"], attack: ["T1030", "T1041"], least: "low" },
      },
      {
        says: "a transfer job was set up on the command line",
        points: 1,
        from: { rules: RULES.transferJob },
      },
      {
        says: "passwords or the account database were taken",
        points: 1,
        from: { attack: ["T1003"], least: "medium" },
      },
      LOGS_CLEARED,
      PROTECTION_OFF,
    ],
    against: [
      {
        says: "shadow copies or backups were deleted, which a thief has no need of",
        points: 3,
        from: { attack: ["T1490", "T1486"], least: "medium" },
      },
    ],
    questions: ["programs", "command-lines", "network", "names", "files"],
    alternatives: [
      "A backup or migration by the organisation itself: less likely when the account or host has never done so before.",
      "The first half of an extortion whose encryption was stopped or is still to come.",
    ],
    falsePositives: ["Backups and software distribution use archivers and bulk copy tools too."],
    checkNext: [
      {
        says: "Measure what left to the destination of the tool",
        channels: "firewall and proxy, Sysmon 3, Security 5156",
        hours: 12,
      },
      {
        says: "Find the folder in which archives were gathered, and which files they hold",
        channels: "Sysmon 11, Security 4663 and 5145",
        hours: 48,
      },
    ],
    askCustomer: [
      "Does anybody copy data to cloud storage with such tools, from which hosts and when?",
      "What lies on the shares that the account could read, and whom would its loss concern?",
    ],
  },
  {
    id: "support-scam",
    title: "The case looks like a support scam",
    statement:
      "A remote support program was brought to the host of somebody who was working there.",
    attack: ["T1219", "T1204.002"],
    severity: "high",
    medium: 4,
    high: 6,
    indicators: [
      {
        says: "a remote support program was set up for access without the user",
        points: 2,
        core: true,
        from: { rules: RULES.supportUnattended },
      },
      {
        says: "the service of a remote support program was installed",
        points: 2,
        core: true,
        from: { rules: RULES.supportService },
      },
      {
        says: "the package of a remote support program was installed",
        points: 1,
        core: true,
        from: { rules: RULES.supportPackage },
      },
      {
        says: "a remote support program was started",
        points: 1,
        from: { rules: RULES.supportStarted },
      },
      {
        says: "a browser was opened on the same host in the two hours before",
        points: 2,
        from: { before: "browser-started", withinMs: 120 * MINUTE_MS },
      },
    ],
    against: [
      {
        says: "somebody went on to other hosts, which callers of this kind do not do",
        points: 3,
        from: { attack: ["T1021", "T1570", "T1569.002"], least: "medium" },
      },
      {
        says: "passwords were taken out of memory or the directory",
        points: 2,
        from: { attack: ["T1003", "T1558"], least: "medium" },
      },
    ],
    questions: ["programs", "services", "network"],
    alternatives: [
      "The help desk of the organisation gave support with this program: ask; the product and the time would fit a ticket.",
      "An intruder keeps a second way in with a known product: likelier when other hosts or accounts are touched.",
    ],
    falsePositives: ["Software distribution and contracted support install the same products."],
    checkNext: [
      {
        says: "See which page the browser showed before, and whether a file was downloaded from it",
        channels: "browser history, Sysmon 1, 11 and 22, Security 4688",
        hours: 3,
      },
      {
        says: "Read the program's own log for the caller's id or address and for file transfers",
        channels: "the product's own log files",
        hours: 24,
      },
    ],
    askCustomer: [
      "Did the user speak with somebody on the phone, what were they told, and what did they type or pay?",
      "Which remote support product does the organisation use, and who may install it?",
    ],
  },
  {
    id: "hands-on-intrusion",
    title: "Somebody works by hand inside the network",
    statement:
      "One step follows another as when a person goes from host to host and right to right.",
    attack: ["T1021", "T1078"],
    severity: "critical",
    general: true,
    medium: 4,
    high: 6,
    indicators: [
      {
        says: "hosts were reached over remote services: Remote Desktop, shares, services, tasks, WMI",
        points: 2,
        core: true,
        from: { attack: ["T1021", "T1570", "T1569.002", "T1047"], least: "medium" },
      },
      {
        says: "passwords, tickets or the account database were taken",
        points: 2,
        core: true,
        from: { attack: ["T1003", "T1558", "T1207"], least: "medium" },
      },
      {
        says: "accounts or groups were changed so that somebody rules more than before",
        points: 2,
        core: true,
        from: { attack: ["T1098", "T1136", "T1134.005", "T1484"], least: "high" },
      },
      {
        says: "logs or other traces were removed",
        points: 2,
        core: true,
        from: { attack: ["T1070"], least: "medium" },
      },
      {
        says: "somebody logged on from another host and worked there",
        points: 1,
        from: { rules: RULES.remoteSession },
      },
      {
        says: "one account went over two hosts or more, hop by hop",
        points: 2,
        from: { hops: 2, withinMs: 24 * 60 * MINUTE_MS },
      },
      {
        says: "other credentials were used towards another host",
        points: 1,
        from: { attack: ["T1550", "T1134.002"], least: "medium" },
      },
      {
        says: "passwords were tried",
        points: 1,
        from: { attack: ["T1110"], least: "low" },
      },
      {
        says: "hosts, accounts or rights were listed",
        points: 1,
        from: { attack: ["T1087", "T1069", "T1018", "T1482", "T1033"], least: "low" },
      },
      PROTECTION_OFF,
    ],
    against: [],
    questions: [
      "rdp-logons",
      "network-logons",
      "programs",
      "command-lines",
      "rights-gained",
      "logs-cleared",
    ],
    alternatives: [
      "An administrator at work: less likely the more the steps belong to different accounts and remove their own traces.",
      "A penetration test or exercise: leaves the same records; only the customer knows.",
    ],
    falsePositives: [
      "Administration, software distribution and vulnerability scanners reach many hosts with strong accounts.",
    ],
    checkNext: [
      {
        says: "Follow each account that is named here to every host that it reached",
        channels: "Security 4624, 4648 and 4672, TerminalServices-LocalSessionManager",
        hours: 72,
      },
      {
        says: "Look for what was left behind to come back: services, tasks, accounts, keys",
        channels: "System 7045, TaskScheduler 106, Security 4698, 4720 and 4732",
        hours: 72,
      },
    ],
    askCustomer: [
      "Was anybody paid or asked to do this: an administrator at work, a penetration test, an exercise?",
      "Who uses the accounts that are named here, from which hosts, and at which hours?",
    ],
  },
];
