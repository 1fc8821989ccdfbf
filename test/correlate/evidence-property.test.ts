import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { correlate } from "../../src/correlate/correlate.ts";
import { LATERAL_ANALYZERS } from "../../src/correlate/lateral/lateral-analyzers.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { RecordRef } from "../../src/model/record-ref.ts";
import { CONFIDENCES } from "../../src/model/severity.ts";
import type { MapResult } from "../../src/triage/log-mapper.ts";
import { HOP_CASES } from "../support/hop-cases.ts";
import { LATERAL_CASES } from "../support/lateral-cases.ts";
import { signalsOf } from "../support/scenario-story.ts";
import { mapScenario } from "../support/triage-scenario.ts";

const keyOf = ({ host, channel, recordId, time }: RecordRef): string =>
  `${host}|${channel}|${recordId}|${time}`;
const sure = ({ confidence }: Finding): number => -CONFIDENCES.indexOf(confidence);

/** Findings of the analyzers as if a record had never been. */
function findingsWithout(results: readonly MapResult[], removed?: string): readonly Finding[] {
  return correlate(
    {
      signals: signalsOf(results).filter(({ ref }) => keyOf(ref) !== removed),
      rule: () => undefined,
      findings: [],
      inputs: results.map(({ ledger }) => ledger),
      rhythms: [],
      filtered: false,
    },
    LATERAL_ANALYZERS,
  ).findings;
}

describe("confidence", () => {
  const cases: { name: string; results: MapResult[]; findings: readonly Finding[] }[] = [];
  beforeAll(() => {
    for (const { name, scenario } of [...HOP_CASES, ...LATERAL_CASES]) {
      const results = mapScenario(scenario);
      const findings = findingsWithout(results);
      if (findings.length > 0) cases.push({ name, results, findings });
    }
  }, 120_000);

  it("never rises when any one record of the evidence is taken away", () => {
    expect(cases.length).toBeGreaterThan(10);
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (which, place, at) => {
        const { results, findings } = cases[which % cases.length]!;
        const finding = findings[place % findings.length]!;
        const record = keyOf(finding.evidence[at % finding.evidence.length]!);
        const evidence = new Set(finding.evidence.map(keyOf));
        const after = findingsWithout(results, record).filter(
          (each) =>
            each.rule.id === finding.rule.id &&
            each.evidence.some((ref) => evidence.has(keyOf(ref))),
        );
        for (const each of after) expect(sure(each)).toBeLessThanOrEqual(sure(finding));
      }),
      { numRuns: 150, seed: 5 },
    );
  }, 120_000);
});
