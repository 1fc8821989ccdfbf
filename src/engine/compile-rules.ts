/**
 * Checked rules -> an engine that tells which of them an event matches. Each rule is read once per place
 * where its logsource is found (Sysmon 1, Security 4688 …); all readings stand in one index by channel and
 * event id, and what stands there is compiled when the first such event comes.
 */
import type { EventView } from "../model/event.ts";
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
import { demandedTexts } from "./event-constraints.ts";
import { EventFields } from "./event-fields.ts";
import { type HitListener, RuleBucket, type RuleReading } from "./rule-bucket.ts";
import { SubscriptionIndex } from "./subscription-index.ts";

export interface RuleSubscription {
  readonly rule: CheckedRule;
  readonly subscription: Subscription;
}

export interface RuleEngine {
  /** Rules that can match Windows events, in the order given. */
  readonly rules: readonly CheckedRule[];
  /** Correlations over these rules' hits; each stands behind the ones it joins. */
  readonly correlations: readonly CorrelationRule[];
  /** Why the other rules are not used. */
  readonly issues: readonly Issue[];
  /** What each rule wants, one entry per event source; for coverage. */
  readonly subscriptions: readonly RuleSubscription[];
  /** Whether any rule wants events of this place: ask before decoding fields. */
  wants(channel: string, eventId: number): boolean;
  /**
   * Calls back once for each rule that the event matches, in the order of `rules`; `read` gives the event's
   * fields under the rule's names, whatever its log calls them, until `match` is called again.
   */
  match(event: EventView, onHit: HitListener): void;
  /** The fields that a hit of this rule has to carry for the correlations that join it. */
  correlationFields(rule: CheckedRule): readonly string[];
}

export function compileRules(
  rules: RuleSet | readonly RuleSet[],
  logsources: LogsourceTable,
): RuleEngine {
  const linked = linkRules(Array.isArray(rules) ? rules : [rules as RuleSet]);
  const issues: Issue[] = [...linked.issues];
  const usable: CheckedRule[] = [];
  const readings: RuleReading[] = [];
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
    for (const source of found.sources) readings.push({ rule, order: usable.length, source });
    usable.push(rule);
  }
  return new CompiledEngine(usable, linked.correlations, issues, readings, logsources);
}

class CompiledEngine implements RuleEngine {
  readonly rules: readonly CheckedRule[];
  readonly correlations: readonly CorrelationRule[];
  readonly issues: readonly Issue[];
  readonly subscriptions: readonly RuleSubscription[];
  readonly #fields: EventFields;
  readonly #index: SubscriptionIndex<RuleReading, RuleBucket>;
  readonly #correlationFields: ReadonlyMap<string, readonly string[]>;

  constructor(
    rules: readonly CheckedRule[],
    correlations: readonly CorrelationRule[],
    issues: readonly Issue[],
    readings: readonly RuleReading[],
    logsources: LogsourceTable,
  ) {
    this.rules = rules;
    this.correlations = correlations;
    this.issues = issues;
    this.#fields = new EventFields(logsources.padded);
    const subscribers = readings.flatMap((reading) => {
      const subscription = subscriptionOf(reading);
      return subscription === undefined ? [] : [{ subscription, value: reading }];
    });
    this.subscriptions = subscribers.map(({ subscription, value }) => ({
      rule: value.rule,
      subscription,
    }));
    this.#index = new SubscriptionIndex(
      subscribers,
      (fitting) =>
        new RuleBucket(
          fitting.map((subscriber) => subscriber.value),
          this.#fields,
          logsources.aliases,
        ),
    );
    this.#correlationFields = fieldsForCorrelations(correlations);
  }

  wants(channel: string, eventId: number): boolean {
    return this.#index.at(channel, eventId) !== null;
  }

  match(event: EventView, onHit: HitListener): void {
    const bucket = this.#index.at(event.channel, event.eventId);
    if (bucket === null) return;
    this.#fields.begin(event);
    bucket.match(onHit);
  }

  correlationFields(rule: CheckedRule): readonly string[] {
    return this.#correlationFields.get(rule.id) ?? [];
  }
}

/** `undefined`: the rule demands event ids that this source does not have. */
function subscriptionOf({ rule, source }: RuleReading): Subscription | undefined {
  const demanded = demandedTexts(rule, "EventID");
  const ids = demanded && [...demanded].map(Number).filter((id) => Number.isInteger(id));
  const eventIds =
    ids === undefined
      ? source.eventIds
      : source.eventIds === undefined
        ? ids
        : source.eventIds.filter((id) => ids.includes(id));
  if (eventIds?.length === 0) return undefined;
  const channels =
    source.channel === "*" ? demandedTexts(rule, "System.Channel") : [source.channel];
  return {
    ...(channels === undefined ? {} : { channels: [...channels] }),
    ...(eventIds === undefined ? {} : { eventIds: [...eventIds] }),
    fields: fieldsOf(rule, source),
  };
}

/** The event's own names of the fields a rule reads. */
function fieldsOf(rule: CheckedRule, source: EventSource): readonly string[] | "all" {
  const fields = new Set<string>(Object.keys(source.where ?? {}));
  const add = (field: string) => {
    const recipe = source.fields?.[field];
    for (const name of recipe?.from ?? [field]) fields.add(name);
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

function fieldsForCorrelations(
  correlations: readonly CorrelationRule[],
): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, Set<string>>();
  // From the outermost correlation inwards: what it groups by, the correlations it joins must hand on.
  for (const correlation of [...correlations].reverse()) {
    const handedOn = fields.get(correlation.id) ?? new Set<string>();
    const wanted = new Set([...correlation.groupBy, ...correlation.valueFields, ...handedOn]);
    for (const id of correlation.rules) {
      const carried = fields.get(id) ?? new Set<string>();
      for (const name of wanted) carried.add(correlation.aliases[name]?.[id] ?? name);
      fields.set(id, carried);
    }
  }
  return new Map([...fields].map(([id, names]) => [id, [...names]]));
}
