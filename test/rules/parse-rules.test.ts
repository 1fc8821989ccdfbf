import { describe, expect, it } from "vitest";
import { ANY_RUN, type FieldItem, ONE_CHAR } from "../../src/rules/checked-rule.ts";
import { parseRules } from "../../src/rules/parse-rules.ts";

function rule(detection: string, head = ""): string {
  const body = detection
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
  return `title: A rule\nid: 11111111-1111-4111-8111-111111111111\nlogsource: { product: windows, service: security }\n${head}detection:\n${body}\n`;
}

function firstItem(detection: string): FieldItem {
  const parsed = parseRules(rule(`${detection}\ncondition: s`), "rule.yml");
  expect(parsed.issues).toEqual([]);
  const match = parsed.rules[0]?.selections[0]?.match;
  if (match?.kind !== "item") throw new Error("not a single item");
  return match;
}

function codes(text: string): string[] {
  return parseRules(text, "rule.yml").issues.map((issue) => issue.code);
}

describe("values", () => {
  it("reads wildcards, and a backslash before *, ? or backslash as an escape", () => {
    const item = firstItem(String.raw`s: { F: 'a*b?c\*d\?e\\*f\g' }`);
    expect(item.values).toEqual([
      {
        test: "text",
        pattern: ["a", ANY_RUN, "b", ONE_CHAR, "c*d?e\\", ANY_RUN, "f\\g"],
        cased: false,
      },
    ]);
  });

  it("tells null, the empty text and numbers apart", () => {
    expect(firstItem("s: { F: null }").values).toEqual([{ test: "null" }]);
    expect(firstItem("s: { F: '' }").values).toEqual([{ test: "text", pattern: [], cased: false }]);
    expect(firstItem("s: { F: 4624 }").values).toEqual([
      { test: "text", pattern: ["4624"], cased: false },
    ]);
  });

  it("lets an unquoted hexadecimal number stand for both ways to write it", () => {
    expect(firstItem("s: { F: 0x1f }").values).toEqual([
      {
        test: "anyOf",
        of: [
          { test: "text", pattern: ["0x1f"], cased: false },
          { test: "text", pattern: ["31"], cased: false },
        ],
      },
    ]);
  });

  it("unfolds base64offset into the three texts it can become", () => {
    const [value] = firstItem("s: { F|base64offset|contains: foobar }").values;
    const literals =
      value?.test === "anyOf" ? value.of.map((v) => "pattern" in v && v.pattern) : [];
    expect(literals).toEqual([
      [ANY_RUN, "Zm9vYmFy", ANY_RUN],
      [ANY_RUN, "Zvb2Jhc", ANY_RUN],
      [ANY_RUN, "mb29iYX", ANY_RUN],
    ]);
  });

  it("unfolds windash into every spelling of the option signs", () => {
    const [value] = firstItem("s: { F|contains|windash: ' -p a-b' }").values;
    const literals =
      value?.test === "anyOf" ? value.of.map((v) => "pattern" in v && v.pattern[1]) : [];
    expect(literals).toEqual([
      " -p a-b",
      " /p a-b",
      " \u2013p a-b",
      " \u2014p a-b",
      " \u2015p a-b",
    ]);
  });

  it("encodes wide text before Base64", () => {
    expect(firstItem("s: { F|wide|base64: ab }").values).toEqual([
      { test: "text", pattern: ["YQBiAA=="], cased: false },
    ]);
  });

  it.each([
    ["utf16le", "YQBiAA=="],
    ["utf16be", "AGEAYg=="],
    ["utf16", "//5hAGIA"], // with its byte order mark
  ])("encodes text as %s before Base64", (encoding, base64) => {
    expect(firstItem(`s: { F|${encoding}|base64: ab }`).values).toEqual([
      { test: "text", pattern: [base64], cased: false },
    ]);
  });

  it.each(["lt", "lte", "gt", "gte"])("compares numbers by %s, and takes nothing else", (name) => {
    const [value] = firstItem(`s: { F|${name}: 7 }`).values;
    expect(JSON.stringify(value)).toContain("7");
    expect(JSON.stringify(value)).toContain(`"${name}"`);
    expect(codes(rule(`s: { F|${name}: seven }\ncondition: s`))).toHaveLength(1);
  });

  it("fills placeholders in, and reports those without values", () => {
    const text = rule("s: { F|expand: '%admins%' }\ncondition: s");
    expect(codes(text)).toEqual(["rule-placeholder"]);
    const filled = parseRules(text, "rule.yml", { placeholders: { admins: ["a", "b"] } });
    expect(filled.issues).toEqual([]);
    expect(filled.rules).toHaveLength(1);
  });
});

