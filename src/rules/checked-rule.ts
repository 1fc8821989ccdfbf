/**
 * The one checked form of a rule. Everything here is plain data: it crosses threads and JSON, and a
 * compiled pack on disk holds it. Sigma's syntax (modifiers, escapes, `1 of`, YAML) is gone by now;
 * what remains is a boolean tree over value tests. Specification: Sigma 2.1 (sigmahq/sigma-specification).
 */
import type { Severity } from "../model/severity.ts";

/** A wildcard inside a pattern: exactly one character, or any run of characters (also none). */
export const ONE_CHAR = 0;
export const ANY_RUN = 1;
/** Literal text, or a wildcard. Literals are never empty and never stand side by side. */
export type Piece = string | typeof ONE_CHAR | typeof ANY_RUN;

export type CompareOp = "eq" | "lt" | "lte" | "gt" | "gte";
export type DatePart = "minute" | "hour" | "day" | "week" | "month" | "year";
export type TextAnchor = "equals" | "contains" | "startswith" | "endswith";

/** What one value of a rule asks of one text of an event. */
export type ValueTest =
  /** The whole text fits the pattern. Case counts only when `cased`. */
  | { readonly test: "text"; readonly pattern: readonly Piece[]; readonly cased: boolean }
  /** RE2 syntax, found anywhere in the text; `flags` out of `ims`. */
  | { readonly test: "regex"; readonly source: string; readonly flags: string }
  /** The text is an IP address inside the network (`10.0.0.0/8`, `fe80::/10`). */
  | { readonly test: "cidr"; readonly network: string }
  | { readonly test: "compare"; readonly op: CompareOp; readonly value: number }
  /** A part of the instant that the text tells, in UTC; weeks are ISO weeks. */
  | {
      readonly test: "date";
      readonly part: DatePart;
      readonly op: CompareOp;
      readonly value: number;
    }
  /** The event has no such field, or it holds no value. */
  | { readonly test: "null" }
  | { readonly test: "exists"; readonly want: boolean }
  /** The text against the text of another field of the same event. */
  | {
      readonly test: "field";
      readonly field: string;
      readonly how: TextAnchor;
      readonly cased: boolean;
    }
  | { readonly test: "anyOf"; readonly of: readonly ValueTest[] };

/** One line of a selection: a field (or, when `null`, the whole event) against values. */
export interface FieldItem {
  readonly kind: "item";
  readonly field: string | null;
  /** As written, for messages and `explain`. */
  readonly modifiers: readonly string[];
  /** `all`: every value has to match (each on any text of a repeated field); else one is enough. */
  readonly all: boolean;
  /** From `neq`: the item holds when its values do not match. */
  readonly negated: boolean;
  readonly values: readonly ValueTest[];
  readonly line: number;
}

export type SelectionNode =
  | FieldItem
  | { readonly kind: "and" | "or"; readonly of: readonly SelectionNode[] };

export interface Selection {
  readonly name: string;
  readonly line: number;
  readonly match: SelectionNode;
}

/** Quantifiers (`1 of selection_*`, `all of them`) are already spelled out. */
export type Condition =
  | { readonly kind: "and" | "or"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | { readonly kind: "selection"; readonly name: string };

export interface Logsource {
  readonly product?: string;
  readonly category?: string;
  readonly service?: string;
}

/** konseki's extension of a Sigma rule: how its hits are told and folded. All optional. */
export interface KonsekiExtension {
  /** A sentence with `{Field}` places. */
  readonly statement?: string;
  /** What the place `{EventID}` of the statement says, by event id: events of one rule seldom mean quite the same. */
  readonly event?: Readonly<Record<string, string>>;
  /** Fields that name accounts, addresses and processes; the first that has a value counts. */
  readonly account?: readonly string[];
  readonly address?: readonly string[];
  readonly process?: readonly string[];
  /** Hits that agree in these fields are told as one finding. */
  readonly fold?: readonly string[];
  readonly checkNext?: readonly string[];
}

/** What a tuning file changed in a rule, for the report. */
export interface TuningNote {
  readonly change: string;
  readonly reason: string;
  readonly source: string;
  readonly line: number;
}

/** What all kinds of rule documents tell about themselves. */
export interface RuleMeta {
  /** The rule's own id; without one, derived from its title. */
  readonly id: string;
  /** Sigma's short `name`, which correlations may refer to. */
  readonly name?: string;
  readonly title: string;
  /** The file it came from, as the caller named it, and the line its document starts on. */
  readonly source: string;
  readonly line: number;
  readonly level: Severity;
  readonly status?: string;
  readonly description?: string;
  readonly author?: string;
  readonly date?: string;
  readonly modified?: string;
  readonly license?: string;
  readonly references: readonly string[];
  readonly tags: readonly string[];
  /** ATT&CK technique ids out of the tags, e.g. `T1070.001`. */
  readonly attack: readonly string[];
  readonly falsePositives: readonly string[];
  /** Fields the author wants shown. */
  readonly fields: readonly string[];
  /** Hayabusa's one-line statement with `%Field%` places. */
  readonly details?: string;
  readonly konseki?: KonsekiExtension;
  readonly tuned?: readonly TuningNote[];
}

export interface CheckedRule extends RuleMeta {
  readonly logsource: Logsource;
  readonly selections: readonly Selection[];
  readonly condition: Condition;
  /**
   * `false`: the rule only feeds correlations; its hits are not findings of their own. Decided by
   * `linkRules`; `true` until then.
   */
  readonly generate: boolean;
}

export type CorrelationType =
  | "event_count"
  | "value_count"
  | "value_sum"
  | "value_avg"
  | "value_percentile"
  | "temporal"
  | "temporal_ordered";

/** One bound of a correlation condition, e.g. `gte: 5`. All bounds of a correlation have to hold. */
export interface CorrelationBound {
  readonly op: CompareOp | "neq";
  readonly value: number;
}

export interface CorrelationRule extends RuleMeta {
  readonly type: CorrelationType;
  /** Ids of the rules (or correlations) it joins, resolved by `linkRules`; before that as written. */
  readonly rules: readonly string[];
  readonly groupBy: readonly string[];
  readonly timespanMs: number;
  readonly bounds: readonly CorrelationBound[];
  /** The counted, summed or averaged field (`value_*`), more than one for a counted combination. */
  readonly valueFields: readonly string[];
  /** `value_percentile` only, 0 to 100. */
  readonly percentile?: number;
  /** For extended temporal conditions: which of `rules` (as written) must have hit. */
  readonly temporal?: Condition;
  /** alias -> rule (as in `rules`) -> that rule's field. */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether the joined rules' own hits are findings too. */
  readonly generate: boolean;
}

/** A Sigma `filter` document: an exclusion that is added to other rules. */
export interface FilterRule extends RuleMeta {
  readonly logsource: Logsource;
  /** Ids or names of the rules it applies to; `any` = every rule of the same logsource. */
  readonly rules: readonly string[] | "any";
  readonly selections: readonly Selection[];
  /** Holds for events that stay; the rule's own condition is joined to it by `and`. */
  readonly condition: Condition;
}

/** Everything one or many rule files gave. */
export interface RuleSet {
  readonly rules: readonly CheckedRule[];
  readonly correlations: readonly CorrelationRule[];
  readonly filters: readonly FilterRule[];
}
