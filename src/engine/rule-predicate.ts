/**
 * A rule, read against one of its event sources -> a predicate over the fields of an event. Semantics, in
 * one place:
 * - text compares without regard to case unless `cased`; regular expressions with it unless `i`;
 * - a repeated field matches when any of its texts does; under `all` each value needs some text;
 * - a field that is present without a value has the text ""; an absent one matches only `null` and
 *   `exists: false`; `null` also holds for "", which Windows renders the same;
 * - `neq` turns its whole line round, so it also holds for an absent field;
 * - whether a field is empty that this kind of event cannot have is not known: such a question is answered so
 *   that the rule does not match because of it.
 */
import type { FieldText } from "../model/event.ts";
import type {
  CheckedRule,
  Condition,
  FieldItem,
  SelectionNode,
  ValueTest,
} from "../rules/checked-rule.ts";
import type { EventSource } from "../rules/logsources.ts";
import { type EventFields, UNAVAILABLE } from "./event-fields.ts";
import { foldCase } from "./fold-case.ts";
import { type SlotFinder, slotFinder } from "./source-fields.ts";
import { patternShape, type TextPredicate } from "./text-pattern.ts";
import { compareTexts, compileValueTest } from "./value-predicate.ts";

export type EventPredicate = (fields: EventFields) => boolean;

export function compileRule(
  rule: Pick<CheckedRule, "selections" | "condition">,
  source: EventSource,
  fields: EventFields,
  aliases: Readonly<Record<string, string>>,
): EventPredicate {
  const slotOf = slotFinder(fields, source, aliases);
  const byName = new Map(rule.selections.map(({ name, match }) => [name, match] as const));
  const parts = Object.entries(source.where ?? {}).map(([field, texts]) => {
    const slot = fields.slotOfName(field, []);
    const wanted = new Set(texts);
    return (event: EventFields) => anyText(event.folded(slot), (text) => wanted.has(text));
  });
  const compileCondition = (condition: Condition, excluding: boolean): EventPredicate => {
    switch (condition.kind) {
      case "selection": {
        const match = byName.get(condition.name);
        if (match === undefined) throw new Error(`selection ${condition.name} was not checked`);
        return compileSelection(match, { slotOf, excluding });
      }
      case "not": {
        const part = compileCondition(condition.of, !excluding);
        return (event) => !part(event);
      }
      default: {
        const ordered = [...condition.of].sort((a, b) => costOf(a) - costOf(b));
        const conditions = ordered.map((part) => compileCondition(part, excluding));
        return condition.kind === "and" ? every(conditions) : some(conditions);
      }
    }
  };
  const costOf = (condition: Condition): number => {
    if (condition.kind === "selection") return cost(byName.get(condition.name) as SelectionNode);
    if (condition.kind === "not") return costOf(condition.of);
    return Math.max(...condition.of.map(costOf));
  };
  parts.push(compileCondition(rule.condition, false));
  return every(parts);
}

/** Where a selection stands: what its fields are called, and whether a `not` is around it. */
export interface SelectionPlace {
  readonly slotOf: SlotFinder;
  readonly excluding: boolean;
}

export function compileSelection(node: SelectionNode, place: SelectionPlace): EventPredicate {
  if (node.kind === "item") return compileItem(node, place);
  const ordered = [...node.of].sort((a, b) => cost(a) - cost(b));
  const parts = ordered.map((part) => compileSelection(part, place));
  return node.kind === "and" ? every(parts) : some(parts);
}

/** Cheap questions first: exact texts, then searches, then regular expressions and whole-event search. */
function cost(node: SelectionNode): number {
  if (node.kind !== "item") return Math.max(...node.of.map(cost));
  if (node.values.some((value) => value.test === "regex")) return 1000;
  if (node.field === null) return 500;
  return node.values.length * (node.modifiers.length === 0 ? 1 : 10);
}

