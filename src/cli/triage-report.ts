import type { Issue } from "../model/issue.ts";
import type { TriageReport } from "../model/report.ts";
import type { EvidenceCache } from "../node/evidence-cache.ts";
import type { RuleChoice } from "../node/load-rules.ts";
import { progressLine } from "./progress.ts";
import { VERSION } from "./version.ts";

export interface PlainTriage {
  readonly report: TriageReport;
  readonly ruleIssues: readonly Issue[];
  /** Rules that could be used. */
  readonly rules: number;
}

/** The report of inputs with nothing chosen but the rules, for commands that need findings to work on. */
export async function triageReport(
  inputs: readonly string[],
  choice: RuleChoice,
  options: { readonly evidence?: EvidenceCache; readonly quiet?: boolean } = {},
): Promise<PlainTriage> {
  const { installNodePlatform } = await import("../node/platform.ts");
  installNodePlatform();
  const { findInputs } = await import("../node/find-inputs.ts");
  const { isBuiltIn, loadRules } = await import("../node/load-rules.ts");
  const { mapInputs } = await import("../node/run-triage.ts");
  const { reduce } = await import("../triage/reduce.ts");
  const { signalWants } = await import("../correlate/analyzers.ts");
  const { engine, issues } = await loadRules(choice);
  const { evidence, quiet = true } = options;
  const results = await mapInputs(
    await findInputs(inputs, evidence),
    { engine, wants: signalWants() },
    { ...(evidence && { evidence }), onProgress: progressLine(quiet) },
  );
  return {
    report: reduce(results, engine, { version: VERSION, isBuiltIn, ruleIssues: issues }),
    ruleIssues: issues,
    rules: engine.rules.length,
  };
}
