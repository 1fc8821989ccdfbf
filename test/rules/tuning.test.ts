import { describe, expect, it } from "vitest";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { parseRules } from "../../src/rules/parse-rules.ts";
import { applyTuning, parseTuning } from "../../src/rules/tuning.ts";
import { dumpEvent } from "../support/dump-event.ts";
import { shippedLogsources } from "../support/rule-files.ts";

const rules = parseRules(
  ["one", "two"]
    .map(
      (id) =>
        `title: Rule ${id}\nid: ${id}\ntags: [attack.t1003]\nlevel: high\nlogsource: { product: windows, service: security }\ndetection: { s: { EventID: 1 }, condition: s }`,
    )
    .join("\n---\n"),
  "rules.yml",
);

function tune(text: string) {
  const { tuning, issues } = parseTuning(text, "tuning.yml");
  expect(issues).toEqual([]);
  return applyTuning(rules, tuning);
}

describe("a tuning file", () => {
  it("changes levels by id, title or tag, and keeps the reason with the rule", () => {
    const { set } = tune(
      "rules:\n  - { rule: ONE, level: low, reason: noisy here }\n  - { rule: [Rule two], level: critical, reason: crown jewels }",
    );
    expect(set.rules).toMatchObject([
      {
        level: "low",
        tuned: [
          { change: "level high -> low", reason: "noisy here", source: "tuning.yml", line: 2 },
        ],
      },
      { level: "critical" },
    ]);
    const byTag = tune("rules: [{ rule: tag:attack.T1003, level: medium, reason: r }]");
    expect(byTag.set.rules.map(({ level }) => level)).toEqual(["medium", "medium"]);
  });

  it("leaves excluded events out and matches the others", () => {
    const { set } = tune(
      "rules: [{ rule: one, exclude: { User|startswith: svc- }, reason: service accounts }]",
    );
    const engine = compileRules(set, shippedLogsources());
    const hits = (User: string) => {
      const found: string[] = [];
      engine.match(
        dumpEvent({ Event: { System: { Channel: "Security", EventID: 1 }, EventData: { User } } }),
        (rule) => found.push(rule.id),
      );
      return found;
    };
    expect(hits("SVC-backup")).toEqual(["two"]);
    expect(hits("user.one")).toEqual(["one", "two"]);
  });

  it("switches rules off", () => {
    expect(tune("rules: [{ rule: one, off: true, reason: r }]").set.rules).toHaveLength(1);
  });

  it("says when no rule is meant", () => {
    const { issues } = tune("rules: [{ rule: nine, level: low, reason: r }]");
    expect(issues).toMatchObject([{ code: "rule-tuning", source: "tuning.yml", line: 1 }]);
  });

  it("gives placeholders their values", () => {
    const { tuning } = parseTuning("placeholders: { dcs: [DC-1, DC-2] }", "tuning.yml");
    expect(tuning.placeholders).toEqual({ dcs: ["DC-1", "DC-2"] });
  });

  it.each([
    ["rules: [{ rule: one, level: low }]", "no reason"],
    ["rules: [{ rule: one, reason: r }]", "no change"],
    ["rules: [{ level: low, reason: r }]", "no rule"],
    ["rules: [{ rule: one, level: bad, reason: r }]", "a wrong level"],
    ["rules: [{ rule: one, levle: low, reason: r, off: true }]", "an unknown key"],
    ["rules: [one]", "no map"],
  ])("refuses %s: %s", (text) => {
    const { tuning, issues } = parseTuning(text, "tuning.yml");
    expect(tuning.changes).toEqual([]);
    expect(issues[0]).toMatchObject({ code: "rule-tuning", severity: "error", line: 1 });
  });
});
