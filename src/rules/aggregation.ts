/**
 * The deprecated aggregations behind a condition's pipe (`| count(Field) by Host, User > 5`) as the
 * correlation they mean.
 */
import type { CheckedRule, CorrelationRule, CorrelationType } from "./checked-rule.ts";
import type { Place } from "./located-value.ts";
import type { RuleProblems } from "./rule-problems.ts";

const FORM =
  /^(count|sum|avg|min|max)\s*\(\s*([^()]{0,200}?)\s*\)\s*(?:by\s+([^<>=!]{1,500}?)\s*)?(==|=|<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)\s*$/i;
const OPERATORS = {
  "==": "eq",
  "=": "eq",
  "<": "lt",
  "<=": "lte",
  ">": "gt",
  ">=": "gte",
} as const;
/** Rules without a timeframe count over everything read. */
const ENDLESS_MS = Number.MAX_SAFE_INTEGER;

/** `undefined` after reporting a problem. */
export function convertAggregation(
  text: string,
  base: CheckedRule,
  timeframeMs: number | undefined,
  at: Place,
  problems: RuleProblems,
): { readonly rule: CheckedRule; readonly correlation: CorrelationRule } | undefined {
  const match = FORM.exec(text.length > 1000 ? "" : text);
  if (match === null) {
    problems.error(
      "rule-aggregation",
      at,
      `aggregation "${text.slice(0, 100)}" cannot be read`,
      "write it as a correlation rule, or as: | count(Field) by Group > 5",
    );
    return undefined;
  }
  const [, verb = "", field = "", by = "", operator = "", number = ""] = match;
  const type = correlationType(verb.toLowerCase(), field);
  if (type === undefined) {
    problems.error(
      "rule-aggregation",
      at,
      field === "" ? `${verb}() needs a field` : `${verb}() has no counterpart in correlations`,
      "write it as a correlation rule with value_count, value_sum or value_avg",
    );
    return undefined;
  }
  const counted = `${base.id}/counted`;
  const { logsource: _, selections: __, condition: ___, generate: ____, ...meta } = base;
  return {
    rule: { ...base, id: counted, title: `${base.title} (each event)`, generate: false },
    correlation: {
      ...meta,
      type,
      rules: [counted],
      groupBy: by
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== ""),
      timespanMs: timeframeMs ?? ENDLESS_MS,
      bounds: [{ op: OPERATORS[operator as keyof typeof OPERATORS], value: Number(number) }],
      valueFields: field === "" ? [] : [field],
      aliases: {},
      generate: false,
    },
  };
}

function correlationType(verb: string, field: string): CorrelationType | undefined {
  if (verb === "count") return field === "" ? "event_count" : "value_count";
  if (field === "") return undefined;
  return verb === "sum" ? "value_sum" : verb === "avg" ? "value_avg" : undefined;
}
