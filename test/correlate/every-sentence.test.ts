import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseInventory } from "../../src/input/parse-inventory.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { TriageReport } from "../../src/model/report.ts";
import { HOP_CASES } from "../support/hop-cases.ts";
import { LATERAL_CASES } from "../support/lateral-cases.ts";
import { METHOD_CASES } from "../support/method-cases.ts";
import { PRIVILEGE_CASES } from "../support/privilege-cases.ts";
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
  ...[...HOP_CASES, ...METHOD_CASES, ...LATERAL_CASES, ...PRIVILEGE_CASES].map(
    ({ name, scenario }) => forged(name, scenario),
  ),
  ...DELETION_CASES.map(({ name, logs }) => ({
    name,
    report: () => triageLogs(logs()),
  })),
];

/** A rule's finding says how many records, all of which stand in its evidence. */
const COUNTED = /^(?:one record says so|(\d+) records say so)$/;
/** `[HOST-A Security #12, +3]`: the records that a sentence rests on. */
const CITED = / \[([^[\]]*#\d+[^[\]]*)\]$/;

/** `[HOST-A: Security, 2026-03-02 08:00 UTC – 2026-03-02 09:00 UTC]`: where and when something was looked for that is not there. */
const LOOKED_AT = / \[[^[\]]+: [^[\]]+, [-\d]{10} [:\d]{5} UTC – [-\d]{10} [:\d]{5} UTC\]$/;
/** What the inventory says stands in a line of it. */
const INVENTORY = /^the inventory gives .+ the role .+ \(line \d+\)$/;

describe.each(CASES)("$name", ({ report }) => {
  it("every finding, reason and step names records of the inputs, or where nothing was found, and every cited record is one of them", () => {
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
        expect(
          [COUNTED, CITED, LOOKED_AT, INVENTORY].some((form) => form.test(text)),
          `${title}: ${text}`,
        ).toBe(true);
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
