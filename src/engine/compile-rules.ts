/**
 * Checked rules -> an engine that tells which of them an event matches. Each rule is read once per place
 * where its logsource is found (Sysmon 1, Security 4688 …); all readings stand in one index by channel and
 * event id, and what stands there is compiled when the first such event comes.
 */
import type { EventView } from "../model/event.ts";
import type { Issue } from "../model/issue.ts";
import type { Subscription } from "../model/subscription.ts";
import type { CheckedRule, CorrelationRule, RuleSet } from "../rules/checked-rule.ts";
import type { EventSource, LogsourceTable } from "../rules/logsources.ts";
import { EventFields } from "./event-fields.ts";
import { type PreparedReading, type PreparedRules, prepareRules } from "./prepare-rules.ts";
import { type HitListener, RuleBucket } from "./rule-bucket.ts";
import { SubscriptionIndex } from "./subscription-index.ts";
import { TextMemory } from "./text-memory.ts";

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
  return createEngine(prepareRules("rules" in rules ? [rules] : rules, logsources));
}

export function createEngine(prepared: PreparedRules): RuleEngine {
  return new CompiledEngine(prepared);
}

class CompiledEngine implements RuleEngine {
  readonly rules: readonly CheckedRule[];
  readonly correlations: readonly CorrelationRule[];
  readonly issues: readonly Issue[];
  readonly #readings: readonly PreparedReading[];
  readonly #fields: EventFields;
  readonly #index: SubscriptionIndex<PreparedReading, RuleBucket>;
  readonly #correlationFields: ReadonlyMap<string, readonly string[]>;

  constructor(prepared: PreparedRules) {
    this.rules = prepared.rules;
    this.correlations = prepared.correlations;
    this.issues = prepared.issues;
    this.#fields = new EventFields(prepared.padded);
    const subscribers = prepared.readings.map((reading) => ({
      subscription: reading.subscription,
      value: reading,
    }));
    this.#readings = prepared.readings;
    const memory = new TextMemory();
    this.#index = new SubscriptionIndex(
      subscribers,
      (fitting) =>
        new RuleBucket(
          fitting.map(({ value: { rule, source, triggers } }) => ({
            rule: prepared.rules[rule] as CheckedRule,
            order: rule,
            source: prepared.sources[source] as EventSource,
            triggers,
          })),
          this.#fields,
          prepared.aliases,
          memory,
        ),
    );
    this.#correlationFields = fieldsForCorrelations(prepared.correlations);
  }

  get subscriptions(): readonly RuleSubscription[] {
    return this.#readings.map(({ rule, subscription }) => ({
      rule: this.rules[rule] as CheckedRule,
      subscription,
    }));
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
