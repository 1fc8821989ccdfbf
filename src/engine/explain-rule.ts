/** Why a rule does or does not match one event: source by source, selection by selection, line by line. */
import type { EventView, FieldText } from "../model/event.ts";
import type {
  CheckedRule,
  Condition,
  FieldItem,
  SelectionNode,
  ValueTest,
} from "../rules/checked-rule.ts";
import { type EventSource, findSources, type LogsourceTable } from "../rules/logsources.ts";
import { writeSigmaString } from "../rules/sigma-string.ts";
import { channelsOf } from "./event-constraints.ts";
import { EventFields, UNAVAILABLE } from "./event-fields.ts";
import {
  compileItem,
  compileRule,
  compileSelection,
  type SelectionPlace,
} from "./rule-predicate.ts";
import { slotFinder } from "./source-fields.ts";

export interface RuleExplanation {
  readonly ruleId: string;
  readonly title: string;
  readonly matched: boolean;
  /** Why the rule cannot match any Windows event; absent when it can. */
  readonly unusable?: string;
  /** One for each place where the rule's logsource is found. */
  readonly sources: readonly ExplainedSource[];
}

export interface ExplainedSource {
  readonly channel: string;
  /** `null`: any. */
  readonly eventIds: readonly number[] | null;
  readonly matched: boolean;
  /** Why the event is not of this source; absent when it is, and only then there are selections. */
  readonly otherEvent?: string;
  readonly condition?: ExplainedCondition;
  readonly selections: readonly ExplainedSelection[];
}

export type ExplainedCondition =
  | { readonly kind: "selection"; readonly holds: boolean; readonly name: string }
  | {
      readonly kind: "and" | "or" | "not";
      readonly holds: boolean;
      readonly of: readonly ExplainedCondition[];
    };

export interface ExplainedSelection {
  readonly name: string;
  /** Line of the rule file. */
  readonly line: number;
  readonly holds: boolean;
  readonly match: ExplainedNode;
}

export type ExplainedNode =
  | {
      readonly kind: "and" | "or";
      readonly holds: boolean;
      readonly of: readonly ExplainedNode[];
    }
  | {
      readonly kind: "line";
      readonly holds: boolean;
      readonly line: number;
      /** As the rule writes it, e.g. `CommandLine|contains|all`. */
      readonly key: string;
      /** What the event has there, cut to a readable length; `undefined` = no such field. */
      readonly found: FieldText;
      /** `true`: this kind of event cannot have the field at all. */
      readonly unavailable: boolean;
      readonly values: readonly { readonly wanted: string; readonly holds: boolean }[];
    };

const MAX_SHOWN_CHARS = 500;

export function explainRule(
  rule: CheckedRule,
  event: EventView,
  logsources: LogsourceTable,
): RuleExplanation {
  const head = { ruleId: rule.id, title: rule.title };
  const found = findSources(logsources, rule.logsource);
  if ("code" in found) return { ...head, matched: false, unusable: found.message, sources: [] };
  const sources = found.sources.map((source) => explainSource(rule, source, event, logsources));
  return { ...head, matched: sources.some(({ matched }) => matched), sources };
}

function explainSource(
  rule: CheckedRule,
  source: EventSource,
  event: EventView,
  logsources: LogsourceTable,
): ExplainedSource {
  const head = { channel: source.channel, eventIds: source.eventIds ?? null };
  const otherEvent = whyOther(rule, source, event);
  if (otherEvent !== undefined) return { ...head, matched: false, otherEvent, selections: [] };
  const fields = new EventFields(logsources.padded);
  const slotOf = slotFinder(fields, source, logsources.aliases);
  const matches = compileRule(rule, source, fields, logsources.aliases);
  fields.begin(event);
  const excluded = excludedNames(rule.condition);
  const selections = rule.selections.map(({ name, line, match }): ExplainedSelection => {
    const place = { slotOf, excluding: excluded.has(name) };
    const explained = explainNode(match, place, fields);
    return { name, line, holds: explained.holds, match: explained };
  });
  const holding = new Set(selections.filter(({ holds }) => holds).map(({ name }) => name));
  const matched = matches(fields);
  const condition = explainCondition(rule.condition, holding);
  return { ...head, matched, condition, selections };
}

