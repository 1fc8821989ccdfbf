import type { ForgedEvent, ForgedHop } from "./forged-hops.ts";
import { type HopCase, hopCase } from "./hop-cases.ts";

const DAY_S = 86_400;
const HOUR_S = 3_600;
const SYSMON = "Microsoft-Windows-Sysmon/Operational";
const RDP_CORE = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational";
const WINRM = "Microsoft-Windows-WinRM/Operational";
const ADMIN_SID = "S-1-5-21-1004336348-1177238915-682003330-1104";
const SYSTEM = {
  SubjectUserSid: "S-1-5-18",
  SubjectUserName: "SRV-08$",
  SubjectDomainName: "CORP",
  SubjectLogonId: "0x3e7",
};

/** Hours after the start of the week. */
const afterHours = (hours: number): number => hours * HOUR_S;
const event = (
  at: number,
  host: string,
  channel: string,
  id: number,
  more: object,
): ForgedEvent => ({
  at: `+${at}s`,
  host,
  channel,
  id,
  ...more,
});
const security = (at: number, host: string, id: number, data: object): ForgedEvent =>
  event(at, host, "Security", id, { data });
const started = (at: number, host: string, data: object): ForgedEvent =>
  event(at, host, SYSMON, 1, { data });

/** The administrator reads a share that is nobody's way to rule: a network logon with rights, and no more. */
function visit(at: number, host: string, logonId: string): ForgedEvent[] {
  return [
    security(at, host, 4624, {
      TargetUserSid: ADMIN_SID,
      TargetUserName: "user.admin",
      TargetDomainName: "CORP",
      TargetLogonId: logonId,
      LogonType: 3,
      LogonProcessName: "Kerberos",
      AuthenticationPackageName: "Kerberos",
      WorkstationName: "-",
      IpAddress: "10.28.0.12",
      IpPort: "50120",
      ElevatedToken: "%%1842",
    }),
    security(at + 0.001, host, 4672, {
      SubjectUserSid: ADMIN_SID,
      SubjectUserName: "user.admin",
      SubjectDomainName: "CORP",
      SubjectLogonId: logonId,
    }),
  ];
}

/** The administrator sits at the machine itself. */
function atConsole(at: number, host: string, logonId: string): ForgedEvent[] {
  return [
    security(at, host, 4624, {
      TargetUserSid: ADMIN_SID,
      TargetUserName: "user.admin",
      TargetDomainName: "CORP",
      TargetLogonId: logonId,
      LogonType: 2,
      LogonProcessName: "User32 ",
      AuthenticationPackageName: "Negotiate",
      WorkstationName: host,
      IpAddress: "127.0.0.1",
      IpPort: "0",
    }),
    event(at + 1, host, "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational", 21, {
      userData: { EventXML: { User: "CORP\\user.admin", SessionID: 1, Address: "LOCAL" } },
    }),
  ];
}

/** A wrong password, as both sides write it. */
const refusedDesktop = (at: number): ForgedEvent[] => [
  event(at - 3, "WS-02", "Microsoft-Windows-TerminalServices-RDPClient/Operational", 1024, {
    userSid: "S-1-5-21-1004336348-1177238915-682003330-1102",
    data: { Name: "Server Name", Value: "SRV-07", CustomLevel: "Info" },
  }),
  security(at + 1, "WS-02", 4648, {
    SubjectUserSid: "S-1-5-21-1004336348-1177238915-682003330-1102",
    SubjectUserName: "user.two",
    SubjectDomainName: "CORP",
    SubjectLogonId: "0x88001",
    TargetUserName: "user.two",
    TargetDomainName: "CORP",
    TargetServerName: "SRV-07.corp.example",
    TargetInfo: "TERMSRV/SRV-07.corp.example",
    ProcessName: "C:\\Windows\\System32\\lsass.exe",
  }),
  event(at, "SRV-07", RDP_CORE, 131, { data: { ConnType: "TCP", ClientIP: "10.28.0.11:51001" } }),
  security(at + 2, "SRV-07", 4625, {
    TargetUserName: "user.two",
    TargetDomainName: "CORP",
    LogonType: 3,
    Status: "0xc000006d",
    SubStatus: "0xc000006a",
    WorkstationName: "WS-02",
    IpAddress: "10.28.0.11",
    IpPort: "0",
  }),
  event(at + 2.1, "SRV-07", RDP_CORE, 140, { data: { IPString: "10.28.0.11" } }),
];

const sshLine = (at: number, payload: string): ForgedEvent =>
  event(at, "SRV-07", "OpenSSH/Operational", 4, { data: { process: "sshd", payload } });

/** A remoting session of the machine with itself: a role's setup, a test. */
const ownRemoting = (at: number): ForgedEvent[] => [
  event(at, "SRV-08", WINRM, 6, { userSid: ADMIN_SID, data: { connection: "localhost/wsman" } }),
  security(at + 1, "SRV-08", 4624, {
    TargetUserSid: ADMIN_SID,
    TargetUserName: "user.admin",
    TargetDomainName: "CORP",
    TargetLogonId: "0x777001",
    LogonType: 3,
    LogonProcessName: "Kerberos",
    AuthenticationPackageName: "Kerberos",
    IpAddress: "::1",
    IpPort: "0",
  }),
  started(at + 3, "SRV-08", {
    Image: "C:\\Windows\\System32\\hostname.exe",
    CommandLine: "hostname.exe",
    ParentImage: "C:\\Windows\\System32\\wsmprovhost.exe",
    User: "CORP\\user.admin",
    LogonId: "0x777001",
  }),
];

