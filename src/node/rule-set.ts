import { createEngine, type RuleSubscription } from "../engine/compile-rules.ts";
import { prepareRules } from "../engine/prepare-rules.ts";
import type { Issue } from "../model/issue.ts";
import type { RuleMeta, RuleSet } from "../rules/checked-rule.ts";
import type { LogsourceTable } from "../rules/logsources.ts";
import { type RuleChoice, readRuleFiles } from "./load-rules.ts";
import { checkRuleFiles } from "./prepare-rule-files.ts";
import type { RuleFile } from "./rule-file.ts";

/** Rules to look at rather than to run. */
export interface LoadedRuleSet {
  readonly set: RuleSet;
  readonly table: LogsourceTable;
  /** Which events each usable rule wants. */
  readonly subscriptions: readonly RuleSubscription[];
  readonly files: readonly RuleFile[];
  readonly issues: readonly Issue[];
}

/** Reads and checks rules anew (no cache), with everything there is to say about them. */
export function loadRuleSet(choice: RuleChoice): LoadedRuleSet {
  const { files, logsources, tuning, issues } = readRuleFiles(choice);
  const checked = checkRuleFiles(files, logsources, tuning);
  const engine = createEngine(prepareRules([checked.set], checked.table, checked.issues));
  return {
    set: checked.set,
    table: checked.table,
    subscriptions: engine.subscriptions,
    files,
    issues: [...issues, ...engine.issues],
  };
}

/** All documents of a set in the order of their files. */
export function ruleDocuments(set: RuleSet): RuleMeta[] {
  return [...set.rules, ...set.correlations, ...set.filters].sort(
    (a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : 0) || a.line - b.line,
  );
}

/** The rules that a user means by an id, a title, or (the end of) a rule file's path. */
export function findRules(set: RuleSet, wanted: string): RuleMeta[] {
  const lower = wanted.toLowerCase().replaceAll("\\", "/");
  const documents = ruleDocuments(set);
  const exact = documents.filter(
    ({ id, name, title }) =>
      id.toLowerCase() === lower || name?.toLowerCase() === lower || title.toLowerCase() === lower,
  );
  if (exact.length > 0) return exact;
  return documents.filter(({ source }) => {
    const path = source.toLowerCase().replaceAll("\\", "/");
    return path === lower || path.endsWith(`/${lower}`) || path.endsWith(`/${lower}.yml`);
  });
}

/** The text of a rule's YAML document, as its file has it. */
export function ruleText({ files }: LoadedRuleSet, rule: RuleMeta): string | undefined {
  const file = files.find(({ name }) => name === rule.source);
  return file && documentAt(file.text, rule.line);
}

/** The YAML document that begins on or before `line` (1 = first), out of a file of several. */
function documentAt(text: string, line: number): string {
  const lines = text.split(/\r?\n/);
  const isBreak = (at: number): boolean => /^---\s*$/.test(lines[at] ?? "");
  let start = Math.min(line - 1, lines.length);
  while (start > 0 && !isBreak(start - 1)) start--;
  let end = Math.max(line, start + 1);
  while (end < lines.length && !isBreak(end)) end++;
  return lines.slice(start, end).join("\n");
}
