import type { LogSetting, QuestionId } from "../model/sufficiency.ts";

/** One place that may answer a question. */
export interface QuestionSource {
  readonly channel: string;
  readonly eventIds: readonly number[];
  /** `part`: it answers only some of the question, or for some ways only. */
  readonly gives: "full" | "part";
  /**
   * How the absence of these events is read. `always`: Windows writes them whenever it happens, so none means it
   * did not happen. `everyday`: a running host writes them within hours, so none means it is switched off.
   * `unsure`: absence tells nothing.
   */
  readonly absence: "always" | "everyday" | "unsure";
  /** These events answer only when this field of them is filled. */
  readonly field?: string;
  /** What to set so that the events are written (ids of SETTINGS). The log's size is dealt with apart. */
  readonly settings: readonly string[];
}

export interface LogQuestion {
  readonly id: QuestionId;
  /** Asked of domain controllers only. */
  readonly onlyOn?: "dc";
  /** Every source that gives `full` is needed: each tells of something else. */
  readonly all?: true;
  readonly sources: readonly QuestionSource[];
}

const ADVANCED =
  "Computer Configuration > Policies > Windows Settings > Security Settings > Advanced Audit Policy Configuration > Audit Policies";
const SYSMON_KEEPS =
  "Sysinternals Sysmon with a configuration that keeps events 1, 3, 10, 11 and 22";
const TEMPLATES = "Computer Configuration > Policies > Administrative Templates";

/** Subcategories are named by GUID: their names are translated, GUIDs are not. Source: [MS-GPAC] 2.2.1.2. */
function audit(id: string, guid: string, name: string, noisy?: "noisy"): LogSetting {
  return {
    id,
    ...(noisy && { noisy: true }),
    kind: "auditpol",
    command: `auditpol /set /subcategory:"{${guid}-69AE-11D9-BED3-505054503030}" /success:enable /failure:enable`,
    policy: `${ADVANCED} > ${name}: Success and Failure`,
  };
}

function channelOn(id: string, channel: string): LogSetting {
  return { id, kind: "wevtutil", command: `wevtutil sl "${channel}" /e:true` };
}

/** Channel names by which the table below speaks. */
const SECURITY = "Security";
const SYSTEM = "System";
const SYSMON = "Microsoft-Windows-Sysmon/Operational";
const SESSIONS = "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational";
const CONNECTIONS = "Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational";
const RDP_CLIENT = "Microsoft-Windows-TerminalServices-RDPClient/Operational";
const POWERSHELL = "Microsoft-Windows-PowerShell/Operational";
const TASKS = "Microsoft-Windows-TaskScheduler/Operational";
const WINRM = "Microsoft-Windows-WinRM/Operational";
const WMI = "Microsoft-Windows-WMI-Activity/Operational";
const DEFENDER = "Microsoft-Windows-Windows Defender/Operational";
const SMB_SERVER = "Microsoft-Windows-SMBServer/Security";
const DNS_CLIENT = "Microsoft-Windows-DNS-Client/Operational";
const BITS = "Microsoft-Windows-Bits-Client/Operational";
const SSH = "OpenSSH/Operational";

/** Every setting that can be advised. Only add; ids are public. */
export const SETTINGS: readonly LogSetting[] = [
  audit("audit-logon", "0CCE9215", "Logon/Logoff > Audit Logon"),
  audit("audit-logoff", "0CCE9216", "Logon/Logoff > Audit Logoff"),
  audit("audit-special-logon", "0CCE921B", "Logon/Logoff > Audit Special Logon"),
  audit("audit-other-logon", "0CCE921C", "Logon/Logoff > Audit Other Logon/Logoff Events"),
  audit("audit-process", "0CCE922B", "Detailed Tracking > Audit Process Creation"),
  audit("audit-accounts", "0CCE9235", "Account Management > Audit User Account Management"),
  audit("audit-groups", "0CCE9237", "Account Management > Audit Security Group Management"),
  audit("audit-tickets", "0CCE9240", "Account Logon > Audit Kerberos Service Ticket Operations"),
  audit(
    "audit-authentication",
    "0CCE9242",
    "Account Logon > Audit Kerberos Authentication Service",
  ),
  audit("audit-directory-access", "0CCE923B", "DS Access > Audit Directory Service Access"),
  audit("audit-directory-changes", "0CCE923C", "DS Access > Audit Directory Service Changes"),
  audit("audit-shares", "0CCE9224", "Object Access > Audit File Share"),
  audit("audit-share-files", "0CCE9244", "Object Access > Audit Detailed File Share", "noisy"),
  audit("audit-files", "0CCE921D", "Object Access > Audit File System"),
  {
    // Audit File System writes nothing of files that nobody asked to be watched. FW: what writes; the SID is everyone.
    id: "watched-files",
    kind: "auditpol",
    command: 'auditpol /resourceSACL /set /type:File /user:"{S-1-1-0}" /success /access:FW',
    policy: `${ADVANCED} > Global Object Access Auditing > File system`,
    noisy: true,
  },
  audit("audit-kernel-objects", "0CCE921F", "Object Access > Audit Kernel Object"),
  audit("audit-tasks", "0CCE9227", "Object Access > Audit Other Object Access Events"),
  audit(
    "audit-connections",
    "0CCE9226",
    "Object Access > Audit Filtering Platform Connection",
    "noisy",
  ),
  audit("audit-services", "0CCE9211", "System > Audit Security System Extension"),
  {
    id: "command-lines-in-4688",
    kind: "registry",
    command:
      'reg add "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\\Audit" /v ProcessCreationIncludeCmdLine_Enabled /t REG_DWORD /d 1 /f',
    policy: `${TEMPLATES} > System > Audit Process Creation > Include command line in process creation events: Enabled`,
  },
  {
    id: "script-blocks",
    kind: "registry",
    command:
      'reg add "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell\\ScriptBlockLogging" /v EnableScriptBlockLogging /t REG_DWORD /d 1 /f',
    policy: `${TEMPLATES} > Windows Components > Windows PowerShell > Turn on PowerShell Script Block Logging: Enabled`,
  },
  {
    id: "sysmon",
    kind: "install",
    command: "sysmon64 -accepteula -i CONFIG.xml",
    policy: SYSMON_KEEPS,
  },
  {
    id: "sysmon-config",
    kind: "install",
    command: "sysmon64 -c CONFIG.xml",
    policy: SYSMON_KEEPS,
  },
  channelOn("channel-sessions", SESSIONS),
  channelOn("channel-connections", CONNECTIONS),
  channelOn("channel-rdp-client", RDP_CLIENT),
  channelOn("channel-powershell", POWERSHELL),
  channelOn("channel-tasks", TASKS),
  channelOn("channel-winrm", WINRM),
  channelOn("channel-wmi", WMI),
  channelOn("channel-defender", DEFENDER),
  channelOn("channel-smb-server", SMB_SERVER),
  channelOn("channel-dns-client", DNS_CLIENT),
  channelOn("channel-bits", BITS),
  channelOn("channel-ssh", SSH),
];