/** Local work seconds after a visit: each would be a way to rule the machine if the visitor had done it. */
const LOOKALIKES: readonly ForgedEvent[] = [
  ...refusedDesktop(afterHours(34)),
  ...atConsole(afterHours(58), "SRV-07", "0x700001"),
  sshLine(afterHours(35), "Failed password for user.two from 10.28.0.11 port 50555 ssh2"),
  sshLine(afterHours(36), "Accepted publickey for user.admin from 127.0.0.1 port 50556 ssh2"),
  ...ownRemoting(afterHours(37)),
  // A management console opened at the machine, from which a prompt is started.
  ...atConsole(afterHours(60), "SRV-08", "0x700002"),
  ...visit(afterHours(60.1), "SRV-08", "0x700003"),
  started(afterHours(60.1) + 20, "SRV-08", {
    Image: "C:\\Windows\\System32\\cmd.exe",
    CommandLine: "cmd.exe",
    ParentImage: "C:\\Windows\\System32\\mmc.exe",
    User: "CORP\\user.admin",
    LogonId: "0x700002",
  }),
  // The management agent's inventory starts a program by WMI on its own machine.
  ...visit(afterHours(61), "SRV-08", "0x700004"),
  started(afterHours(61) + 20, "SRV-08", {
    Image: "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
    CommandLine: "powershell.exe -File C:\\Windows\\CCM\\ScriptStore\\inventory.ps1",
    ParentImage: "C:\\Windows\\System32\\wbem\\WmiPrvSE.exe",
    User: "NT AUTHORITY\\SYSTEM",
    LogonId: "0x3e7",
  }),
  // An updater that runs as SYSTEM makes its service and its task anew.
  ...visit(afterHours(62), "SRV-08", "0x700005"),
  event(afterHours(62) + 20, "SRV-08", "System", 7045, {
    userSid: "S-1-5-18",
    data: {
      ServiceName: "EdgeUpdate7",
      ImagePath: '"C:\\Program Files (x86)\\Microsoft\\EdgeUpdate\\MicrosoftEdgeUpdate.exe" /svc',
      ServiceType: "user mode service",
      StartType: "auto start",
      AccountName: "LocalSystem",
    },
  }),
  ...visit(afterHours(63), "SRV-08", "0x700006"),
  event(afterHours(63) + 20, "SRV-08", "Microsoft-Windows-TaskScheduler/Operational", 106, {
    userSid: "S-1-5-18",
    data: { TaskName: "\\MicrosoftEdgeUpdateTaskMachineCore", UserContext: "NT AUTHORITY\\SYSTEM" },
  }),
  security(afterHours(63) + 20, "SRV-08", 4698, {
    ...SYSTEM,
    TaskName: "\\MicrosoftEdgeUpdateTaskMachineCore",
    TaskContent:
      "<Task><Actions><Exec><Command>MicrosoftEdgeUpdate.exe</Command></Exec></Actions></Task>",
  }),
  // Backup software on the machine reads its own administrative share.
  security(afterHours(64), "SRV-08", 5140, {
    ...SYSTEM,
    SubjectUserName: "svc.backup",
    IpAddress: "::1",
    ShareName: "\\\\*\\C$",
  }),
];

/** Every method from another workstation on another day, so that nothing but the method tells of it. */
const METHODS: readonly ForgedHop["method"][] = [
  "RDP",
  "SSH",
  "service",
  "task",
  "WMI",
  "DCOM",
  "WinRM",
  "SMB",
];

export const METHOD_CASES: readonly HopCase[] = [
  hopCase({
    name: "every way to rule a machine once, beside what looks like it",
    seed: 28,
    hosts: [
      "WS-01",
      "WS-02",
      "WS-03",
      "SRV-01",
      "SRV-02",
      "SRV-03",
      "SRV-04",
      "SRV-05",
      "SRV-06",
      "SRV-07",
      "SRV-08",
      "DC-01",
    ],
    controller: "DC-01",
    hops: METHODS.map((method, at) => ({
      at: (Math.floor(at / 2) * DAY_S + (at % 2 === 0 ? 10.2 : 14.4) * HOUR_S) * 1000,
      from: "WS-01",
      to: `SRV-0${3 + (at % 4)}`,
      account: at < 4 ? "user.ops" : "svc.backup",
      method,
    })),
    more: LOOKALIKES,
    besides: [
      // What is new counts after days of learning only.
      "first-special-logon svc.backup",
      "first-special-logon user.admin",
      "first-seen-way WS-01 > SRV-05 svc.backup",
      "first-seen-way WS-01 > SRV-06 svc.backup",
      "privilege-chain user.ops",
    ],
  }),
];
