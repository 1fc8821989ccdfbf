import type { Inventory } from "../model/inventory.ts";
import type { TriageReport } from "../model/report.ts";
import type { EvidenceCache } from "../node/evidence-cache.ts";
import type { LoadedRules, RuleChoice } from "../node/load-rules.ts";
import { progressLine } from "./progress.ts";
import { VERSION } from "./version.ts";

/** Rules loaded once for all reports that choose the same. */
export class TriageRules {
  readonly #loaded = new Map<string, Promise<LoadedRules>>();

  async of(choice: RuleChoice): Promise<LoadedRules> {
    const key = JSON.stringify(choice);
    const known = this.#loaded.get(key);
    if (known !== undefined) return known;
    const { loadRules } = await import("../node/load-rules.ts");
    const loading = loadRules(choice);
    this.#loaded.set(key, loading);
    return loading;
  }
}

/** The report of inputs with nothing chosen but the rules, for commands that need findings to work on. */
export async function triageReport(
  inputs: readonly string[],
  { engine, issues }: LoadedRules,
  options: {
    readonly evidence?: EvidenceCache;
    readonly inventory?: Inventory;
    readonly quiet?: boolean;
  } = {},
): Promise<TriageReport> {
  const { installNodePlatform } = await import("../node/platform.ts");
  installNodePlatform();
  const { findInputs } = await import("../node/find-inputs.ts");
  const { isBuiltIn } = await import("../node/load-rules.ts");
  const { mapInputs } = await import("../node/run-triage.ts");
  const { reduce } = await import("../triage/reduce.ts");
  const { signalWants } = await import("../correlate/analyzers.ts");
  const { evidence, inventory, quiet = true } = options;
  const results = await mapInputs(
    await findInputs(inputs, evidence),
    { engine, wants: signalWants() },
    { ...(evidence && { evidence }), onProgress: progressLine(quiet) },
  );
  return reduce(results, engine, {
    version: VERSION,
    isBuiltIn,
    ruleIssues: issues,
    ...(inventory && { inventory }),
  });
}
