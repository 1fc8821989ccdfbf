import type { Argument, Command, Option } from "commander";

/** What can be written after an option. */
export interface OptionShape {
  /** `-r`, `--rules`: the short form first. */
  readonly flags: readonly string[];
  /** Name of the value it takes; absent where it takes none. */
  readonly value?: string;
  readonly choices: readonly string[];
  readonly description: string;
  readonly fallback?: string;
}

export interface ArgumentShape {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly variadic: boolean;
  readonly choices: readonly string[];
}

/** One command as people may write it. Hidden options are left out. */
export interface CommandShape {
  /** `["rules", "list"]`; empty for the program. */
  readonly path: readonly string[];
  readonly aliases: readonly string[];
  readonly description: string;
  readonly arguments: readonly ArgumentShape[];
  readonly options: readonly OptionShape[];
  readonly commands: readonly CommandShape[];
}

const HELP: OptionShape = {
  flags: ["-h", "--help"],
  choices: [],
  description: "show what can be written",
};

/** Reads the program's own definition, so that completions and manual never say something else. */
export function commandShape(command: Command, path: readonly string[] = []): CommandShape {
  return {
    path,
    aliases: command.aliases(),
    description: command.description(),
    arguments: command.registeredArguments.map(argumentShape),
    options: [...command.options.filter((option) => !option.hidden).map(optionShape), HELP],
    commands: command.commands.map((child) => commandShape(child, [...path, child.name()])),
  };
}

/** The command and all below it. */
export function allCommands(shape: CommandShape): CommandShape[] {
  return [shape, ...shape.commands.flatMap(allCommands)];
}

function optionShape(option: Option): OptionShape {
  const takesValue = option.required || option.optional;
  const value = /[<[]([^\]>]+)[\]>]/.exec(option.flags)?.[1]?.replace(/\.+$/, "");
  const { defaultValue } = option;
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined),
    ...(takesValue && { value: value ?? "value" }),
    choices: option.argChoices ?? [],
    description: option.description,
    ...(typeof defaultValue === "string" && takesValue && { fallback: defaultValue }),
  };
}

function argumentShape(argument: Argument): ArgumentShape {
  return {
    name: argument.name(),
    description: argument.description,
    required: argument.required,
    variadic: argument.variadic,
    choices: argument.argChoices ?? [],
  };
}
