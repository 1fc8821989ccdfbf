import { describe, expect, it } from "vitest";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { correlateHits, type RuleHit } from "../../src/engine/correlate-hits.ts";
import type { CorrelationRule } from "../../src/rules/checked-rule.ts";
import { parseRules } from "../../src/rules/parse-rules.ts";
import { shippedLogsources } from "../support/rule-files.ts";

const LOGSOURCE = "logsource: { product: windows, service: security }";

function correlations(...bodies: string[]): readonly CorrelationRule[] {
  const rules = ["a", "b", "c"].map(
    (name) =>
      `title: ${name}\nid: ${name}\nname: name-${name}\n${LOGSOURCE}\ndetection: { s: { EventID: 1 }, condition: s }`,
  );
  const joined = bodies.map(
    (body, i) => `title: joined ${i}\nid: joined-${i}\ncorrelation: ${body}`,
  );
  const parsed = parseRules([...rules, ...joined].join("\n---\n"), "rules.yml");
  const engine = compileRules(parsed, shippedLogsources());
  expect([...parsed.issues, ...engine.issues]).toEqual([]);
  return engine.correlations;
}

/** `a@5` = a hit of rule a at second 5. */
function hits(text: string, fields: (hit: string) => Record<string, string | null> = () => ({})) {
  return text.split(" ").map((word): RuleHit => {
    const [ruleId = "", seconds = ""] = word.split(/[@:]/);
    return { ruleId, timeMs: Number(seconds) * 1000, fields: fields(word) };
  });
}

function seconds(found: readonly { readonly hits: readonly RuleHit[] }[]): number[][] {
  return found.map((match) => match.hits.map((hit) => hit.timeMs / 1000));
}

describe("event_count", () => {
  const rule = "{ type: event_count, rules: [name-a], timespan: 10s, condition: { gte: 3 } }";

  it("joins windows that share hits and starts anew behind a gap", () => {
    const found = correlateHits(correlations(rule), hits("a@0 a@4 a@8 a@12 a@40 a@60 a@61 a@62"));
    expect(seconds(found)).toEqual([
      [0, 4, 8, 12],
      [60, 61, 62],
    ]);
    expect(found[0]).toMatchObject({ value: 3, firstMs: 0, lastMs: 12_000 });
  });

  it("counts a hit that lies exactly one time span behind", () => {
    expect(correlateHits(correlations(rule), hits("a@0 a@5 a@10"))).toHaveLength(1);
    expect(correlateHits(correlations(rule), hits("a@0 a@5 a@10.001"))).toHaveLength(0);
  });

  it("judges an upper bound by whole windows", () => {
    const few = "{ type: event_count, rules: [a], timespan: 10s, condition: { gte: 2, lt: 4 } }";
    expect(correlateHits(correlations(few), hits("a@0 a@1 a@2 a@3 a@4"))).toEqual([]);
    expect(seconds(correlateHits(correlations(few), hits("a@0 a@1 a@2")))).toEqual([[0, 1, 2]]);
  });

  it("keeps groups apart, without regard to case", () => {
    const grouped =
      "{ type: event_count, rules: [a], group-by: [User], timespan: 1m, condition: { gt: 1 } }";
    const found = correlateHits(
      correlations(grouped),
      hits("a@0:x a@1:y a@2:X a@3:z", (hit) => ({ User: hit.split(":")[1] ?? null })),
    );
    expect(found.map((match) => match.group)).toEqual([{ User: "x" }]);
    expect(seconds(found)).toEqual([[0, 2]]);
  });
});

describe("values", () => {
  const of = (values: string) => hits(values, (hit) => ({ V: hit.split(":")[1] ?? null }));

  it("counts distinct values only", () => {
    const rule = "{ type: value_count, rules: [a], timespan: 1m, condition: { field: V, gte: 3 } }";
    expect(correlateHits(correlations(rule), of("a@0:x a@1:X a@2:x a@3:y"))).toEqual([]);
    expect(correlateHits(correlations(rule), of("a@0:x a@1:y a@2:x a@3:z"))).toHaveLength(1);
  });

  it.each([
    ["value_sum", "{ field: V, gt: 100 }", 111],
    ["value_avg", "{ field: V, gte: 37 }", 37],
    ["value_percentile", "{ field: V, percentile: 90, gte: 100 }", 100],
  ])("measures %s over numbers", (type, condition, value) => {
    const rule = `{ type: ${type}, rules: [a], timespan: 1m, condition: ${condition} }`;
    expect(correlateHits(correlations(rule), of("a@0:1 a@1:10 a@2:100"))).toMatchObject([
      { value },
    ]);
    expect(correlateHits(correlations(rule), of("a@0:1 a@1:ten a@2:0x2"))).toEqual([]);
  });
});

describe("temporal", () => {
  it("wants every rule, in any order, with group fields under each rule's own name", () => {
    const rule =
      "{ type: temporal, rules: [name-a, name-b], group-by: [who], timespan: 10s, aliases: { who: { name-a: User, name-b: Account } } }";
    const found = correlateHits(
      correlations(rule),
      hits("b@0:u a@5:u a@30:u b@31:v", (hit) =>
        hit.startsWith("a")
          ? { User: hit.split(":")[1] ?? null }
          : { Account: hit.split(":")[1] ?? null },
      ),
    );
    expect(seconds(found)).toEqual([[0, 5]]);
    expect(found[0]?.group).toEqual({ who: "u" });
  });

  it("wants the listed order when it is ordered", () => {
    const rule = "{ type: temporal_ordered, rules: [a, b, c], timespan: 10s }";
    expect(correlateHits(correlations(rule), hits("c@0 b@1 a@2 b@3"))).toEqual([]);
    expect(seconds(correlateHits(correlations(rule), hits("a@0 b@1 a@8 b@9 c@11")))).toEqual([
      [8, 9, 11],
    ]);
    expect(correlateHits(correlations(rule), hits("a@0 b@6 c@12"))).toEqual([]);
  });

  it("takes a condition over its rules", () => {
    const rule = "{ type: temporal, rules: [a, b, c], timespan: 10s, condition: a and not b }";
    expect(seconds(correlateHits(correlations(rule), hits("a@0 b@1 a@60 c@61")))).toEqual([
      [60, 61],
    ]);
  });
});

describe("correlations of correlations", () => {
  it("join matches by the group they hand on", () => {
    const [inner, outer] = correlations(
      "{ type: temporal_ordered, rules: [joined-1, b], group-by: [User], timespan: 1m }",
      "{ type: event_count, rules: [a], group-by: [User], timespan: 10s, condition: { gte: 2 } }",
    ) as [CorrelationRule, CorrelationRule];
    expect([inner.id, outer.id]).toEqual(["joined-1", "joined-0"]);
    const found = correlateHits(
      [inner, outer],
      hits("a@0 a@1 b@5", () => ({ User: "u" })),
    );
    expect(found.map((match) => [match.correlation.id, match.hits.length])).toEqual([
      ["joined-1", 2],
      ["joined-0", 3],
    ]);
  });
});