function every(parts: readonly EventPredicate[]): EventPredicate {
  const [first, second] = parts as [EventPredicate, EventPredicate];
  if (parts.length === 1) return first;
  if (parts.length === 2) return (fields) => first(fields) && second(fields);
  return (fields) => {
    for (const part of parts) if (!part(fields)) return false;
    return true;
  };
}

function some(parts: readonly EventPredicate[]): EventPredicate {
  const [first, second] = parts as [EventPredicate, EventPredicate];
  if (parts.length === 1) return first;
  if (parts.length === 2) return (fields) => first(fields) || second(fields);
  return (fields) => {
    for (const part of parts) if (part(fields)) return true;
    return false;
  };
}

export function compileItem(item: FieldItem, outer: SelectionPlace): EventPredicate {
  const slot = outer.slotOf(item.field);
  const place = item.negated ? { ...outer, excluding: !outer.excluding } : outer;
  const holds = item.all
    ? every(item.values.map((value) => compileValue(value, slot, place)))
    : compileAnyValue(item.values, slot, place);
  return item.negated ? (fields) => !holds(fields) : holds;
}

/** Values of which one is enough: plain texts become one hash lookup, the rest is tried in order. */
function compileAnyValue(
  values: readonly ValueTest[],
  slot: number,
  place: SelectionPlace,
): EventPredicate {
  const exact = new Set<string>();
  const parts: EventPredicate[] = [];
  const predicates: TextPredicate[] = [];
  for (const value of values) {
    const shape = value.test === "text" && !value.cased ? patternShape(value.pattern) : undefined;
    if (shape?.kind === "equals") exact.add(foldCase(shape.literal));
    else if (value.test === "null" || value.test === "exists" || value.test === "field")
      parts.push(compileValue(value, slot, place));
    else if (value.test === "anyOf") parts.push(compileAnyValue(value.of, slot, place));
    else predicates.push(compileValueTest(value));
  }
  if (exact.size === 1) {
    const [only] = exact;
    predicates.unshift((_, folded) => folded === only);
  } else if (exact.size > 1) {
    predicates.unshift((_, folded) => exact.has(folded));
  }
  if (predicates.length > 0) parts.unshift(compileTexts(predicates, slot));
  return some(parts);
}

/** Any text of the field fits any of the predicates. */
function compileTexts(predicates: readonly TextPredicate[], slot: number): EventPredicate {
  const fits = (raw: string, folded: string) => {
    for (const predicate of predicates) if (predicate(raw, folded)) return true;
    return false;
  };
  return (fields) => {
    const raw = fields.raw(slot);
    if (raw === undefined) return false;
    if (raw === null) return fits("", "");
    const folded = fields.folded(slot);
    if (typeof raw === "string") return fits(raw, folded as string);
    for (let i = 0; i < raw.length; i++)
      if (fits(raw[i] ?? "", (folded as readonly (string | null)[])[i] ?? "")) return true;
    return false;
  };
}

function compileValue(value: ValueTest, slot: number, place: SelectionPlace): EventPredicate {
  switch (value.test) {
    case "anyOf":
      return compileAnyValue(value.of, slot, place);
    case "null":
      return slot === UNAVAILABLE
        ? () => place.excluding
        : (fields) => {
            const raw = fields.raw(slot);
            return raw === undefined || raw === null || raw === "";
          };
    case "exists":
      return slot === UNAVAILABLE
        ? () => place.excluding
        : (fields) => (fields.raw(slot) !== undefined) === value.want;
    case "field": {
      const other = place.slotOf(value.field);
      return (fields) => {
        const mine = value.cased ? fields.raw(slot) : fields.folded(slot);
        const theirs = value.cased ? fields.raw(other) : fields.folded(other);
        return anyText(mine, (left) =>
          anyText(theirs, (right) => compareTexts(left, value.how, right)),
        );
      };
    }
    default:
      return compileTexts([compileValueTest(value)], slot);
  }
}

function anyText(text: FieldText, fits: (text: string) => boolean): boolean {
  if (text === undefined || text === null) return false;
  if (typeof text === "string") return fits(text);
  return text.some((one) => one !== null && fits(one));
}
