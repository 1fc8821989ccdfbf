/**
 * Rule sets and the logsource mapping -> what the engine is made of, as plain data: linked rules, and for each
 * place where a rule's logsource is found one reading with its subscription. This is what a rule pack stores.
 */
import type { Issue } from "../model/issue.ts";
import type { Subscription } from "../model/subscription.ts";
import type {
  CheckedRule,
  CorrelationRule,
  RuleSet,
  SelectionNode,
} from "../rules/checked-rule.ts";
import { linkRules } from "../rules/link-rules.ts";
import { type EventSource, findSources, type LogsourceTable } from "../rules/logsources.ts";
import { channelsOf, demandedTexts } from "./event-constraints.ts";
import { countTexts, findTriggers, type Trigger } from "./rule-triggers.ts";
import { namesOf } from "./source-fields.ts";

export interface PreparedRules {
  /** Rules that can match Windows events, in the order given. */
  readonly rules: readonly CheckedRule[];
  readonly correlations: readonly CorrelationRule[];
  readonly issues: readonly Issue[];
  readonly sources: readonly EventSource[];
  readonly readings: readonly PreparedReading[];
  readonly aliases: Readonly<Record<string, string>>;
  readonly padded: readonly string[];
}

export interface PreparedReading {
  /** Place in `rules`. */
  readonly rule: number;
  /** Place in `sources`. */
  readonly source: number;
  readonly subscription: Subscription;
  /** What the event must hold for the rule to have a chance; `null` = nothing that is easy to look for. */
  readonly triggers: readonly Trigger[] | null;
}

/** `readIssues`: what the reader had to say; kept with the rest so that a pack tells the same as the files. */
export function prepareRules(
  sets: readonly RuleSet[],
  logsources: LogsourceTable,
  readIssues: readonly Issue[] = [],
): PreparedRules {
  const linked = linkRules(sets);
  const issues: Issue[] = [...readIssues, ...linked.issues];
  const rules: CheckedRule[] = [];
  const readings: Omit<PreparedReading, "triggers">[] = [];
  const sources: EventSource[] = [];
  const places = new Map<EventSource, number>();
  for (const rule of linked.rules) {
    const found = findSources(logsources, rule.logsource);
    if ("code" in found) {
      issues.push({
        code: found.code,
        severity: "warning",
        message: `${found.message} (rule "${rule.title}")`,
        source: rule.source,
        line: rule.line,
        fix: found.fix,
      });
      continue;
    }
    for (const source of found.sources) {
      const subscription = subscriptionOf(rule, source);
      if (subscription === undefined) continue;
      let place = places.get(source);
      if (place === undefined) {
        place = sources.push(source) - 1;
        places.set(source, place);
      }
      readings.push({ rule: rules.length, source: place, subscription });
    }
    rules.push(rule);
  }
  const { aliases, padded } = logsources;
  return {
    rules,
    correlations: linked.correlations,
    issues,
    sources,
    readings: withTriggers(rules, sources, readings),
    aliases,
    padded,
  };
}

function withTriggers(
  rules: readonly CheckedRule[],
  sources: readonly EventSource[],
  readings: readonly Omit<PreparedReading, "triggers">[],
): PreparedReading[] {
  const use = sources.map(() => new Map<string, number>());
  for (const { rule, source } of readings)
    countTexts(rules[rule] as CheckedRule, use[source] as Map<string, number>);
  return readings.map((reading) => {
    const rule = rules[reading.rule] as CheckedRule;
    const source = sources[reading.source] as EventSource;
    const triggers = findTriggers(rule, source, use[reading.source] as Map<string, number>);
    return { ...reading, triggers: triggers ?? null };
  });
}

/** `undefined`: the rule demands event ids that this source does not have. */
function subscriptionOf(rule: CheckedRule, source: EventSource): Subscription | undefined {
  const demanded = demandedTexts(rule, "EventID");
  const ids = demanded && [...demanded].map(Number).filter((id) => Number.isInteger(id));
  const eventIds =
    ids === undefined
      ? source.eventIds
      : source.eventIds === undefined
        ? ids
        : source.eventIds.filter((id) => ids.includes(id));
  if (eventIds?.length === 0) return undefined;
  const channels = channelsOf(rule, source);
  return {
    ...(channels === undefined ? {} : { channels }),
    ...(eventIds === undefined ? {} : { eventIds: [...eventIds] }),
    fields: fieldsOf(rule, source),
  };
}

/** The event's own names of the fields a rule reads. */
function fieldsOf(rule: CheckedRule, source: EventSource): readonly string[] | "all" {
  const fields = new Set<string>(Object.keys(source.where ?? {}));
  const add = (field: string) => {
    for (const name of namesOf(source, field)) fields.add(name);
  };
  let all = false;
  const visit = (node: SelectionNode): void => {
    if (node.kind !== "item") node.of.forEach(visit);
    else if (node.field === null) all = true;
    else {
      add(node.field);
      for (const value of node.values) if (value.test === "field") add(value.field);
    }
  };
  for (const selection of rule.selections) visit(selection.match);
  return all ? "all" : [...fields];
}
