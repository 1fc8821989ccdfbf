import { describe, expect, it } from "vitest";
import type { LogonSession } from "../../src/correlate/story.ts";
import type { ForgedEvent } from "../support/forged-hops.ts";
import { scenarioStory } from "../support/scenario-story.ts";

const SID = "S-1-5-21-1004336348-1177238915-682003330-1105";
const TS = "Microsoft-Windows-TerminalServices";
const LSM = `${TS}-LocalSessionManager/Operational`;
const RCM = `${TS}-RemoteConnectionManager/Operational`;
const CORE = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational";
const FIRST = "f420af98-0275-4f6e-a29e-aa4554320001";
const SECOND = "f420af98-0275-4f6e-a29e-aa4554320002";

const story = (events: readonly ForgedEvent[]) =>
  scenarioStory({
    title: "sessions",
    seed: 3,
    start: "2026-03-02T08:00:00Z",
    hosts: {
      "SRV-01": { domain: "corp.example", addresses: ["10.1.0.20"] },
      "WS-01": { domain: "corp.example", addresses: ["10.1.0.11"] },
      "DC-01": { domain: "corp.example", addresses: ["10.1.0.5"] },
    },
    events,
  });
const event = (
  at: number,
  channel: string,
  id: number,
  more: Readonly<Record<string, unknown>> = {},
): ForgedEvent => ({ at: `+${at}s`, host: "SRV-01", channel, id, ...more });
const logon = (at: number, type: number, more: object = {}): ForgedEvent =>
  event(at, "Security", 4624, {
    data: {
      TargetUserSid: SID,
      TargetUserName: "user.ops",
      TargetDomainName: "CORP",
      TargetLogonId: `0x${(at * 16 + type).toString(16)}`,
      LogonType: type,
      LogonProcessName: "User32 ",
      AuthenticationPackageName: "Negotiate",
      IpAddress: "10.1.0.11",
      ...more,
    },
  });
const manager = (at: number, id: number, activityId?: string, address = "10.1.0.11") =>
  event(at, LSM, id, {
    ...(activityId !== undefined && { activityId }),
    userData: { EventXML: { User: "CORP\\user.ops", SessionID: "3", Address: address } },
  });
const core = (at: number, id: number, activityId: string, data: object = {}): ForgedEvent =>
  event(at, CORE, id, { activityId, data });
const accepted = (at: number, activityId: string, address = "10.1.0.11"): ForgedEvent =>
  core(at, 131, activityId, { ConnType: "TCP", ClientIP: `${address}:50011` });
const authenticated = (at: number, activityId: string, address = "10.1.0.11"): ForgedEvent =>
  event(at, RCM, 1149, {
    activityId,
    userData: { EventXML: { Param1: "user.ops", Param2: "CORP", Param3: address } },
  });
const ids = ({ evidence }: LogonSession): number[] => evidence.map(({ eventId }) => eventId);