describe("conditions", () => {
  it("binds not before and before or, and spells quantifiers out", () => {
    const text = rule(
      "a: { F: 1 }\nb_x: { F: 2 }\nb_y: { F: 3 }\nc: { F: 4 }\ncondition: a or not c and 1 of b_*",
    );
    const { rules, issues } = parseRules(text, "rule.yml");
    expect(issues).toEqual([]);
    expect(rules[0]?.condition).toEqual({
      kind: "or",
      of: [
        { kind: "selection", name: "a" },
        {
          kind: "and",
          of: [
            { kind: "not", of: { kind: "selection", name: "c" } },
            {
              kind: "or",
              of: [
                { kind: "selection", name: "b_x" },
                { kind: "selection", name: "b_y" },
              ],
            },
          ],
        },
      ],
    });
  });

  it("leaves names with a leading underscore out of them", () => {
    const text = rule("_a: { F: 1 }\nb: { F: 2 }\ncondition: all of them");
    expect(parseRules(text, "rule.yml").rules[0]?.condition).toEqual({
      kind: "selection",
      name: "b",
    });
  });

  it.each([
    ["s and missing", "rule-missing-selection"],
    ["1 of other_*", "rule-missing-selection"],
    ["(s", "rule-condition"],
    ["s s", "rule-condition"],
    ["s and", "rule-condition"],
    ["2 of them", "rule-condition"],
    [`${"(".repeat(500)}s${")".repeat(500)}`, "rule-condition"],
  ])("reports %s with its line", (condition, code) => {
    const { issues, rules } = parseRules(rule(`s: { F: 1 }\ncondition: ${condition}`), "rule.yml");
    expect(rules).toEqual([]);
    expect(issues).toMatchObject([{ code, source: "rule.yml", line: 6, severity: "error" }]);
    expect(issues[0]?.fix).toBeTruthy();
  });
});

describe("documents", () => {
  it("turns a deprecated count into a correlation over a rule that only feeds it", () => {
    const { rules, correlations } = parseRules(
      rule("s: { EventID: 4625 }\ntimeframe: 5m\ncondition: s | count(User) by Ip, Host >= 5"),
      "rule.yml",
    );
    expect(rules).toMatchObject([{ generate: false }]);
    expect(correlations).toMatchObject([
      {
        id: "11111111-1111-4111-8111-111111111111",
        type: "value_count",
        rules: [rules[0]?.id],
        groupBy: ["Ip", "Host"],
        valueFields: ["User"],
        timespanMs: 300_000,
        bounds: [{ op: "gte", value: 5 }],
      },
    ]);
  });

  it("gives the keys of a global document to those behind it", () => {
    const { rules, issues } = parseRules(
      [
        "action: global\ntitle: Both\nlogsource: { product: windows, service: security }\nlevel: high\ndetection: { condition: s }",
        "id: 1\ndetection: { s: { EventID: 1 } }",
        "id: 2\nlevel: low\ndetection: { s: { EventID: 2 } }",
      ].join("\n---\n"),
      "rules.yml",
    );
    expect(issues).toEqual([]);
    expect(rules).toMatchObject([
      { id: "1", title: "Both", level: "high" },
      { id: "2", title: "Both", level: "low" },
    ]);
  });

  it("reads konseki's own keys and refuses ones it does not know", () => {
    const head = "konseki: { statement: '{A} did it', account: [A], fold: [A, B] }\n";
    expect(parseRules(rule("s: { A: 1 }\ncondition: s", head), "r.yml").rules[0]?.konseki).toEqual({
      statement: "{A} did it",
      account: ["A"],
      fold: ["A", "B"],
    });
    const events = "konseki: { event: { 4722: enabled, 4726: deleted } }\n";
    expect(
      parseRules(rule("s: { A: 1 }\ncondition: s", events), "r.yml").rules[0]?.konseki,
    ).toEqual({
      event: { 4722: "enabled", 4726: "deleted" },
    });
    for (const wrong of ["enabled", "[enabled]", "{ 4722: [enabled] }", "{ name: enabled }"])
      expect(codes(rule("s: { A: 1 }\ncondition: s", `konseki: { event: ${wrong} }\n`))).toContain(
        "rule-wrong-type",
      );
    expect(codes(rule("s: { A: 1 }\ncondition: s", "konseki: { sttement: x }\n"))).toEqual([
      "rule-unknown-key",
    ]);
  });
});

