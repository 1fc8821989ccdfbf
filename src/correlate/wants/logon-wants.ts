import type { FieldTest, SignalWant } from "../../model/signal.ts";

export const SECURITY = "Security";
const AUDITING = ["Microsoft-Windows-Security-Auditing"];
const MINUTE = 60_000;

/** Accounts of services and of the window manager: their logons are the everyday bulk and no person's. */
const WINDOWS_OWN = [
  "SYSTEM",
  "LOCAL SERVICE",
  "NETWORK SERVICE",
  "ANONYMOUS LOGON",
  "IUSR",
  "-",
  "",
] as const;
/** Well-known SIDs of the same; the names are translated, the SIDs are not. */
const WINDOWS_OWN_SIDS = ["S-1-5-18", "S-1-5-19", "S-1-5-20", "S-1-5-7"] as const;
/** Desktop window manager, font driver and service accounts of every session. */
const WINDOWS_OWN_SID_STARTS = ["S-1-5-90-", "S-1-5-96-", "S-1-5-80-", "S-1-5-82-"] as const;

/** Somebody, not a machine and not Windows itself. */
export function somebody(prefix: "Target" | "Subject", sidField = `${prefix}UserSid`): FieldTest[] {
  return [
    { field: `${prefix}UserName`, not: WINDOWS_OWN, notEnding: ["$"] },
    { field: sidField, not: WINDOWS_OWN_SIDS, notStarting: WINDOWS_OWN_SID_STARTS },
  ];
}

const LOGON_FIELDS = [
  "TargetUserName",
  "TargetDomainName",
  "TargetUserSid",
  "TargetLogonId",
  "TargetLinkedLogonId",
  "TargetOutboundUserName",
  "TargetOutboundDomainName",
  "SubjectUserName",
  "LogonType",
  "LogonProcessName",
  "AuthenticationPackageName",
  "LmPackageName",
  "KeyLength",
  "LogonGuid",
  "WorkstationName",
  "IpAddress",
  "ProcessName",
  "ElevatedToken",
  "RestrictedAdminMode",
] as const;

/** 4624 of people at a keyboard or over RDP, with other credentials, in a batch or by a service such as sshd: each is a session. */
export const LOGON: SignalWant = {
  kind: "logon",
  subscription: {
    channels: [SECURITY],
    providers: AUDITING,
    eventIds: [4624],
    fields: LOGON_FIELDS,
  },
  where: [
    { field: "LogonType", is: ["2", "7", "8", "9", "10", "11", "12", "13"] },
    ...somebody("Target"),
  ],
};

/** 4624 over the network: a file server has millions, so repeats of ten minutes are one. */
export const NETWORK_LOGON: SignalWant = {
  kind: "network-logon",
  subscription: {
    channels: [SECURITY],
    providers: AUDITING,
    eventIds: [4624],
    fields: LOGON_FIELDS,
  },
  where: [{ field: "LogonType", is: ["3"] }, ...somebody("Target")],
  fold: {
    by: [
      "TargetUserName",
      "TargetDomainName",
      "IpAddress",
      "WorkstationName",
      "AuthenticationPackageName",
      "LogonProcessName",
    ],
    windowMs: 10 * MINUTE,
  },
};

/** Computers that log on by their own account say which address they have. */
export const MACHINE_LOGON: SignalWant = {
  kind: "machine-logon",
  subscription: {
    channels: [SECURITY],
    providers: AUDITING,
    eventIds: [4624],
    fields: ["TargetUserName", "IpAddress"],
  },
  where: [
    { field: "LogonType", is: ["3"] },
    { field: "TargetUserName", contains: ["$"] },
    { field: "IpAddress", not: ["", "-", "127.0.0.1", "::1"] },
  ],
  fold: { by: ["TargetUserName", "IpAddress"], windowMs: 60 * MINUTE },
};

export const FAILED_LOGON: SignalWant = {
  kind: "failed-logon",
  subscription: {
    channels: [SECURITY],
    providers: AUDITING,
    eventIds: [4625],
    fields: [
      "TargetUserName",
      "TargetDomainName",
      "LogonType",
      "Status",
      "SubStatus",
      "WorkstationName",
      "IpAddress",
      "LogonProcessName",
      "ProcessName",
    ],
  },
  where: [{ field: "TargetUserName", notEnding: ["$"] }],
  fold: {
    by: ["TargetUserName", "TargetDomainName", "LogonType", "IpAddress", "WorkstationName"],
    windowMs: MINUTE,
  },
};

/** The end of a session that somebody sat at; those of network logons tell nothing. */
export const LOGOFF: SignalWant = {
  kind: "logoff",
  subscription: {
    channels: [SECURITY],
    providers: AUDITING,
    eventIds: [4634, 4647],
    fields: ["TargetUserName", "TargetDomainName", "TargetLogonId", "LogonType"],
  },
  where: [
    { field: "LogonType", is: ["", "2", "7", "8", "9", "10", "11", "12", "13"] },
    ...somebody("Target"),
  ],
};

/** 4672: the session got rights that rule the host. */
export const SPECIAL_LOGON: SignalWant = {
  kind: "special-logon",
  subscription: {
    channels: [SECURITY],
    providers: AUDITING,
    eventIds: [4672],
    fields: ["SubjectUserName", "SubjectDomainName", "SubjectUserSid", "SubjectLogonId"],
  },
  where: somebody("Subject"),
  fold: { by: ["SubjectUserName", "SubjectDomainName"], windowMs: MINUTE },
};

/** 4648: somebody used the credentials of an account towards a machine; this host is the source. */
export const EXPLICIT_CREDENTIALS: SignalWant = {
  kind: "explicit-credentials",
  subscription: {
    channels: [SECURITY],
    providers: AUDITING,
    eventIds: [4648],
    fields: [
      "SubjectUserName",
      "SubjectDomainName",
      "SubjectLogonId",
      "TargetUserName",
      "TargetDomainName",
      "TargetServerName",
      "TargetInfo",
      "ProcessName",
      "IpAddress",
    ],
  },
  where: [
    { field: "SubjectUserName", notEnding: ["$"] },
    { field: "SubjectUserSid", not: WINDOWS_OWN_SIDS, notStarting: WINDOWS_OWN_SID_STARTS },
    { field: "TargetUserName", not: WINDOWS_OWN, notEnding: ["$"] },
    { field: "TargetServerName", not: ["localhost", "-", ""] },
  ],
  fold: {
    by: [
      "SubjectUserName",
      "SubjectLogonId",
      "TargetUserName",
      "TargetServerName",
      "TargetInfo",
      "ProcessName",
    ],
    windowMs: MINUTE,
  },
};

/** 4778 and 4779: a session at a window station was taken up again, or left. */
export const WINDOW_STATION: SignalWant = {
  kind: "window-station",
  subscription: {
    channels: [SECURITY],
    providers: AUDITING,
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

export const LOGON_WANTS: readonly SignalWant[] = [
  LOGON,
  NETWORK_LOGON,
  MACHINE_LOGON,
  FAILED_LOGON,
  LOGOFF,
  SPECIAL_LOGON,
  EXPLICIT_CREDENTIALS,
  WINDOW_STATION,
];