describe("sessions over Remote Desktop", () => {
  it("are one from the listener to the logoff: the activity id joins what names nobody", () => {
    const { sessions } = story([
      accepted(0, FIRST),
      event(0.1, RCM, 261, {
        activityId: FIRST,
        userData: { EventXML: { listenerName: "RDP-Tcp" } },
      }),
      core(0.2, 98, FIRST),
      authenticated(2, FIRST),
      core(3, 66, FIRST, { ConnectionName: "RDP-Tcp#1", SessionID: 3 }),
      logon(4, 10),
      manager(5, 21, FIRST),
      event(9, "System", 7001, {
        provider: "Microsoft-Windows-Winlogon",
        data: { TSId: 3, UserSid: SID },
      }),
      event(600, "System", 7002, {
        provider: "Microsoft-Windows-Winlogon",
        data: { TSId: 3, UserSid: SID },
      }),
      manager(601, 23),
      event(602, "Security", 4634, {
        data: {
          TargetUserSid: SID,
          TargetUserName: "user.ops",
          TargetDomainName: "CORP",
          TargetLogonId: `0x${(4 * 16 + 10).toString(16)}`,
          LogonType: 10,
        },
      }),
    ]);
    expect(sessions).toHaveLength(1);
    expect([...ids(sessions[0]!)].sort((a, b) => a - b)).toEqual([
      21, 23, 66, 98, 131, 261, 1149, 4624, 4634, 7001, 7002,
    ]);
    expect(sessions[0]!.missing).toEqual([]);
  });

  it("have the search for the session before them, and the end of the connection", () => {
    const { sessions } = story([
      accepted(0, FIRST),
      manager(3, 41, FIRST, ""),
      manager(4, 42, FIRST, ""),
      manager(5, 21, FIRST),
      core(300, 103, FIRST, { ReasonCode: 12 }),
      core(301, 102, FIRST),
    ]);
    expect(sessions).toHaveLength(1);
    expect([...ids(sessions[0]!)].sort((a, b) => a - b)).toEqual([21, 41, 42, 102, 103, 131]);
    expect(sessions[0]!.endMs).toBeNull();
  });

  it("are told by the search for a session where nothing is left of the logon", () => {
    const { sessions, moves } = story([
      accepted(0, FIRST),
      manager(3, 41, FIRST, ""),
      manager(4, 42, FIRST, ""),
    ]);
    expect(sessions).toMatchObject([
      { account: "user.ops", domain: "CORP", sessionId: "3", address: "10.1.0.11", via: "RDP" },
    ]);
    expect(sessions[0]!.missing).toContain(
      "TerminalServices-LocalSessionManager 21 or 25 (session logon): the log covers the time and does not have it",
    );
    expect(moves.map(({ account, method }) => [account, method])).toEqual([["user.ops", "RDP"]]);
    // Nobody got a session.
    expect(story([manager(3, 41, FIRST, "")]).sessions).toEqual([]);
  });

  it("of which only the connection is left end with it", () => {
    const { sessions } = story([
      accepted(0, FIRST),
      core(2, 168, FIRST),
      core(60, 103, FIRST, { ReasonCode: 12 }),
      core(61, 102, FIRST),
      core(90, 102, SECOND),
    ]);
    expect(sessions.map(({ endMs }) => endMs)).toEqual([Date.parse("2026-03-02T08:01:01Z")]);
    expect(ids(sessions[0]!)).toEqual([131, 168, 103, 102]);
  });

  it("are joined by activity id although the logs disagree on the address", () => {
    const { sessions } = story([
      accepted(0, FIRST, "10.1.0.99"),
      authenticated(2, FIRST, "10.1.0.99"),
      manager(5, 21, FIRST, "10.1.0.11"),
      accepted(8, SECOND, "10.1.0.11"),
    ]);
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ account: "user.ops", address: "10.1.0.11" });
    expect([...ids(sessions[0]!)].sort((a, b) => a - b)).toEqual([21, 131, 1149]);
  });

  it("without an activity id take the connection from their address just before", () => {
    const { sessions } = story([
      accepted(0, FIRST),
      accepted(1, SECOND, "10.1.0.77"),
      logon(30, 10),
    ]);
    expect(sessions).toHaveLength(1);
    expect(ids(sessions[0]!)).toEqual([4624, 131]);
  });

  it("say which records are missing, and whether a log that covers the time has lost them", () => {
    const { sessions } = story([
      logon(0, 2),
      manager(300, 21, FIRST),
      manager(400, 23),
      logon(900, 2, { TargetUserName: "user.two", TargetUserSid: `${SID}1` }),
      core(100, 131, SECOND, { ConnType: "TCP", ClientIP: "10.1.0.77:50001" }),
      core(500, 140, SECOND, { IPString: "10.1.0.77" }),
    ]);
    const [desktop] = sessions.filter(({ via }) => via === "RDP");
    expect(desktop?.missing).toEqual([
      "Security 4624 (logon): the log covers the time and does not have it",
      "TerminalServices-RemoteConnectionManager 1149 (authentication): no log of that time",
      "RdpCoreTS 131 (connection): the log covers the time and does not have it",
    ]);
  });

  it("say that the logoff is missing in the log that had the logon", () => {
    const { sessions } = story([logon(4, 10), manager(5, 21), manager(300, 23), logon(900, 2)]);
    expect(sessions[0]!.missing).toContain(
      "Security 4634 or 4647 (logoff): the log covers the time and does not have it",
    );
  });

  it("of which only the connection is left have no name, and the way says so", () => {
    const { sessions, moves } = story([
      accepted(0, FIRST),
      core(2, 168, FIRST),
      accepted(9, SECOND),
    ]);
    expect(sessions.map(({ account, address, via }) => [account, address, via])).toEqual([
      ["", "10.1.0.11", "RDP"],
    ]);
    expect(moves[0]?.uncertain).toEqual([
      "only the connection is recorded: whether somebody logged on over it is not",
    ]);
  });

  it("are no sessions where logons are recorded and there is none, or where the password was wrong", () => {
    const refused = [
      accepted(0, FIRST),
      core(1, 66, FIRST),
      core(2, 140, FIRST, { IPString: "10.1.0.11" }),
    ];
    expect(story(refused).sessions).toEqual([]);
    const covered = [logon(0, 2), accepted(60, FIRST), core(62, 168, FIRST), logon(120, 2)];
    expect(story(covered).sessions.map(({ logonType }) => logonType)).toEqual([2, 2]);
  });
});

