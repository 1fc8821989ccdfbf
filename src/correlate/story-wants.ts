import type { FieldTest, SignalWant } from "../model/signal.ts";

const MINUTE_MS = 60_000;
const SECURITY = ["Security"];

/** SYSTEM and the service accounts, desktop and font drivers of every session; machine accounts end in `$`. */
const SERVICE_SIDS = ["S-1-5-18", "S-1-5-19", "S-1-5-20", "S-1-5-7"];
const SERVICE_SID_STARTS = ["S-1-5-90-", "S-1-5-96-", "S-1-5-80-"];

/** Leaves out what Windows does on its own behalf: nine tenths of all logons. */
function ofPeople(name: string, sid: string): FieldTest[] {
  return [
    { field: name, notEnding: ["$"], not: ["", "-", "ANONYMOUS LOGON"] },
    { field: sid, not: SERVICE_SIDS, notStarting: SERVICE_SID_STARTS },
  ];
}

const LOGON_FIELDS = [
  "TargetUserName",
  "TargetDomainName",
  "TargetUserSid",
  "TargetLogonId",
  "LogonType",
  "IpAddress",
  "WorkstationName",
  "LogonProcessName",
  "AuthenticationPackageName",
  "LmPackageName",
  "KeyLength",
  "ElevatedToken",
  "RestrictedAdminMode",
  "TargetLinkedLogonId",
  "TargetOutboundUserName",
  "TargetOutboundDomainName",
  "SubjectUserName",
  "SubjectLogonId",
  "ProcessName",
] as const;

/** A person's logon that opens a session: console, RDP, unlock, RunAs, cached, clear-text. */
export const LOGON: SignalWant = {
  kind: "logon",
  subscription: { channels: SECURITY, eventIds: [4624], fields: LOGON_FIELDS },
  where: [
    { field: "LogonType", not: ["0", "3", "4", "5"] },
    ...ofPeople("TargetUserName", "TargetUserSid"),
  ],
};

/** A person's logon over the network, repeats within ten minutes as one. */
export const NETWORK_LOGON: SignalWant = {
  kind: "network-logon",
  subscription: { channels: SECURITY, eventIds: [4624], fields: LOGON_FIELDS },
  where: [{ field: "LogonType", is: ["3"] }, ...ofPeople("TargetUserName", "TargetUserSid")],
  fold: {
    by: [
      "TargetUserName",
      "TargetDomainName",
      "IpAddress",
      "WorkstationName",
      "AuthenticationPackageName",
      "LogonProcessName",
    ],
    windowMs: 10 * MINUTE_MS,
  },
};

/** A machine account that shows up from an address: that is how names and addresses are joined. */
export const MACHINE_ADDRESS: SignalWant = {
  kind: "machine-address",
  subscription: {
    channels: SECURITY,
    eventIds: [4624, 4768],
    fields: ["TargetUserName", "IpAddress"],
  },
  where: [
    { field: "TargetUserName", contains: ["$"] },
    { field: "IpAddress", not: ["", "-", "::1", "127.0.0.1", "::ffff:127.0.0.1"] },
  ],
  fold: { by: ["TargetUserName", "IpAddress"], windowMs: 24 * 60 * MINUTE_MS },
};

export const LOGON_FAILED: SignalWant = {
  kind: "logon-failed",
  subscription: {
    channels: SECURITY,
    eventIds: [4625],
    fields: [
      "TargetUserName",
      "TargetDomainName",
      "LogonType",
      "IpAddress",
      "WorkstationName",
      "Status",
      "SubStatus",
      "LogonProcessName",
      "AuthenticationPackageName",
    ],
  },
  fold: {
    by: ["TargetUserName", "IpAddress", "WorkstationName", "LogonType", "SubStatus"],
    windowMs: 10 * MINUTE_MS,
  },
};

export const LOGOFF: SignalWant = {
  kind: "logoff",
  subscription: {
    channels: SECURITY,
    eventIds: [4634, 4647],
    fields: ["TargetUserName", "TargetLogonId", "LogonType"],
  },
  where: [
    { field: "LogonType", not: ["0", "3", "4", "5"] },
    ...ofPeople("TargetUserName", "TargetUserSid"),
  ],
};

export const SPECIAL_PRIVILEGES: SignalWant = {
  kind: "special-privileges",
  subscription: {
    channels: SECURITY,
    eventIds: [4672],
    fields: ["SubjectUserName", "SubjectDomainName", "SubjectLogonId"],
  },
  where: ofPeople("SubjectUserName", "SubjectUserSid"),
  fold: { by: ["SubjectUserName", "SubjectDomainName"], windowMs: MINUTE_MS },
};

