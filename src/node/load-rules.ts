import { createHash } from "node:crypto";
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { createEngine, type RuleEngine } from "../engine/compile-rules.ts";
import type { PreparedRules } from "../engine/prepare-rules.ts";
import { readRulePack, writeRulePack } from "../engine/rule-pack.ts";
import type { Issue } from "../model/issue.ts";
import { readerFingerprint } from "./reader-fingerprint.ts";
import { reasonOf } from "./reason-of.ts";
import { readCachedPack } from "./rule-cache.ts";
import type { RuleFile, RuleTexts } from "./rule-file.ts";
import { storedCollection } from "./rule-store-folder.ts";

/** konseki's own rules: beside the sources in a checkout, inside the package when installed. */
export const BUILTIN_RULES = fileURLToPath(new URL("../../rules", import.meta.url));
const LOGSOURCES = "logsources.yaml";
const BUILTIN = "builtin/";
/** Preparing so many takes more memory than a thread takes time. */
const MANY_FILES = 500;
/** Beside this module, in the bundle too. */
const PREPARER = new URL("./prepare-rules-worker.js", import.meta.url);

export interface RuleChoice {
  /** Files and folders of Sigma rules beside the built-in ones, and `@name`s of imported collections. */
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
  /** The rules as bytes, for {@link readRuleEngine} in another thread. */
  pack(): Uint8Array;
}

/** The engine of rules that were loaded elsewhere. */
export function readRuleEngine(pack: Uint8Array, key: string): RuleEngine {
  const prepared = readRulePack(pack, key);
  if (prepared === undefined) throw new Error("the rules were damaged on their way");
  return createEngine(prepared);
}

/** True for konseki's own rules, by the source that rules carry. */
export function isBuiltIn(rule: { readonly source: string }): boolean {
  return rule.source.startsWith(BUILTIN);
}

/**
 * Reads, checks and compiles rules. A rule that cannot be used is an issue; the others are used. The checked form is
 * cached by the content of all files it was made of and by the code that made it.
 */
export async function loadRules(choice: RuleChoice): Promise<LoadedRules> {
  const { cache = true } = choice;
  if (cache) {
    const listed = listRuleFiles(choice);
    const key = contentKey(listed);
    let known = loadedFromCache(key, listed.issues);
    if (known === undefined && listed.rules.length >= MANY_FILES && (await prepareAside(choice)))
      known = loadedFromCache(key, listed.issues);
    if (known !== undefined) return known;
  }
  const texts = readRuleFiles(choice);
  const { issues, key } = texts;
  const { cacheRules, prepareRuleFiles } = await import("./prepare-rule-files.ts");
  const prepared = cache ? cacheRules(texts) : prepareRuleFiles(texts);
  return loaded(prepared, issues, key, () => writeRulePack(prepared, key));
}

/** Prepares rules into the cache, in a thread that takes its memory with it when it ends; false when that did not work. */
function prepareAside(choice: RuleChoice): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const thread = new Worker(PREPARER, { workerData: choice });
      // It ends with a code that is not 0.
      thread.once("error", () => {});
      thread.once("exit", (code) => resolve(code === 0));
    } catch {
      resolve(false); // the rules are prepared here
    }
  });
}

function loadedFromCache(key: string, issues: readonly Issue[]): LoadedRules | undefined {
  const pack = readCachedPack(key);
  const prepared = pack && readRulePack(pack, key);
  return prepared && loaded(prepared, issues, key, () => pack);
}

function loaded(
  prepared: PreparedRules,
  issues: readonly Issue[],
  key: string,
  pack: () => Uint8Array,
): LoadedRules {
  const engine = createEngine(prepared);
  return { engine, issues: [...issues, ...engine.issues], key, pack };
}

