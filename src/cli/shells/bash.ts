import { allCommands, type CommandShape, type OptionShape } from "./command-shape.ts";

/** Completion for bash: what stands before the cursor decides the command, the word before it the value. */
export function bashCompletion(program: CommandShape): string {
  const commands = allCommands(program);
  return `# bash completion of konseki: eval "$(konseki completion bash)"
_konseki() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$command $word" in
${commands.flatMap(stepLines).join("\n")}
    esac
  done
  case "$command $before" in
${commands.flatMap(valueLines).join("\n")}
  esac
  case "$current" in
    -*)
      case "$command" in
${commands.map((c) => `        ${quoted(keyOf(c))}) ${reply(c.options.flatMap(({ flags }) => flags))} ;;`).join("\n")}
      esac
      ;;
    *)
      case "$command" in
${commands
  .filter(hasWords)
  .map((c) => `        ${quoted(keyOf(c))}) ${reply(wordsOf(c))} ;;`)
  .join("\n")}
        *) compopt -o default 2>/dev/null; COMPREPLY=($(compgen -f -- "$current")) ;;
      esac
      ;;
  esac
}
complete -F _konseki konseki
`;
}

function keyOf({ path }: CommandShape): string {
  return path.join("/");
}

function stepLines(command: CommandShape): string[] {
  return command.commands.map((child) => {
    const names = [child.path.at(-1)!, ...child.aliases];
    const from = keyOf(command);
    return `      ${names.map((name) => quoted(`${from} ${name}`)).join("|")}) command=${quoted(keyOf(child))} ;;`;
  });
}

function valueLines(command: CommandShape): string[] {
  const takesValue = command.options.filter(({ value }) => value !== undefined);
  return takesValue.map((option) => {
    const patterns = option.flags.map((flag) => quoted(`${keyOf(command)} ${flag}`)).join("|");
    return `    ${patterns}) ${valueReply(option)}; return ;;`;
  });
}

function valueReply({ value, choices }: OptionShape): string {
  if (choices.length > 0) return reply(choices);
  if (isPath(value))
    return 'compopt -o default 2>/dev/null; COMPREPLY=($(compgen -f -- "$current"))';
  return ":";
}

/** Whether a value's name says that it is a file or folder. */
export function isPath(value: string | undefined): boolean {
  return value === "file" || value === "path" || value === "folder";
}

function hasWords(command: CommandShape): boolean {
  return wordsOf(command).length > 0;
}

function wordsOf({ commands, arguments: args }: CommandShape): string[] {
  return [...commands.map(({ path }) => path.at(-1)!), ...args.flatMap(({ choices }) => choices)];
}

function reply(words: readonly string[]): string {
  return `COMPREPLY=($(compgen -W ${quoted(words.join(" "))} -- "$current"))`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
