import type { Command } from "commander";
import { severityRank } from "../../model/severity.ts";
import type { LoadedRuleSet } from "../../node/rule-set.ts";
import type { RuleMeta } from "../../rules/checked-rule.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import {
  addFilterOptions,
  eventFilter,
  type FilterOptions,
  list,
  paths,
  rulePaths,
  severity,
} from "../options.ts";
import { Output } from "../output.ts";
import { recordIdFilter } from "../record-ids.ts";
import { UsageError } from "../usage-error.ts";
import { warn } from "../warn.ts";

interface ChoiceOptions {
  readonly rules?: readonly string[];
  readonly builtinRules: boolean;
  readonly tuning?: readonly string[];
}

interface ListOptions extends ChoiceOptions {
  readonly minSeverity?: string;
  readonly format: string;
}

interface ExplainOptions extends ChoiceOptions, FilterOptions {
  readonly records?: readonly string[];
  readonly limit: string;
  readonly format: string;
}

/** `konseki rules`: what the rules are, whether they are right, and why one does or does not match. */
export function addRules(program: Command, done: (code: ExitCode) => void): void {
  const rules = program.command("rules").description("list, show, check and explain rules");
  rules.addHelpText("after", "\nExample:\n  konseki rules list --min-severity high");

  const listing = rules
    .command("list")
    .description("all rules: level, title, file")
    .option("--min-severity <level>", "leave out rules below this level")
    .option("--format <name>", "text or json", "text")
    .addHelpText("after", "\nExample:\n  konseki rules list --min-severity critical");
  addChoice(listing).action(async (options: ListOptions) => done(await listRules(options)));

  const showing = rules
    .command("show")
    .description("a rule as it is written, and where it looks")
    .argument("<rule>", "id, title or file name")
    .addHelpText("after", '\nExample:\n  konseki rules show "Security log cleared"');
  addChoice(showing).action(async (wanted: string, options: ChoiceOptions) =>
    done(await showRules(wanted, options)),
  );

  rules
    .command("lint")
    .description("check rules: a line for each problem with file, line and fix")
    .argument("[path...]", "rule files and folders (default: konseki's own rules)")
    .addHelpText(
      "after",
      "\nExample:\n  konseki rules lint rules\n\nExit codes: 0 all rules can be used, 2 some cannot",
    )
    .action(async (chosen: string[]) => done(await lintRules(chosen)));

  rules
    .command("import")
    .description("take a collection such as SigmaHQ into the rule store, and say what changed")
    .argument("<source>", "a checkout, a folder, or a zip or tar archive of one")
    .option("--name <name>", "what it is called: --rules @name uses it", "sigma")
    .addHelpText(
      "after",
      "\nExample:\n  konseki rules import sigma_all_rules.zip\n  konseki triage C:\\evidence --rules @sigma",
    )
    .action(async (source: string, options: { name: string }) =>
      done(await importCollection(source, options.name)),
    );

  const testing = rules
    .command("test")
    .description("run stored cases: events that a rule has to match, and events it must not")
    .argument("<case...>", "case files and folders")
    .addHelpText(
      "after",
      "\nExample:\n  konseki rules test fixtures/rules\n\nExit codes: 0 all rules do what their cases say, 1 some do not, 2 a case cannot be read",
    );
  addChoice(testing).action(async (chosen: string[], options: ChoiceOptions) =>
    done(await testRules(chosen, options)),
  );

  const explaining = rules
    .command("explain")
    .description("why a rule matches records, or does not, line by line")
    .argument("<rule>", "id, title or file name")
    .argument("<input...>", "files and folders")
    .option("--records <ids>", "only these EventRecordIDs (17 or 100-200; repeatable)", list)
    .option("--limit <n>", "explain at most so many records", "3")
    .option("--format <name>", "text or json", "text")
    .addHelpText(
      "after",
      '\nExample:\n  konseki rules explain "Security log cleared" fixtures/rdp-chain --event-id 1102',
    );
  addFilterOptions(addChoice(explaining)).action(
    async (wanted: string, inputs: string[], options: ExplainOptions) =>
      done(await explainRule(wanted, inputs, options)),
  );
}

function addChoice(command: Command): Command {
  return command
    .option("-r, --rules <path>", "add Sigma rules: a file or folder (repeatable)", rulePaths)
    .option("--no-builtin-rules", "leave konseki's own rules out")
    .option("--tuning <file>", "level changes and exclusions (YAML, repeatable)", paths);
}

