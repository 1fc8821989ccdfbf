import {
  failed,
  logon,
  NET,
  NTLM,
  preauth,
  program,
  SID,
  seconds,
  security,
  special,
  ticket,
  times,
  ts,
} from "./case-events.ts";
import type { ForgedEvent } from "./forged-hops.ts";
import type { ScenarioInput } from "./triage-scenario.ts";

/** Small scenarios that an analyzer has to find, or honest twins that it must not. */
export interface LateralCase {
  readonly name: string;
  /** What has to be told: `rule` of a finding from `medium` up, or `rule what` of one that says of whom or which way; of honest twins none. */
  readonly expect: readonly string[];
  readonly scenario: ScenarioInput;
}

function lateralCase(
  name: string,
  expect: readonly string[],
  events: readonly ForgedEvent[],
): LateralCase {
  return { name, expect, scenario: { ...NET, title: name, events } };
}

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
    ["tunnelled-rdp", "remote-ssh SRV-01 > 203.0.113.9 user"],
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
    ["remote-rdp 10.5.0.11 > SRV-01 user.ops"],
    [logon(100, "SRV-01", 10, { LogonProcessName: "User32 " }), ts(101, 21, "10.5.0.11")],
  ),
  lateralCase(
    "tscon as SYSTEM by a service",
    ["session-takeover", "remote-rdp 10.5.0.11 > SRV-01 user.ops"],
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
    ["pass-the-hash", "remote-service WS-01 > SRV-01 user.ops"],
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
