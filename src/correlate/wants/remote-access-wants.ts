import type { FieldTest, SignalWant } from "../../model/signal.ts";
import { SECURITY, somebody } from "./logon-wants.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SYSMON = "Microsoft-Windows-Sysmon/Operational";

/** OpenSSH server: whom it let in or refused. The text is one field. */
export const SSH: SignalWant = {
  kind: "ssh",
  subscription: {
    channels: ["OpenSSH/Operational"],
    eventIds: [4],
    fields: ["process", "payload"],
  },
  where: [{ field: "payload", contains: ["Accepted ", "Failed "] }],
};

/** WinRM: a shell asked for from here (6), one opened here (91), and who signed in for it (169). */
export const WINRM: SignalWant = {
  kind: "winrm",
  subscription: {
    channels: ["Microsoft-Windows-WinRM/Operational"],
    eventIds: [6, 91, 169],
    fields: ["connection", "username", "authenticationMechanism", "resourceUri", "Security_UserID"],
  },
  fold: {
    by: ["EventID", "connection", "username", "resourceUri", "Security_UserID"],
    windowMs: MINUTE,
  },
};

/** A service was made: System 7045, Security 4697 (which knows the session). */
export const SERVICE: SignalWant = {
  kind: "service",
  subscription: {
    channels: ["System", SECURITY],
    providers: ["Service Control Manager", "Microsoft-Windows-Security-Auditing"],
    eventIds: [7045, 4697],
    fields: [
      "ServiceName",
      "ImagePath",
      "ServiceFileName",
      "AccountName",
      "ServiceAccount",
      "SubjectUserName",
      "SubjectLogonId",
      "Security_UserID",
    ],
  },
};

/** A task was made or changed: Security 4698 and 4702 (know the session), TaskScheduler 106. */
export const TASK: SignalWant = {
  kind: "task",
  subscription: {
    channels: ["Microsoft-Windows-TaskScheduler/Operational", SECURITY],
    eventIds: [106, 4698, 4702],
    fields: ["TaskName", "UserContext", "SubjectUserName", "SubjectLogonId"],
  },
  where: [{ field: "SubjectUserName", notEnding: ["$"] }],
  fold: { by: ["TaskName", "UserContext", "SubjectUserName"], windowMs: HOUR },
};

/** Administrative shares (5140), and the pipes that services, tasks and the registry are ruled by from afar (5145). */
export const ADMIN_SHARE: SignalWant = {
  kind: "admin-share",
  subscription: {
    channels: [SECURITY],
    eventIds: [5140, 5145],
    fields: ["SubjectUserName", "SubjectDomainName", "SubjectLogonId", "IpAddress", "ShareName"],
  },
  where: [
    { field: "ShareName", contains: ["ADMIN$", "\\C$", "\\D$", "\\E$"] },
    ...somebody("Subject"),
  ],
  fold: { by: ["SubjectUserName", "IpAddress", "ShareName"], windowMs: 10 * MINUTE },
};

export const CONTROL_PIPE: SignalWant = {
  kind: "control-pipe",
  subscription: {
    channels: [SECURITY],
    eventIds: [5145],
    fields: [
      "SubjectUserName",
      "SubjectDomainName",
      "SubjectLogonId",
      "IpAddress",
      "RelativeTargetName",
    ],
  },
  where: [
    { field: "ShareName", contains: ["IPC$"] },
    {
      field: "RelativeTargetName",
      contains: ["svcctl", "atsvc", "psexe", "remcom", "winreg", "paexec", "csexec"],
    },
    ...somebody("Subject"),
  ],
  fold: { by: ["SubjectUserName", "IpAddress", "RelativeTargetName"], windowMs: 10 * MINUTE },
};

const HOSTS_OF_REMOTE_COMMANDS = [
  "\\wmiprvse.exe",
  "\\wsmprovhost.exe",
  "\\winrshost.exe",
  "\\mmc.exe",
  "\\psexesvc.exe",
  "\\paexec",
  "\\remcomsvc.exe",
];

/** A program started by what runs commands for other machines. */
export const REMOTE_CHILD: readonly SignalWant[] = processWants("remote-child", (image, parent) => [
  { field: parent, contains: HOSTS_OF_REMOTE_COMMANDS },
  { field: image, notEnding: ["\\conhost.exe", "\\wmiprvse.exe", "\\werfault.exe"] },
]);

/** Programs that connect to other machines or take over sessions. */
export const REMOTE_TOOL: readonly SignalWant[] = processWants("remote-tool", (image) => [
  {
    field: image,
    contains: [
      "\\mstsc.exe",
      "\\ssh.exe",
      "\\plink",
      "\\putty",
      "\\psexec",
      "\\paexec",
      "\\winrs.exe",
      "\\wmic.exe",
      "\\tscon.exe",
    ],
  },
]);

