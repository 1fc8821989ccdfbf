import type { ForgedEvent } from "./forged-hops.ts";

/** The network of the small cases: one workstation, servers and a domain controller. */
export const NET = {
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
export const SID = "S-1-5-21-1004336348-1177238915-682003330-1105";
export const TS = "Microsoft-Windows-TerminalServices";

export const seconds = (n: number): string => `+${n}s`;
export const security = (at: number, host: string, id: number, data: object): ForgedEvent => ({
  at: seconds(at),
  host,
  channel: "Security",
  id,
  data,
});
export const failed = (at: number, account: string, address = "10.5.0.11", type = 3): ForgedEvent =>
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
export const logon = (at: number, host: string, type: number, more: object = {}): ForgedEvent =>
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
export const special = (at: number, host: string): ForgedEvent =>
  security(at, host, 4672, {
    SubjectUserSid: SID,
    SubjectUserName: "user.ops",
    SubjectDomainName: "CORP",
    SubjectLogonId: `0x${(0x10000 + Math.floor(at)).toString(16)}`,
  });
export const NTLM = {
  LogonProcessName: "NtLmSsp ",
  AuthenticationPackageName: "NTLM",
  LmPackageName: "NTLM V2",
  KeyLength: 0,
  WorkstationName: "WS-01",
};
export const ticket = (at: number, account: string, type: string): ForgedEvent =>
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
export const preauth = (at: number, account: string): ForgedEvent =>
  security(at, "DC-01", 4771, {
    TargetUserName: account,
    TargetSid: SID,
    ServiceName: "krbtgt/CORP",
    Status: "0x18",
    PreAuthType: 2,
    IpAddress: "::ffff:10.5.0.11",
    IpPort: "51000",
  });
export const ts = (at: number, id: number, address: string): ForgedEvent => ({
  at: seconds(at),
  host: "SRV-01",
  channel: `${TS}-LocalSessionManager/Operational`,
  id,
  userData: { EventXML: { User: "CORP\\user.ops", SessionID: 3, Address: address } },
});
export const program = (at: number, host: string, data: object): ForgedEvent => ({
  at: seconds(at),
  host,
  channel: "Microsoft-Windows-Sysmon/Operational",
  id: 1,
  data,
});
export const times = <T>(n: number, make: (at: number) => T): T[] =>
  Array.from({ length: n }, (_, at) => make(at));
