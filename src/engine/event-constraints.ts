/**
 * The event ids and channels that a rule's own lines demand: an event outside them cannot match, so the
 * index need not offer it. `undefined` = no demand.
 */
import type { CheckedRule, Condition, FieldItem, SelectionNode } from "../rules/checked-rule.ts";
import { LOG_CHANNEL } from "../rules/log-channel.ts";
import type { EventSource } from "../rules/logsources.ts";
import { patternShape } from "./text-pattern.ts";

/** Texts that the field must be one of, in lower case. */
export function demandedTexts(
  rule: Pick<CheckedRule, "selections" | "condition">,
  field: string,
): ReadonlySet<string> | undefined {
  const ofSelection = new Map(
    rule.selections.map(({ name, match }) => [name, ofNode(match, field)] as const),
  );
  const ofCondition = (condition: Condition): ReadonlySet<string> | undefined => {
    switch (condition.kind) {
      case "selection":
        return ofSelection.get(condition.name);
      case "not":
        return undefined;
      case "and":
        return intersection(condition.of.map(ofCondition));
      case "or":
        return union(condition.of.map(ofCondition));
    }
  };
  return ofCondition(rule.condition);
}

/**
 * The channels in which a rule finds its events in one source; `undefined` = any. A rule that names its log
 * by `System.Channel` (as Hayabusa's do) means that log, whatever its logsource says.
 */
export function channelsOf(
  rule: Pick<CheckedRule, "selections" | "condition">,
  source: EventSource,
): readonly string[] | undefined {
  const named = source.fields === undefined ? demandedTexts(rule, LOG_CHANNEL) : undefined;
  if (named !== undefined) return [...named];
  return source.channel === "*" ? undefined : [source.channel];
}

function ofNode(node: SelectionNode, field: string): ReadonlySet<string> | undefined {
  if (node.kind === "item") return ofItem(node, field);
  const parts = node.of.map((part) => ofNode(part, field));
  return node.kind === "and" ? intersection(parts) : union(parts);
}

function ofItem(item: FieldItem, field: string): ReadonlySet<string> | undefined {
  if (item.field !== field || item.negated) return undefined;
  const texts = new Set<string>();
  for (const value of item.values) {
    const shape = value.test === "text" ? patternShape(value.pattern) : undefined;
    if (shape?.kind !== "equals") return undefined;
    texts.add(shape.literal.toLowerCase());
  }
  return texts;
}

function intersection(
  parts: readonly (ReadonlySet<string> | undefined)[],
): ReadonlySet<string> | undefined {
  let result: ReadonlySet<string> | undefined;
  for (const part of parts) {
    if (part === undefined) continue;
    const before = result;
    result = before === undefined ? part : new Set([...part].filter((text) => before.has(text)));
  }
  return result;
}

function union(
  parts: readonly (ReadonlySet<string> | undefined)[],
): ReadonlySet<string> | undefined {
  const result = new Set<string>();
  for (const part of parts) {
    if (part === undefined) return undefined;
    for (const text of part) result.add(text);
  }
  return result;
}