/** A program reached a port by which machines are ruled: Sysmon 3, Security 5156. */
export const REMOTE_PORT: readonly SignalWant[] = [
  {
    kind: "remote-port",
    subscription: {
      channels: [SYSMON],
      eventIds: [3],
      fields: [
        "Image",
        "User",
        "SourceIp",
        "SourceHostname",
        "DestinationIp",
        "DestinationPort",
        "Initiated",
      ],
    },
    where: [{ field: "DestinationPort", is: ["22", "3389", "5985", "5986"] }],
    fold: { by: ["Image", "User", "SourceIp", "DestinationIp", "DestinationPort"], windowMs: HOUR },
  },
  {
    kind: "remote-port",
    subscription: {
      channels: [SECURITY],
      eventIds: [5156],
      fields: [
        "Application",
        "Direction",
        "SourceAddress",
        "DestAddress",
        "SourcePort",
        "DestPort",
      ],
    },
    where: [{ field: "DestPort", is: ["22", "3389", "5985", "5986"] }],
    fold: {
      by: ["Application", "Direction", "SourceAddress", "DestAddress", "DestPort"],
      windowMs: HOUR,
    },
  },
];

/** SMBServer 551: a client was refused a session. Field names: Microsoft-Windows-SMBServer, event 551 version 1 and up. */
export const SMB_REFUSED: SignalWant = {
  kind: "smb-refused",
  subscription: {
    channels: ["Microsoft-Windows-SMBServer/Security"],
    eventIds: [551],
    fields: ["UserName", "ClientName", "Status"],
  },
  where: [{ field: "UserName", notEnding: ["$"] }],
  fold: { by: ["UserName", "ClientName", "Status"], windowMs: MINUTE },
};

/** SMBClient 31001: a server refused the credentials that this host showed. */
export const SMB_CLIENT_REFUSED: SignalWant = {
  kind: "smb-client-refused",
  subscription: {
    channels: ["Microsoft-Windows-SmbClient/Security"],
    eventIds: [31001],
    fields: ["ServerName", "UserName", "SecurityStatus"],
  },
  where: [{ field: "UserName", notEnding: ["$"] }],
  fold: { by: ["ServerName", "UserName", "SecurityStatus"], windowMs: MINUTE },
};

/** Dhcp-Client 50028: an address was put on an interface; 1000 and 1007: it was lost, or was made up by the host itself. */
export const DHCP_ADDRESS: SignalWant = {
  kind: "dhcp-address",
  subscription: {
    channels: ["Microsoft-Windows-Dhcp-Client/Operational", "Microsoft-Windows-Dhcp-Client/Admin"],
    providers: ["Microsoft-Windows-Dhcp-Client"],
    eventIds: [1000, 1007, 50028],
    fields: ["Address"],
  },
  fold: { by: ["Address"], windowMs: HOUR },
};

/** System 6011: the machine got another name. */
export const RENAMED: SignalWant = {
  kind: "renamed",
  subscription: {
    channels: ["System"],
    providers: ["EventLog"],
    eventIds: [6011],
    fields: ["Data"],
  },
};

export const REMOTE_ACCESS_WANTS: readonly SignalWant[] = [
  SSH,
  WINRM,
  SERVICE,
  TASK,
  ADMIN_SHARE,
  CONTROL_PIPE,
  ...REMOTE_CHILD,
  ...REMOTE_TOOL,
  ...REMOTE_PORT,
  SMB_REFUSED,
  SMB_CLIENT_REFUSED,
  DHCP_ADDRESS,
  RENAMED,
];

/** Sysmon 1 and Security 4688 name the same things differently. */
function processWants(
  kind: string,
  where: (image: string, parent: string) => FieldTest[],
): SignalWant[] {
  return [
    {
      kind,
      subscription: {
        channels: [SYSMON],
        eventIds: [1],
        fields: ["Image", "ParentImage", "CommandLine", "User", "LogonId"],
      },
      where: where("Image", "ParentImage"),
      fold: { by: ["Image", "CommandLine", "User"], windowMs: MINUTE },
    },
    {
      kind,
      subscription: {
        channels: [SECURITY],
        eventIds: [4688],
        fields: [
          "NewProcessName",
          "ParentProcessName",
          "CommandLine",
          "SubjectUserName",
          "SubjectLogonId",
          "TargetLogonId",
        ],
      },
      where: where("NewProcessName", "ParentProcessName"),
      fold: { by: ["NewProcessName", "CommandLine", "SubjectUserName"], windowMs: MINUTE },
    },
  ];
}
