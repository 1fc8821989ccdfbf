import { correlate } from "../correlate/correlate.ts";
import type { LogSufficiency } from "../model/sufficiency.ts";
import { distinctResults } from "./distinct-results.ts";
import type { MapResult } from "./log-mapper.ts";

/** What mapped logs can answer; no rules are needed. The map must have run with the analyzers' wants. */
export function sufficiencyOf(results: readonly MapResult[]): LogSufficiency {
  const signals = results
    .flatMap((result) => result.signals)
    .sort((a, b) => a.timeMs - b.timeMs || (a.ref.file < b.ref.file ? -1 : 1));
  const { sufficiency } = correlate(
    {
      signals,
      rule: () => undefined,
      findings: [],
      inputs: results.map(({ ledger }) => ledger),
      rhythms: distinctResults(results).rhythms,
      filtered: results.some(({ filtered }) => filtered > 0),
    },
    [],
  );
  return sufficiency ?? { hosts: [], settings: [], hostsLeftOut: 0 };
}
