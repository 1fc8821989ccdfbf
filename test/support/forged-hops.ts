/** Events that one move between machines leaves on every machine that takes part, as Windows writes them. */
export type ForgedEvent = Readonly<Record<string, unknown>>;

/** A network to forge moves in. Times are milliseconds after the scenario's start. */
export interface ForgedNet {
  readonly domain: string;
  readonly addresses: Readonly<Record<string, string>>;
  readonly accounts: Readonly<Record<string, string>>;
  readonly controller?: string;
  /** Host -> how far its clock is ahead, ms. */
  readonly clocks?: Readonly<Record<string, number>>;
  /** Host -> the address that others see in its place. */
  readonly translated?: Readonly<Record<string, string>>;
}

export interface ForgedHop {
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly account: string;
  readonly method: "RDP" | "SSH" | "service" | "WinRM" | "WMI" | "DCOM" | "task" | "SMB";
}

const TS = "Microsoft-Windows-TerminalServices";
const SYSMON = "Microsoft-Windows-Sysmon/Operational";
const NETBIOS = "CORP";

export function hopEvents(net: ForgedNet, hop: ForgedHop, seed: number): ForgedEvent[] {
  const { from, to, account, method } = hop;
  const sid = net.accounts[account] ?? "";
  const address = net.translated?.[from] ?? net.addresses[from] ?? "";
  const id = (n: number): string => `0x${(0x100000 + seed * 64 + n).toString(16)}`;
  const at = (host: string, ms: number): string =>
    `+${((hop.at + ms + (net.clocks?.[host] ?? 0)) / 1000).toFixed(3)}s`;
  const target = {
    TargetUserSid: sid,
    TargetUserName: account,
    TargetDomainName: NETBIOS,
  };
  const subject = (logonId: string) => ({
    SubjectUserSid: sid,
    SubjectUserName: account,
    SubjectDomainName: NETBIOS,
    SubjectLogonId: logonId,
  });
  const logon = (ms: number, type: number, logonId: string, more: object = {}): ForgedEvent => ({
    at: at(to, ms),
    host: to,
    channel: "Security",
    id: 4624,
    data: {
      ...target,
      TargetLogonId: logonId,
      LogonType: type,
      LogonProcessName: type === 10 ? "User32 " : "Kerberos",
      AuthenticationPackageName: type === 10 ? "Negotiate" : "Kerberos",
      WorkstationName: type === 10 ? to : "-",
      IpAddress: address,
      IpPort: type === 10 ? "0" : String(50_000 + seed),
      ElevatedToken: "%%1842",
      ...more,
    },
  });
  const special = (ms: number, logonId: string): ForgedEvent => ({
    at: at(to, ms),
    host: to,
    channel: "Security",
    id: 4672,
    data: subject(logonId),
  });
  const credentials = (ms: number, info: string, process: string): ForgedEvent => ({
    at: at(from, ms),
    host: from,
    channel: "Security",
    id: 4648,
    data: {
      ...subject(id(60)),
      TargetUserName: account,
      TargetDomainName: NETBIOS,
      TargetServerName: `${to}.${net.domain}`,
      TargetInfo: `${info}/${to}.${net.domain}`,
      ProcessName: process,
    },
  });
  const ticket = (ms: number): ForgedEvent[] =>
    net.controller === undefined || net.controller === to
      ? []
      : [
          {
            at: at(net.controller, ms),
            host: net.controller,
            channel: "Security",
            id: 4769,
            data: {
              TargetUserName: `${account}@${net.domain.toUpperCase()}`,
              TargetDomainName: net.domain.toUpperCase(),
              ServiceName: `${to}$`,
              TicketEncryptionType: "0x12",
              IpAddress: `::ffff:${address}`,
              Status: "0x0",
            },
          },
        ];
  switch (method) {
    case "RDP": {
      const session = {
        User: `${NETBIOS}\\${account}`,
        SessionID: 2 + (seed % 7),
        Address: address,
      };
      const ts = (ms: number, eventId: number): ForgedEvent => ({
        at: at(to, ms),
        host: to,
        channel: `${TS}-LocalSessionManager/Operational`,
        id: eventId,
        userData: { EventXML: session },
      });
      const client = (ms: number, eventId: number, Name: string, Value: string): ForgedEvent => ({
        at: at(from, ms),
        host: from,
        channel: `${TS}-RDPClient/Operational`,
        id: eventId,
        userSid: sid,
        data: { Name, Value, CustomLevel: "Info" },
      });
      return [
        client(0, 1024, "Server Name", to),
        client(900, 1102, "Server Address", net.addresses[to] ?? ""),
        ...ticket(2_000),
        credentials(2_500, "TERMSRV", "C:\\Windows\\System32\\lsass.exe"),
        logon(3_000, 3, id(1)),
        {
          at: at(to, 3_400),
          host: to,
          channel: `${TS}-RemoteConnectionManager/Operational`,
          id: 1149,
          userData: { EventXML: { Param1: account, Param2: NETBIOS, Param3: address } },
        },
        logon(5_000, 10, id(2)),
        special(5_001, id(2)),
        ts(6_000, 21),
        ts(6_500, 22),
        ts(3_000_000, 23),
        {
          at: at(to, 3_000_300),
          host: to,
          channel: "Security",
          id: 4634,
          data: { ...target, TargetLogonId: id(2), LogonType: 10 },
        },
      ];
    }
    case "SSH":
      return [
        {
          at: at(from, 0),
          host: from,
          channel: "Security",
          id: 4688,
          data: {
            ...subject(id(60)),
            NewProcessName: "C:\\Windows\\System32\\OpenSSH\\ssh.exe",
            CommandLine: `ssh ${account}@${to}`,
            ParentProcessName: "C:\\Windows\\System32\\cmd.exe",
          },
        },
        {
          at: at(to, 4_000),
          host: to,
          channel: "OpenSSH/Operational",
          id: 4,
          data: {
            process: "sshd",
            payload: `Accepted password for ${account} from ${address} port ${50_000 + seed} ssh2`,
          },
        },
        logon(4_100, 8, id(1), {
          IpAddress: "-",
          ProcessName: "C:\\Windows\\System32\\OpenSSH\\sshd.exe",
        }),
        special(4_101, id(1)),
      ];
    case "service":
      return [
        credentials(0, "cifs", "C:\\Users\\Public\\PsExec.exe"),
        ...ticket(500),
        logon(1_000, 3, id(1)),
        special(1_001, id(1)),
        {
          at: at(to, 1_500),
          host: to,
          channel: "Security",
          id: 5140,
          data: { ...subject(id(1)), IpAddress: address, ShareName: "\\\\*\\ADMIN$" },
        },
        {
          at: at(to, 2_500),
          host: to,
          channel: "System",
          id: 7045,
          userSid: sid,
          data: {
            ServiceName: "PSEXESVC",
            ImagePath: "%SystemRoot%\\PSEXESVC.exe",
            ServiceType: "user mode service",
            StartType: "demand start",
            AccountName: "LocalSystem",
          },
        },
      ];
    case "WinRM":
    case "WMI":
      return [
        credentials(
          0,
          method === "WMI" ? "RPCSS" : "HTTP",
          method === "WMI"
            ? "C:\\Windows\\System32\\wbem\\WMIC.exe"
            : "C:\\Windows\\System32\\wsmprovhost.exe",
        ),
        ...ticket(400),
        logon(1_000, 3, id(1)),
        special(1_001, id(1)),
        {
          at: at(to, 2_000),
          host: to,
          channel: SYSMON,
          id: 1,
          data: {
            Image: "C:\\Windows\\System32\\cmd.exe",
            CommandLine: "cmd.exe /c whoami /all",
            ParentImage:
              method === "WMI"
                ? "C:\\Windows\\System32\\wbem\\WmiPrvSE.exe"
                : "C:\\Windows\\System32\\wsmprovhost.exe",
            User: `${NETBIOS}\\${account}`,
            LogonId: id(1),
          },
        },
      ];
    // MMC20.Application: the console is started for the network logon, and starts the program.
    case "DCOM":
      return [
        ...ticket(400),
        logon(1_000, 3, id(1)),
        special(1_001, id(1)),
        {
          at: at(to, 2_000),
          host: to,
          channel: SYSMON,
          id: 1,
          data: {
            Image: "C:\\Windows\\System32\\mmc.exe",
            CommandLine: "C:\\Windows\\System32\\mmc.exe -Embedding",
            ParentImage: "C:\\Windows\\System32\\svchost.exe",
            User: `${NETBIOS}\\${account}`,
            LogonId: id(1),
          },
        },
        {
          at: at(to, 2_400),
          host: to,
          channel: SYSMON,
          id: 1,
          data: {
            Image: "C:\\Windows\\System32\\cmd.exe",
            CommandLine: "cmd.exe /c hostname",
            ParentImage: "C:\\Windows\\System32\\mmc.exe",
            User: `${NETBIOS}\\${account}`,
            LogonId: id(1),
          },
        },
      ];
    case "SMB":
      return [
        credentials(0, "cifs", "C:\\Windows\\System32\\net.exe"),
        ...ticket(400),
        logon(1_000, 3, id(1)),
        special(1_001, id(1)),
        {
          at: at(to, 1_500),
          host: to,
          channel: "Security",
          id: 5140,
          data: { ...subject(id(1)), IpAddress: address, ShareName: "\\\\*\\C$" },
        },
      ];
    case "task":
      return [
        credentials(0, "cifs", "C:\\Windows\\System32\\schtasks.exe"),
        ...ticket(400),
        logon(1_000, 3, id(1)),
        special(1_001, id(1)),
        {
          at: at(to, 1_700),
          host: to,
          channel: "Security",
          id: 4698,
          data: {
            ...subject(id(1)),
            TaskName: "\\Updater7",
            TaskContent: "<Task><Actions><Exec><Command>cmd.exe</Command></Exec></Actions></Task>",
          },
        },
      ];
  }
}
