import { MemorySource } from "../../src/base/byte-source.ts";
import { signalWants } from "../../src/correlate/analyzers.ts";
import { compileRules, type RuleEngine } from "../../src/engine/compile-rules.ts";
import type { ForgeEvent } from "../../src/forge/forge-event.ts";
import { forgeLog } from "../../src/forge/forge-log.ts";
import type { LogOptions } from "../../src/forge/log-writer.ts";
import { parseScenario, type ScenarioLog } from "../../src/forge/scenario.ts";
import type { TriageReport } from "../../src/model/report.ts";
import type { MapPlan } from "../../src/triage/log-mapper.ts";
import { mapEvtx } from "../../src/triage/map-evtx.ts";
import { reduce } from "../../src/triage/reduce.ts";
import { readRuleFolder, shippedLogsources } from "./rule-files.ts";

/** A log in memory; tests edit its bytes before it is read. */
export interface LogBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

let shipped: RuleEngine | undefined;
let none: RuleEngine | undefined;

/** The rules that konseki ships, compiled once a test file. */
function shippedRules(): RuleEngine {
  shipped ??= compileRules(readRuleFolder("rules"), shippedLogsources());
  return shipped;
}

function noRules(): RuleEngine {
  none ??= compileRules([], shippedLogsources());
  return none;
}

/** The logs of a scenario, forged; `options` by log path beside what the scenario says, `events` in place of its own. */
export function forgeScenario(
  yaml: string,
  options: Readonly<Record<string, LogOptions>> = {},
  events: (log: ScenarioLog) => readonly ForgeEvent[] = (log) => log.events,
): LogBytes[] {
  return parseScenario(yaml, "scenario.yml").logs.map((log) => ({
    path: log.path,
    bytes: forgeLog(events(log), { ...log.options, ...options[log.path] }),
  }));
}

/** The report on logs in memory: map and reduce as `konseki triage` does, with the shipped rules or with none. */
export function triageLogs(
  logs: readonly LogBytes[],
  rules: "shipped" | "none" = "shipped",
  plan: Partial<MapPlan> = {},
): TriageReport {
  const engine = rules === "shipped" ? shippedRules() : noRules();
  const results = logs.map(({ path, bytes }) =>
    mapEvtx(
      new MemorySource(bytes),
      path,
      { ...(rules === "shipped" && { engine }), wants: signalWants(), ...plan },
      { sha256: () => "" },
    ),
  );
  return reduce(results, engine, { version: "0.0.0", isBuiltIn: () => true });
}
