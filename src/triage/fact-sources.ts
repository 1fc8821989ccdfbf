/** Where an event says something of an account and a host. */
export interface FactSource {
  readonly channel: string;
  readonly eventIds: readonly number[];
  /** Fields of the account's name and domain; absent: it is about the host alone. */
  readonly account?: readonly [user: string, domain?: string];
  readonly fact: string;
  /** Parts that are joined by blanks; one with an empty `{Field}` is left out. */
  readonly value: readonly string[];
}

const SECURITY = "Security";
const SYSTEM = "System";
const SYSMON = "Microsoft-Windows-Sysmon/Operational";
const SESSIONS = "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational";
const CONNECTIONS = "Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational";
const RDP_CLIENT = "Microsoft-Windows-TerminalServices-RDPClient/Operational";

const TARGET = ["TargetUserName", "TargetDomainName"] as const;
const SUBJECT = ["SubjectUserName", "SubjectDomainName"] as const;
const BY = "by {SubjectDomainName}\\{SubjectUserName}";

function security(
  eventIds: readonly number[],
  account: readonly [string, string?],
  fact: string,
  ...value: string[]
): FactSource {
  return { channel: SECURITY, eventIds, account, fact, value };
}

/** Field names as the providers' manifests have them. */
export const FACT_SOURCES: readonly FactSource[] = [
  security([4624], TARGET, "logon", "type {LogonType}", "from {IpAddress}", "({WorkstationName})"),
  security([4624], TARGET, "sid", "{TargetUserSid}"),
  security(
    [4625],
    TARGET,
    "failed logon",
    "type {LogonType}",
    "from {IpAddress}",
    "status {SubStatus}",
  ),
  security(
    [4648],
    SUBJECT,
    "used credentials of",
    "{TargetDomainName}\\{TargetUserName}",
    "towards {TargetServerName}",
  ),
  security([4648], TARGET, "credentials used", BY, "towards {TargetServerName}"),
  security([4672], SUBJECT, "privileged logon", ""),
  security([4688], SUBJECT, "process", "{NewProcessName}"),
  security([4720], TARGET, "account created", BY),
  security([4722], TARGET, "account enabled", BY),
  security([4723, 4724], TARGET, "password set", BY),
  security([4725], TARGET, "account disabled", BY),
  security([4726], TARGET, "account deleted", BY),
  security([4738], TARGET, "account changed", BY),
  security([4740], TARGET, "account locked out", "at {TargetDomainName}"),
  security([4767], TARGET, "account unlocked", BY),
  security(
    [4781],
    ["NewTargetUserName", "TargetDomainName"],
    "account renamed",
    "from {OldTargetUserName}",
    BY,
  ),
  security([4728, 4732, 4756], ["MemberName"], "added to group", "{TargetUserName}", BY),
  security([4729, 4733, 4757], ["MemberName"], "removed from group", "{TargetUserName}", BY),
  security([4728, 4732, 4756], SUBJECT, "added to a group", "{MemberSid}", "to {TargetUserName}"),
  security([4768], TARGET, "Kerberos logon", "from {IpAddress}", "status {Status}"),
  security([4769], TARGET, "Kerberos ticket", "for {ServiceName}", "from {IpAddress}"),
  security(
    [4771],
    ["TargetUserName"],
    "Kerberos logon failed",
    "from {IpAddress}",
    "status {Status}",
  ),
  security([4776], ["TargetUserName"], "NTLM check", "from {Workstation}", "status {Status}"),
  security(
    [4778],
    ["AccountName", "AccountDomain"],
    "session reconnected",
    "from {ClientAddress}",
    "({ClientName})",
  ),
  security(
    [4779],
    ["AccountName", "AccountDomain"],
    "session disconnected",
    "from {ClientAddress}",
    "({ClientName})",
  ),
  security([4697], SUBJECT, "service installed", "{ServiceName}", "{ServiceFileName}"),
  security([4698], SUBJECT, "task created", "{TaskName}"),
  security([4699], SUBJECT, "task deleted", "{TaskName}"),
  security([5140, 5145], SUBJECT, "share opened", "{ShareName}", "from {IpAddress}"),
  security([1102], SUBJECT, "log cleared", "Security"),
  security([4719], SUBJECT, "audit policy changed", "{SubcategoryGuid}"),
  security([4616], SUBJECT, "time changed", "from {PreviousTime}", "to {NewTime}"),
  {
    channel: SESSIONS,
    eventIds: [21],
    account: ["User"],
    fact: "RDP session opened",
    value: ["from {Address}"],
  },
  { channel: SESSIONS, eventIds: [23], account: ["User"], fact: "RDP session ended", value: [""] },
  {
    channel: SESSIONS,
    eventIds: [24],
    account: ["User"],
    fact: "RDP session disconnected",
    value: ["from {Address}"],
  },
  {
    channel: SESSIONS,
    eventIds: [25],
    account: ["User"],
    fact: "RDP session resumed",
    value: ["from {Address}"],
  },
  {
    channel: CONNECTIONS,
    eventIds: [1149],
    account: ["Param1", "Param2"],
    fact: "RDP authenticated",
    value: ["from {Param3}"],
  },
  {
    channel: RDP_CLIENT,
    eventIds: [1024, 1102],
    fact: "RDP client connected",
    value: ["to {Value}"],
  },
  { channel: SYSMON, eventIds: [1], account: ["User"], fact: "process", value: ["{Image}"] },
  {
    channel: SYSMON,
    eventIds: [3],
    account: ["User"],
    fact: "connection",
    value: ["{Image}", "to {DestinationIp}:{DestinationPort}"],
  },
  {
    channel: SYSTEM,
    eventIds: [104],
    account: SUBJECT,
    fact: "log cleared",
    value: ["{Channel}"],
  },
  {
    channel: SYSTEM,
    eventIds: [7045],
    fact: "service installed",
    value: ["{ServiceName}", "{ImagePath}"],
  },
  { channel: SYSTEM, eventIds: [12, 6005], fact: "started", value: [""] },
  { channel: SYSTEM, eventIds: [13, 6006], fact: "shut down", value: [""] },
  { channel: SYSTEM, eventIds: [6008, 41], fact: "stopped without shutdown", value: [""] },
];
