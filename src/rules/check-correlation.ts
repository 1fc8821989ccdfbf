/** A `correlation` document -> CorrelationRule (Sigma correlation rules specification 2.1). */
import type {
  Condition,
  CorrelationBound,
  CorrelationRule,
  CorrelationType,
  RuleMeta,
} from "./checked-rule.ts";
import { parseCondition } from "./condition.ts";
import { describeKind, entryOf, type LocatedMap, valueAt } from "./located-value.ts";
import { readText, readTexts } from "./rule-meta.ts";
import type { RuleProblems } from "./rule-problems.ts";
import { parseTimespan } from "./timespan.ts";

const TYPES: readonly CorrelationType[] = [
  "event_count",
  "value_count",
  "value_sum",
  "value_avg",
  "value_percentile",
  "temporal",
  "temporal_ordered",
];
const OPS = ["eq", "neq", "lt", "lte", "gt", "gte"] as const;
const KEYS = new Set(
  "type rules group-by timespan timeframe condition aliases generate field".split(" "),
);
const MAX_RULES = 200;

/** `undefined` after reporting a problem. */
export function checkCorrelation(
  meta: RuleMeta,
  map: LocatedMap,
  problems: RuleProblems,
  generateOutside: boolean,
): CorrelationRule | undefined {
  const wrong = (message: string, fix: string, at = map.at) => {
    problems.error("rule-correlation", at, message, fix);
  };
  for (const entry of map.entries)
    if (!KEYS.has(entry.key))
      problems.warning(
        "rule-unknown-key",
        entry.at,
        `"correlation" has no key "${entry.key}"`,
        `use ${[...KEYS].join(", ")}`,
      );
  const typeText = readText(map, "type", problems) ?? "";
  const type = TYPES.find((known) => known === typeText);
  if (type === undefined)
    wrong(`correlation type "${typeText}" is not known`, `use one of: ${TYPES.join(", ")}`);
  const rules = readTexts(map, "rules", problems);
  if (rules.length === 0) wrong("the correlation names no rules", "add the list rules");
  if (rules.length > MAX_RULES) wrong(`more than ${MAX_RULES} rules`, "split the correlation");
  const spanText = readText(map, "timespan", problems) ?? readText(map, "timeframe", problems);
  const timespanMs = spanText === undefined ? undefined : parseTimespan(spanText);
  if (timespanMs === undefined)
    wrong(
      spanText === undefined ? 'no "timespan"' : `timespan "${spanText}" is not a time span`,
      "write it as 30s, 5m, 2h or 1d",
    );
  const temporal = type === "temporal" || type === "temporal_ordered";
  const condition = readBounds(map, type, rules, problems);
  if (problems.failed || type === undefined || timespanMs === undefined || condition === undefined)
    return undefined;
  if (type.startsWith("value_") && condition.valueFields.length === 0) {
    wrong(`${type} needs a field`, "add field to the condition");
    return undefined;
  }
  const generate = readText(map, "generate", problems)?.toLowerCase() === "true";
  return {
    ...meta,
    type,
    rules,
    groupBy: readTexts(map, "group-by", problems),
    timespanMs,
    bounds:
      condition.bounds.length === 0 && temporal && condition.temporal === undefined
        ? [{ op: "gte", value: new Set(rules).size }]
        : condition.bounds,
    valueFields: condition.valueFields,
    ...(condition.percentile === undefined ? {} : { percentile: condition.percentile }),
    ...(condition.temporal === undefined ? {} : { temporal: condition.temporal }),
    aliases: readAliases(map, problems),
    generate: generate || generateOutside,
  };
}

interface ReadCondition {
  readonly bounds: readonly CorrelationBound[];
  readonly valueFields: readonly string[];
  readonly percentile?: number;
  readonly temporal?: Condition;
}

function readBounds(
  map: LocatedMap,
  type: CorrelationType | undefined,
  rules: readonly string[],
  problems: RuleProblems,
): ReadCondition | undefined {
  const temporal = type === "temporal" || type === "temporal_ordered";
  const outerFields = readTexts(map, "field", problems);
  const entry = entryOf(map, "condition");
  if (entry === undefined) {
    if (temporal) return { bounds: [], valueFields: [] };
    problems.error(
      "rule-correlation",
      map.at,
      'the correlation has no "condition"',
      "add one, for example: condition: { gte: 5 }",
    );
    return undefined;
  }
  const value = entry.value;
  if (value.kind === "scalar" && temporal) {
    const parsed = parseCondition(value.text, rules, value.at, problems);
    return parsed && { bounds: [], valueFields: [], temporal: parsed.condition };
  }
  if (value.kind !== "map") {
    problems.error(
      "rule-correlation",
      value.at,
      `the condition is ${describeKind(value)}`,
      "write it as a map, for example: { gte: 5 }",
    );
    return undefined;
  }
  const bounds: CorrelationBound[] = [];
  let percentile: number | undefined;
  for (const { key, at, value: bound } of value.entries) {
    if (key === "field") continue;
    const op = OPS.find((known) => known === key);
    const number = bound.kind === "scalar" && bound.text !== "" ? Number(bound.text) : Number.NaN;
    if ((op === undefined && key !== "percentile") || !Number.isFinite(number)) {
      problems.error(
        "rule-correlation",
        at,
        `"${key}" is not a bound with a number`,
        `use ${OPS.join(", ")}, field, percentile`,
      );
      return undefined;
    }
    if (op === undefined) percentile = number;
    else bounds.push({ op, value: number });
  }
  if (bounds.length === 0 && !temporal) {
    problems.error("rule-correlation", value.at, "the condition has no bound", "add gte: 5");
    return undefined;
  }
  if (type === "value_percentile" && percentile === undefined) percentile = 50;
  if (percentile !== undefined && (percentile < 0 || percentile > 100)) {
    problems.error("rule-correlation", value.at, "percentile outside 0 to 100", "use 0 to 100");
    return undefined;
  }
  const fields = readTexts(value, "field", problems);
  return {
    bounds,
    valueFields: fields.length > 0 ? fields : outerFields,
    ...(percentile === undefined ? {} : { percentile }),
  };
}

function readAliases(
  map: LocatedMap,
  problems: RuleProblems,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const value = valueAt(map, "aliases");
  const aliases: Record<string, Record<string, string>> = {};
  if (value === undefined || value.kind !== "map") return aliases;
  for (const alias of value.entries) {
    if (alias.value.kind !== "map") {
      problems.error(
        "rule-correlation",
        alias.at,
        `alias "${alias.key}" is ${describeKind(alias.value)}`,
        "map each rule's name to its field",
      );
      continue;
    }
    const fields: Record<string, string> = {};
    for (const entry of alias.value.entries)
      if (entry.value.kind === "scalar") fields[entry.key] = entry.value.text;
    aliases[alias.key] = fields;
  }
  return aliases;
}