describe("sessions that Security does not tell of", () => {
  const winlogon = (at: number, id: number): ForgedEvent =>
    event(at, "System", id, {
      provider: "Microsoft-Windows-Winlogon",
      data: { TSId: 1, UserSid: SID },
    });

  it("are told by Winlogon, by SID and with their end", () => {
    const { sessions } = story([winlogon(0, 7001), winlogon(3600, 7002)]);
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject({
      account: SID,
      sessionId: "1",
      endMs: Date.parse("2026-03-02T09:00:00Z"),
      missing: ["Security 4624 (logon): no log of that time"],
    });
  });

  it("are told by the remote management service, several records of a minute as one", () => {
    const remoting = (at: number): ForgedEvent =>
      event(at, "Microsoft-Windows-WinRM/Operational", 169, {
        data: { username: "CORP\\user.ops", authenticationMechanism: "NTLM" },
      });
    const { sessions } = story([remoting(50), remoting(70), remoting(400)]);
    expect(
      sessions.map(({ account, domain, via, evidence }) => [account, domain, via, evidence.length]),
    ).toEqual([
      ["user.ops", "CORP", "WinRM", 2],
      ["user.ops", "CORP", "WinRM", 1],
    ]);
  });
});

describe("the audit of NTLM", () => {
  const ntlm = (at: number, id: number, host: string, data: object): ForgedEvent => ({
    ...event(at, "Microsoft-Windows-NTLM/Operational", id, {
      provider: "Microsoft-Windows-NTLM",
      data,
    }),
    host,
  });
  const out = (at: number, target = "cifs/SRV-01.corp.example") =>
    ntlm(at, 8001, "WS-01", {
      TargetName: target,
      UserName: "user.ops",
      DomainName: "CORP",
      ProcessName: "System",
    });
  const taken = (at: number) =>
    ntlm(at, 8003, "SRV-01", {
      UserName: "user.ops",
      DomainName: "CORP",
      Workstation: "WS-01",
      ProcessName: "",
    });
  const checked = (at: number) =>
    ntlm(at, 8004, "DC-01", {
      SChannelName: "SRV-01",
      UserName: "user.ops",
      DomainName: "CORP",
      WorkstationName: "WS-01",
    });
  const network = (at: number) =>
    logon(at, 3, {
      LogonProcessName: "NtLmSsp ",
      AuthenticationPackageName: "NTLM",
      WorkstationName: "WS-01",
      IpAddress: "-",
    });
  const told = (events: readonly ForgedEvent[]) =>
    story(events).moves.map(({ from, to, method, account, sides }) => [
      from,
      to,
      method,
      account,
      sides,
    ]);
  const WS = "WS-01.corp.example";
  const SRV = "SRV-01.corp.example";

  it("on the server stands beside the logon: 8003 by account, 8002 by the moment", () => {
    const { sessions } = story([
      network(10),
      taken(11),
      ntlm(10.5, 8002, "SRV-01", { ProcessName: "System", ClientUserName: "SRV-01$" }),
      ntlm(60, 8002, "SRV-01", { ProcessName: "System", ClientUserName: "SRV-01$" }),
    ]);
    expect(sessions.map(ids)).toEqual([[4624, 8002, 8003]]);
  });

  it("on the server is all that tells of a logon where Security does not reach", () => {
    const { sessions } = story([taken(11)]);
    expect(sessions).toMatchObject([
      { account: "user.ops", from: "WS-01", via: "network logon", authentication: "NTLM" },
    ]);
    expect(sessions[0]!.missing).toEqual(["Security 4624 (logon): no log of that time"]);
    expect(story([logon(0, 2), taken(11), logon(60, 2)]).sessions).toHaveLength(2);
  });

  it("on the client names where the credentials went, and how", () => {
    expect(told([out(10)])).toEqual([[WS, "SRV-01.corp.example", "SMB", "user.ops", ["source"]]]);
    expect(told([out(10, "TERMSRV/SRV-01")]).map(([, , method]) => method)).toEqual(["RDP"]);
    expect(told([out(10, "not a service name")])).toEqual([]);
  });

  it("on the domain controller names both ends, and joins with what they say", () => {
    expect(told([checked(12)])).toEqual([
      ["WS-01", "SRV-01", "network logon", "user.ops", ["domain controller"]],
    ]);
    expect(told([out(10), taken(11), checked(12)])).toEqual([
      [WS, SRV, "SMB", "user.ops", ["destination", "domain controller", "source"]],
    ]);
  });
});

