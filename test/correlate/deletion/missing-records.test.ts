import { describe, expect, it } from "vitest";
import { triageLogs } from "../../support/triage-logs.ts";
import { CASES } from "./deletion-cases.ts";

describe("missing records", () => {
  it("are proven by a copy that has them, and the copy is named", () => {
    const one = CASES.find(({ name }) => name.endsWith("and a shadow copy that has them"))!;
    const { findings } = triageLogs(one.logs(), "none");
    const [finding] = findings.filter(({ rule }) => rule.id === "konseki-missing-records");
    expect(finding).toMatchObject({ confidence: "high" });
    expect(finding?.gaps?.[0]?.coveredBy?.[0]).toMatch(
      /^shadow copy\/HOST-A\/Security.evtx has records of the channel from /,
    );
  });

  it("are told with how many, from when to when, and with the record behind the hole", () => {
    const one = CASES.find(
      ({ name }) => name === "three hours taken out of Security, numbers left",
    )!;
    const { findings } = triageLogs(one.logs(), "none");
    const [finding] = findings.filter(({ rule }) => rule.id === "konseki-missing-records");
    expect(finding).toMatchObject({
      kind: "hypothesis",
      confidence: "medium",
      gaps: [{ channel: "Security", missing: 33 }],
      evidence: [{ file: "HOST-A/Security.evtx", recordId: 304, state: "live" }],
    });
    expect(finding?.alternatives).toHaveLength(2);
  });
});
