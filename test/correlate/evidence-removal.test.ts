import { existsSync, readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { parseInventory } from "../../src/input/parse-inventory.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Inventory } from "../../src/model/inventory.ts";
import type { RecordRef } from "../../src/model/record-ref.ts";
import { CONFIDENCES } from "../../src/model/severity.ts";
import type { MapResult } from "../../src/triage/log-mapper.ts";
import { reduce } from "../../src/triage/reduce.ts";
import { HOP_CASES } from "../support/hop-cases.ts";
import { LATERAL_CASES } from "../support/lateral-cases.ts";
import { PRIVILEGE_CASES } from "../support/privilege-cases.ts";
import {
  fixtureScenario,
  mapScenario,
  type ScenarioInput,
  shippedEngine,
} from "../support/triage-scenario.ts";

/** Every fixture folder that is forged of a scenario, every forged week, and every small case of moves between hosts and of rights gained. */
const CASES: readonly { name: string; scenario: () => ScenarioInput; inventory?: Inventory }[] = [
  ...readdirSync("fixtures", { recursive: true, encoding: "utf8" })
    .filter((path) => /^[^/]+\/scenario\.yml$/.test(path))
    .map((path) => path.replace("/scenario.yml", ""))
    .sort()
    .map((name) => ({
      name: `fixtures/${name}`,
      scenario: () => fixtureScenario(name),
      ...inventoryOf(`fixtures/${name}/inventory.csv`),
    })),
  ...[...HOP_CASES, ...LATERAL_CASES, ...PRIVILEGE_CASES].map(({ name, scenario }) => ({
    name,
    scenario: () => scenario,
  })),
];

function inventoryOf(path: string): { inventory?: Inventory } {
  return existsSync(path) ? { inventory: parseInventory(readFileSync(path), path) } : {};
}

const findingsOf = (results: readonly MapResult[], inventory?: Inventory): readonly Finding[] =>
  reduce(results, shippedEngine(), {
    version: "0.0.0",
    isBuiltIn: () => true,
    ...(inventory && { inventory }),
  }).findings;

/** Host, channel, number and time: a record, whatever copy of the log it lies in. */
const keyOf = ({ host, channel, recordId, time }: RecordRef): string =>
  `${host}|${channel}|${recordId}|${time}`;

/** The case as if one record had never been written. */
const without = (results: readonly MapResult[], key: string): MapResult[] =>
  results.map((result) => ({
    ...result,
    signals: result.signals.filter(({ ref }) => keyOf(ref) !== key),
  }));

/** Smaller is surer. */
const rankOf = ({ confidence }: Finding): number => CONFIDENCES.indexOf(confidence);

interface Cited {
  readonly finding: Finding;
  readonly keys: ReadonlySet<string>;
}

const citedBy = (findings: readonly Finding[]): Map<string, Cited[]> => {
  const byRule = new Map<string, Cited[]>();
  for (const finding of findings) {
    const one = { finding, keys: new Set(finding.evidence.map(keyOf)) };
    const list = byRule.get(finding.rule.id);
    if (list === undefined) byRule.set(finding.rule.id, [one]);
    else list.push(one);
  }
  return byRule;
};

const share = (a: Cited, b: Cited): boolean => {
  for (const key of a.keys) if (b.keys.has(key)) return true;
  return false;
};

/**
 * What became surer by the removal: findings of the same question that rest on some of the same records as the one which
 * lost the record, and are surer than every finding was that rested on their records before.
 */
function surerWithout(
  before: ReadonlyMap<string, readonly Cited[]>,
  after: ReadonlyMap<string, readonly Cited[]>,
  key: string,
): string[] {
  const surer: string[] = [];
  for (const [rule, olds] of before) {
    const touched = olds.filter(({ keys }) => keys.has(key));
    if (touched.length === 0) continue;
    for (const now of after.get(rule) ?? []) {
      if (!touched.some((old) => share(old, now))) continue;
      const same = olds.filter(
        (old) => old.finding.id === now.finding.id || (old.keys.size > 0 && share(old, now)),
      );
      if (rankOf(now.finding) < Math.min(...same.map(({ finding }) => rankOf(finding))))
        surer.push(
          `${rule} ${same.map(({ finding }) => finding.confidence).join("/")} -> ${now.finding.confidence} without ${key}`,
        );
    }
  }
  return surer;
}

it("the cases hold findings of many questions", () => {
  const findings = CASES.flatMap(({ scenario, inventory }) =>
    findingsOf(mapScenario(scenario()), inventory),
  );
  const questions = new Set(
    findings.filter(({ kind }) => kind === "hypothesis").map(({ rule }) => rule.id),
  );
  expect(questions.size).toBeGreaterThan(12);
});

describe.each(CASES)("$name", ({ scenario, inventory }) => {
  let results: MapResult[];
  let before: readonly Finding[];
  beforeAll(() => {
    results = mapScenario(scenario());
    before = findingsOf(results, inventory);
  });

  it("no record of the evidence makes a finding surer by not being there", () => {
    const cited = citedBy(before);
    const records = new Set(before.flatMap(({ evidence }) => evidence.map(keyOf)));
    const surer: string[] = [];
    for (const record of records)
      surer.push(
        ...surerWithout(cited, citedBy(findingsOf(without(results, record), inventory)), record),
      );
    expect(surer).toEqual([]);
  }, 120_000);

  it("every hypothesis says why, what else it may be, what to check, and cites its records", () => {
    for (const finding of before.filter(({ kind }) => kind === "hypothesis")) {
      const { title, reasons, alternatives, checkNext, evidence, falsePositives } = finding;
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
});
