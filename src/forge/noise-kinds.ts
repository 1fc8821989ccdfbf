/**
 * Ordinary background activity, as data. A kind happens every so often on a host; each time, its events are
 * written at their delay, with these placeholders replaced: {host} {computer} {domain} {user} {userSid} {client}
 * {clientComputer} {address} (the client's) {logonId} {logonId2} {pid} {pid2} {port} {guid} {session} {time}
 * {before} (just before {time}) and the keys of the variant that was picked.
 */
export interface NoiseEvent {
  /** Delay after the occurrence begins. */
  readonly after?: string;
  /** Written on the client's logs in place of the host's. */
  readonly onClient?: true;
  readonly channel: string;
  readonly id: number;
  readonly provider?: string;
  readonly userSid?: string;
  readonly data?: Readonly<Record<string, string | number>>;
  readonly strings?: readonly string[];
  /** Root element and its leaves. */
  readonly userData?: readonly [root: string, leaves: Readonly<Record<string, string | number>>];
}

export interface NoiseKind {
  /** Mean interval; the real one varies by half of it either way. */
  readonly every: string;
  /** Only from Monday to Friday between the scenario's hours. */
  readonly officeHours?: true;
  readonly needs: readonly ("user" | "client")[];
  readonly variants?: readonly Readonly<Record<string, string>>[];
  readonly events: readonly NoiseEvent[];
}

const RDP = "Microsoft-Windows-TerminalServices";
const TASKS = "Microsoft-Windows-TaskScheduler/Operational";
const POLICY = "Microsoft-Windows-GroupPolicy/Operational";
const DEFENDER = "Microsoft-Windows-Windows Defender/Operational";

const DOMAIN_USER = {
  TargetUserSid: "{userSid}",
  TargetUserName: "{user}",
  TargetDomainName: "{domain}",
  TargetLogonId: "{logonId}",
} as const;
const NOBODY = {
  SubjectUserSid: "S-1-0-0",
  SubjectUserName: "-",
  SubjectDomainName: "-",
  SubjectLogonId: "0x0",
} as const;
const FROM_CLIENT = { IpAddress: "{address}", IpPort: "{port}" } as const;
const PRIVILEGED = {
  SubjectUserSid: "{userSid}",
  SubjectUserName: "{user}",
  SubjectDomainName: "{domain}",
  SubjectLogonId: "{logonId}",
} as const;

