/** The `detection` of a rule: selections and the condition over them. */
import { checkSelection, type SelectionContext } from "./check-selection.ts";
import type { Condition, Selection } from "./checked-rule.ts";
import { parseCondition } from "./condition.ts";
import {
  describeKind,
  entryOf,
  type Located,
  type LocatedMap,
  type Place,
} from "./located-value.ts";
import { parseTimespan } from "./timespan.ts";

export interface Detection {
  readonly selections: readonly Selection[];
  readonly condition: Condition;
  readonly conditionAt: Place;
  readonly aggregation: string | undefined;
  readonly timeframeMs: number | undefined;
}

const NOT_SELECTIONS = new Set(["condition", "timeframe"]);

/** `undefined` after reporting a problem. `ignored`: further keys that are no selections. */
export function checkDetection(
  map: LocatedMap,
  context: SelectionContext,
  ignored: readonly string[] = [],
): Detection | undefined {
  const { problems } = context;
  const entries = map.entries.filter(
    (entry) => !NOT_SELECTIONS.has(entry.key) && !ignored.includes(entry.key),
  );
  const selections: Selection[] = [];
  for (const entry of entries) {
    const selection = checkSelection(entry.key, entry.at, entry.value, context);
    if (selection !== undefined) selections.push(selection);
  }
  if (entries.length === 0) {
    problems.error("rule-missing-key", map.at, "the detection has no selection", "add a selection");
    return undefined;
  }
  const conditionEntry = entryOf(map, "condition");
  if (conditionEntry === undefined) {
    problems.error(
      "rule-missing-key",
      map.at,
      'the detection has no "condition"',
      `add one, for example: condition: ${(entries[0] as { key: string }).key}`,
    );
    return undefined;
  }
  const names = entries.map((entry) => entry.key);
  const parsed = readConditions(conditionEntry.value, names, context);
  const timeframeMs = readTimeframe(map, context);
  if (parsed === undefined || selections.length < entries.length || problems.failed)
    return undefined;
  for (const entry of entries)
    if (!parsed.used.has(entry.key) && !entry.key.startsWith("_"))
      problems.warning(
        "rule-unused-selection",
        entry.at,
        `the condition does not use the selection "${entry.key}"`,
        "use it in the condition, or remove it",
      );
  return {
    selections: selections.filter((selection) => parsed.used.has(selection.name)),
    condition: parsed.condition,
    conditionAt: conditionEntry.value.at,
    aggregation: parsed.aggregation,
    timeframeMs,
  };
}

/** A list of conditions means: any of them. */
function readConditions(value: Located, names: readonly string[], { problems }: SelectionContext) {
  const texts = value.kind === "list" ? value.items : [value];
  const of: Condition[] = [];
  const used = new Set<string>();
  let aggregation: string | undefined;
  for (const text of texts) {
    if (text.kind !== "scalar" || typeof text.value !== "string" || text.value.trim() === "") {
      problems.error(
        "rule-condition",
        text.at,
        `the condition is ${describeKind(text)}`,
        "write selections joined with and, or, not",
      );
      return undefined;
    }
    const parsed = parseCondition(text.value, names, text.at, problems);
    if (parsed === undefined) return undefined;
    if (parsed.aggregation !== undefined && texts.length > 1) {
      problems.error(
        "rule-aggregation",
        text.at,
        "an aggregation in a list of conditions",
        "write a correlation rule",
      );
      return undefined;
    }
    aggregation = parsed.aggregation;
    of.push(parsed.condition);
    for (const name of parsed.used) used.add(name);
  }
  if (of.length === 0) {
    problems.error("rule-condition", value.at, "the condition is empty", "name a selection");
    return undefined;
  }
  const condition: Condition = of.length === 1 ? (of[0] as Condition) : { kind: "or", of };
  return { condition, aggregation, used };
}

function readTimeframe(map: LocatedMap, { problems }: SelectionContext): number | undefined {
  const entry = entryOf(map, "timeframe");
  if (entry === undefined) return undefined;
  const text = entry.value.kind === "scalar" ? entry.value.text : "";
  const milliseconds = parseTimespan(text);
  if (milliseconds === undefined)
    problems.error(
      "rule-wrong-type",
      entry.value.at,
      `timeframe "${text}" is not a time span`,
      "write it as 30s, 5m, 2h or 1d",
    );
  return milliseconds;
}
