import { describe, expect, it } from "vitest";
import { actingLogon, isOwnWork } from "../../src/correlate/own-work.ts";
import type { Signal } from "../../src/model/signal.ts";

const signal = (eventId: number, fields: Signal["fields"]): Signal =>
  ({ kind: "x", timeMs: 0, ref: { eventId }, fields }) as unknown as Signal;
const WMI = "C:\\Windows\\System32\\wbem\\WmiPrvSE.exe";

describe("the logon in which something was done", () => {
  it("is the one that a program was started for, where the record names both", () => {
    expect(actingLogon({ SubjectLogonId: "0x3e4", TargetLogonId: "0x51a2c" })).toBe("0x51a2c");
    expect(actingLogon({ SubjectLogonId: "0x51a2c", TargetLogonId: "0x0" })).toBe("0x51a2c");
    expect(actingLogon({ LogonId: "0x51a2c" })).toBe("0x51a2c");
  });
});

describe("the machine's own work", () => {
  it.each([
    ["a service made by SYSTEM", 7045, { Security_UserID: "S-1-5-18" }, undefined],
    ["a task registered by SYSTEM", 106, { UserContext: "NT AUTHORITY\\SYSTEM" }, undefined],
    ["a task made in SYSTEM's logon", 4698, { SubjectUserName: "SRV-01$" }, "0x3e7"],
    ["a program that runs as SYSTEM below WMI", 1, { ParentImage: WMI, LogonId: "0x3e7" }, "0x3e7"],
  ] as const)("is %s", (_, eventId, fields, logonId) => {
    expect(isOwnWork(signal(eventId, fields), logonId)).toBe(true);
  });

  it.each([
    ["a service made by an account", 7045, { Security_UserID: "S-1-5-21-1-2-3-1105" }, undefined],
    ["a service of which nobody knows who made it", 7045, {}, undefined],
    ["a task registered by an account", 106, { UserContext: "CORP\\user.ops" }, undefined],
    [
      "a program that WMI starts for a logon",
      1,
      { ParentImage: WMI, LogonId: "0x51a2c" },
      "0x51a2c",
    ],
    [
      "a program below WMI of which an old record names only the starter",
      4688,
      { ParentProcessName: WMI, SubjectLogonId: "0x3e4" },
      "0x3e4",
    ],
    [
      "what a service tool starts as SYSTEM for somebody",
      1,
      { ParentImage: "C:\\Windows\\PSEXESVC.exe", LogonId: "0x3e7" },
      "0x3e7",
    ],
  ] as const)("is not %s", (_, eventId, fields, logonId) => {
    expect(isOwnWork(signal(eventId, fields), logonId)).toBe(false);
  });
});
