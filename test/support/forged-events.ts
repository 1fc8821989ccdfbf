import type { ForgeEvent } from "../../src/forge/forge-event.ts";

/** 100 ns ticks of 2026-03-02T08:00:00Z. */
const START = 134_169_120_000_000_000n;

/** An event `minutes` into the case, with the usual names filled in. */
export function securityEvent(
  id: number,
  minutes: number,
  fields: Readonly<Record<string, string>>,
  computer = "HOST-A",
): ForgeEvent {
  return {
    time: START + BigInt(Math.round(minutes * 60)) * 10_000_000n,
    computer,
    channel: "Security",
    provider: "Microsoft-Windows-Security-Auditing",
    id,
    payload: { kind: "data", fields: Object.entries(fields) },
  };
}

/** The Security log was cleared: UserData of the event log service. */
export function securityCleared(minutes: number, account: string, computer = "HOST-A"): ForgeEvent {
  const leaf = (name: string, value: string) => ({ name, children: [{ content: value }] });
  return {
    time: START + BigInt(Math.round(minutes * 60)) * 10_000_000n,
    computer,
    channel: "Security",
    provider: "Microsoft-Windows-Eventlog",
    id: 1102,
    payload: {
      kind: "userData",
      root: {
        name: "LogFileCleared",
        attributes: [["xmlns", "http://manifests.microsoft.com/win/2004/08/windows/eventlog"]],
        children: [
          leaf("SubjectUserSid", "S-1-5-21-1-2-3-1104"),
          leaf("SubjectUserName", account),
          leaf("SubjectDomainName", "CORP"),
          leaf("SubjectLogonId", "0x3e7"),
        ],
      },
    },
  };
}

export const rdpLogon = (
  minutes: number,
  account: string,
  address: string,
  computer = "HOST-A",
): ForgeEvent =>
  securityEvent(
    4624,
    minutes,
    {
      SubjectUserName: `${computer}$`,
      TargetUserSid: "S-1-5-21-1-2-3-1104",
      TargetUserName: account,
      TargetDomainName: "CORP",
      TargetLogonId: "0x51aa0",
      LogonType: "10",
      LogonProcessName: "User32 ",
      WorkstationName: computer,
      IpAddress: address,
      IpPort: "0",
    },
    computer,
  );
