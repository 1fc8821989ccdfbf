import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseInventory } from "../../src/input/parse-inventory.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { TriageReport } from "../../src/model/report.ts";
import { HOP_CASES } from "../support/hop-cases.ts";
import { LATERAL_CASES } from "../support/lateral-cases.ts";
import { triageLogs } from "../support/triage-logs.ts";
import { fixtureScenario, type ScenarioInput, triageScenario } from "../support/triage-scenario.ts";
import { CASES as DELETION_CASES } from "./deletion/deletion-cases.ts";

interface Case {
  readonly name: string;
  readonly report: () => TriageReport;
}

const forged = (name: string, scenario: ScenarioInput): Case => ({
  name,
  report: () => triageScenario(scenario),
});
const CASES: readonly Case[] = [
  ...readdirSync("fixtures")
    .filter((name) => existsSync(`fixtures/${name}/scenario.yml`))
    .map((name) => ({
      name: `fixtures/${name}`,
      report: () => {
        const path = `fixtures/${name}/inventory.csv`;
        const inventory = existsSync(path) && parseInventory(readFileSync(path), path);
        return triageScenario(fixtureScenario(name), inventory ? { inventory } : {});
      },
    })),
  ...[...HOP_CASES, ...LATERAL_CASES].map(({ name, scenario }) => forged(name, scenario)),
  ...DELETION_CASES.map(({ name, logs }) => ({
    name,
    report: () => triageLogs(logs()),
  })),
];

/** A rule's finding says how many records, all of which stand in its evidence. */
const COUNTED = /^(?:one record says so|(\d+) records say so)$/;
/** `[HOST-A Security #12, +3]`: the records that a sentence rests on. */
const CITED = / \[([^[\]]*#\d+[^[\]]*)\]$/;

describe.each(CASES)("$name", ({ report }) => {
  it("every finding and step names records of the inputs, and every cited record is one of them", () => {
    const { findings, inputs } = report();
    const files = new Set(inputs.map(({ path }) => path));
    const places = (refs: Finding["evidence"]): string[] =>
      refs.map(({ host, channel, recordId }) => `${host} ${channel} #${recordId}`);
    const all = new Set(findings.flatMap(({ evidence }) => places(evidence)));
    for (const { title, statement, kind, evidence, reasons, count, ...more } of findings) {
      expect(statement, title).not.toBe("");
      expect(evidence.length, title).toBeGreaterThan(0);
      for (const { file } of evidence) expect(files.has(file), `${title}: ${file}`).toBe(true);
      expect(reasons.for.length, title).toBeGreaterThan(0);
      for (const text of reasons.for) {
        const counted = COUNTED.exec(text);
        if (counted !== null) expect(Number(counted[1] ?? 1), title).toBe(count);
      }
      if (kind === "hypothesis") expect(more.alternatives?.length ?? 0, title).toBeGreaterThan(0);
      for (const text of [...reasons.for, ...reasons.against])
        for (const cited of (CITED.exec(text)?.[1] ?? "").split(", ")) {
          if (!cited.includes("#")) continue;
          expect(all.has(cited) || logged(cited, inputs), `${title}: ${text}`).toBe(true);
        }
      for (const { evidence: records = [], from, to } of more.movements ?? [])
        expect(records.length, `${title}: ${from} > ${to}`).toBeGreaterThan(0);
    }
  });
});

/** The record is of a host and channel among the inputs, if of no finding. */
function logged(cited: string, inputs: TriageReport["inputs"]): boolean {
  return inputs.some(({ hosts }) => hosts.some((name) => cited.startsWith(`${name} `)));
}
