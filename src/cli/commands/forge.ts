import { basename, dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { warn } from "../warn.ts";

interface ForgeCliOptions {
  readonly output?: string;
  readonly clobber?: boolean;
  readonly quiet?: boolean;
}

/** `konseki forge`: logs from scenarios. */
export function addForge(program: Command, done: (code: ExitCode) => void): void {
  program
    .command("forge")
    .description("write .evtx logs from scenarios, for tests and training")
    .argument("<scenario...>", "scenario files (YAML)")
    .option(
      "-o, --output <dir>",
      "folder for the logs, one folder per host; with several scenarios one per case around them (default: beside the scenario)",
    )
    .option("-C, --clobber", "overwrite existing logs")
    .option("-q, --quiet", "do not list the logs written")
    .addHelpText(
      "after",
      "\nExample:\n  konseki forge fixtures/rdp-chain/scenario.yml -o /tmp/rdp-chain",
    )
    .action(async (scenarios: string[], options: ForgeCliOptions) => {
      done(await forge(scenarios, options));
    });
}

async function forge(scenarios: readonly string[], options: ForgeCliOptions): Promise<ExitCode> {
  const { mkdir, readFile, writeFile } = await import("node:fs/promises");

  const { parseScenario } = await import("../../forge/scenario.ts");
  const { forgeScenario } = await import("../../forge/forge-scenario.ts");
  const { ForgeError } = await import("../../forge/forge-error.ts");
  let code: ExitCode = EXIT.done;
  for (const path of scenarios) {
    const folder =
      options.output === undefined
        ? dirname(path)
        : scenarios.length === 1
          ? options.output
          : join(options.output, caseName(path));
    try {
      const scenario = parseScenario(await readFile(path, "utf8"), path);
      for (const log of forgeScenario(scenario)) {
        const target = join(folder, log.path);
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, log.bytes, { flag: options.clobber === true ? "w" : "wx" });
        if (options.quiet !== true)
          process.stdout.write(`${target}: ${log.events} events, ${log.bytes.length} bytes\n`);
      }
    } catch (error) {
      // A wrong scenario never stops the ones beside it.
      if (error instanceof ForgeError) {
        warn(error.message);
        code = EXIT.usage;
      } else if (isSystemError(error)) {
        warn(systemMessage(error));
        code = EXIT.usage;
      } else throw error;
    }
  }
  return code;
}

/** `CASE/scenario.yml` is called CASE, any other file by its own name. */
function caseName(path: string): string {
  const name = basename(path).replace(/\.ya?ml$/iu, "");
  return name === "scenario" ? basename(dirname(resolve(path))) : name;
}

interface SystemError extends Error {
  readonly code: string;
  readonly path?: string;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && "code" in error && "syscall" in error;
}

function systemMessage(error: SystemError): string {
  if (error.code === "EEXIST") return `${error.path}: exists already (-C overwrites it)`;
  if (error.code === "ENOENT") return `${error.path}: not found`;
  return error.message;
}
