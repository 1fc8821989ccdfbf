import { type PreparedRules, prepareRules } from "../engine/prepare-rules.ts";
import { writeRulePack } from "../engine/rule-pack.ts";
import type { Issue } from "../model/issue.ts";
import type { RuleSet } from "../rules/checked-rule.ts";
import type { LogsourceTable } from "../rules/logsources.ts";
import { parseLogsources } from "../rules/parse-logsources.ts";
import { parseRules } from "../rules/parse-rules.ts";
import { applyTuning, parseTuning } from "../rules/tuning.ts";
import { writeCachedPack } from "./rule-cache.ts";
import type { RuleFile, RuleTexts } from "./rule-file.ts";

/**
 * Parses, checks and prepares rule files: the slow half of loading rules, with the YAML parser. Loaded only when
 * the cache has no pack for these files.
 */
export function prepareRuleFiles({
  files,
  logsources,
  tuning,
}: Pick<RuleTexts, "files" | "logsources" | "tuning">): PreparedRules {
  const { set, table, issues } = checkRuleFiles(files, logsources, tuning);
  return prepareRules([set], table, issues);
}

/** Prepares rules and keeps their pack for later starts. */
export function cacheRules(texts: RuleTexts): PreparedRules {
  const prepared = prepareRuleFiles(texts);
  writeCachedPack(texts.key, () => writeRulePack(prepared, texts.key));
  return prepared;
}

export interface CheckedFiles {
  readonly set: RuleSet;
  readonly table: LogsourceTable;
  readonly issues: readonly Issue[];
}

/** Parses and checks rule files and applies tuning. */
export function checkRuleFiles(
  files: readonly RuleFile[],
  logsources: RuleFile,
  tuningFiles: readonly RuleFile[],
): CheckedFiles {
  const issues: Issue[] = [];
  const { table, issues: mappingIssues } = parseLogsources(logsources.text, logsources.name);
  issues.push(...mappingIssues);
  const tunings = tuningFiles.map((file) => {
    const { tuning, issues: found } = parseTuning(file.text, file.name);
    issues.push(...found);
    return tuning;
  });
  const placeholders = Object.assign({}, ...tunings.map((tuning) => tuning.placeholders));
  const sets: RuleSet[] = files.map((file) => {
    const parsed = parseRules(file.text, file.name, { placeholders });
    issues.push(...parsed.issues);
    return parsed;
  });
  let all: RuleSet = {
    rules: sets.flatMap((set) => set.rules),
    correlations: sets.flatMap((set) => set.correlations),
    filters: sets.flatMap((set) => set.filters),
  };
  for (const tuning of tunings) {
    const tuned = applyTuning(all, tuning);
    all = tuned.set;
    issues.push(...tuned.issues);
  }
  return { set: all, table, issues };
}
