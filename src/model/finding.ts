import type { Movement, RecordGap } from "./movement.ts";
import type { Phrase } from "./phrase.ts";
import type { RecordRef } from "./record-ref.ts";
import type { Confidence, Severity } from "./severity.ts";

export interface RuleRef {
  readonly id: string;
  readonly title: string;
  /** `konseki` for built-in rules and analyzers, else the rule file's path. */
  readonly source: string;
}

export interface FindingEntities {
  readonly accounts: readonly string[];
  readonly addresses: readonly string[];
  readonly processes: readonly string[];
}

export const VERDICTS = ["confirmed", "refuted", "false-positive"] as const;

export interface Verdict {
  readonly verdict: (typeof VERDICTS)[number];
  readonly note: string;
}

/**
 * What the user reads. A `fact`: a record says so. A `hypothesis`: records together suggest it; it then
 * names its alternatives and what would confirm or refute it.
 */
export interface Finding {
  /** Stable over runs: derived from the rule, host and folded fields, never from paths or order. */
  readonly id: string;
  readonly kind: "fact" | "hypothesis";
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Reasons for the confidence, one sentence each; `against` may be empty. */
  readonly reasons: { readonly for: readonly string[]; readonly against: readonly string[] };
  readonly rule: RuleRef;
  readonly title: string;
  /** One or two plain sentences: who did what to whom, from where. */
  readonly statement: string;
  /** ISO 8601 UTC of the first and last evidence. */
  readonly first: string;
  readonly last: string;
  /** How many times it happened (repeats are folded into one finding). */
  readonly count: number;
  readonly hosts: readonly string[];
  readonly entities: FindingEntities;
  /** ATT&CK technique ids, e.g. `T1070.001`. */
  readonly attack: readonly string[];
  readonly evidence: readonly RecordRef[];
  /** What ordinary Windows or ordinary work looks the same. */
  readonly falsePositives: readonly string[];
  /** What would confirm or refute it, and where to look. */
  readonly checkNext: readonly string[];
  /** Other explanations considered, each with why it is less likely (hypotheses only). */
  readonly alternatives?: readonly string[];
  /** What only the owner of the hosts can answer. */
  readonly askCustomer?: readonly string[];
  /** The moves between machines it is about, for the lateral-movement graph. */
  readonly movements?: readonly Movement[];
  /** The holes in the logs it is about, for the timeline. */
  readonly gaps?: readonly RecordGap[];
  /** The sentences above that have values in them, once more with words and values apart, for other languages. */
  readonly phrases?: readonly Phrase[];
  /** What the analyst said of it in an earlier run (`--verdicts`). */
  readonly verdict?: Verdict;
}