async function listRules(options: ListOptions): Promise<ExitCode> {
  checkFormat(options.format);
  const least = options.minSeverity === undefined ? undefined : severity(options.minSeverity);
  const { ruleDocuments } = await import("../../node/rule-set.ts");
  const { inertJson } = await import("../../report/inert-text.ts");
  const { renderRuleList } = await import("../terminal/rules-text.ts");
  const loaded = await load(options);
  warnOf(loaded.issues);
  const rules = ruleDocuments(loaded.set)
    .filter(({ level }) => least === undefined || severityRank(level) <= severityRank(least))
    .sort((a, b) => severityRank(a.level) - severityRank(b.level));
  const output = new Output(undefined, false);
  if (options.format === "text")
    output.write(renderRuleList(rules, output.isTerminal ? columns(output) : undefined));
  else
    output.write(
      `${inertJson(
        rules.map((rule) => ({ ...headOf(rule), looksIn: places(rule, loaded) })),
        2,
      )}\n`,
    );
  return EXIT.done;
}

function headOf({ id, title, level, status, attack, source, line }: RuleMeta): object {
  return { id, title, level, status, attack, source, line };
}

/** Channels and event ids in which a rule looks; empty for one that cannot match Windows events. */
function places({ id }: RuleMeta, { subscriptions }: LoadedRuleSet): object[] {
  return subscriptions
    .filter(({ rule }) => rule.id === id)
    .map(({ subscription: { channels, eventIds } }) => ({ channels, eventIds }));
}

async function showRules(wanted: string, options: ChoiceOptions): Promise<ExitCode> {
  const loaded = await load(options);
  const { visibleText } = await import("../../report/inert-text.ts");
  const { ruleText } = await import("../../node/rule-set.ts");
  const output = new Output(undefined, false);
  for (const rule of await find(wanted, loaded)) {
    const document = ruleText(loaded, rule);
    if (document === undefined) continue;
    const text = document.split("\n").map(visibleText).join("\n");
    const looksIn = loaded.subscriptions
      .filter((subscription) => subscription.rule.id === rule.id)
      .map(({ subscription: { channels, eventIds } }) => {
        const ids = eventIds === undefined ? "all events" : eventIds.join(", ");
        return `#   ${channels?.join(", ") ?? "any channel"}: ${ids}\n`;
      });
    output.write(`# ${visibleText(rule.source)}:${rule.line}\n`);
    if (looksIn.length > 0) output.write(`# looks in\n${looksIn.join("")}`);
    output.write(`${text.trimEnd()}\n`);
  }
  return EXIT.done;
}

async function lintRules(chosen: readonly string[]): Promise<ExitCode> {
  const loaded = await load({ rules: chosen, builtinRules: chosen.length === 0 });
  const { visibleText } = await import("../../report/inert-text.ts");
  const { lintRule } = await import("../../rules/lint-rule.ts");
  const output = new Output(undefined, false);
  const issues = [...loaded.issues, ...loaded.set.rules.flatMap(lintRule)];
  for (const issue of issues) {
    const place = [issue.source, issue.line, issue.column].filter((part) => part !== undefined);
    const fix = issue.fix === undefined ? "" : ` (${issue.fix})`;
    const text = `${place.join(":")}: ${issue.severity} ${issue.code}: ${issue.message}${fix}`;
    output.write(`${visibleText(text)}\n`);
  }
  const { rules, correlations, filters } = loaded.set;
  const count = (wanted: string): number =>
    issues.filter((issue) => issue.severity === wanted).length;
  const errors = count("error");
  output.write(
    `${rules.length + correlations.length + filters.length} rules can be read, ${errors} errors, ${count("warning")} warnings\n`,
  );
  return errors > 0 ? EXIT.usage : EXIT.done;
}

/** Paths that are shown of each kind of change. */
const SHOWN_PATHS = 20;

async function importCollection(source: string, name: string): Promise<ExitCode> {
  const { shippedLogsources } = await import("../../node/load-rules.ts");
  const { importRules } = await import("../../node/rule-store.ts");
  const { reasonOf } = await import("../../node/reason-of.ts");
  const { visibleText } = await import("../../report/inert-text.ts");
  const imported = await importRules(source, name, shippedLogsources()).catch((error) => {
    throw new UsageError(`${source}: ${reasonOf(error)}`);
  });
  const { stored, before, added, changed, removed } = imported;
  const output = new Output(undefined, false);
  const line = (text: string): void => output.write(`${visibleText(text)}\n`);
  if (before !== undefined) {
    for (const [sign, kept] of [
      ["+", added],
      ["~", changed],
      ["-", removed],
    ] as const) {
      for (const path of kept.slice(0, SHOWN_PATHS)) line(`${sign} ${path}`);
      if (kept.length > SHOWN_PATHS) line(`${sign} ${kept.length - SHOWN_PATHS} more`);
    }
  }
  const was = before === undefined ? "" : ` (was: ${before.version})`;
  line(`@${stored.name}: ${stored.version}${was}, SHA-256 ${stored.digest}`);
  line(
    `${added.length} files added, ${changed.length} changed, ${removed.length} removed, ${imported.unchanged} as before; ${imported.leftOut} for other platforms left out`,
  );
  const problems = imported.issues.filter((issue) => issue.severity !== "info").length;
  line(
    `${imported.usable} rules can be used${problems === 0 ? "" : `, ${problems} problems: konseki rules lint @${stored.name} shows them`}`,
  );
  line(imported.folder);
  return EXIT.done;
}

