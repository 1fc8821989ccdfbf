import { describe, expect, it } from "vitest";
import { severityRank } from "../../src/model/severity.ts";
import { restatedFindings } from "../../src/report/restated-findings.ts";
import { fixtureScenario, triageScenario } from "../support/triage-scenario.ts";

describe("findings that others tell in one", () => {
  const { findings } = triageScenario(fixtureScenario("rdp-chain"));
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const restated = restatedFindings(findings);

  it("are facts whose records all stand in the whole, which is no less grave", () => {
    expect(restated.size).toBeGreaterThan(0);
    for (const [id, parts] of restated) {
      const whole = byId.get(id)!;
      const records = new Set(whole.evidence.map(({ file, recordId }) => `${file}#${recordId}`));
      for (const part of parts) {
        expect(part.kind).toBe("fact");
        expect(severityRank(part.severity)).toBeGreaterThanOrEqual(severityRank(whole.severity));
        for (const { file, recordId } of part.evidence)
          expect(records, part.title).toContain(`${file}#${recordId}`);
      }
    }
  });

  it("stand once, with the whole of their own technique", () => {
    const parts = [...restated.values()].flat();
    expect(new Set(parts).size).toBe(parts.length);
    const wholeOf = (title: string): string[] =>
      [...restated].flatMap(([id, each]) =>
        each.some((part) => part.title === title) ? [byId.get(id)!.rule.id] : [],
      );
    expect(wholeOf("Security log cleared")).toEqual(["konseki-cleared-logs"]);
    expect(wholeOf("RDP client authenticated from another host")).toEqual([
      "remote-rdp",
      "remote-rdp",
    ]);
  });

  it("a part that is graver than the whole is told by itself", () => {
    const graver = findings.map((finding) =>
      finding.title === "Security log cleared"
        ? { ...finding, severity: "critical" as const }
        : finding,
    );
    const parts = [...restatedFindings(graver).values()].flat();
    expect(parts.map(({ title }) => title)).not.toContain("Security log cleared");
  });

  it("no hypothesis is left out, and nothing without a whole", () => {
    expect(restatedFindings(findings.filter(({ kind }) => kind === "hypothesis")).size).toBe(0);
  });
});
