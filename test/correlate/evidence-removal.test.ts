import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import type { RecordRef } from "../../src/model/record-ref.ts";
import { CONFIDENCES } from "../../src/model/severity.ts";
import type { MapResult } from "../../src/triage/log-mapper.ts";
import { reduce } from "../../src/triage/reduce.ts";
import { fixtureScenario, mapScenario, shippedEngine } from "../support/triage-scenario.ts";

/** Hypotheses on the case as a whole; a path may lose a hop with a record, and then is another path. */
const ON_THE_CASE =
  /^(case-|way-in|privilege-chain|first-special-logon|rare-edge|off-hours|periodic-|connection-)/;

const hypotheses = (results: readonly MapResult[]): Finding[] =>
  reduce(results, shippedEngine(), { version: "0.0.0", isBuiltIn: () => true }).findings.filter(
    ({ kind }) => kind === "hypothesis",
  );
const keyOf = ({ host, channel, recordId, time }: RecordRef): string =>
  `${host}|${channel}|${recordId}|${time}`;
/** The case as if one record had never been written. */
const without = (results: readonly MapResult[], ref: RecordRef): MapResult[] =>
  results.map((result) => ({
    ...result,
    signals: result.signals.filter((signal) => keyOf(signal.ref) !== keyOf(ref)),
  }));
/** The surest hypothesis of each question; smaller is surer. */
const surest = (findings: readonly Finding[]): Map<string, number> => {
  const best = new Map<string, number>();
  for (const { rule, confidence } of findings) {
    const rank = CONFIDENCES.indexOf(confidence);
    best.set(rule.id, Math.min(best.get(rule.id) ?? rank, rank));
  }
  return best;
};

describe.each(["rdp-chain", "ssh-and-services", "domain-admin", "support-scam"])(
  "fixtures/%s",
  (name) => {
    const results = mapScenario(fixtureScenario(name));
    const before = hypotheses(results);

    it("taking any one record of a hypothesis away never makes it surer", () => {
      expect(before.length).toBeGreaterThan(0);
      const pairs = before
        .filter(({ rule }) => ON_THE_CASE.test(rule.id))
        .flatMap((finding) => finding.evidence.map((ref) => ({ finding, ref })));
      fc.assert(
        fc.property(fc.constantFrom(...pairs), ({ finding, ref }) => {
          const after = hypotheses(without(results, ref));
          const rank = surest(after).get(finding.rule.id);
          const own = surest(before).get(finding.rule.id)!;
          expect(
            rank ?? CONFIDENCES.length,
            `${finding.title} without ${keyOf(ref)}`,
          ).toBeGreaterThanOrEqual(own);
        }),
        { numRuns: 25 },
      );
    });

    it("every hypothesis says why, what else it may be, what to check, and cites its records", () => {
      for (const { title, reasons, alternatives, checkNext, evidence, falsePositives } of before) {
        expect(evidence.length, title).toBeGreaterThan(0);
        expect(reasons.for.length, title).toBeGreaterThan(0);
        expect(alternatives?.length ?? 0, title).toBeGreaterThan(0);
        expect(checkNext.length, title).toBeGreaterThan(0);
        expect(falsePositives.length, title).toBeGreaterThan(0);
        expect(
          reasons.for.some((text) => / \[.*#\d+.*\]$/.test(text)),
          title,
        ).toBe(true);
      }
    });
  },
);
