import { allCommands, type CommandShape } from "./command-shape.ts";

/** Completion for PowerShell: a table of words by command, looked up by what stands before the cursor. */
export function powershellCompletion(program: CommandShape): string {
  const commands = allCommands(program);
  const words = commands.map((command) => {
    const all = [
      ...command.commands.map(({ path }) => path.at(-1)!),
      ...command.arguments.flatMap(({ choices }) => choices),
      ...command.options.flatMap(({ flags }) => flags),
    ];
    return `    ${quoted(command.path.join("/"))} = @(${all.map(quoted).join(", ")})`;
  });
  const steps = commands.flatMap((command) =>
    command.commands.flatMap((child) =>
      [child.path.at(-1)!, ...child.aliases].map(
        (name) =>
          `    ${quoted(`${command.path.join("/")} ${name}`)} = ${quoted(child.path.join("/"))}`,
      ),
    ),
  );
  const values = commands.flatMap((command) =>
    command.options
      .filter(({ choices }) => choices.length > 0)
      .flatMap(({ flags, choices }) =>
        flags.map(
          (flag) =>
            `    ${quoted(`${command.path.join("/")} ${flag}`)} = @(${choices.map(quoted).join(", ")})`,
        ),
      ),
  );
  return `# PowerShell completion of konseki: konseki completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName konseki -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @{
${words.join("\n")}
  }
  $steps = @{
${steps.join("\n")}
  }
  $values = @{
${values.join("\n")}
  }
  $command = ''
  $before = ''
  foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
    if ($element.Extent.EndOffset -ge $cursorPosition -and $wordToComplete -ne '') { break }
    $before = $element.ToString()
    $next = $steps["$command $before"]
    if ($null -ne $next) { $command = $next }
  }
  $choices = $values["$command $before"]
  if ($null -eq $choices) { $choices = $words[$command] }
  $choices | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
