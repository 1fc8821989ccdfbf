import { expect, it } from "vitest";
import type { Signal } from "../../src/model/signal.ts";
import { AccountNames } from "../../src/triage/account-names.ts";

const SID = "S-1-5-21-1-2-3-1104";

function signal(fields: Signal["fields"]): Signal {
  const ref = {
    file: "a.evtx",
    channel: "Security",
    provider: "",
    eventId: 4624,
    recordId: 1,
    time: "2026-03-02T08:00:00Z",
    host: "HOST-A",
    state: "live",
  } as const;
  return { kind: "logon", timeMs: 0, ref, fields };
}

it("an account that a record names by its SID alone has the name that other records give the SID", () => {
  const names = new AccountNames([
    signal({ TargetUserSid: SID, TargetUserName: "user.one", TargetDomainName: "CORP" }),
    signal({ SubjectUserSid: SID, SubjectUserName: "USER.ONE", SubjectDomainName: "-" }),
    signal({ SubjectUserSid: "S-1-5-18", SubjectUserName: "HOST-A$" }),
  ]);
  expect(names.nameOf(SID)).toBe("CORP\\user.one");
  expect(names.nameOf("S-1-5-18")).toBe("S-1-5-18");
  expect(names.nameOf("user.two")).toBe("user.two");
  expect(names.nameOf("S-1-5-21-1-2-3-1105")).toBe("S-1-5-21-1-2-3-1105");
});

it("a SID that records name in several ways stays as it is", () => {
  const names = new AccountNames([
    signal({ TargetUserSid: SID, TargetUserName: "user.one" }),
    signal({ TargetUserSid: SID, TargetUserName: "user.two" }),
    signal({ TargetUserSid: SID, TargetUserName: "user.one" }),
  ]);
  expect(names.nameOf(SID)).toBe(SID);
});
