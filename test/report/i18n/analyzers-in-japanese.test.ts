import { describe, expect, it } from "vitest";
import { renderTriageJsonLines } from "../../../src/report/triage-json.ts";
import { fixtureScenario, triageScenario } from "../../support/triage-scenario.ts";
import { inJapanese, untranslated } from "../../support/untranslated.ts";

/** What programs wrote into the logs of the fixtures. */
const IN_LOGS = /(?:Accepted|Failed) password for .*|Product: .*/;

describe("a Japanese report", () => {
  for (const name of ["rdp-chain", "domain-admin", "ssh-and-services", "support-scam"]) {
    const { findings, ...rest } = triageScenario(fixtureScenario(name));

    it(`says nothing in English of ${name}`, () => {
      expect(findings.length).toBeGreaterThan(5);
      expect(untranslated(findings, IN_LOGS)).toEqual([]);
    });

    it(`has the same findings of ${name} by every id, and the same values`, () => {
      const japanese = inJapanese(findings);
      const machine = (finding: (typeof findings)[number]): unknown => {
        const { id, kind, severity, confidence, hosts, entities, attack, evidence } = finding;
        const rule = { id: finding.rule.id, source: finding.rule.source };
        return { id, kind, severity, confidence, hosts, entities, attack, evidence, rule };
      };
      expect(japanese.map(machine)).toEqual(findings.map(machine));
    });

    it(`keeps phrases out of the JSON of ${name}`, () => {
      expect(findings.some(({ phrases }) => phrases !== undefined)).toBe(true);
      expect(renderTriageJsonLines({ findings, ...rest })).not.toContain('"phrases"');
    });
  }
});
