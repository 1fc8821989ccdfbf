import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { createEngine, type RuleEngine } from "../engine/compile-rules.ts";
import type { Issue } from "../model/issue.ts";
import { reasonOf } from "./reason-of.ts";
import { readCachedRules, writeCachedRules } from "./rule-cache.ts";
import type { RuleFile } from "./rule-file.ts";

/** konseki's own rules: beside the sources in a checkout, inside the package when installed. */
export const BUILTIN_RULES = fileURLToPath(new URL("../../rules", import.meta.url));
const LOGSOURCES = "logsources.yaml";
const BUILTIN = "builtin/";

export interface RuleChoice {
  /** Files and folders of Sigma rules beside the built-in ones. */
  readonly paths: readonly string[];
  readonly builtIn: boolean;
  /** Tuning files: level changes and exclusions, each with its reason. */
  readonly tuning?: readonly string[];
  /** False reads and checks all rule files anew. */
  readonly cache?: boolean;
}

export interface LoadedRules {
  readonly engine: RuleEngine;
  /** Everything that could not be used of the chosen rules, the engine's own reasons included. */
  readonly issues: readonly Issue[];
  /** Names exactly these rule texts. */
  readonly key: string;
}

/** True for konseki's own rules, by the source that rules carry. */
export function isBuiltIn(rule: { readonly source: string }): boolean {
  return rule.source.startsWith(BUILTIN);
}

/**
 * Reads, checks and compiles rules. A rule that cannot be used is an issue; the others are used. The checked form is
 * cached by the content of all files it was made of.
 */
export async function loadRules(choice: RuleChoice): Promise<LoadedRules> {
  const { files, logsources, tuning, issues } = readRuleFiles(choice);
  const key = contentKey([logsources, ...tuning, ...files]);
  let prepared = choice.cache === false ? undefined : readCachedRules(key);
  if (prepared === undefined) {
    const { prepareRuleFiles } = await import("./prepare-rule-files.ts");
    prepared = prepareRuleFiles(files, logsources, tuning);
    if (choice.cache !== false) writeCachedRules(key, prepared);
  }
  const engine = createEngine(prepared);
  return { engine, issues: [...issues, ...engine.issues], key };
}

/** The texts of chosen rules, not yet checked. */
export interface RuleTexts {
  readonly files: readonly RuleFile[];
  readonly logsources: RuleFile;
  readonly tuning: readonly RuleFile[];
  /** Paths that could not be read. */
  readonly issues: readonly Issue[];
}

export function readRuleFiles(choice: RuleChoice): RuleTexts {
  const issues: Issue[] = [];
  const read = (path: string, name: string): RuleFile[] => {
    try {
      return [{ name, text: readFileSync(path, "utf8") }];
    } catch (error) {
      issues.push(unusable(path, reasonOf(error)));
      return [];
    }
  };
  const files: RuleFile[] = [];
  if (choice.builtIn) {
    for (const path of ruleFiles(BUILTIN_RULES, issues)) {
      const name = `${BUILTIN}${relative(BUILTIN_RULES, path).replaceAll("\\", "/")}`;
      files.push(...read(path, name));
    }
  }
  for (const chosen of choice.paths) {
    const before = files.length;
    for (const path of ruleFiles(chosen, issues)) files.push(...read(path, path));
    if (files.length === before && !issues.some((issue) => issue.source === chosen)) {
      issues.push(unusable(chosen, "no Sigma rule (.yml, .yaml) in it"));
    }
  }
  const logsources = {
    name: `${BUILTIN}${LOGSOURCES}`,
    text: readFileSync(join(BUILTIN_RULES, LOGSOURCES), "utf8"),
  };
  const tuning = (choice.tuning ?? []).flatMap((path) => read(path, path));
  return { files, logsources, tuning, issues };
}

function contentKey(files: readonly RuleFile[]): string {
  const hash = createHash("sha256");
  for (const { name, text } of files)
    hash.update(`${name.length} ${name} ${text.length} `).update(text);
  return hash.digest("hex");
}

function ruleFiles(path: string, issues: Issue[]): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter(
        (entry) => entry.isFile() && /\.ya?ml$/i.test(entry.name) && entry.name !== LOGSOURCES,
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
    fix: "check the path",
  };
}
