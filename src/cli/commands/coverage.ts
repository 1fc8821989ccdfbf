import { type Command, Option } from "commander";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import {
  addFilterOptions,
  addInputOptions,
  eventFilter,
  type FilterOptions,
  type InputOptions,
  inputPaths,
} from "../options.ts";
import { Output } from "../output.ts";
import { progressLine } from "../progress.ts";
import { timePrinter } from "../times.ts";
import { warn } from "../warn.ts";

interface CoverageOptions extends FilterOptions, InputOptions {
  readonly format: string;
  readonly output?: string;
  readonly clobber?: boolean;
  readonly quiet?: boolean;
  readonly timezone: string;
  readonly lang?: string;
  readonly color: boolean;
}

/** `konseki coverage`: which questions the logs at hand can answer, and what to change for next time. */
export function addCoverage(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command("coverage")
    .description("which questions these logs can answer, for which period, and why not")
    .argument("[input...]", "files, folders, or - for standard input")
    .addOption(
      new Option("--format <name>", "text, csv, jsonl, json")
        .choices(["text", "csv", "jsonl", "json"])
        .default("text"),
    )
    .option("-o, --output <file>", "write to a file")
    .option("-C, --clobber", "overwrite an existing output file")
    .option("--timezone <zone>", "zone of printed times: utc, local, Asia/Tokyo, +09:00 …", "utc")
    .option("--lang <lang>", "en or ja (default: by locale)")
    .option("-q, --quiet", "no progress and no warnings")
    .option("-K, --no-color", "no colour");
  addFilterOptions(addInputOptions(command));
  command.addHelpText("after", "\nExample:\n  konseki coverage fixtures/rdp-chain");
  command.action(async (inputs: string[], options: CoverageOptions) => {
    done(await coverage(inputs, options));
  });
}

async function coverage(
  positional: readonly string[],
  options: CoverageOptions,
): Promise<ExitCode> {
  const named = inputPaths(positional, options);
  const filter = eventFilter(options);
  const time = timePrinter(options.timezone);
  const { chosenLang } = await import("../lang.ts");
  const lang = chosenLang(options.lang);
  const output = new Output(options.output, options.clobber === true, named);
  const { installNodePlatform } = await import("../../node/platform.ts");
  installNodePlatform();
  const { findInputs } = await import("../../node/find-inputs.ts");
  const { mapInputs } = await import("../../node/run-triage.ts");
  const { signalWants } = await import("../../correlate/analyzers.ts");
  const { sufficiencyOf } = await import("../../triage/sufficiency-of.ts");
  const results = await mapInputs(
    await findInputs(named),
    { filter, wants: signalWants() },
    { onProgress: progressLine(options.quiet === true) },
  );
  const sufficiency = sufficiencyOf(results);
  const { renderSufficiency } = await import("../terminal/sufficiency-text.ts");
  const { sufficiencyObjects, reasonText } = await import("../../report/sufficiency-text.ts");
  const { inertJson } = await import("../../report/inert-text.ts");
  const { message } = await import("../../report/i18n/message.ts");
  if (options.format === "text") {
    const { Chalk, supportsColor } = await import("chalk");
    const coloured =
      output.isTerminal && options.color && !process.env.NO_COLOR && supportsColor !== false;
    const columns = output.isTerminal ? (process.stdout.columns ?? 80) : 80;
    output.write(
      renderSufficiency(sufficiency, {
        chalk: new Chalk({ level: coloured ? 1 : 0 }),
        width: Math.min(Math.max(columns, 40), 160),
        lang,
        time,
      }),
    );
  } else if (options.format === "csv") {
    const { renderRows, rowFormat } = await import("../rows.ts");
    const rows = sufficiency.hosts.flatMap(({ host, answers }) =>
      answers.map((answer) => ({
        host,
        question: message(lang, `question.${answer.question}`),
        answer: message(lang, `sufficiency.${answer.answer}`),
        from: answer.from ?? "",
        to: answer.to ?? "",
        days: answer.retentionDays ?? "",
        channels: answer.channels.join("; "),
        why: answer.reasons.map((each) => reasonText(lang, each)).join("; "),
        settings: sufficiency.settings
          .filter(({ id }) => answer.settings.includes(id))
          .map((setting) => setting.command)
          .join("; "),
      })),
    );
    const columns = [
      "host",
      "question",
      "answer",
      "from",
      "to",
      "days",
      "channels",
      "why",
      "settings",
    ];
    output.write(renderRows(columns, rows, rowFormat("csv")));
  } else {
    const objects = [...sufficiencyObjects(sufficiency)];
    output.write(
      options.format === "json"
        ? `${inertJson(objects, 2)}\n`
        : objects.map((object) => `${inertJson(object)}\n`).join(""),
    );
  }
  output.close();
  const incomplete = results.map(({ ledger }) => ledger).filter(({ status }) => status !== "read");
  if (!options.quiet)
    for (const { path, status, reason } of incomplete) warn(`${path}: ${status}: ${reason}`);
  return incomplete.length > 0 ? EXIT.incomplete : EXIT.done;
}
