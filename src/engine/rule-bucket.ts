/**
 * The rules of one place (channel and event id). An event is first searched for the rules' trigger texts,
 * one pass per field; only rules whose triggers it holds are evaluated, in the order of the rules. Rules are
 * compiled when they are first evaluated: most of a large collection never is.
 */
import type { FieldText } from "../model/event.ts";
import type { CheckedRule } from "../rules/checked-rule.ts";
import type { EventSource } from "../rules/logsources.ts";
import { type EventFields, WHOLE_EVENT } from "./event-fields.ts";
import { foldCase } from "./fold-case.ts";
import { LiteralScanner } from "./literal-scanner.ts";
import { compileRule, type EventPredicate } from "./rule-predicate.ts";
import type { Trigger } from "./rule-triggers.ts";
import { slotFinder } from "./source-fields.ts";
import type { TextMemory } from "./text-memory.ts";

/** A rule as one of its event sources holds it. */
export interface RuleReading {
  readonly rule: CheckedRule;
  /** The rule's place among the engine's rules; hits come in this order. */
  readonly order: number;
  readonly source: EventSource;
  /** `null`: none are known, try the rule on every event. */
  readonly triggers: readonly Trigger[] | null;
}

/**
 * Reads a field of the event that was just matched under the name that the rule's logsource gives it
 * (`Image` of a Security 4688). Valid until the next event.
 */
export type FieldReader = (field: string) => FieldText;

export type HitListener = (rule: CheckedRule, read: FieldReader) => void;

/** The triggers on one field. */
interface FieldTriggers {
  readonly slot: number;
  readonly exact: ReadonlyMap<string, readonly number[]>;
  readonly scanner: LiteralScanner | undefined;
  /** literal of the scanner -> readings */
  readonly parts: readonly (readonly number[])[];
  /** Text -> readings it triggers. */
  readonly known: Map<string, readonly number[]>;
}

const NO_READINGS: readonly number[] = [];

export class RuleBucket {
  readonly #readings: readonly RuleReading[];
  readonly #predicates: (EventPredicate | undefined)[];
  readonly #readers: (FieldReader | undefined)[];
  readonly #fields: EventFields;
  readonly #aliases: Readonly<Record<string, string>>;
  readonly #memory: TextMemory;
  /** Readings to try on every event. */
  readonly #always: readonly number[];
  readonly #triggers: readonly FieldTriggers[];
  readonly #keywords: FieldTriggers | undefined;
  readonly #searchKeywords: (text: string) => void;
  /** reading -> the last event it became a candidate in */
  readonly #candidateSince: Uint32Array;
  readonly #candidates: number[] = [];
  #now = 0;

  constructor(
    readings: readonly RuleReading[],
    fields: EventFields,
    aliases: Readonly<Record<string, string>>,
    memory: TextMemory,
  ) {
    this.#readings = [...readings].sort((a, b) => a.order - b.order);
    this.#fields = fields;
    this.#aliases = aliases;
    this.#memory = memory;
    this.#predicates = new Array<undefined>(readings.length).fill(undefined);
    this.#readers = new Array<undefined>(readings.length).fill(undefined);
    this.#candidateSince = new Uint32Array(readings.length);
    const always: number[] = [];
    const bySlot = new Map<number, [Trigger, number][]>();
    this.#readings.forEach(({ source, triggers }, reading) => {
      if (triggers === null) always.push(reading);
      const slotOf = slotFinder(fields, source, aliases);
      for (const trigger of triggers ?? []) {
        const slot = slotOf(trigger.field);
        const ofSlot = bySlot.get(slot);
        if (ofSlot === undefined) bySlot.set(slot, [[trigger, reading]]);
        else ofSlot.push([trigger, reading]);
      }
    });
    this.#always = always;
    const all = [...bySlot].map(([slot, triggers]) => fieldTriggers(slot, triggers, memory.map()));
    this.#triggers = all.filter(({ slot }) => slot !== WHOLE_EVENT);
    const keywords = all.find(({ slot }) => slot === WHOLE_EVENT);
    this.#keywords = keywords;
    this.#searchKeywords =
      keywords === undefined ? () => {} : (text) => this.#search(keywords, text);
  }

  // HOT: runs for every event of the place; makes no objects when nothing new is seen.
  match(onHit: HitListener): void {
    this.#now++;
    const candidates = this.#candidates;
    candidates.length = 0;
    for (const reading of this.#always) this.#nominate(reading);
    for (const triggers of this.#triggers) {
      const text = this.#fields.raw(triggers.slot);
      if (typeof text === "string") this.#search(triggers, text);
      else if (text !== undefined && text !== null)
        for (const one of text) if (one !== null) this.#search(triggers, one);
    }
    if (this.#keywords !== undefined) this.#fields.forEachText(this.#searchKeywords);
    if (candidates.length > 1) candidates.sort(ascending);
    let hit = -1;
    for (const reading of candidates) {
      const { rule, order } = this.#readings[reading] as RuleReading;
      if (order !== hit && this.#predicate(reading)(this.#fields)) {
        hit = order;
        onHit(rule, this.#reader(reading));
      }
    }
  }

  #search(triggers: FieldTriggers, text: string): void {
    const readings = triggers.known.get(text) ?? this.#look(triggers, text);
    for (const reading of readings) this.#nominate(reading);
  }

  #look(triggers: FieldTriggers, text: string): readonly number[] {
    const folded = foldCase(text);
    const found = new Set(triggers.exact.get(folded));
    triggers.scanner?.scan(folded, (literal) => {
      for (const reading of triggers.parts[literal] ?? NO_READINGS) found.add(reading);
    });
    const readings = found.size === 0 ? NO_READINGS : [...found];
    this.#memory.keep(triggers.known, text, readings);
    return readings;
  }

  #nominate(reading: number): void {
    if (this.#candidateSince[reading] === this.#now) return;
    this.#candidateSince[reading] = this.#now;
    this.#candidates.push(reading);
  }

  #reader(reading: number): FieldReader {
    const known = this.#readers[reading];
    if (known !== undefined) return known;
    const { source } = this.#readings[reading] as RuleReading;
    const slotOf = slotFinder(this.#fields, source, this.#aliases);
    const reader: FieldReader = (field) => this.#fields.raw(slotOf(field));
    this.#readers[reading] = reader;
    return reader;
  }

  #predicate(reading: number): EventPredicate {
    const known = this.#predicates[reading];
    if (known !== undefined) return known;
    const { rule, source } = this.#readings[reading] as RuleReading;
    const predicate = compileRule(rule, source, this.#fields, this.#aliases);
    this.#predicates[reading] = predicate;
    return predicate;
  }
}

function ascending(a: number, b: number): number {
  return a - b;
}

function fieldTriggers(
  slot: number,
  triggers: readonly (readonly [Trigger, number])[],
  known: Map<string, readonly number[]>,
): FieldTriggers {
  const exact = new Map<string, number[]>();
  const parts = new Map<string, number[]>();
  for (const [{ kind, text }, reading] of triggers) {
    const into = kind === "exact" ? exact : parts;
    const readings = into.get(text);
    if (readings === undefined) into.set(text, [reading]);
    else if (readings.at(-1) !== reading) readings.push(reading);
  }
  return {
    slot,
    exact,
    scanner: parts.size === 0 ? undefined : new LiteralScanner([...parts.keys()]),
    parts: [...parts.values()],
    known,
  };
}
