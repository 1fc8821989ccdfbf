import type { CaseKindVerdict } from "../model/case-kind.ts";
import type { Finding } from "../model/finding.ts";
import type { Inventory } from "../model/inventory.ts";
import type { InputLedger } from "../model/ledger.ts";
import type { ChannelRhythm } from "../model/rhythm.ts";
import type { Severity } from "../model/severity.ts";
import type { Signal, SignalWant } from "../model/signal.ts";
import type { LogSufficiency } from "../model/sufficiency.ts";
import type { Story } from "./story.ts";

/** What an analyzer may know of a rule that fired. */
export interface RuleFacts {
  readonly id: string;
  readonly title: string;
  readonly level: Severity;
  readonly attack: readonly string[];
}

/** Everything the inputs gave, for analyzers. Lists are in time order; no record appears twice in a kind. */
export interface CaseView {
  /** Signals of one kind; empty when there are none. */
  of(kind: string): readonly Signal[];
  /** Signals of rules that matched (kind `rule`). */
  readonly hits: readonly Signal[];
  readonly rule: (ruleId: string) => RuleFacts | undefined;
  /** Findings of rules, and of the analyzers that ran before this one. */
  readonly findings: readonly Finding[];
  readonly inputs: readonly InputLedger[];
  readonly rhythms: readonly ChannelRhythm[];
  /** True: a filter left events out, so nothing may be concluded from what is absent. */
  readonly filtered: boolean;
  readonly story: Story;
  /** What the owner of the hosts knows of them. */
  readonly inventory?: Inventory;
  /** Addresses or names known to serve an intruder (`--known-c2`). */
  readonly knownDestinations: readonly string[];
  /** What the logs can answer at all; absent when their rhythm is not known. */
  readonly sufficiency?: LogSufficiency;
}

export interface AnalyzerResult {
  readonly findings: readonly Finding[];
  /** Verdicts on kinds of case. */
  readonly caseKinds?: readonly CaseKindVerdict[];
  /** What was asked and could not be told, for the limits of the report. */
  readonly limits?: readonly string[];
}

/**
 * One question to the whole case. It sees only signals and ledgers, never a log. Add it to the table in
 * analyzers.ts; its wants reach the map side from there.
 */
export interface Analyzer {
  readonly name: string;
  /** Wants of the same kind are the same object, shared between analyzers. */
  readonly wants: readonly SignalWant[];
  run(view: CaseView): AnalyzerResult;
}
