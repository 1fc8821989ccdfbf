import { allCommands, type CommandShape, type OptionShape } from "./command-shape.ts";

/** The manual of the program and all its commands, as roff with the man macros. */
export function manPage(program: CommandShape, version: string): string {
  const commands = allCommands(program).filter(({ path }) => path.length > 0);
  return `${[
    `.TH KONSEKI 1 "" "konseki ${version}" "User Commands"`,
    ".SH NAME",
    `konseki \\- ${text(program.description)}`,
    ".SH SYNOPSIS",
    ".B konseki",
    ".I COMMAND",
    "[\\fIOPTION\\fR]... [\\fIINPUT\\fR]...",
    ".SH COMMANDS",
    ...commands.flatMap(commandLines),
    ".SH EXIT STATUS",
    ...[
      ["0", "done"],
      ["1", "\\-\\-fail\\-on reached, or a promise of a case is broken"],
      ["2", "wrong use"],
      ["3", "some input could not be read in full"],
      ["130", "interrupted"],
    ].flatMap(([code, meaning]) => [".TP", `.B ${code}`, meaning!]),
    ".SH ENVIRONMENT",
    ".TP",
    ".B XDG_CACHE_HOME",
    "Where prepared rules are kept.",
    ".TP",
    ".B NO_COLOR",
    "No colour.",
  ].join("\n")}\n`;
}

function commandLines(command: CommandShape): string[] {
  const words = command.arguments.map(({ name, required, variadic }) => {
    const word = `\\fI${text(name.toUpperCase())}\\fR${variadic ? "..." : ""}`;
    return required ? word : `[${word}]`;
  });
  const also =
    command.aliases.length > 0
      ? [`Also: ${command.aliases.map((name) => text(name)).join(", ")}.`]
      : [];
  return [
    `.SS "konseki ${text(command.path.join(" "))}${words.length > 0 ? ` ${words.join(" ")}` : ""}"`,
    `${capital(text(command.description))}.`,
    ...also,
    ...command.arguments
      .filter(({ description }) => description !== "")
      .flatMap(({ name, description }) => [
        ".TP",
        `.I ${text(name.toUpperCase())}`,
        text(description),
      ]),
    ...command.options.flatMap(optionLines),
  ];
}

function optionLines({ flags, value, choices, description, fallback }: OptionShape): string[] {
  const named = flags.map((flag) => `\\fB${text(flag)}\\fR`).join(", ");
  const notes = [
    ...(choices.length > 0 ? [`one of ${choices.join(", ")}`] : []),
    ...(fallback === undefined ? [] : [`default ${fallback}`]),
  ];
  return [
    ".TP",
    value === undefined ? named : `${named} \\fI${text(value)}\\fR`,
    text(notes.length > 0 ? `${description} (${notes.join("; ")})` : description),
  ];
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Characters that roff would take for its own. */
function text(words: string): string {
  const plain = words
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("…", "...")
    .replaceAll('"', "\\(dq");
  return /^[.']/.test(plain) ? `\\&${plain}` : plain;
}