/** Events of Security that are there only where a setting is made: then it is not advised. */
export const PROOF_OF_SETTING: Readonly<Record<string, readonly number[]>> = {
  "audit-logon": [4624, 4625, 4648],
  "audit-logoff": [4634, 4647],
  "audit-special-logon": [4672],
  "audit-other-logon": [4778, 4779, 4800, 4801],
  "audit-process": [4688],
  "audit-accounts": [4720, 4722, 4723, 4724, 4725, 4726, 4738, 4740, 4767, 4781, 4798],
  "audit-groups": [4728, 4729, 4732, 4733, 4735, 4737, 4756, 4757, 4799],
  "audit-tickets": [4769, 4770],
  "audit-authentication": [4768, 4771],
  "audit-directory-access": [4662],
  "audit-directory-changes": [5136, 5137, 5141],
  "audit-shares": [5140, 5142, 5143, 5144],
  "audit-share-files": [5145],
  "audit-tasks": [4698, 4699, 4700, 4701, 4702],
  "audit-connections": [5156, 5157, 5158],
  "audit-services": [4610, 4611, 4614, 4622, 4697],
};

/** What is advised where the channel is there already: the software need not be installed a second time. */
export const INSTEAD_WHERE_PRESENT: Readonly<Record<string, string>> = {
  sysmon: "sysmon-config",
};

/** Logs that have a policy for their size; all others are sized by command alone. */
export const SIZED_BY_POLICY: readonly string[] = ["Application", "Security", "Setup", "System"];

const LOGONS: QuestionSource = {
  channel: SECURITY,
  eventIds: [4624],
  gives: "full",
  absence: "everyday",
  settings: ["audit-logon", "audit-logoff"],
};

