import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Command, Option } from "commander";
import {
  type CheckedCase,
  checkCase,
  renderCheckGithub,
  renderCheckJunit,
  renderCheckText,
} from "../../report/case-check.ts";
import { type CaseFile, parseCase } from "../../report/case-file.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { Output } from "../output.ts";
import { triageReport } from "../triage-report.ts";
import { UsageError } from "../usage-error.ts";

interface CheckOptions {
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
    .argument("<case...>", "case files (YAML)")
    .addOption(
      new Option("--format <name>", "text, junit, or github annotations")
        .choices(Object.keys(RENDERERS))
        .default("text"),
    )
    .option("-o, --output <file>", "write to a file")
    .option("-C, --clobber", "overwrite an existing output file")
    .addHelpText(
      "after",
      "\nExample:\n  konseki check fixtures/cases/rdp-chain.yml\n\nExit codes: 0 all promises hold, 1 some do not, 2 a case file is wrong",
    )
    .action(async (files: string[], options: CheckOptions) => {
      done(await check(files, options));
    });
}

async function check(files: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const cases = files.map((file) => ({ file, wanted: readCase(file) }));
  const output = new Output(options.output, options.clobber === true);
  const checked: CheckedCase[] = [];
  for (const { file, wanted } of cases) {
    const report = await triageCase(file, wanted);
    checked.push({ file, title: wanted.title, results: checkCase(wanted, report) });
  }
  output.write(RENDERERS[options.format](checked));
  output.close();
  const broken = checked.some(({ results }) =>
    results.some(({ failure }) => failure !== undefined),
  );
  return broken ? EXIT.findings : EXIT.done;
}

function readCase(file: string): CaseFile {
  try {
    return parseCase(readFileSync(file, "utf8"), file);
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
}

async function triageCase(file: string, wanted: CaseFile) {
  const beside = (path: string) => resolve(dirname(file), path);
  const { report, ruleIssues, rules } = await triageReport(wanted.logs.map(beside), {
    paths: wanted.rules.map(beside),
    builtIn: wanted.builtinRules,
  });
  if (ruleIssues.length > 0 && rules === 0)
    throw new UsageError(`${file}: no rule can be used: ${ruleIssues[0]!.message}`);
  return report;
}
