import { describe, expect, it } from "vitest";
import { linkRules } from "../../src/rules/link-rules.ts";
import { parseRules } from "../../src/rules/parse-rules.ts";

const LOGSOURCE = "logsource: { product: windows, service: security }";
const rule = (id: string, more = "") =>
  `title: ${id}\nid: ${id}\n${LOGSOURCE}\n${more}detection: { s: { EventID: 1 }, condition: s }`;
const correlation = (id: string, rules: string, more = "") =>
  `title: ${id}\nid: ${id}\ncorrelation: { type: event_count, rules: [${rules}], timespan: 1m, condition: { gte: 2 }${more} }`;
const link = (...documents: string[]) => {
  const parsed = parseRules(documents.join("\n---\n"), "rules.yml");
  expect(parsed.issues).toEqual([]);
  return linkRules([parsed]);
};

describe("linking rules", () => {
  it("keeps the first of two rules with one id and names both places", () => {
    const { rules, issues } = link(rule("a"), rule("b"), rule("a"));
    expect(rules.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(issues).toMatchObject([{ code: "rule-duplicate-id", severity: "warning", line: 11 }]);
    expect(issues[0]?.message).toContain("rules.yml:1");
  });

  it("lets rules that only feed correlations generate nothing of their own", () => {
    const { rules } = link(
      rule("a"),
      rule("b"),
      rule("c"),
      correlation("quiet", "a"),
      correlation("loud", "b", ", generate: true"),
    );
    expect(rules.map(({ id, generate }) => [id, generate])).toEqual([
      ["a", false],
      ["b", true],
      ["c", true],
    ]);
  });

  it("reports correlations that go in circles and those that miss a rule, and keeps the others", () => {
    const { correlations, issues } = link(
      rule("a"),
      correlation("x", "y"),
      correlation("y", "x"),
      correlation("self", "self"),
      correlation("lost", "nothing"),
      correlation("good", "a"),
    );
    expect(correlations.map(({ id }) => id)).toEqual(["good"]);
    expect(issues.map(({ code, message }) => [code, /"(\w+)"\)$/.exec(message)?.[1]])).toEqual([
      ["rule-correlation-missing", "lost"],
      ["rule-correlation-cycle", "x"],
      ["rule-correlation-cycle", "y"],
      ["rule-correlation-cycle", "self"],
    ]);
  });

  it("builds filters into the rules they are for", () => {
    const filter = (rules: string) =>
      `title: not us\nid: f\n${LOGSOURCE}\nfilter: { rules: ${rules}, ours: { User: svc }, condition: not ours }`;
    const some = link(rule("a"), rule("b"), filter("[b]")).rules;
    expect(some.map(({ selections }) => selections.length)).toEqual([1, 2]);
    expect(some[1]?.condition).toMatchObject({ kind: "and", of: [{ name: "s" }, { kind: "not" }] });
    const every = link(rule("a"), rule("b"), filter("any")).rules;
    expect(every.map(({ selections }) => selections.length)).toEqual([2, 2]);
    expect(link(rule("a"), filter("[zzz]")).issues).toMatchObject([{ code: "rule-filter-target" }]);
  });
});