describe("SMB's own logs", () => {
  const server = event(10, "Microsoft-Windows-SMBServer/Security", 551, {
    provider: "Microsoft-Windows-SMBServer",
    userData: {
      EventData: { Status: "0xc000006d", UserName: "user.ops", ClientName: "\\\\10.1.0.11" },
    },
  });
  const client: ForgedEvent = {
    ...event(10, "Microsoft-Windows-SmbClient/Security", 31001, {
      provider: "Microsoft-Windows-SMBClient",
      userData: {
        EventData: {
          SecurityStatus: "0xc000006d",
          ServerName: "\\SRV-01",
          UserName: "CORP\\user.ops",
        },
      },
    }),
    host: "WS-01",
  };
  const told = (events: readonly ForgedEvent[]) =>
    story(events).moves.map(({ from, to, method, account, succeeded, sides }) => [
      from,
      to,
      method,
      account,
      succeeded,
      sides,
    ]);

  it("tell who was refused, from both sides as one", () => {
    expect(told([server])).toEqual([
      ["10.1.0.11", "SRV-01.corp.example", "SMB", "user.ops", false, ["destination"]],
    ]);
    expect(told([client])).toEqual([
      ["WS-01.corp.example", "SRV-01", "SMB", "user.ops", false, ["source"]],
    ]);
    expect(told([server, client])).toEqual([
      [
        "WS-01.corp.example",
        "SRV-01.corp.example",
        "SMB",
        "user.ops",
        false,
        ["destination", "source"],
      ],
    ]);
  });

  it("are not asked where Security covers the time: it has the same refusals", () => {
    expect(told([logon(0, 2), server, logon(60, 2)])).toEqual([]);
  });
});

describe("addresses by DHCP", () => {
  const lease = (at: number, address: string | number): ForgedEvent => ({
    ...event(at, "Microsoft-Windows-Dhcp-Client/Operational", 50028, {
      provider: "Microsoft-Windows-Dhcp-Client",
      data: { Address: String(address), InterfaceId: "4", StatusCode: "0" },
    }),
    host: "WS-01",
  });

  it("name the machine that had an address at the time, as text or as the number Windows writes", () => {
    // 10.1.0.11 and 10.1.0.12, lowest byte first.
    const { sessions, hosts } = story([
      lease(0, 0x0b00010a),
      logon(100, 10),
      lease(4000, "10.1.0.12"),
      logon(4100, 10, { IpAddress: "10.1.0.12" }),
    ]);
    expect(sessions.map(({ from }) => from)).toEqual(["WS-01.corp.example", "WS-01.corp.example"]);
    expect(hosts.find("WS-01")?.addresses.map(({ address }) => address)).toEqual([
      "10.1.0.11",
      "10.1.0.12",
    ]);
  });
});

describe("a machine's own tickets", () => {
  it("name the machine that has an address, also when they are renewed", () => {
    const renewed = {
      ...event(0, "Security", 4770, {
        data: { TargetUserName: "WS-07$@CORP.EXAMPLE", IpAddress: "::ffff:10.1.0.77" },
      }),
      host: "DC-01",
    };
    const { sessions } = story([renewed, logon(100, 10, { IpAddress: "10.1.0.77" })]);
    expect(sessions.map(({ from }) => from)).toEqual(["WS-07"]);
  });
});
