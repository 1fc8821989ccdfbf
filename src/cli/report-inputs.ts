import { readFileSync } from "node:fs";
import { plainDestination } from "../base/plain-destination.ts";
import type { Finding } from "../model/finding.ts";
import type { Inventory } from "../model/inventory.ts";
import type { TriageReport } from "../model/report.ts";
import { reasonOf } from "../node/reason-of.ts";
import { baselineIds } from "../report/baseline.ts";
import { applyVerdicts, parseVerdicts } from "../report/verdicts.ts";
import { UsageError } from "./usage-error.ts";
import { warn } from "./warn.ts";

/** What an analyst gives a run besides logs: verdicts of an earlier report, a baseline, an inventory. */
export interface ReportInputs {
  readonly inventory?: Inventory;
  /** Addresses and names that serve the intruder. */
  readonly knownDestinations: readonly string[];
  /** The report with verdicts at their findings. */
  applyTo(report: TriageReport): TriageReport;
  /** Whether a finding counts for `--fail-on`: not in the baseline and not settled as harmless. */
  counts(finding: Finding): boolean;
}

/** Reads both files before the work starts: a wrong name is told at once. */
export async function readReportInputs(options: {
  readonly verdicts?: string;
  readonly baseline?: string;
  readonly inventory?: string;
  readonly knownC2?: readonly string[];
}): Promise<ReportInputs> {
  const knownDestinations = (options.knownC2 ?? []).map((text) => {
    const plain = plainDestination(text);
    if (plain === undefined) throw new UsageError(`--known-c2 ${text}: write an address or a name`);
    return plain;
  });
  const { verdicts, issues } =
    options.verdicts === undefined
      ? { verdicts: new Map(), issues: [] }
      : parseVerdicts(readText(options.verdicts), options.verdicts);
  if (issues.length > 0 && verdicts.size === 0)
    throw new UsageError(`${options.verdicts}: no verdict in it: ${issues[0]!.message}`);
  for (const issue of issues) warn(`${issue.source}: ${issue.message}`);
  const known = options.baseline === undefined ? new Set() : knownIds(options.baseline);
  const inventory =
    options.inventory === undefined
      ? undefined
      : (await import("./read-inventory.ts")).readInventory(options.inventory);
  return {
    ...(inventory && { inventory }),
    knownDestinations,
    applyTo(report) {
      const applied = applyVerdicts(report, verdicts);
      if (applied.unknown.length > 0)
        warn(
          `${options.verdicts}: ${applied.unknown.length} verdicts match no finding of this run`,
        );
      return applied.report;
    },
    counts: ({ id, verdict }) =>
      !known.has(id) && (verdict === undefined || verdict.verdict === "confirmed"),
  };
}

function knownIds(path: string): ReadonlySet<string> {
  const ids = baselineIds(readText(path));
  if (ids === undefined)
    throw new UsageError(`${path} is no report written by --format json or jsonl`);
  return ids;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reasonOf(error)}`);
  }
}
