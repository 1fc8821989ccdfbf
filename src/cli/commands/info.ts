import type { Command } from "commander";
import type { LogInfo } from "../../node/log-info.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { addInputOptions, evidenceOptions, type InputOptions, inputPaths } from "../options.ts";
import { Output } from "../output.ts";
import { UsageError } from "../usage-error.ts";
import { warn } from "../warn.ts";

interface InfoOptions extends InputOptions {
  readonly format: string;
  readonly output?: string;
  readonly clobber?: boolean;
}

/** `konseki info`: what a log is, before anyone reads its events. */
export function addInfo(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command("info")
    .description("header, chunks, record ids, period, counts, damage")
    .argument("[input...]", "files, folders, or - for standard input")
    .option("--format <name>", "text or json", "text")
    .option("-o, --output <file>", "write to a file")
    .option("-C, --clobber", "overwrite an existing output file");
  addInputOptions(command);
  command.addHelpText("after", "\nExample:\n  konseki info fixtures/rdp-chain");
  command.action(async (inputs: string[], options: InfoOptions) => {
    done(await info(inputs, options));
  });
}

async function info(positional: readonly string[], options: InfoOptions): Promise<ExitCode> {
  if (options.format !== "text" && options.format !== "json") {
    throw new UsageError(`--format ${options.format} is not known: write text or json`);
  }
  const named = inputPaths(positional, options);
  const { installNodePlatform } = await import("../../node/platform.ts");
  const { findInputs } = await import("../../node/find-inputs.ts");
  const { reasonOf } = await import("../../node/reason-of.ts");
  const { EvidenceCache } = await import("../../node/evidence-cache.ts");
  const { readLogInfo } = await import("../../node/log-info.ts");
  const { renderInfoText } = await import("../terminal/info-text.ts");
  const { inertJson } = await import("../../report/inert-text.ts");
  installNodePlatform();
  const output = new Output(options.output, options.clobber === true, named);
  const all: LogInfo[] = [];
  const evidence = new EvidenceCache(evidenceOptions(options));
  let incomplete = false;
  for (const input of await findInputs(named, evidence)) {
    if ("problem" in input) {
      warn(`${input.path}: ${input.problem}`);
      incomplete = true;
      continue;
    }
    try {
      const log = await readLogInfo(input.path, evidence);
      const { status, reason } = log.ledger;
      if (status !== "read") {
        incomplete = true;
        warn(`${log.path}: ${status}: ${reason}`);
      }
      if (options.format === "json") all.push(log);
      else
        output.write(renderInfoText(log, output.isTerminal ? (process.stdout.columns ?? 80) : 80));
    } catch (error) {
      warn(`${input.path}: ${reasonOf(error)}`);
      incomplete = true;
    }
  }
  evidence.close();
  if (options.format === "json") output.write(`${inertJson(all, 2)}\n`);
  output.close();
  return incomplete ? EXIT.incomplete : EXIT.done;
}