export function readRuleFiles(choice: RuleChoice): RuleTexts {
  const listed = listRuleFiles(choice);
  const texts = new Map<RulePath, RuleFile>();
  const key = contentKey(listed, (file, content) => {
    texts.set(file, { name: file.name, text: content.toString("utf8") });
  });
  const { rules, logsources, tuning, issues } = listed;
  const read = (files: readonly RulePath[]): RuleFile[] =>
    files.map((file) => texts.get(file)).filter((file) => file !== undefined);
  return {
    files: read(rules),
    logsources: texts.get(logsources) ?? { name: logsources.name, text: "" },
    tuning: read(tuning),
    issues,
    key,
  };
}

/** The rules of an imported collection, told of as `@name/path`. */
function importedFiles(chosen: string, issues: Issue[]): RulePath[] {
  const folder = storedCollection(chosen.slice(1));
  if (folder === undefined) {
    const fix = "konseki rules import takes one in";
    issues.push({ ...unusable(chosen, "no collection of this name was imported"), fix });
    return [];
  }
  return ruleFiles(folder, issues).map((path) => ({
    name: `${chosen}/${relative(folder, path).replaceAll("\\", "/")}`,
    path,
  }));
}

/** The mapping of logsources that konseki ships. */
export function shippedLogsources(): RuleFile {
  return {
    name: `${BUILTIN}${LOGSOURCES}`,
    text: readFileSync(join(BUILTIN_RULES, LOGSOURCES), "utf8"),
  };
}

interface RulePath {
  /** As rules and issues tell of it. */
  readonly name: string;
  readonly path: string;
}

interface RulePaths {
  readonly rules: readonly RulePath[];
  readonly logsources: RulePath;
  readonly tuning: readonly RulePath[];
  readonly issues: Issue[];
}

function listRuleFiles(choice: RuleChoice): RulePaths {
  const issues: Issue[] = [];
  const rules: RulePath[] = [];
  if (choice.builtIn) {
    for (const path of ruleFiles(BUILTIN_RULES, issues)) {
      const name = `${BUILTIN}${relative(BUILTIN_RULES, path).replaceAll("\\", "/")}`;
      rules.push({ name, path });
    }
  }
  for (const chosen of choice.paths) {
    const before = rules.length;
    if (chosen.startsWith("@")) rules.push(...importedFiles(chosen, issues));
    else for (const path of ruleFiles(chosen, issues)) rules.push({ name: path, path });
    if (rules.length === before && !issues.some((issue) => issue.source === chosen)) {
      issues.push(unusable(chosen, "no Sigma rule (.yml, .yaml) in it"));
    }
  }
  return {
    rules,
    logsources: { name: `${BUILTIN}${LOGSOURCES}`, path: join(BUILTIN_RULES, LOGSOURCES) },
    tuning: (choice.tuning ?? []).map((path) => ({ name: path, path })),
    issues,
  };
}

/**
 * Names the content of all files. `onContent` sees each; without it nothing is kept, since thousands of texts are wanted
 * only when there is no pack of them. A file that cannot be read becomes an issue.
 */
function contentKey(
  { rules, logsources, tuning, issues }: RulePaths,
  onContent?: (file: RulePath, content: Buffer) => void,
): string {
  const hash = createHash("sha256").update(readerFingerprint());
  const reader = new ScratchReader();
  for (const file of [logsources, ...tuning, ...rules]) {
    let content: Buffer;
    try {
      content = reader.read(file.path);
    } catch (error) {
      issues.push(unusable(file.path, reasonOf(error)));
      continue;
    }
    hash.update(`${file.name.length} ${file.name} ${content.length} `).update(content);
    onContent?.(file, content);
  }
  return hash.digest("hex");
}

/** Reads file after file into the same memory. */
class ScratchReader {
  #buffer = Buffer.allocUnsafeSlow(256 * 1024);

  /** The file's content, until the next call. */
  read(path: string): Buffer {
    const file = openSync(path, "r");
    try {
      let length = 0;
      for (;;) {
        const count = readSync(file, this.#buffer, length, this.#buffer.length - length, null);
        if (count === 0) return this.#buffer.subarray(0, length);
        length += count;
        if (length === this.#buffer.length)
          this.#buffer = Buffer.concat([this.#buffer], 2 * this.#buffer.length);
      }
    } finally {
      closeSync(file);
    }
  }
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