/** What is asked, and which events would tell. Windows' defaults: Microsoft's advanced audit policy pages. */
export const LOG_QUESTIONS: readonly LogQuestion[] = [
  { id: "interactive-logons", sources: [LOGONS, part(SESSIONS, [21, 23], "channel-sessions")] },
  {
    id: "rdp-logons",
    sources: [
      LOGONS,
      full(SESSIONS, [21, 22, 24, 25], "always", "channel-sessions"),
      part(CONNECTIONS, [1149, 261], "channel-connections"),
      part(SECURITY, [4778, 4779], "audit-other-logon"),
    ],
  },
  {
    id: "rdp-outgoing",
    sources: [
      full(RDP_CLIENT, [1024, 1102], "always", "channel-rdp-client"),
      part(SECURITY, [4648], "audit-logon"),
    ],
  },
  {
    id: "network-logons",
    sources: [LOGONS, part(SMB_SERVER, [551, 1006, 1009], "channel-smb-server")],
  },
  {
    id: "ssh-logons",
    sources: [full(SSH, [4], "always", "channel-ssh"), { ...LOGONS, gives: "part" }],
  },
  {
    id: "remote-commands",
    sources: [
      full(WINRM, [6, 8, 15, 16, 33, 91, 161, 168, 169], "always", "channel-winrm"),
      { ...LOGONS, gives: "part" },
    ],
  },
  {
    id: "programs",
    sources: [
      full(SYSMON, [1], "everyday", "sysmon"),
      full(SECURITY, [4688], "everyday", "audit-process"),
    ],
  },
  {
    id: "command-lines",
    sources: [
      full(SYSMON, [1], "everyday", "sysmon"),
      {
        ...full(SECURITY, [4688], "everyday", "audit-process", "command-lines-in-4688"),
        field: "CommandLine",
      },
    ],
  },
  {
    id: "scripts",
    sources: [
      full(POWERSHELL, [4104], "unsure", "channel-powershell", "script-blocks"),
      part("Windows PowerShell", [400, 403, 600, 800], "script-blocks"),
    ],
  },
  {
    id: "services",
    sources: [full(SYSTEM, [7045], "always"), part(SECURITY, [4697], "audit-services")],
  },
  {
    id: "tasks",
    sources: [
      full(TASKS, [106, 140, 141, 200, 201], "everyday", "channel-tasks"),
      full(SECURITY, [4698, 4699, 4702], "unsure", "audit-tasks"),
    ],
  },
  {
    id: "wmi",
    sources: [
      full(WMI, [5857, 5858, 5859, 5860, 5861], "everyday", "channel-wmi"),
      part(SYSMON, [19, 20, 21], "sysmon"),
    ],
  },
  { id: "rights-used", sources: [full(SECURITY, [4672], "everyday", "audit-special-logon")] },
  {
    id: "rights-gained",
    sources: [
      full(
        SECURITY,
        [4720, 4722, 4724, 4728, 4732, 4735, 4738, 4756, 4781, 4798, 4799],
        "unsure",
        "audit-accounts",
        "audit-groups",
      ),
    ],
  },
  {
    id: "kerberos",
    onlyOn: "dc",
    sources: [
      full(SECURITY, [4768, 4769, 4771], "everyday", "audit-authentication", "audit-tickets"),
    ],
  },
  {
    id: "directory-changes",
    onlyOn: "dc",
    sources: [
      full(SECURITY, [5136, 5137], "unsure", "audit-directory-changes"),
      part(SECURITY, [4662], "audit-directory-access"),
    ],
  },
  {
    id: "credential-theft",
    sources: [
      full(SYSMON, [10], "unsure", "sysmon"),
      part(SECURITY, [4656, 4663], "audit-kernel-objects"),
    ],
  },
  {
    id: "shares",
    sources: [
      full(SECURITY, [5140, 5145], "unsure", "audit-shares", "audit-share-files"),
      part(SMB_SERVER, [551, 1006, 1009], "channel-smb-server"),
    ],
  },
  {
    id: "files",
    sources: [
      full(SECURITY, [4663], "unsure", "audit-files", "watched-files"),
      part(SYSMON, [11, 15, 23, 26], "sysmon"),
    ],
  },
  {
    id: "network",
    sources: [
      full(SYSMON, [3], "everyday", "sysmon"),
      full(SECURITY, [5156, 5158], "everyday", "audit-connections"),
      part(BITS, [3, 59, 60], "channel-bits"),
      part(DNS_CLIENT, [3006, 3008, 3020], "channel-dns-client"),
    ],
  },
  {
    id: "names",
    sources: [
      full(SYSMON, [22], "everyday", "sysmon"),
      full(DNS_CLIENT, [3006, 3008, 3020], "everyday", "channel-dns-client"),
    ],
  },
  {
    id: "malware",
    sources: [
      full(DEFENDER, [1006, 1007, 1116, 1117, 1150, 1151, 2000], "everyday", "channel-defender"),
    ],
  },
  {
    id: "logs-cleared",
    all: true,
    sources: [full(SECURITY, [1102], "always"), full(SYSTEM, [104], "always")],
  },
  { id: "uptime", sources: [full(SYSTEM, [12, 13, 41, 6005, 6006, 6008, 6013], "always")] },
];

function full(
  channel: string,
  eventIds: readonly number[],
  absence: QuestionSource["absence"],
  ...settings: readonly string[]
): QuestionSource {
  return { channel, eventIds, gives: "full", absence, settings };
}

function part(
  channel: string,
  eventIds: readonly number[],
  ...settings: readonly string[]
): QuestionSource {
  return { channel, eventIds, gives: "part", absence: "unsure", settings };
}

/** Channels that only a domain controller has. */
export const DC_CHANNELS: readonly string[] = [
  "Directory Service",
  "DFS Replication",
  "Active Directory Web Services",
];

/** Numbers by which sufficiency is judged. */
export const SUFFICIENCY_LIMITS = {
  /** A log that covers less than this proves nothing by what is absent from it. */
  leastHours: 6,
  leastRecords: 100,
  /** A log that rolled over and covers less than this is too small. */
  leastDays: 7,
  /** What a log ought to hold, for the advised size. */
  wantedDays: 90,
  /** Bounds of the advised size in bytes: 20 MiB to 4 GiB. */
  leastBytes: 20 * 1024 * 1024,
  mostBytes: 4 * 1024 * 1024 * 1024,
  /** A log that begins this much later than another one of its host leaves a dark time before it. */
  lateHours: 24,
} as const;
