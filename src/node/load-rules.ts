import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { compileRules, type RuleEngine } from "../engine/compile-rules.ts";
import type { Issue } from "../model/issue.ts";
import type { RuleSet } from "../rules/checked-rule.ts";
import { parseLogsources } from "../rules/parse-logsources.ts";
import { parseRules } from "../rules/parse-rules.ts";
import { reasonOf } from "./find-inputs.ts";

/** konseki's own rules: beside the sources in a checkout, inside the package when installed. */
export const BUILTIN_RULES = fileURLToPath(new URL("../../rules", import.meta.url));

export interface LoadedRules {
  readonly engine: RuleEngine;
  /** Problems of reading and checking rules; what the engine says of them is in `engine.issues`. */
  readonly issues: readonly Issue[];
  /** Sources (as rules name them) of konseki's own rules. */
  readonly builtIn: ReadonlySet<string>;
}

export interface RuleChoice {
  /** Files and folders of Sigma rules beside the built-in ones. */
  readonly paths: readonly string[];
  readonly builtIn: boolean;
}

/** Reads, checks and compiles rules. A rule that cannot be used is an issue; the others are. */
export function loadRules(choice: RuleChoice): LoadedRules {
  const issues: Issue[] = [];
  const sets: RuleSet[] = [];
  const builtIn = new Set<string>();
  if (choice.builtIn) {
    for (const path of ruleFiles(BUILTIN_RULES, issues)) {
      const name = `builtin/${relative(BUILTIN_RULES, path).replaceAll("\\", "/")}`;
      builtIn.add(name);
      sets.push(readRuleFile(path, name, issues));
    }
  }
  for (const chosen of choice.paths) {
    const before = sets.length;
    for (const path of ruleFiles(chosen, issues)) sets.push(readRuleFile(path, path, issues));
    if (sets.length === before && !issues.some((issue) => issue.source === chosen)) {
      issues.push(unusable(chosen, "no Sigma rule (.yml, .yaml) in it"));
    }
  }
  const mapping = join(BUILTIN_RULES, "logsources.yaml");
  const { table, issues: mappingIssues } = parseLogsources(
    readFileSync(mapping, "utf8"),
    "builtin/logsources.yaml",
  );
  issues.push(...mappingIssues);
  return { engine: compileRules(sets, table), issues, builtIn };
}

function readRuleFile(path: string, name: string, issues: Issue[]): RuleSet {
  try {
    const parsed = parseRules(readFileSync(path, "utf8"), name);
    issues.push(...parsed.issues);
    return parsed;
  } catch (error) {
    issues.push(unusable(path, reasonOf(error)));
    return { rules: [], correlations: [], filters: [] };
  }
}

function ruleFiles(path: string, issues: Issue[]): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter(
        (entry) =>
          entry.isFile() && /\.ya?ml$/i.test(entry.name) && entry.name !== "logsources.yaml",
      )
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort();
  } catch (error) {
    issues.push(unusable(path, reasonOf(error)));
    return [];
  }
}

function unusable(source: string, why: string): Issue {
  return {
    code: "rules-unreadable",
    severity: "error",
    message: why,
    source,
    fix: "check the path given with --rules",
  };
}