async function testRules(chosen: readonly string[], options: ChoiceOptions): Promise<ExitCode> {
  const { installNodePlatform } = await import("../../node/platform.ts");
  const { loadRules } = await import("../../node/load-rules.ts");
  const { readRuleCases, testRuleCases } = await import("../rule-cases.ts");
  const { visibleText } = await import("../../report/inert-text.ts");
  installNodePlatform();
  const files = chosen.flatMap(readRuleCases);
  const rules = await loadRules({
    paths: options.rules ?? [],
    builtIn: options.builtinRules,
    tuning: options.tuning ?? [],
  });
  warnOf(rules.issues);
  const verdicts = testRuleCases(files, rules);
  const wrong = verdicts.filter((verdict) => verdict.wrong !== undefined);
  const output = new Output(undefined, false);
  for (const { file, line, name, rule, wrong: what } of wrong)
    output.write(`${visibleText(`${file}:${line}: ${name}: ${what} (${rule})`)}\n`);
  output.write(
    `${verdicts.length} cases in ${files.length} files, ${wrong.length === 0 ? "all as they should be" : `${wrong.length} wrong`}\n`,
  );
  if (verdicts.length === 0) throw new UsageError("no case in these files");
  return wrong.length > 0 ? EXIT.findings : EXIT.done;
}

async function explainRule(
  wanted: string,
  inputs: readonly string[],
  options: ExplainOptions,
): Promise<ExitCode> {
  checkFormat(options.format);
  const most = Number(options.limit);
  if (!Number.isInteger(most) || most < 1 || most > 10_000)
    throw new UsageError(`--limit ${options.limit}: write a number from 1 to 10000`);
  const filter = { ...eventFilter(options), ...recordIdFilter(options.records) };
  const loaded = await load(options);
  const named = new Set((await find(wanted, loaded)).map(({ id }) => id));
  const rule = loaded.set.rules.find(({ id }) => named.has(id));
  if (rule === undefined)
    throw new UsageError(`"${wanted}" joins hits of other rules: explain those`);
  const { installNodePlatform } = await import("../../node/platform.ts");
  const { findInputs } = await import("../../node/find-inputs.ts");
  const { explainEvents } = await import("../../node/explain-events.ts");
  const { inertJson } = await import("../../report/inert-text.ts");
  const { renderExplainedEvent } = await import("../terminal/rules-text.ts");
  installNodePlatform();
  const result = await explainEvents(rule, loaded.table, await findInputs(inputs), {
    filter,
    most,
  });
  const output = new Output(undefined, false);
  if (options.format === "json") output.write(`${inertJson(result, 2)}\n`);
  else {
    for (const event of result.events)
      output.write(`${renderExplainedEvent(event, columns(output))}\n`);
    output.write(
      `${result.seen} events read, ${result.inScope} from where the rule looks, ${result.matched} match\n`,
    );
  }
  for (const { path, reason } of result.problems) warn(`${path}: ${reason}`);
  return result.problems.length > 0 ? EXIT.incomplete : EXIT.done;
}

async function load(options: ChoiceOptions): Promise<LoadedRuleSet> {
  const { loadRuleSet } = await import("../../node/rule-set.ts");
  return loadRuleSet({
    paths: options.rules ?? [],
    builtIn: options.builtinRules,
    tuning: options.tuning ?? [],
  });
}

async function find(wanted: string, { set }: LoadedRuleSet): Promise<RuleMeta[]> {
  const { findRules } = await import("../../node/rule-set.ts");
  const found = findRules(set, wanted);
  if (found.length === 0)
    throw new UsageError(`no rule "${wanted}": konseki rules list shows all titles and files`);
  return found;
}

/** Problems of a foreign rule set can be many: told in one line here, in full by `rules lint`. */
function warnOf(issues: LoadedRuleSet["issues"]): void {
  const errors = issues.filter(({ severity: level }) => level === "error").length;
  if (errors > 0) warn(`${errors} problems in these rules: konseki rules lint shows them`);
}

function checkFormat(format: string): void {
  if (format !== "text" && format !== "json")
    throw new UsageError(`--format ${format} is not known: write text or json`);
}

function columns(output: Output): number {
  const wide = output.isTerminal ? (process.stdout.columns ?? 80) : 80;
  return Math.min(Math.max(wide, 40), 160);
}
