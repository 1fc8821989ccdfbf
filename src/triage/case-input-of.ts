import type { CaseInput } from "../correlate/correlate.ts";
import { distinctResults } from "./distinct-results.ts";
import type { MapResult } from "./log-mapper.ts";

/** Mapped logs as a case without rules. The map must have run with the analyzers' wants. */
export function caseInputOf(results: readonly MapResult[]): CaseInput {
  return {
    signals: results
      .flatMap((result) => result.signals)
      .sort((a, b) => a.timeMs - b.timeMs || (a.ref.file < b.ref.file ? -1 : 1)),
    rule: () => undefined,
    findings: [],
    inputs: results.map(({ ledger }) => ledger),
    rhythms: distinctResults(results).rhythms,
    filtered: results.some(({ filtered }) => filtered > 0),
  };
}
