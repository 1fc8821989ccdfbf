#!/usr/bin/env node
import { CommanderError } from "commander";
import { raiseCompileBudget } from "../node/compile-budget.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { createProgram } from "./program.ts";
import { UsageError } from "./usage-error.ts";
import { warn } from "./warn.ts";

async function main(): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = createProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync(process.argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error instanceof UsageError) {
      warn(error.message);
      return EXIT.usage;
    }
    throw error;
  }
}

// `konseki help | head`: a reader that has seen enough is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
raiseCompileBudget();
// Not awaited here: the single-file executable is a script, which knows no await outside of functions.
void main().then((code) => {
  process.exitCode = code;
});
