import { describe, expect, it } from "vitest";
import { compileRules } from "../../src/engine/compile-rules.ts";
import type { Issue } from "../../src/model/issue.ts";
import { readRuleFolder, shippedLogsources } from "../support/rule-files.ts";
import { haveSamples, noSamplesReason, samplePath } from "../support/samples.ts";

function tally(issues: readonly Issue[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of issues) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

describe.skipIf(!haveSamples)(`public rule collections (${noSamplesReason})`, () => {
  it("load rule for rule, or say why not: SigmaHQ", () => {
    const sets = readRuleFolder(samplePath("sigma"));
    const engine = compileRules(sets, shippedLogsources());
    const documents = sets.reduce((sum, set) => sum + set.documents, 0);
    expect(documents).toBe(3008);
    expect(tally(sets.flatMap((set) => set.issues))).toEqual({ "rule-placeholder": 2 });
    expect(tally(engine.issues)).toEqual({ "rule-logsource-other-platform": 149 });
    expect(engine.rules).toHaveLength(3008 - 2 - 149);
  });

  it("load rule for rule, or say why not: Hayabusa", () => {
    const sets = readRuleFolder(samplePath("hayabusa-rules"));
    const engine = compileRules(sets, shippedLogsources());
    const documents = sets.reduce((sum, set) => sum + set.documents, 0);
    expect(documents).toBe(196);
    const refused = sets.flatMap((set) => set.issues);
    expect(tally(refused)).toEqual({ "rule-missing-key": 1 });
    expect(refused[0]?.source).toContain("Logon-Type-4-Batch");
    expect(engine.issues).toEqual([]);
    // Three deprecated counts are one correlation and one counted rule each.
    expect(engine.correlations).toHaveLength(6);
    expect(engine.rules).toHaveLength(196 - 1 - 6 + 3);
  });

  it("keep their ids and one-line statements", () => {
    const rules = readRuleFolder(samplePath("hayabusa-rules")).flatMap((set) => set.rules);
    expect(rules.filter((rule) => rule.details !== undefined).length).toBeGreaterThan(70);
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
  });
});