describe("what cannot be used", () => {
  const good = rule("s: { EventID: 1 }\ncondition: s");

  it("keeps the other documents of a file with a broken one", () => {
    const { rules, issues } = parseRules(`title: [a\n---\n${good}`, "mixed.yml");
    expect(rules).toHaveLength(1);
    expect(issues).toMatchObject([{ code: "rule-yaml", line: 2 }]);
  });

  it("names an unknown modifier and the one that was probably meant", () => {
    const { issues } = parseRules(rule("s: { F|contians: a }\ncondition: s"), "rule.yml");
    expect(issues).toMatchObject([
      { code: "rule-unknown-modifier", line: 5, column: 8, fix: 'did you mean "contains"?' },
    ]);
  });

  it.each([
    ["lookaround", "s: { F|re: '(?=a)b' }", "rule-regex"],
    ["a backreference", String.raw`s: { F|re: '(a)\1' }`, "rule-regex"],
    ["a regular expression of 10 MB", `s: { F|re: '${"a".repeat(10_000_000)}' }`, "rule-regex"],
    ["a repeat count that unfolds", "s: { F|re: '((a{1000}){1000}){1000}' }", "rule-regex"],
    ["a network that is none", "s: { F|cidr: 10.0.0.0/40 }", "rule-cidr"],
    ["two kinds of comparison", "s: { F|re|cidr: a }", "rule-modifier-conflict"],
    ["a comparison with text", "s: { F|gt: many }", "rule-modifier-value"],
    ["a map as value", "s: { F: { G: 1 } }", "rule-wrong-type"],
    ["an empty list", "s: { F: [] }", "rule-empty-selection"],
    ["null inside a text search", "s: { F|contains: null }", "rule-modifier-value"],
  ])("refuses %s", (_, selection, code) => {
    const { rules, issues } = parseRules(rule(`${selection}\ncondition: s`), "rule.yml");
    expect(rules).toEqual([]);
    expect(issues).toMatchObject([{ code, line: 5, severity: "error" }]);
  });

  it("does not unfold aliases without bound", () => {
    const levels = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
    for (let i = 1; i < 9; i++) {
      const before = String.fromCharCode(96 + i);
      const name = String.fromCharCode(97 + i);
      levels.push(`${name}: &${name} [${new Array(10).fill(`*${before}`).join(", ")}]`);
    }
    expect(codes(`${levels.join("\n")}\n---\n${good}`)).toEqual(["rule-yaml-bomb"]);
  });

  it("survives text nested beyond reason", () => {
    expect(codes(`a: ${"[".repeat(100_000)}`)[0]).toMatch(/^rule-yaml/);
  });

  it("reports a document that is no rule", () => {
    expect(codes("- a\n- b")).toEqual(["rule-not-a-rule"]);
    expect(codes("title: x")).toEqual(["rule-not-a-rule"]);
  });
});
