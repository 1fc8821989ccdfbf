import { isPath } from "./bash.ts";
import {
  type ArgumentShape,
  allCommands,
  type CommandShape,
  type OptionShape,
} from "./command-shape.ts";

/** Completion for zsh: a function a command, each with `_arguments`. */
export function zshCompletion(program: CommandShape): string {
  const functions = allCommands(program).map(functionOf);
  return `#compdef konseki
# zsh completion of konseki: konseki completion zsh > a folder of $fpath, as _konseki
${functions.join("\n")}
if [ "$funcstack[1]" = _konseki ]; then _konseki "$@"; else compdef _konseki konseki; fi
`;
}

function functionOf(command: CommandShape): string {
  const specs = command.options.flatMap(optionSpecs);
  if (command.commands.length === 0) {
    const args = command.arguments.map(argumentSpec);
    return `${nameOf(command)}() {\n  _arguments -s ${[...specs, ...args].map(quoted).join(" \\\n    ")}\n}`;
  }
  const described = command.commands.flatMap((child) =>
    [child.path.at(-1)!, ...child.aliases].map((name) => `${name}:${escaped(child.description)}`),
  );
  const cases = command.commands.map((child) => {
    const names = [child.path.at(-1)!, ...child.aliases].join("|");
    return `        ${names}) ${nameOf(child)} ;;`;
  });
  return `${nameOf(command)}() {
  local line state
  local -a commands
  commands=(
    ${described.map(quoted).join("\n    ")}
  )
  _arguments -C ${[...specs, "1: :->command", "*::argument:->arguments"].map(quoted).join(" \\\n    ")}
  case $state in
    command) _describe -t commands command commands ;;
    arguments)
      case $line[1] in
${cases.join("\n")}
      esac
      ;;
  esac
}`;
}

function nameOf({ path }: CommandShape): string {
  return ["_konseki", ...path].join("_").replaceAll("-", "_");
}

function optionSpecs({ flags, value, choices, description }: OptionShape): string[] {
  const action = choices.length > 0 ? `(${choices.join(" ")})` : isPath(value) ? "_files" : " ";
  const after = value === undefined ? "" : `:${value}:${action}`;
  return flags.map((flag) => `*${flag}[${escaped(description)}]${after}`);
}

function argumentSpec({ name, variadic, choices }: ArgumentShape): string {
  const action = choices.length > 0 ? `(${choices.join(" ")})` : "_files";
  return `${variadic ? "*" : ""}:${name}:${action}`;
}

/** Characters that mean something in a description of \`_arguments\`. */
function escaped(text: string): string {
  return text.replace(/[[\]:\\]/g, "\\$&");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
