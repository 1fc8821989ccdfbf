import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { RULE_STEPS } from "../../src/correlate/privilege-steps.ts";
import { triageScenario } from "../support/triage-scenario.ts";

interface RuleCase {
  readonly rule: string;
  readonly match: readonly object[];
}

/** The stored cases of the rules by the id of their rule. */
const CASES = new Map(
  readdirSync("fixtures/rules").map((name) => {
    const stored = parse(readFileSync(`fixtures/rules/${name}`, "utf8")) as RuleCase;
    const rule = parse(readFileSync(`rules/${stored.rule}`, "utf8")) as { readonly id: string };
    return [rule.id, stored] as const;
  }),
);

const ACTOR = "CORP\\user.ops";
const ACTOR_SID = "S-1-5-21-1004336348-1177238915-682003330-1105";

/** The event of the case, with the fields that name the actor where the case leaves them out, as later versions write them. */
function withActor(event: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const sysmon = String(event.channel).startsWith("Microsoft-Windows-Sysmon");
  const data = event.data as Readonly<Record<string, unknown>> | undefined;
  return {
    host: "HOST-A",
    at: "+1h",
    userSid: ACTOR_SID,
    ...event,
    ...(sysmon && { data: { User: ACTOR, ParentUser: ACTOR, SourceUser: ACTOR, ...data } }),
  };
}

/** What makes a chain of a step that alone is told by its own finding only. */
const GROUP_CHANGES = [
  ["CORP", "user.ops"],
  ["CORP", "user.one"],
  ["CORP", "user.two"],
  ["HOST-A", "user.one"],
].map(([domain, account], at) => ({
  at: `+${at + 2}h`,
  host: "HOST-A",
  channel: "Security",
  id: 4732,
  data: {
    SubjectUserName: account,
    SubjectDomainName: domain,
    TargetSid: "S-1-5-32-544",
    MemberSid: `${ACTOR_SID}${at}`,
    MemberName: "-",
  },
}));

describe("each rule that tells what an account gained", () => {
  it.each(RULE_STEPS)("$rule: an account … $says", ({ rule, says }) => {
    const told = (CASES.get(rule)?.match ?? []).flatMap((match) => {
      const { findings } = triageScenario({
        title: says,
        start: "2026-03-02T00:00:00Z",
        hosts: { "HOST-A": { domain: "corp.example", addresses: ["10.1.0.11"] } },
        events: [withActor({ ...match }), ...GROUP_CHANGES],
      });
      return findings.filter((finding) => finding.rule.id === "privilege-chain");
    });
    const saying = told.filter(({ reasons }) => reasons.for.some((text) => text.includes(says)));
    expect(saying.length).toBeGreaterThan(0);
    for (const { reasons } of saying)
      expect(reasons.for.find((text) => text.includes(says))).toMatch(/ \[HOST-A.* #\d+.*\]$/);
  });
});
