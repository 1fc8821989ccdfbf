import { logon, NET, NTLM, program, seconds, security, special, times } from "./case-events.ts";
import type { ForgedEvent } from "./forged-hops.ts";
import type { LateralCase } from "./lateral-cases.ts";

const DAY = 86_400;
const RID = "S-1-5-21-1004336348-1177238915-682003330";
const DOMAIN_ADMINS = `${RID}-512`;
const ADMINISTRATORS = "S-1-5-32-544";
const DESKTOP_USERS = "S-1-5-32-555";

const privilegeCase = (
  name: string,
  expect: readonly string[],
  events: readonly ForgedEvent[],
): LateralCase => ({ name, expect, scenario: { ...NET, title: name, events } });

const by = (account: string, rid: number, logonId = "0x9a0c11") => ({
  SubjectUserSid: `${RID}-${rid}`,
  SubjectUserName: account,
  SubjectDomainName: "CORP",
  SubjectLogonId: logonId,
});
const HELPDESK = by("user.desk", 1120);
const INTRUDER = by("user.ops", 1105);
const created = (at: number, actor: object, account: string, rid: number): ForgedEvent =>
  security(at, "DC-01", 4720, {
    ...actor,
    TargetUserName: account,
    TargetDomainName: "CORP",
    TargetSid: `${RID}-${rid}`,
  });
const reset = (at: number, actor: object, account: string, rid: number): ForgedEvent =>
  security(at, "DC-01", 4724, {
    ...actor,
    TargetUserName: account,
    TargetDomainName: "CORP",
    TargetSid: `${RID}-${rid}`,
  });
const joined = (
  at: number,
  actor: object,
  group: string,
  rid: number,
  host = "DC-01",
): ForgedEvent =>
  security(at, host, group.startsWith("S-1-5-32") ? 4732 : 4728, {
    ...actor,
    TargetUserName: "Gruppe",
    TargetDomainName: "CORP",
    TargetSid: group,
    MemberSid: `${RID}-${rid}`,
    MemberName: "-",
  });
const replicated = (at: number, actor: object): ForgedEvent =>
  security(at, "DC-01", 4662, {
    ...actor,
    ObjectServer: "DS",
    ObjectType: "%{19195a5b-6da0-11d0-afd3-00c04fd930c9}",
    AccessMask: "0x100",
    Properties: "%%7688\n\t\t{1131f6ad-9c07-11d1-f79f-00c04fc2dcd2}",
  });
const lsass = (at: number, image: string, user: string, access: string): ForgedEvent => ({
  at: seconds(at),
  host: "SRV-01",
  channel: "Microsoft-Windows-Sysmon/Operational",
  id: 10,
  data: {
    SourceImage: image,
    TargetImage: "C:\\Windows\\System32\\lsass.exe",
    GrantedAccess: access,
    CallTrace: "C:\\Windows\\SYSTEM32\\ntdll.dll+9d234|UNKNOWN(00000000001A0B2C)",
    SourceUser: user,
    TargetUser: "NT AUTHORITY\\SYSTEM",
  },
});
const used = (at: number, host: string, account: string, rid: number): ForgedEvent =>
  security(at, host, 4672, { ...by(account, rid), PrivilegeList: "SeDebugPrivilege" });
/** Something in the Security log of each host every day: the log reaches back, the account does not. */
const DAILY: readonly ForgedEvent[] = times(5, (day) => day).flatMap((day) =>
  ["SRV-01", "SRV-10", "SRV-11", "SRV-12"].map((host) =>
    used(day * DAY + 7 * 3600, host, "svc.monitor", 1130),
  ),
);
const netOnly = (at: number): ForgedEvent =>
  logon(at, "WS-01", 9, {
    LogonProcessName: "seclogo",
    AuthenticationPackageName: "Negotiate",
    IpAddress: "::1",
    TargetOutboundUserName: "adm.ops",
    TargetOutboundDomainName: "CORP",
  });
const share = (at: number): ForgedEvent[] => [
  logon(at, "SRV-01", 3, NTLM),
  special(at + 0.001, "SRV-01"),
  security(at + 1, "SRV-01", 5140, {
    ...by("user.ops", 1105, `0x${(0x10000 + Math.floor(at)).toString(16)}`),
    IpAddress: "10.5.0.11",
    ShareName: "\\\\*\\C$",
  }),
];

