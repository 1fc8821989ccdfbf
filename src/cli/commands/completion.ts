import { Argument, type Command } from "commander";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { Output } from "../output.ts";
import { VERSION } from "../version.ts";

const FORMS = ["bash", "zsh", "fish", "powershell", "man"] as const;

/** `konseki completion`: what a shell needs to complete konseki's commands, and the manual. */
export function addCompletion(program: Command, done: (code: ExitCode) => void): void {
  program
    .command("completion")
    .description("completion for a shell, or the manual page, on standard output")
    .addArgument(new Argument("<shell>", "for which shell; man = the manual page").choices(FORMS))
    .addHelpText(
      "after",
      '\nExample:\n  eval "$(konseki completion bash)"\n  konseki completion man | man -l -',
    )
    .action(async (form: (typeof FORMS)[number]) => {
      new Output(undefined, false).write(await rendered(program, form));
      done(EXIT.done);
    });
}

async function rendered(program: Command, form: (typeof FORMS)[number]): Promise<string> {
  const { commandShape } = await import("../shells/command-shape.ts");
  const shape = commandShape(program);
  switch (form) {
    case "bash":
      return (await import("../shells/bash.ts")).bashCompletion(shape);
    case "zsh":
      return (await import("../shells/zsh.ts")).zshCompletion(shape);
    case "fish":
      return (await import("../shells/fish.ts")).fishCompletion(shape);
    case "powershell":
      return (await import("../shells/powershell.ts")).powershellCompletion(shape);
    case "man":
      return (await import("../shells/man-page.ts")).manPage(shape, VERSION);
  }
}
