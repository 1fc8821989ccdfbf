import type { ForgeEvent } from "../../src/forge/forge-event.ts";

/** Ticks of 2026-03-02T08:00:00Z. */
export const SAMPLE_TIME = 134_169_120_000_000_000n;

/** An ordinary network logon; every part can be replaced. */
export function sampleEvent(change: Partial<ForgeEvent> = {}): ForgeEvent {
  return {
    time: SAMPLE_TIME,
    computer: "HOST-A.corp.example",
    channel: "Security",
    provider: "Microsoft-Windows-Security-Auditing",
    providerGuid: "{54849625-5478-4994-a5ba-3e3b0328c30d}",
    id: 4624,
    version: 2,
    task: 12544,
    keywords: 0x8020_0000_0000_0000n,
    pid: 640,
    tid: 812,
    payload: {
      kind: "data",
      fields: [
        ["SubjectUserSid", "S-1-5-18"],
        ["TargetUserName", "user.one"],
        ["TargetLogonId", "0x3e7"],
        ["LogonType", 3],
        ["IpAddress", "192.0.2.7"],
        ["IpPort", "-"],
        ["ElevatedToken", ""],
      ],
    },
    ...change,
  };
}
