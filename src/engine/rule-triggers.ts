/**
 * What an event must hold for a rule to have a chance: a small set of texts on some fields, of which at
 * least one occurs in every event that matches. The index looks for these texts alone; a rule without such
 * a set is tried on every event of its place.
 *
 * Invariant (test/engine/differential.test.ts): no event that matches a rule lacks all of its triggers.
 */
import type {
  CheckedRule,
  Condition,
  FieldItem,
  Piece,
  SelectionNode,
  ValueTest,
} from "../rules/checked-rule.ts";
import type { EventSource } from "../rules/logsources.ts";
import { TEXT_END } from "./event-fields.ts";
import { foldCase } from "./fold-case.ts";
import { requiredLiteral } from "./regex-literal.ts";
import { hasField } from "./source-fields.ts";
import { patternShape } from "./text-pattern.ts";

export interface Trigger {
  /** Under the rule's name; `null` = anywhere in the event. */
  readonly field: string | null;
  /** `exact`: the whole text; `part`: anywhere in it. In lower case, never empty. */
  readonly kind: "exact" | "part";
  readonly text: string;
}

/** How many rules of a place use a text: common texts make poor triggers. */
export type TextUse = ReadonlyMap<string, number>;

/** Triggers and how often one of them is expected to be there, 0 to 1. */
interface Demand {
  readonly triggers: readonly Trigger[];
  readonly chance: number;
}

/** More alternatives than this are not worth looking for. */
const MAX_TRIGGERS = 2000;

/** `undefined`: try the rule on every event. An empty list: it cannot match here. */
export function findTriggers(
  rule: Pick<CheckedRule, "selections" | "condition">,
  source: EventSource,
  use: TextUse,
): readonly Trigger[] | undefined {
  const demands = new Map(
    rule.selections.map(({ name, match }) => [name, ofNode(match, source, use)] as const),
  );
  const ofCondition = (condition: Condition): Demand | undefined => {
    switch (condition.kind) {
      case "selection":
        return demands.get(condition.name);
      case "not":
        return undefined;
      case "and":
        return best(condition.of.map(ofCondition));
      case "or":
        return all(condition.of.map(ofCondition));
    }
  };
  return ofCondition(rule.condition)?.triggers;
}

/** Counts the texts of a rule into `use`. */
export function countTexts(
  rule: Pick<CheckedRule, "selections" | "condition">,
  use: Map<string, number>,
): void {
  const ofValue = (value: ValueTest): void => {
    if (value.test === "anyOf") value.of.forEach(ofValue);
    else if (value.test === "text") {
      const literal = longestLiteral(value.pattern);
      if (literal !== undefined) use.set(literal, (use.get(literal) ?? 0) + 1);
    }
  };
  const visit = (node: SelectionNode): void => {
    if (node.kind === "item") node.values.forEach(ofValue);
    else node.of.forEach(visit);
  };
  for (const selection of rule.selections) visit(selection.match);
}

function ofNode(node: SelectionNode, source: EventSource, use: TextUse): Demand | undefined {
  if (node.kind === "item") return ofItem(node, source, use);
  const parts = node.of.map((part) => ofNode(part, source, use));
  return node.kind === "and" ? best(parts) : all(parts);
}

function ofItem(item: FieldItem, source: EventSource, use: TextUse): Demand | undefined {
  if (item.negated) return undefined;
  const { field } = item;
  if (field !== null && !hasField(source, field)) return IMPOSSIBLE;
  const demands = item.values.map((value) => ofValue(value, field, use));
  return item.all ? best(demands) : all(demands);
}

const IMPOSSIBLE: Demand = { triggers: [], chance: 0 };

function ofValue(value: ValueTest, field: string | null, use: TextUse): Demand | undefined {
  if (value.test === "anyOf") return all(value.of.map((one) => ofValue(one, field, use)));
  if (value.test === "regex") {
    const literal = requiredLiteral(value.source);
    // A single character would be everywhere.
    return literal === undefined || literal.length < 2
      ? undefined
      : part(field, foldCase(literal), use);
  }
  if (value.test !== "text") return undefined;
  const shape = patternShape(value.pattern);
  if (shape.kind === "equals") {
    if (shape.literal === "") return undefined;
    if (field === null) return undefined;
    const text = foldCase(shape.literal);
    return { triggers: [{ field, kind: "exact", text }], chance: commonness(text, use, 0.01) };
  }
  const literal = longestLiteral(value.pattern);
  return literal === undefined ? undefined : part(field, literal, use);
}

function part(field: string | null, text: string, use: TextUse): Demand | undefined {
  // The index searches a whole event text by text and would not see what lies across two of them.
  if (field === null && text.includes(TEXT_END)) return undefined;
  return { triggers: [{ field, kind: "part", text }], chance: commonness(text, use, 0.002) };
}

/**
 * A guess, only ever used to choose between triggers: short texts are common, and so is what many rules
 * name (`\powershell.exe`, or the folders that filters exclude).
 */
function commonness(text: string, use: TextUse, least: number): number {
  const byLength = text.length < 8 ? 0.5 / text.length ** 2 : 0;
  return Math.min(1, Math.max(least, byLength) + (use.get(text) ?? 0) / 400);
}

function longestLiteral(pattern: readonly Piece[]): string | undefined {
  let longest: string | undefined;
  for (const piece of pattern)
    if (typeof piece === "string" && piece.length > (longest?.length ?? 0)) longest = piece;
  return longest === undefined ? undefined : foldCase(longest);
}

/** All parts must hold: the one least often there is enough. */
function best(parts: readonly (Demand | undefined)[]): Demand | undefined {
  let least: Demand | undefined;
  for (const demand of parts)
    if (demand !== undefined && (least === undefined || demand.chance < least.chance))
      least = demand;
  return least;
}

/** One part must hold: any of their triggers may be the one. */
function all(parts: readonly (Demand | undefined)[]): Demand | undefined {
  const triggers: Trigger[] = [];
  let chance = 0;
  for (const demand of parts) {
    if (demand === undefined) return undefined;
    triggers.push(...demand.triggers);
    chance += demand.chance;
  }
  return triggers.length > MAX_TRIGGERS ? undefined : { triggers, chance: Math.min(1, chance) };
}
