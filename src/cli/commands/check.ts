import { readFileSync } from "node:fs";
import { type Command, Option } from "commander";
import {
  type CheckedCase,
  checkCase,
  renderCheckGithub,
  renderCheckJunit,
  renderCheckText,
} from "../../report/case-check.ts";
import type { Amendment } from "../../report/sigma-info.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { FoundCase } from "../find-cases.ts";
import { rulePaths } from "../options.ts";
import { Output } from "../output.ts";
import { TriageRules, triageReport } from "../triage-report.ts";
import { UsageError } from "../usage-error.ts";

interface CheckOptions {
  readonly rules?: readonly string[];
  readonly amend?: string;
  readonly format: keyof typeof RENDERERS;
  readonly output?: string;
  readonly clobber?: boolean;
}

const RENDERERS = { text: renderCheckText, junit: renderCheckJunit, github: renderCheckGithub };

/** `konseki check`: rules and findings against what case files promise, for CI. */
export function addCheck(program: Command, done: (code: ExitCode) => void): void {
  program
    .command("check")
    .description("hold findings against case files: must, mustNot, counts")
    .argument(
      "<case...>",
      "case files (YAML), info.yml files of SigmaHQ's regression data, or folders",
    )
    .option(
      "-r, --rules <path>",
      "Sigma rules for all cases: a file or folder (repeatable)",
      rulePaths,
    )
    .option("--amend <file>", "counts that an info.yml states wrongly, each with the reason (YAML)")
    .addOption(
      new Option("--format <name>", "text, junit, or github annotations")
        .choices(Object.keys(RENDERERS))
        .default("text"),
    )
    .option("-o, --output <file>", "write to a file")
    .option("-C, --clobber", "overwrite an existing output file")
    .addHelpText(
      "after",
      "\nExample:\n  konseki check fixtures/cases\n  konseki check regression_data --rules sigma/rules\n\nExit codes: 0 all promises hold, 1 some do not, 2 a case file is wrong",
    )
    .action(async (files: string[], options: CheckOptions) => {
      done(await check(files, options));
    });
}

async function check(files: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const { findCases } = await import("../find-cases.ts");
  const cases = findCases(
    files,
    options.amend === undefined ? [] : await amendments(options.amend),
  );
  const output = new Output(options.output, options.clobber === true, files);
  const engines = new TriageRules();
  const checked: CheckedCase[] = [];
  for (const { file, wanted } of cases) {
    const report = await triageCase({ file, wanted }, options.rules ?? [], engines);
    checked.push({ file, title: wanted.title, results: checkCase(wanted, report) });
  }
  output.write(RENDERERS[options.format](checked));
  output.close();
  const broken = checked.some(({ results }) =>
    results.some(({ failure }) => failure !== undefined),
  );
  return broken ? EXIT.findings : EXIT.done;
}

async function amendments(file: string): Promise<Amendment[]> {
  const { reasonOf } = await import("../../node/reason-of.ts");
  const { parseAmendments } = await import("../../report/sigma-info.ts");
  try {
    return parseAmendments(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file}: ${reasonOf(error)}`);
  }
}

async function triageCase(
  { file, wanted }: FoundCase,
  rules: readonly string[],
  engines: TriageRules,
) {
  const choice = { paths: [...wanted.rules, ...rules], builtIn: wanted.builtinRules };
  const loaded = await engines.of(choice);
  if (loaded.issues.length > 0 && loaded.engine.rules.length === 0)
    throw new UsageError(`${file}: no rule can be used: ${loaded.issues[0]!.message}`);
  const inventory =
    wanted.inventory === undefined
      ? undefined
      : (await import("../read-inventory.ts")).readInventory(wanted.inventory);
  return triageReport(wanted.logs, loaded, inventory && { inventory });
}