function whyOther(rule: CheckedRule, source: EventSource, event: EventView): string | undefined {
  const channels = channelsOf(rule, source);
  if (channels?.every((channel) => channel.toLowerCase() !== event.channel.toLowerCase()))
    return `the event is from the channel "${event.channel}"`;
  if (source.eventIds !== undefined && !source.eventIds.includes(event.eventId))
    return `the event id is ${event.eventId}`;
  for (const [field, texts] of Object.entries(source.where ?? {})) {
    const text = event.get(field);
    if (typeof text !== "string" || !texts.includes(text.toLowerCase()))
      return `${field} is none of ${texts.join(", ")}`;
  }
  return undefined;
}

function explainNode(
  node: SelectionNode,
  place: SelectionPlace,
  fields: EventFields,
): ExplainedNode {
  if (node.kind === "item") return explainLine(node, place, fields);
  return {
    kind: node.kind,
    holds: compileSelection(node, place)(fields),
    of: node.of.map((part) => explainNode(part, place, fields)),
  };
}

function explainLine(item: FieldItem, place: SelectionPlace, fields: EventFields): ExplainedNode {
  const slot = place.slotOf(item.field);
  return {
    kind: "line",
    holds: compileItem(item, place)(fields),
    line: item.line,
    key: [item.field ?? "any text", ...item.modifiers].join("|"),
    found: clip(fields.raw(slot)),
    unavailable: slot === UNAVAILABLE,
    values: item.values.map((value) => ({
      wanted: describeValue(value),
      holds: compileItem({ ...item, all: false, values: [value] }, place)(fields),
    })),
  };
}

function explainCondition(condition: Condition, holding: ReadonlySet<string>): ExplainedCondition {
  if (condition.kind === "selection")
    return { kind: "selection", holds: holding.has(condition.name), name: condition.name };
  if (condition.kind === "not") {
    const part = explainCondition(condition.of, holding);
    return { kind: "not", holds: !part.holds, of: [part] };
  }
  const of = condition.of.map((part) => explainCondition(part, holding));
  const holds =
    condition.kind === "and" ? of.every((part) => part.holds) : of.some((part) => part.holds);
  return { kind: condition.kind, holds, of };
}

/** Selections that stand behind a `not`. */
function excludedNames(condition: Condition, excluding = false): ReadonlySet<string> {
  if (condition.kind === "selection") return new Set(excluding ? [condition.name] : []);
  if (condition.kind === "not") return excludedNames(condition.of, !excluding);
  return new Set(condition.of.flatMap((part) => [...excludedNames(part, excluding)]));
}

function describeValue(value: ValueTest): string {
  switch (value.test) {
    case "text":
      return writeSigmaString(value.pattern);
    case "regex":
      return `/${value.source}/${value.flags}`;
    case "cidr":
      return `in ${value.network}`;
    case "compare":
      return `${value.op} ${value.value}`;
    case "date":
      return `${value.part} ${value.op} ${value.value}`;
    case "null":
      return "no value";
    case "exists":
      return value.want ? "the field" : "no such field";
    case "field":
      return `${value.how} the field ${value.field}`;
    case "anyOf":
      return value.of.map(describeValue).join(" or ");
  }
}

function clip(text: FieldText): FieldText {
  if (typeof text === "string")
    return text.length > MAX_SHOWN_CHARS ? `${text.slice(0, MAX_SHOWN_CHARS)}…` : text;
  if (text === null || text === undefined) return text;
  return text.slice(0, 50).map((one) => (one === null ? null : (clip(one) as string)));
}