/** Somebody used another name and password: RunAs, a mapped drive, the RDP client, a remote tool. */
export const EXPLICIT_CREDENTIALS: SignalWant = {
  kind: "explicit-credentials",
  subscription: {
    channels: SECURITY,
    eventIds: [4648],
    fields: [
      "SubjectUserName",
      "SubjectDomainName",
      "SubjectLogonId",
      "TargetUserName",
      "TargetDomainName",
      "TargetServerName",
      "TargetInfo",
      "IpAddress",
      "ProcessName",
    ],
  },
  where: [
    ...ofPeople("SubjectUserName", "SubjectUserSid"),
    { field: "TargetUserName", notEnding: ["$"] },
  ],
  fold: {
    by: [
      "SubjectUserName",
      "TargetUserName",
      "TargetDomainName",
      "TargetServerName",
      "TargetInfo",
      "ProcessName",
    ],
    windowMs: 10 * MINUTE_MS,
  },
};

/** What a domain controller gave to a person: 4768 at logon, 4769 for each machine gone to. */
export const KERBEROS_TICKET: SignalWant = {
  kind: "kerberos-ticket",
  subscription: {
    channels: SECURITY,
    eventIds: [4768, 4769],
    fields: [
      "TargetUserName",
      "TargetDomainName",
      "ServiceName",
      "IpAddress",
      "TicketEncryptionType",
      "PreAuthType",
      "Status",
    ],
  },
  where: [{ field: "TargetUserName", notEnding: ["$"], not: ["", "-"] }],
  fold: {
    by: ["TargetUserName", "ServiceName", "IpAddress", "TicketEncryptionType", "Status"],
    windowMs: 10 * MINUTE_MS,
  },
};

/** Validation that a domain controller (or the machine itself) did or refused. */
export const VALIDATION: SignalWant = {
  kind: "validation",
  subscription: {
    channels: SECURITY,
    eventIds: [4771, 4776],
    fields: ["TargetUserName", "IpAddress", "Workstation", "Status", "ServiceName"],
  },
  where: [{ field: "TargetUserName", notEnding: ["$"], not: ["", "-"] }],
  fold: {
    by: ["TargetUserName", "IpAddress", "Workstation", "Status"],
    windowMs: 10 * MINUTE_MS,
  },
};

export const WINDOW_STATION: SignalWant = {
  kind: "window-station",
  subscription: {
    channels: SECURITY,
    eventIds: [4778, 4779],
    fields: [
      "AccountName",
      "AccountDomain",
      "LogonID",
      "SessionName",
      "ClientName",
      "ClientAddress",
    ],
  },
};

/** Sessions as Terminal Services counts them, console and RDP alike. */
export const TS_SESSION: SignalWant = {
  kind: "ts-session",
  subscription: {
    channels: ["Microsoft-Windows-TerminalServices-LocalSessionManager/Operational"],
    eventIds: [21, 23, 24, 25, 39, 40],
    fields: ["User", "SessionID", "Address", "TargetSession", "Source", "Session", "Reason"],
  },
};

/** The RDP client was let in by network level authentication; the session comes after. */
export const RDP_AUTHENTICATION: SignalWant = {
  kind: "rdp-authentication",
  subscription: {
    channels: ["Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational"],
    eventIds: [1149],
    fields: ["Param1", "Param2", "Param3"],
  },
};

export const RDP_CONNECTION: SignalWant = {
  kind: "rdp-connection",
  subscription: {
    channels: ["Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational"],
    eventIds: [131, 140],
    fields: ["ClientIP", "IPString"],
  },
};

/** The RDP client of this machine went out: 1024 names the machine, 1102 its address. */
export const RDP_CLIENT: SignalWant = {
  kind: "rdp-client",
  subscription: {
    channels: ["Microsoft-Windows-TerminalServices-RDPClient/Operational"],
    eventIds: [1024, 1102],
    fields: ["Value"],
  },
};

export const SSH_SERVER: SignalWant = {
  kind: "ssh-server",
  subscription: {
    channels: ["OpenSSH/Operational"],
    eventIds: [4],
    fields: ["process", "payload"],
  },
  where: [{ field: "payload", contains: ["Accepted ", "Failed ", "closed by", "session closed"] }],
};

export const SERVICE_INSTALLED: SignalWant = {
  kind: "service-installed",
  subscription: {
    channels: ["System", "Security"],
    eventIds: [7045, 4697],
    fields: [
      "ServiceName",
      "ImagePath",
      "ServiceFileName",
      "AccountName",
      "SubjectUserName",
      "SubjectLogonId",
    ],
  },
};

