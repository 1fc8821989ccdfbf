import { explainRule, type RuleExplanation } from "../engine/explain-rule.ts";
import type { EventView } from "../model/event.ts";
import type { RecordId } from "../model/record-ref.ts";
import type { CheckedRule } from "../rules/checked-rule.ts";
import type { LogsourceTable } from "../rules/logsources.ts";
import type { EventFilter } from "../triage/event-filter.ts";
import type { FoundInput } from "./find-inputs.ts";
import { mapInputs } from "./run-triage.ts";

/** Why a rule does or does not match one record. */
export interface ExplainedEvent {
  readonly file: string;
  readonly recordId: RecordId;
  readonly time: string;
  readonly channel: string;
  readonly eventId: number;
  readonly explanation: RuleExplanation;
}

export interface ExplainedInputs {
  /** Matching events first, then those that come from where the rule looks; at most `most`. */
  readonly events: readonly ExplainedEvent[];
  readonly seen: number;
  /** Events from where the rule looks, and those of them that match. */
  readonly inScope: number;
  readonly matched: number;
  /** Inputs of which some or all could not be read. */
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
}

export interface ExplainOptions {
  /** With named records (`recordIds`), each is explained even when the rule looks elsewhere. */
  readonly filter: EventFilter;
  readonly most: number;
}

/** Reads inputs and says of the events that a rule could mean why it matches them or not. */
export async function explainEvents(
  rule: CheckedRule,
  table: LogsourceTable,
  inputs: readonly FoundInput[],
  { filter, most }: ExplainOptions,
): Promise<ExplainedInputs> {
  const matching: ExplainedEvent[] = [];
  const others: ExplainedEvent[] = [];
  let seen = 0;
  let inScope = 0;
  let matched = 0;
  const visit = (event: EventView, file: string): void => {
    seen++;
    const explanation = explainRule(rule, event, table);
    const scoped = explanation.sources.some(({ otherEvent }) => otherEvent === undefined);
    if (scoped) inScope++;
    if (explanation.matched) matched++;
    if (!scoped && filter.recordIds === undefined) return;
    const kept = explanation.matched ? matching : others;
    if (kept.length >= most) return;
    const { recordId, time, channel, eventId } = event;
    kept.push({ file, recordId, time, channel, eventId, explanation });
  };
  const results = await mapInputs(inputs, { filter, visit }, {});
  const problems = results
    .map(({ ledger }) => ledger)
    .filter(({ status }) => status !== "read")
    .map(({ path, reason }) => ({ path, reason }));
  return { events: [...matching, ...others].slice(0, most), seen, inScope, matched, problems };
}
