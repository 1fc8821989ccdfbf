import { describe, expect, it } from "vitest";
import type { CheckedRule } from "../../src/rules/checked-rule.ts";
import { lintRule } from "../../src/rules/lint-rule.ts";
import { parseRules } from "../../src/rules/parse-rules.ts";

function lint(selection: string, head = "") {
  const text = `title: t
id: 11111111-1111-4111-8111-111111111111
description: d
falsepositives: [none known]
${head}logsource: { product: windows, service: security }
detection:
  s:
    ${selection}
  condition: s`;
  const { rules, issues } = parseRules(text, "rule.yml");
  expect(issues).toEqual([]);
  return lintRule(rules[0] as CheckedRule).map(({ line, message }) => `${line} ${message}`);
}

describe("lint", () => {
  it("has nothing to say about a sound rule", () => {
    expect(lint("F|contains: [a, b]", "status: test\n")).toEqual([]);
  });

  it.each([
    ["F|contains|all: [a]", '8 "F|contains|all" has one value only'],
    ["F: [a, A]", '8 "F" lists a value twice'],
    [String.raw`F|re: 'a\.b c'`, '8 "F|re" is a plain text'],
    ["F: '*'", '8 "F" fits any value, also an empty one'],
  ])("points at %s", (selection, message) => {
    expect(lint(selection)).toEqual([message]);
  });

  it("leaves regular expressions and cased lists alone", () => {
    expect(lint(String.raw`F|re: 'a\d'`)).toEqual([]);
    expect(lint("F|cased: [a, A]")).toEqual([]);
  });

  it("points at a status that does not exist", () => {
    expect(lint("F: a", "status: draft\n")).toEqual(['1 status "draft" is not known']);
  });
});