/** Administrative shares and the pipes by which services, tasks and the registry are worked from afar. */
export const ADMIN_SHARE: SignalWant = {
  kind: "admin-share",
  subscription: {
    channels: SECURITY,
    eventIds: [5140, 5145],
    fields: [
      "SubjectUserName",
      "SubjectDomainName",
      "SubjectLogonId",
      "IpAddress",
      "ShareName",
      "RelativeTargetName",
    ],
  },
  where: [
    ...ofPeople("SubjectUserName", "SubjectUserSid"),
    { field: "ShareName", contains: ["$"] },
    { field: "RelativeTargetName", not: ["srvsvc", "wkssvc", "lsarpc", "samr", "netlogon"] },
  ],
  fold: {
    by: ["SubjectUserName", "IpAddress", "ShareName", "RelativeTargetName"],
    windowMs: 10 * MINUTE_MS,
  },
};

export const WINRM: SignalWant = {
  kind: "winrm",
  subscription: {
    channels: ["Microsoft-Windows-WinRM/Operational"],
    eventIds: [6, 91, 169],
    fields: ["connection", "username", "authenticationMechanism", "resourceUri"],
  },
  fold: { by: ["connection", "username", "resourceUri"], windowMs: 10 * MINUTE_MS },
};

/** Programs that go to other machines, or that other machines start here. */
const REMOTE_PROGRAMS = [
  "\\mstsc.exe",
  "\\ssh.exe",
  "\\scp.exe",
  "\\sftp.exe",
  "\\plink.exe",
  "\\putty.exe",
  "\\pscp.exe",
  "\\winrs.exe",
  "\\psexec.exe",
  "\\psexec64.exe",
  "\\wmic.exe",
  "\\tscon.exe",
  "\\runas.exe",
];
const REMOTE_PARENTS = ["\\wmiprvse.exe", "\\wsmprovhost.exe", "\\winrshost.exe", "\\psexesvc.exe"];

const AUDITED_PROCESS = {
  channels: SECURITY,
  eventIds: [4688],
  fields: [
    "NewProcessName",
    "ParentProcessName",
    "CommandLine",
    "SubjectUserName",
    "SubjectDomainName",
    "SubjectLogonId",
    "TargetUserName",
    "TargetLogonId",
  ],
} as const;
const SYSMON_PROCESS = {
  channels: ["Microsoft-Windows-Sysmon/Operational"],
  eventIds: [1],
  fields: ["Image", "ParentImage", "CommandLine", "User", "LogonId"],
} as const;

const FOLD_PROCESS_MS = MINUTE_MS;

/** One kind from two channels; the readers of `remote-program` look for either set of names. */
export const REMOTE_PROGRAM: readonly SignalWant[] = [
  {
    kind: "remote-program",
    subscription: AUDITED_PROCESS,
    where: [{ field: "NewProcessName", contains: REMOTE_PROGRAMS }],
    fold: { by: ["NewProcessName", "CommandLine", "SubjectLogonId"], windowMs: FOLD_PROCESS_MS },
  },
  {
    kind: "remote-program",
    subscription: SYSMON_PROCESS,
    where: [{ field: "Image", contains: REMOTE_PROGRAMS }],
    fold: { by: ["Image", "CommandLine", "LogonId"], windowMs: FOLD_PROCESS_MS },
  },
];

/** What a remote call (WMI, WinRM, PsExec) started here. */
export const REMOTE_CHILD: readonly SignalWant[] = [
  {
    kind: "remote-child",
    subscription: AUDITED_PROCESS,
    where: [{ field: "ParentProcessName", contains: REMOTE_PARENTS }],
    fold: {
      by: ["NewProcessName", "ParentProcessName", "SubjectLogonId"],
      windowMs: FOLD_PROCESS_MS,
    },
  },
  {
    kind: "remote-child",
    subscription: SYSMON_PROCESS,
    where: [{ field: "ParentImage", contains: REMOTE_PARENTS }],
    fold: { by: ["Image", "ParentImage", "LogonId"], windowMs: FOLD_PROCESS_MS },
  },
];

/** What hosts, sessions and moves are built from. */
export const STORY_WANTS: readonly SignalWant[] = [
  LOGON,
  NETWORK_LOGON,
  MACHINE_ADDRESS,
  LOGON_FAILED,
  LOGOFF,
  SPECIAL_PRIVILEGES,
  EXPLICIT_CREDENTIALS,
  KERBEROS_TICKET,
  VALIDATION,
  WINDOW_STATION,
  TS_SESSION,
  RDP_AUTHENTICATION,
  RDP_CONNECTION,
  RDP_CLIENT,
  SSH_SERVER,
  SERVICE_INSTALLED,
  ADMIN_SHARE,
  WINRM,
  ...REMOTE_PROGRAM,
  ...REMOTE_CHILD,
];
