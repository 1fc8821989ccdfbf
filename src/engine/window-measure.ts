/** What a correlation measures in its window, kept up to date as hits enter and leave. */
import type { Condition, CorrelationRule } from "../rules/checked-rule.ts";
import { foldCase } from "./fold-case.ts";
import { readNumber } from "./value-predicate.ts";

export interface WindowMeasure {
  add(ruleId: string, values: readonly (string | null)[]): void;
  remove(ruleId: string, values: readonly (string | null)[]): void;
  /** What the correlation's bounds are compared with; NaN when there is nothing to measure. */
  value(): number;
  /** Conditions beyond bounds: the extended condition of a temporal correlation. */
  holds(): boolean;
}

export function windowMeasure(correlation: CorrelationRule): WindowMeasure {
  switch (correlation.type) {
    case "event_count":
      return new EventCount();
    case "value_count":
      return new DistinctCount((_, values) =>
        values.includes(null) ? null : JSON.stringify(values.map((text) => foldCase(text ?? ""))),
      );
    case "value_sum":
    case "value_avg":
      return new Sum(correlation.type === "value_avg");
    case "value_percentile":
      return new Percentile(correlation.percentile ?? 50);
    case "temporal":
    case "temporal_ordered":
      return new DistinctCount((ruleId) => ruleId, correlation.temporal);
  }
}

class EventCount implements WindowMeasure {
  #count = 0;

  add(): void {
    this.#count++;
  }

  remove(): void {
    this.#count--;
  }

  value(): number {
    return this.#count;
  }

  holds(): boolean {
    return true;
  }
}

/** Distinct values, or distinct rules. */
class DistinctCount implements WindowMeasure {
  readonly #keyOf: (ruleId: string, values: readonly (string | null)[]) => string | null;
  readonly #condition: Condition | undefined;
  readonly #counts = new Map<string, number>();

  constructor(
    keyOf: (ruleId: string, values: readonly (string | null)[]) => string | null,
    condition?: Condition,
  ) {
    this.#keyOf = keyOf;
    this.#condition = condition;
  }

  add(ruleId: string, values: readonly (string | null)[]): void {
    const key = this.#keyOf(ruleId, values);
    if (key !== null) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  remove(ruleId: string, values: readonly (string | null)[]): void {
    const key = this.#keyOf(ruleId, values);
    if (key === null) return;
    const left = (this.#counts.get(key) ?? 0) - 1;
    if (left > 0) this.#counts.set(key, left);
    else this.#counts.delete(key);
  }

  value(): number {
    return this.#counts.size;
  }

  holds(): boolean {
    return this.#condition === undefined || this.#evaluate(this.#condition);
  }

  #evaluate(condition: Condition): boolean {
    switch (condition.kind) {
      case "selection":
        return this.#counts.has(condition.name);
      case "not":
        return !this.#evaluate(condition.of);
      case "and":
        return condition.of.every((part) => this.#evaluate(part));
      case "or":
        return condition.of.some((part) => this.#evaluate(part));
    }
  }
}

class Sum implements WindowMeasure {
  readonly #average: boolean;
  #sum = 0;
  #count = 0;

  constructor(average: boolean) {
    this.#average = average;
  }

  add(_: string, values: readonly (string | null)[]): void {
    for (const number of numbers(values)) {
      this.#sum += number;
      this.#count++;
    }
  }

  remove(_: string, values: readonly (string | null)[]): void {
    for (const number of numbers(values)) {
      this.#sum -= number;
      this.#count--;
    }
    if (this.#count === 0) this.#sum = 0;
  }

  value(): number {
    if (this.#count === 0) return Number.NaN;
    return this.#average ? this.#sum / this.#count : this.#sum;
  }

  holds(): boolean {
    return true;
  }
}

/** By the nearest rank: the smallest number that at least so many percent of all do not exceed. */
class Percentile implements WindowMeasure {
  readonly #percent: number;
  readonly #sorted: number[] = [];

  constructor(percent: number) {
    this.#percent = percent;
  }

  add(_: string, values: readonly (string | null)[]): void {
    for (const number of numbers(values)) this.#sorted.splice(this.#rankOf(number), 0, number);
  }

  remove(_: string, values: readonly (string | null)[]): void {
    for (const number of numbers(values)) this.#sorted.splice(this.#rankOf(number), 1);
  }

  value(): number {
    const rank = Math.max(1, Math.ceil((this.#percent / 100) * this.#sorted.length));
    return this.#sorted[rank - 1] ?? Number.NaN;
  }

  holds(): boolean {
    return true;
  }

  /** The first place whose number is not smaller. */
  #rankOf(number: number): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] as number) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function numbers(values: readonly (string | null)[]): readonly number[] {
  return values.flatMap((text) => {
    const number = text === null ? Number.NaN : readNumber(text);
    return Number.isNaN(number) ? [] : [number];
  });
}
