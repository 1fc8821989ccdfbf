/** One named selection of a rule -> a boolean tree of field items. */
import type { FieldItem, Selection, SelectionNode, ValueTest } from "./checked-rule.ts";
import { readModifiers } from "./field-modifiers.ts";
import { describeKind, type Located, type LocatedEntry, type Place } from "./located-value.ts";
import { LOG_CHANNEL } from "./log-channel.ts";
import type { RuleProblems } from "./rule-problems.ts";
import { type Placeholders, readValueTests } from "./value-tests.ts";

const MAX_NESTING = 16;

export interface SelectionContext {
  readonly placeholders: Placeholders;
  /** Hayabusa's rules mean the log by `Channel`, also where the event's data has a field of that name. */
  readonly channelIsLog?: boolean;
  readonly problems: RuleProblems;
}

/** `undefined` after reporting a problem. */
export function checkSelection(
  name: string,
  at: Place,
  value: Located,
  context: SelectionContext,
): Selection | undefined {
  const match = readNode(value, context, 0);
  return match === undefined ? undefined : { name, line: at.line, match };
}

function readNode(
  value: Located,
  context: SelectionContext,
  depth: number,
): SelectionNode | undefined {
  const { problems } = context;
  if (depth > MAX_NESTING) {
    problems.error("rule-wrong-type", value.at, "selection nested too deeply", "flatten it");
    return undefined;
  }
  if (value.kind === "map") {
    const nodes = value.entries.map((entry) => readEntry(entry, context));
    return join("and", nodes, value.at, problems);
  }
  if (value.kind === "list") {
    const words = value.items.filter((item) => item.kind === "scalar");
    const others = value.items.filter((item) => item.kind !== "scalar");
    const nodes = others.map((item) => readNode(item, context, depth + 1));
    if (words.length > 0) nodes.unshift(keywords(words, value.at, context));
    return join("or", nodes, value.at, problems);
  }
  if (value.value === null) {
    problems.error("rule-empty-selection", value.at, "the selection is empty", "give it a field");
    return undefined;
  }
  return keywords([value], value.at, context);
}

/** Words without a field: any of them anywhere in the event. */
function keywords(
  words: readonly Located[],
  at: Place,
  context: SelectionContext,
): FieldItem | undefined {
  return fieldItem(null, ["contains"], [], words, at, context);
}

function readEntry(entry: LocatedEntry, context: SelectionContext): FieldItem | undefined {
  const [field = "", ...modifiers] = entry.key.split("|").map((part) => part.trim());
  const values = entry.value.kind === "list" ? entry.value.items : [entry.value];
  if (values.length === 0) {
    context.problems.error(
      "rule-empty-selection",
      entry.at,
      `"${entry.key}" has an empty list`,
      "give it a value, or remove it",
    );
    return undefined;
  }
  if (entry.value.kind === "map") {
    context.problems.error(
      "rule-wrong-type",
      entry.value.at,
      `"${entry.key}" holds ${describeKind(entry.value)}`,
      "write a value or a list of values behind a field",
    );
    return undefined;
  }
  if (field !== "") return fieldItem(field, modifiers, modifiers, values, entry.at, context);
  // `'|all': [...]` is keyword search with modifiers; a keyword is looked for anywhere by its nature.
  const search = modifiers.some((m) => ["contains", "startswith", "endswith", "re"].includes(m));
  const effective = search ? modifiers : [...modifiers, "contains"];
  return fieldItem(null, effective, modifiers, values, entry.at, context);
}

function fieldItem(
  field: string | null,
  modifiers: readonly string[],
  written: readonly string[],
  values: readonly Located[],
  at: Place,
  context: SelectionContext,
): FieldItem | undefined {
  const question = readModifiers(modifiers, at, context.problems);
  if (question === undefined) return undefined;
  const tests: ValueTest[] = [];
  let ok = true;
  for (const value of values) {
    const read = readValueTests(value, question, context.placeholders, context.problems);
    if (read === undefined) ok = false;
    else tests.push(...read);
  }
  if (!ok) return undefined;
  return {
    kind: "item",
    field: field === null ? null : canonicalField(field, context),
    modifiers: written,
    all: question.all && tests.length > 1,
    negated: question.negated,
    values: tests,
    line: at.line,
  };
}

/** Paths as some rules write them (`Event.EventData.Image`) name the same field as the bare name. */
function canonicalField(field: string, context: SelectionContext): string {
  const bare = field.replace(/^Event\.(?:EventData|System)\./, "");
  return bare === "Channel" && context.channelIsLog === true ? LOG_CHANNEL : bare;
}

function join(
  kind: "and" | "or",
  nodes: readonly (SelectionNode | undefined)[],
  at: Place,
  problems: RuleProblems,
): SelectionNode | undefined {
  if (nodes.length === 0) {
    problems.error("rule-empty-selection", at, "the selection is empty", "give it a field");
    return undefined;
  }
  if (nodes.includes(undefined)) return undefined;
  const of = nodes as readonly SelectionNode[];
  return of.length === 1 ? of[0] : { kind, of };
}
