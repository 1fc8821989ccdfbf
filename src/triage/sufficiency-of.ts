import { correlate } from "../correlate/correlate.ts";
import type { LogSufficiency } from "../model/sufficiency.ts";
import { caseInputOf } from "./case-input-of.ts";
import type { MapResult } from "./log-mapper.ts";

/** What mapped logs can answer. */
export function sufficiencyOf(results: readonly MapResult[]): LogSufficiency {
  const { sufficiency } = correlate(caseInputOf(results), []);
  return sufficiency ?? { hosts: [], settings: [], hostsLeftOut: 0 };
}
