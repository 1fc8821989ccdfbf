import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { stringify } from "yaml";
import { MemorySource } from "../../src/base/byte-source.ts";
import { signalWants } from "../../src/correlate/analyzers.ts";
import { compileRules, type RuleEngine } from "../../src/engine/compile-rules.ts";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { parseScenario } from "../../src/forge/scenario.ts";
import type { TriageReport } from "../../src/model/report.ts";
import type { MapPlan, MapResult } from "../../src/triage/log-mapper.ts";
import { mapEvtx } from "../../src/triage/map-evtx.ts";
import { type ReduceOptions, reduce } from "../../src/triage/reduce.ts";
import { readRuleFolder, shippedLogsources } from "./rule-files.ts";

let shipped: RuleEngine | undefined;

/** The rules that konseki ships, compiled once a test file. */
export function shippedEngine(): RuleEngine {
  shipped ??= compileRules(readRuleFolder("rules"), shippedLogsources());
  return shipped;
}

/** A scenario as an object or as the text of its file. */
export type ScenarioInput = string | Readonly<Record<string, unknown>>;

/** Forges a scenario in memory and maps each of its logs, as `konseki triage` does. */
export function mapScenario(scenario: ScenarioInput, plan: Partial<MapPlan> = {}): MapResult[] {
  const text =
    typeof scenario === "string" ? scenario : stringify(scenario, { aliasDuplicateObjects: false });
  return parseScenario(text, "scenario.yml").logs.map((log) => {
    const bytes = forgeLog(log.events, log.options);
    const sha256 = () => createHash("sha256").update(bytes).digest("hex");
    return mapEvtx(
      new MemorySource(bytes),
      log.path,
      { engine: shippedEngine(), wants: signalWants(), ...plan },
      { sha256 },
    );
  });
}

/** The report of a scenario, with the shipped rules. */
export function triageScenario(
  scenario: ScenarioInput,
  options: Partial<ReduceOptions> = {},
  plan: Partial<MapPlan> = {},
): TriageReport {
  return reduce(mapScenario(scenario, plan), shippedEngine(), {
    version: "0.0.0",
    isBuiltIn: () => true,
    ...options,
  });
}

/** The text of a fixture's scenario. */
export function fixtureScenario(name: string): string {
  return readFileSync(`fixtures/${name}/scenario.yml`, "utf8");
}