export const NOISE_KINDS: Readonly<Record<string, NoiseKind>> = {
  /** Services that log on as SYSTEM. */
  serviceLogons: {
    every: "35m",
    needs: [],
    events: [
      {
        channel: "Security",
        id: 4624,
        data: {
          TargetUserSid: "S-1-5-18",
          TargetUserName: "SYSTEM",
          TargetDomainName: "NT AUTHORITY",
          TargetLogonId: "0x3e7",
          LogonType: 5,
          LogonProcessName: "Advapi  ",
          AuthenticationPackageName: "Negotiate",
          ProcessId: "0x2b4",
          ProcessName: "C:\\Windows\\System32\\services.exe",
        },
      },
      { after: "0.0001s", channel: "Security", id: 4672 },
    ],
  },
  /** A user who logs on at the console, locks and unlocks, and leaves. */
  interactiveDay: {
    every: "20h",
    officeHours: true,
    needs: ["user"],
    events: [
      {
        channel: "Security",
        id: 4648,
        data: {
          TargetUserName: "{user}",
          TargetDomainName: "{domain}",
          ProcessId: "0x54c",
          ProcessName: "C:\\Windows\\System32\\svchost.exe",
          IpAddress: "127.0.0.1",
          IpPort: "0",
        },
      },
      {
        after: "0.01s",
        channel: "Security",
        id: 4624,
        data: {
          ...DOMAIN_USER,
          LogonType: 2,
          LogonProcessName: "User32 ",
          AuthenticationPackageName: "Negotiate",
          WorkstationName: "{host}",
          ProcessId: "0x54c",
          ProcessName: "C:\\Windows\\System32\\svchost.exe",
          IpAddress: "127.0.0.1",
          IpPort: "0",
          ElevatedToken: "%%1843",
        },
      },
      {
        after: "3h",
        channel: "Security",
        id: 4624,
        data: {
          ...DOMAIN_USER,
          TargetLogonId: "{logonId2}",
          LogonType: 7,
          LogonProcessName: "Negotiat",
          AuthenticationPackageName: "Negotiate",
          WorkstationName: "{host}",
          ProcessId: "0x2f4",
          ProcessName: "C:\\Windows\\System32\\lsass.exe",
          ElevatedToken: "%%1843",
        },
      },
      {
        after: "3h2s",
        channel: "Security",
        id: 4634,
        data: { ...DOMAIN_USER, TargetLogonId: "{logonId2}", LogonType: 7 },
      },
      { after: "7h40m", channel: "Security", id: 4647, data: DOMAIN_USER },
      { after: "7h40m1s", channel: "Security", id: 4634, data: { ...DOMAIN_USER, LogonType: 2 } },
    ],
  },
  /** A computer account that reads its policy from a domain controller. */
  machineLogons: {
    every: "40m",
    needs: ["client"],
    events: [
      {
        channel: "Security",
        id: 4769,
        data: {
          TargetUserName: "{client}$@{realm}",
          TargetDomainName: "{realm}",
          ServiceName: "{host}$",
          ServiceSid: "{hostSid}",
          IpAddress: "::ffff:{address}",
          IpPort: "{port}",
          LogonGuid: "{guid}",
        },
      },
      {
        after: "0.02s",
        channel: "Security",
        id: 4624,
        data: {
          ...NOBODY,
          TargetUserSid: "{clientSid}",
          TargetUserName: "{client}$",
          TargetDomainName: "{realm}",
          TargetLogonId: "{logonId}",
          LogonType: 3,
          LogonGuid: "{guid}",
          ...FROM_CLIENT,
        },
      },
      {
        after: "12s",
        channel: "Security",
        id: 4634,
        data: {
          TargetUserSid: "{clientSid}",
          TargetUserName: "{client}$",
          TargetLogonId: "{logonId}",
        },
      },
    ],
  },
  /** A user's ticket on a domain controller. */
  ticketRequests: {
    every: "25m",
    officeHours: true,
    needs: ["user", "client"],
    events: [
      {
        channel: "Security",
        id: 4768,
        data: {
          TargetUserName: "{user}",
          TargetDomainName: "{domain}",
          TargetSid: "{userSid}",
          IpAddress: "::ffff:{address}",
          IpPort: "{port}",
        },
      },
    ],
  },
  /** A user, a backup or a monitoring account that reads a share. */
  shareUse: {
    every: "30m",
    needs: ["user", "client"],
    events: [
      {
        channel: "Security",
        id: 4624,
        data: { ...NOBODY, ...DOMAIN_USER, LogonType: 3, LogonGuid: "{guid}", ...FROM_CLIENT },
      },
      {
        after: "0.05s",
        channel: "Security",
        id: 5140,
        data: {
          ...PRIVILEGED,
          ...FROM_CLIENT,
          ShareName: "\\\\*\\Projects",
          ShareLocalPath: "\\??\\D:\\Projects",
        },
      },
      { after: "9m", channel: "Security", id: 4634, data: { ...DOMAIN_USER, LogonType: 3 } },
    ],
  },
  /** Null sessions that domain members open to each other. */
  anonymousLogons: {
    every: "6h",
    needs: ["client"],
    events: [
      {
        channel: "Security",
        id: 4624,
        data: {
          ...NOBODY,
          TargetUserSid: "S-1-5-7",
          TargetUserName: "ANONYMOUS LOGON",
          TargetDomainName: "NT AUTHORITY",
          TargetLogonId: "{logonId}",
          LogonType: 3,
          LogonProcessName: "NtLmSsp ",
          AuthenticationPackageName: "NTLM",
          LmPackageName: "NTLM V1",
          WorkstationName: "{client}",
          ...FROM_CLIENT,
          ElevatedToken: "%%1843",
        },
      },
      {
        after: "15s",
        channel: "Security",
        id: 4634,
        data: {
          TargetUserSid: "S-1-5-7",
          TargetUserName: "ANONYMOUS LOGON",
          TargetDomainName: "NT AUTHORITY",
          TargetLogonId: "{logonId}",
        },
      },
    ],
  },
  /** A user who mistypes the password once. */
  mistypedPasswords: {
    every: "30h",
    officeHours: true,
    needs: ["user"],
    events: [
      {
        channel: "Security",
        id: 4625,
        data: {
          TargetUserName: "{user}",
          TargetDomainName: "{domain}",
          LogonType: 2,
          LogonProcessName: "User32 ",
          AuthenticationPackageName: "Negotiate",
          WorkstationName: "{host}",
          ProcessId: "0x54c",
          ProcessName: "C:\\Windows\\System32\\svchost.exe",
          IpAddress: "127.0.0.1",
          IpPort: "0",
        },
      },
    ],
  },
  /** Restart, as after updates. */
  restarts: {
    every: "40h",
    needs: [],
    events: [
      {
        channel: "System",
        id: 6006,
        provider: "EventLog",
        strings: [""],
      },
      {
        after: "2s",
        channel: "System",
        id: 13,
        provider: "Microsoft-Windows-Kernel-General",
        data: { StopTime: "{time}" },
      },
      {
        after: "50s",
        channel: "System",
        id: 12,
        provider: "Microsoft-Windows-Kernel-General",
        data: {
          MajorVersion: 10,
          MinorVersion: 0,
          BuildVersion: 20348,
          QfeVersion: 2113,
          ServiceVersion: 0,
          BootMode: 0,
          StartTime: "{time}",
        },
      },
      { after: "58s", channel: "System", id: 6005, provider: "EventLog", strings: [""] },
      {
        after: "58.5s",
        channel: "System",
        id: 6013,
        provider: "EventLog",
        strings: ["", "", "", "", "14", "60", "0 Coordinated Universal Time"],
      },
      { after: "52s", channel: "Security", id: 4608, data: {} },
      {
        after: "52.1s",
        channel: "Security",
        id: 4624,
        data: {
          ...NOBODY,
          TargetUserSid: "S-1-5-18",
          TargetUserName: "SYSTEM",
          TargetDomainName: "NT AUTHORITY",
          TargetLogonId: "0x3e7",
          LogonType: 0,
          LogonProcessName: "-",
          AuthenticationPackageName: "-",
          ProcessId: "0x4",
        },
      },
      {
        after: "54s",
        channel: "Security",
        id: 4624,
        data: {
          TargetUserSid: "S-1-5-96-0-0",
          TargetUserName: "UMFD-0",
          TargetDomainName: "Font Driver Host",
          TargetLogonId: "{logonId}",
          LogonType: 2,
          LogonProcessName: "Advapi  ",
          AuthenticationPackageName: "Negotiate",
          ProcessId: "0x23c",
          ProcessName: "C:\\Windows\\System32\\wininit.exe",
          VirtualAccount: "%%1842",
        },
      },
      {
        after: "55s",
        channel: "Security",
        id: 4624,
        data: {
          TargetUserSid: "S-1-5-90-0-1",
          TargetUserName: "DWM-1",
          TargetDomainName: "Window Manager",
          TargetLogonId: "{logonId2}",
          LogonType: 2,
          LogonProcessName: "Advapi  ",
          AuthenticationPackageName: "Negotiate",
          ProcessId: "0x290",
          ProcessName: "C:\\Windows\\System32\\winlogon.exe",
          VirtualAccount: "%%1842",
        },
      },
      {
        after: "55.1s",
        channel: "Security",
        id: 4672,
        data: {
          SubjectUserSid: "S-1-5-90-0-1",
          SubjectUserName: "DWM-1",
          SubjectDomainName: "Window Manager",
          SubjectLogonId: "{logonId2}",
          PrivilegeList: "SeAssignPrimaryTokenPrivilege\r\n\t\t\tSeAuditPrivilege",
        },
      },
    ],
  },
  /** Services that start and stop by themselves. */
  serviceStates: {
    every: "20m",
    needs: [],
    variants: [
      { service: "Windows Update", state: "running" },
      { service: "Windows Update", state: "stopped" },
      { service: "Background Intelligent Transfer Service", state: "running" },
      { service: "Background Intelligent Transfer Service", state: "stopped" },
      { service: "Print Spooler", state: "running" },
      { service: "Application Experience", state: "running" },
      { service: "WinHTTP Web Proxy Auto-Discovery Service", state: "stopped" },
      { service: "Windows Modules Installer", state: "running" },
    ],
    events: [{ channel: "System", id: 7036, data: { param1: "{service}", param2: "{state}" } }],
  },
  /** Updates of Windows and of its virus scanner, which installs a driver of its own. */
  updates: {
    every: "16h",
    needs: [],
    variants: [
      { title: "Security Intelligence Update for Microsoft Defender Antivirus - KB2267602" },
      { title: "2026-02 Cumulative Update for Microsoft server operating system (KB5012345)" },
      { title: "Windows Malicious Software Removal Tool x64 (KB890830)" },
    ],
    events: [
      {
        channel: "System",
        id: 43,
        provider: "Microsoft-Windows-WindowsUpdateClient",
        data: { updateTitle: "{title}", updateGuid: "{guid}", updateRevisionNumber: 200 },
      },
      {
        after: "40s",
        channel: "System",
        id: 7045,
        data: {
          ServiceName: "MpKsl{hex8}",
          ImagePath:
            "C:\\ProgramData\\Microsoft\\Windows Defender\\Definition Updates\\{guid}\\MpKslDrv.sys",
          ServiceType: "kernel mode driver",
          StartType: "system start",
          AccountName: "",
        },
      },
      {
        after: "1m",
        channel: "System",
        id: 19,
        provider: "Microsoft-Windows-WindowsUpdateClient",
        data: {
          updateTitle: "{title}",
          updateGuid: "{guid}",
          updateRevisionNumber: 200,
          serviceGuid: "{9482f4b4-e343-43b6-b170-9a65bc822c77}",
        },
      },
    ],
  },
  /** The time service that corrects the clock by milliseconds. */
  timeSync: {
    every: "9h",
    needs: [],
    events: [
      {
        channel: "Security",
        id: 4616,
        data: {
          SubjectUserSid: "S-1-5-19",
          SubjectUserName: "LOCAL SERVICE",
          SubjectDomainName: "NT AUTHORITY",
          SubjectLogonId: "0x3e5",
          PreviousTime: "{before}",
          NewTime: "{time}",
          ProcessId: "0x4a8",
          ProcessName: "C:\\Windows\\System32\\svchost.exe",
        },
      },
    ],
  },
  /** Ordinary programs of a user. */
  programs: {
    every: "14m",
    officeHours: true,
    needs: ["user"],
    variants: [
      {
        program: "C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE",
        line: '"OUTLOOK.EXE"',
      },
      {
        program: "C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE",
        line: '"EXCEL.EXE" /dde',
      },
      {
        program: "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
        line: '"chrome.exe"',
      },
      { program: "C:\\Windows\\System32\\notepad.exe", line: "notepad.exe" },
      { program: "C:\\Windows\\System32\\calc.exe", line: "calc.exe" },
      { program: "C:\\Windows\\System32\\taskhostw.exe", line: "taskhostw.exe" },
    ],
    events: [
      {
        channel: "Security",
        id: 4688,
        data: {
          ...PRIVILEGED,
          NewProcessId: "{pid}",
          NewProcessName: "{program}",
          TokenElevationType: "%%1938",
          ProcessId: "{pid2}",
          CommandLine: "{line}",
          ParentProcessName: "C:\\Windows\\explorer.exe",
        },
      },
    ],
  },
  /** Programs that Windows itself starts. */
  systemPrograms: {
    every: "30m",
    needs: [],
    variants: [
      {
        program: "C:\\Windows\\System32\\svchost.exe",
        line: "C:\\Windows\\System32\\svchost.exe -k netsvcs -p",
      },
      { program: "C:\\Windows\\System32\\taskhostw.exe", line: "taskhostw.exe SYSTEM" },
      {
        program: "C:\\Windows\\System32\\SearchIndexer.exe",
        line: "C:\\Windows\\System32\\SearchIndexer.exe /Embedding",
      },
      {
        program: "C:\\Windows\\System32\\wuauclt.exe",
        line: "C:\\Windows\\System32\\wuauclt.exe /RunHandlerComServer",
      },
    ],
    events: [
      {
        channel: "Security",
        id: 4688,
        data: {
          NewProcessId: "{pid}",
          NewProcessName: "{program}",
          ProcessId: "0x2b4",
          CommandLine: "{line}",
          ParentProcessName: "C:\\Windows\\System32\\services.exe",
          MandatoryLabel: "S-1-16-16384",
        },
      },
    ],
  },
  /** The virus scanner that says it is well. */
  defenderHealth: {
    every: "1h",
    needs: [],
    events: [
      {
        channel: DEFENDER,
        id: 1150,
        data: {
          "Product Name": "Microsoft Defender Antivirus",
          "Platform version": "4.18.26010.5",
          "Engine version": "1.1.26010.1",
          "Security intelligence version": "1.403.1500.0",
        },
      },
      {
        after: "0.2s",
        channel: DEFENDER,
        id: 1151,
        data: {
          "Product Name": "Microsoft Defender Antivirus",
          "Platform version": "4.18.26010.5",
          "Engine version": "1.1.26010.1",
          "RTP state": "Enabled",
          "AV security intelligence version": "1.403.1500.0",
        },
      },
    ],
  },
  /** Policy of the computer, read anew. */
  groupPolicy: {
    every: "95m",
    needs: [],
    events: [
      {
        channel: POLICY,
        id: 8004,
        data: {
          PolicyElaspedTimeInSeconds: 1,
          ErrorCode: 0,
          PrincipalSamName: "{domain}\\{host}$",
          IsMachine: 1,
        },
      },
      {
        after: "0.1s",
        channel: "System",
        id: 1500,
        provider: "Microsoft-Windows-GroupPolicy",
        data: {
          SupportInfo1: 1,
          SupportInfo2: 4213,
          ProcessingMode: 0,
          ProcessingTimeInMilliseconds: 890,
          DCName: "",
        },
      },
    ],
  },
  /** Tasks of Windows itself. */
  scheduledTasks: {
    every: "50m",
    needs: [],
    variants: [
      {
        task: "\\Microsoft\\Windows\\UpdateOrchestrator\\Schedule Scan",
        action: "%systemroot%\\system32\\usoclient.exe",
      },
      {
        task: "\\Microsoft\\Windows\\Defrag\\ScheduledDefrag",
        action: "%windir%\\system32\\defrag.exe",
      },
      {
        task: "\\Microsoft\\Windows\\Time Synchronization\\SynchronizeTime",
        action: "%windir%\\system32\\sc.exe",
      },
    ],
    events: [
      {
        channel: TASKS,
        id: 100,
        data: { TaskName: "{task}", UserContext: "NT AUTHORITY\\SYSTEM", InstanceId: "{guid}" },
      },
      {
        after: "0.1s",
        channel: TASKS,
        id: 200,
        data: {
          TaskName: "{task}",
          ActionName: "{action}",
          TaskInstanceId: "{guid}",
          EnginePID: 2340,
        },
      },
      {
        after: "3s",
        channel: TASKS,
        id: 201,
        data: {
          TaskName: "{task}",
          TaskInstanceId: "{guid}",
          ActionName: "{action}",
          ResultCode: 0,
          EnginePID: 2340,
        },
      },
      {
        after: "3.1s",
        channel: TASKS,
        id: 102,
        data: { TaskName: "{task}", UserContext: "NT AUTHORITY\\SYSTEM", InstanceId: "{guid}" },
      },
    ],
  },
  /** Inventory scripts of a management agent. */
  managementScripts: {
    every: "7h",
    needs: [],
    events: [
      {
        channel: "Microsoft-Windows-PowerShell/Operational",
        id: 4104,
        userSid: "S-1-5-18",
        data: {
          MessageNumber: 1,
          MessageTotal: 1,
          ScriptBlockText:
            "Get-CimInstance -ClassName Win32_LogicalDisk | Select-Object DeviceID, FreeSpace",
          ScriptBlockId: "{guid}",
          Path: "C:\\Windows\\CCM\\ScriptStore\\inventory.ps1",
        },
      },
    ],
  },
  /** An administrator's Remote Desktop habit, with the records of both sides. */
  adminRdp: {
    every: "20h",
    officeHours: true,
    needs: ["user", "client"],
    events: [
      {
        onClient: true,
        channel: `${RDP}-RDPClient/Operational`,
        id: 1024,
        userSid: "{userSid}",
        data: { Name: "Server Name", Value: "{host}", CustomLevel: "Info" },
      },
      {
        after: "1s",
        onClient: true,
        channel: `${RDP}-RDPClient/Operational`,
        id: 1102,
        userSid: "{userSid}",
        data: { Name: "Server Address", Value: "{hostAddress}", CustomLevel: "Info" },
      },
      {
        after: "1.1s",
        channel: "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational",
        id: 131,
        data: { ConnType: "TCP", ClientIP: "{address}:{port}" },
      },
      {
        after: "1.2s",
        channel: `${RDP}-RemoteConnectionManager/Operational`,
        id: 261,
        userData: ["EventXML", { listenerName: "RDP-Tcp" }],
      },
      {
        after: "2s",
        channel: "Security",
        id: 4624,
        data: { ...NOBODY, ...DOMAIN_USER, LogonType: 3, LogonGuid: "{guid}", ...FROM_CLIENT },
      },
      {
        after: "3s",
        channel: `${RDP}-RemoteConnectionManager/Operational`,
        id: 1149,
        userData: ["EventXML", { Param1: "{user}", Param2: "{domain}", Param3: "{address}" }],
      },
      {
        after: "4s",
        channel: "Security",
        id: 4624,
        data: {
          ...DOMAIN_USER,
          TargetLogonId: "{logonId2}",
          LogonType: 10,
          LogonProcessName: "User32 ",
          AuthenticationPackageName: "Negotiate",
          WorkstationName: "{host}",
          ProcessId: "0x54c",
          ProcessName: "C:\\Windows\\System32\\svchost.exe",
          IpAddress: "{address}",
          IpPort: "0",
        },
      },
      {
        after: "4.001s",
        channel: "Security",
        id: 4672,
        data: { ...PRIVILEGED, SubjectLogonId: "{logonId2}" },
      },
      {
        after: "5s",
        channel: `${RDP}-LocalSessionManager/Operational`,
        id: 21,
        userData: [
          "EventXML",
          { User: "{domain}\\{user}", SessionID: "{session}", Address: "{address}" },
        ],
      },
      {
        after: "6s",
        channel: `${RDP}-LocalSessionManager/Operational`,
        id: 22,
        userData: [
          "EventXML",
          { User: "{domain}\\{user}", SessionID: "{session}", Address: "{address}" },
        ],
      },
      {
        after: "41m",
        channel: `${RDP}-LocalSessionManager/Operational`,
        id: 23,
        userData: ["EventXML", { User: "{domain}\\{user}", SessionID: "{session}" }],
      },
      {
        after: "41m1s",
        channel: "Security",
        id: 4634,
        data: { ...DOMAIN_USER, TargetLogonId: "{logonId2}", LogonType: 10 },
      },
      {
        after: "41m1.1s",
        channel: `${RDP}-LocalSessionManager/Operational`,
        id: 24,
        userData: [
          "EventXML",
          { User: "{domain}\\{user}", SessionID: "{session}", Address: "{address}" },
        ],
      },
    ],
  },
};