/** What accounts gain, and the daily work that looks the same. */
export const PRIVILEGE_CASES: readonly LateralCase[] = [
  privilegeCase(
    "an account is made, put among the administrators, and takes the hashes of the domain",
    ["privilege-chain user.ops", "privilege-chain user.tmp"],
    [
      created(100, INTRUDER, "user.tmp", 1500),
      joined(160, INTRUDER, ADMINISTRATORS, 1500),
      joined(220, INTRUDER, DOMAIN_ADMINS, 1500),
      replicated(900, by("user.tmp", 1500, "0x9b0001")),
    ],
  ),
  privilegeCase(
    "the memory of LSASS is read, and another account is used to rule the domain",
    ["privilege-chain user.ops"],
    [
      lsass(100, "C:\\Users\\Public\\d.exe", "CORP\\user.ops", "0x1410"),
      joined(900, INTRUDER, DOMAIN_ADMINS, 1105),
    ],
  ),
  privilegeCase(
    "the rights of another account are given by SID history, and replication follows",
    ["privilege-chain user.ops", "privilege-chain user.old"],
    [
      security(100, "DC-01", 4765, {
        ...INTRUDER,
        SourceUserName: "administrator",
        SourceSid: `${RID}-500`,
        TargetUserName: "user.old",
        TargetDomainName: "CORP",
        TargetSid: `${RID}-1501`,
        SidList: "-",
      }),
      joined(200, INTRUDER, ADMINISTRATORS, 1501),
      replicated(800, by("user.old", 1501, "0x9b0002")),
    ],
  ),
  privilegeCase(
    "a help desk resets passwords all week",
    [],
    times(8, (at) => reset(at * 40_000 + 30_000, HELPDESK, `user.n${at}`, 1200 + at)),
  ),
  privilegeCase(
    "new people get accounts, first passwords and ordinary groups",
    [],
    times(3, (at) => at).flatMap((at) => [
      created(at * DAY + 30_000, HELPDESK, `user.new${at}`, 1300 + at),
      reset(at * DAY + 30_001, HELPDESK, `user.new${at}`, 1300 + at),
      joined(at * DAY + 30_060, HELPDESK, `${RID}-1601`, 1300 + at),
      joined(at * DAY + 30_090, HELPDESK, DESKTOP_USERS, 1300 + at, "SRV-01"),
    ]),
  ),
  privilegeCase(
    "one colleague becomes an administrator of one server",
    [],
    [joined(30_000, HELPDESK, ADMINISTRATORS, 1106, "SRV-01")],
  ),
  privilegeCase(
    "domain controllers replicate, and the virus scanner looks at LSASS",
    [],
    [
      ...times(6, (at) =>
        replicated(at * 3600, { ...by("DC-02$", 1001), SubjectLogonId: "0x9c0001" }),
      ),
      ...times(4, (at) =>
        lsass(
          at * 7200,
          "C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.26010.5-0\\MsMpEng.exe",
          "NT AUTHORITY\\SYSTEM",
          "0x1010",
        ),
      ),
    ],
  ),
  privilegeCase(
    "an account with rights on three hosts where it never had any",
    ["first-special-logon user.ops"],
    [
      ...DAILY,
      ...["SRV-10", "SRV-11", "SRV-12"].map((host, at) =>
        used(4 * DAY + 10 * 3600 + at * 900, host, "user.ops", 1105),
      ),
    ],
  ),
  privilegeCase(
    "an administrator of every day, Windows itself, and a server that is new",
    [],
    [
      ...DAILY,
      ...times(5, (day) => used(day * DAY + 9 * 3600, "SRV-01", "user.admin", 1104)),
      security(4 * DAY, "SRV-01", 4672, {
        SubjectUserSid: "S-1-5-20",
        SubjectUserName: "NETWORK SERVICE",
        SubjectDomainName: "NT AUTHORITY",
        SubjectLogonId: "0x3e4",
      }),
      used(4 * DAY, "SRV-01", "DC-01$", 1001),
      used(4 * DAY + 3600, "SRV-15", "user.admin", 1104),
    ],
  ),
  privilegeCase(
    "an administrator starts consoles with a second account every day",
    [],
    times(5, (day) => [
      netOnly(day * DAY + 32_000),
      program(day * DAY + 32_002, "WS-01", {
        Image: "C:\\Windows\\System32\\mmc.exe",
        CommandLine: "mmc.exe dsa.msc",
        ParentImage: "C:\\Windows\\System32\\svchost.exe",
        User: "CORP\\user.ops",
      }),
    ]).flat(),
  ),
  privilegeCase(
    "a backup that speaks NTLM reads the same share every night",
    ["remote-smb WS-01 > SRV-01 user.ops, habit"],
    times(6, (day) => share(day * DAY + 3_600)).flat(),
  ),
];
