/** The rules of one place (channel and event id), compiled. */
import type { CheckedRule } from "../rules/checked-rule.ts";
import type { EventSource } from "../rules/logsources.ts";
import type { EventFields } from "./event-fields.ts";
import { compileRule, type EventPredicate } from "./rule-predicate.ts";

/** A rule as one of its event sources holds it. */
export interface RuleReading {
  readonly rule: CheckedRule;
  /** The rule's place among the engine's rules; hits come in this order. */
  readonly order: number;
  readonly source: EventSource;
}

export class RuleBucket {
  readonly #rules: readonly CheckedRule[];
  readonly #predicates: readonly EventPredicate[];
  readonly #fields: EventFields;

  constructor(
    readings: readonly RuleReading[],
    fields: EventFields,
    aliases: Readonly<Record<string, string>>,
  ) {
    this.#fields = fields;
    this.#rules = readings.map((reading) => reading.rule);
    this.#predicates = readings.map(({ rule, source }) =>
      compileRule(rule, source, fields, aliases),
    );
  }

  match(onHit: (rule: CheckedRule) => void): void {
    for (let i = 0; i < this.#predicates.length; i++)
      if ((this.#predicates[i] as EventPredicate)(this.#fields))
        onHit(this.#rules[i] as CheckedRule);
  }
}
