import type { Command } from "commander";
import type { RecordRef } from "../../model/record-ref.ts";
import { Surroundings } from "../../triage/surroundings.ts";
import type { ExitCode } from "../exit-codes.ts";
import {
  addFilterOptions,
  addInputOptions,
  eventFilter,
  evidenceOptions,
  type FilterOptions,
  type InputOptions,
  inputPaths,
  rulePaths,
} from "../options.ts";
import { Output } from "../output.ts";
import { renderRows, rowFormat } from "../rows.ts";
import { parseTime } from "../times.ts";
import { TriageRules, triageReport } from "../triage-report.ts";
import { UsageError } from "../usage-error.ts";
import { visitEvents } from "../visit-events.ts";
import { warn } from "../warn.ts";

interface AroundOptions extends FilterOptions, InputOptions {
  readonly minutes: string;
  readonly sameLogon?: boolean;
  readonly rules?: readonly string[];
  readonly builtinRules: boolean;
  readonly format: string;
  readonly output?: string;
  readonly clobber?: boolean;
  readonly quiet?: boolean;
}

const COLUMNS = ["time", "host", "channel", "eventId", "recordId", "relation", "details"] as const;
const TEXT_DETAIL_CHARS = 400;
const MOST_MINUTES = 7 * 24 * 60;

/** `konseki around`: what all channels say near a finding. */
export function addAround(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command("around")
    .description("the events of all channels near a finding, or near a time")
    .argument("<finding>", "id of a finding or its beginning, or a time")
    .argument("[input...]", "the files and folders that the finding was made of")
    .option("-n, --minutes <n>", "minutes before and behind", "5")
    .option("--same-logon", "only the finding's records and events of their logons")
    .option("-r, --rules <path>", "Sigma rules that the finding may come from", rulePaths)
    .option("--no-builtin-rules", "leave konseki's own rules out")
    .option("--format <name>", "text, csv, jsonl", "text")
    .option("-o, --output <file>", "write to a file")
    .option("-C, --clobber", "overwrite an existing output file")
    .option("-q, --quiet", "no progress and no warnings");
  addFilterOptions(addInputOptions(command));
  command.addHelpText(
    "after",
    "\nExample:\n  konseki around 2026-03-02T08:38:00Z fixtures/rdp-chain --minutes 10\n\nThe id of a finding stands behind it with triage --details, and in every export.",
  );
  command.action(async (finding: string, inputs: string[], options: AroundOptions) => {
    done(await around(finding, inputs, options));
  });
}

async function around(
  wanted: string,
  positional: readonly string[],
  options: AroundOptions,
): Promise<ExitCode> {
  const format = rowFormat(options.format);
  const filter = eventFilter(options);
  const named = inputPaths(positional, options);
  const minutes = Number(options.minutes);
  if (!/^\d{1,5}$/.test(options.minutes) || minutes > MOST_MINUTES)
    throw new UsageError(`--minutes ${options.minutes}: write a number from 0 to ${MOST_MINUTES}`);
  const isId = /^[0-9a-f]{4,16}$/i.test(wanted) && !/^\d{4}$/.test(wanted);
  const cited = isId ? await citedBy(wanted.toLowerCase(), named, options) : [];
  const near = new Surroundings(cited, isId ? [] : [timeOf(wanted)], minutes * 60_000);
  const output = new Output(options.output, options.clobber === true, named);
  const code = await visitEvents(
    named,
    {
      filter: { ...near.span, ...filter },
      evidence: evidenceOptions(options),
      quiet: options.quiet === true,
    },
    (event, file) => near.take(event, file),
  );
  const rows = near.events(options.sameLogon).map((row) => ({
    ...row,
    details: format === "text" ? row.details.slice(0, TEXT_DETAIL_CHARS) : row.details,
  }));
  if (rows.length === 0 && format === "text") warn("no events there in these inputs");
  else output.write(renderRows(COLUMNS, rows, format));
  if (near.leftOut > 0) warn(`${near.leftOut} events more are not shown: take fewer --minutes`);
  output.close();
  return code;
}

function timeOf(wanted: string): number {
  try {
    return parseTime(wanted);
  } catch {
    throw new UsageError(
      `"${wanted}" is neither the id of a finding (triage --details shows them) nor a time like 2026-03-02T08:38:00Z`,
    );
  }
}

async function citedBy(
  id: string,
  inputs: readonly string[],
  options: AroundOptions,
): Promise<readonly RecordRef[]> {
  const { EvidenceCache } = await import("../../node/evidence-cache.ts");
  const evidence = new EvidenceCache(evidenceOptions(options));
  const choice = { paths: options.rules ?? [], builtIn: options.builtinRules };
  const report = await triageReport(inputs, await new TriageRules().of(choice), {
    evidence,
    quiet: options.quiet === true,
  });
  evidence.close();
  const found = report.findings.filter((finding) => finding.id.startsWith(id));
  if (found.length === 1) return found[0]!.evidence;
  throw new UsageError(
    found.length === 0
      ? `no finding ${id} in these inputs: triage --details shows the ids`
      : `${found.length} findings begin with ${id}: write more of it`,
  );
}
