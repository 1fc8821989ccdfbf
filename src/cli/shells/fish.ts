import { isPath } from "./bash.ts";
import { allCommands, type CommandShape } from "./command-shape.ts";

/** Completion for fish: a line an option, valid where its command has been written. */
export function fishCompletion(program: CommandShape): string {
  return `# fish completion of konseki: konseki completion fish | source
complete -c konseki -e
complete -c konseki -n __fish_use_subcommand -f
${allCommands(program)
  .flatMap((command) => linesOf(command))
  .join("\n")}
`;
}

function linesOf(command: CommandShape): string[] {
  const when = conditionOf(command);
  const children = command.commands.flatMap((child) =>
    [child.path.at(-1)!, ...child.aliases].map(
      (name) =>
        `complete -c konseki -n ${quoted(notYet(command))} -f -a ${name} -d ${quoted(child.description)}`,
    ),
  );
  const words = command.arguments
    .filter(({ choices }) => choices.length > 0)
    .map(
      ({ choices }) => `complete -c konseki -n ${quoted(when)} -f -a ${quoted(choices.join(" "))}`,
    );
  const options = command.options.map(({ flags, value, choices, description }) => {
    const names = flags.map((flag) =>
      flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
    );
    const takes =
      value === undefined
        ? []
        : choices.length > 0
          ? [`-x -a ${quoted(choices.join(" "))}`]
          : [isPath(value) ? "-r -F" : "-x"];
    return [
      "complete -c konseki",
      `-n ${quoted(when)}`,
      ...names,
      ...takes,
      `-d ${quoted(description)}`,
    ].join(" ");
  });
  return [...children, ...words, ...options];
}

/** True where exactly this command has been written. */
function conditionOf({ path }: CommandShape): string {
  if (path.length === 0) return "__fish_use_subcommand";
  return path.map((word) => `__fish_seen_subcommand_from ${word}`).join("; and ");
}

function notYet(command: CommandShape): string {
  if (command.path.length === 0) return "__fish_use_subcommand";
  const names = command.commands.map(({ path }) => path.at(-1)!).join(" ");
  return `${conditionOf(command)}; and not __fish_seen_subcommand_from ${names}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
