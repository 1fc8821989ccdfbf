import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Issue } from "../model/issue.ts";
import { safePath } from "../sources/safe-path.ts";
import { prepareRuleFiles } from "./prepare-rule-files.ts";
import { readRuleCollection } from "./rule-archive.ts";
import type { RuleFile } from "./rule-file.ts";
import { isCollectionName, ruleStoreFolder } from "./rule-store-folder.ts";

const OTHER_PLATFORM = "rule-logsource-other-platform";

/** What is pinned of an imported collection, beside its files. */
export interface StoredCollection {
  readonly name: string;
  /** What the collection calls itself, else what its content hashes to. */
  readonly version: string;
  /** Hex SHA-256 over all rules and their paths. */
  readonly digest: string;
  readonly files: number;
}

/** What an import changed; paths lie below the collection's folder. */
export interface ImportedRules {
  readonly stored: StoredCollection;
  readonly before: StoredCollection | undefined;
  readonly folder: string;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  /** Files with rules for other platforms only. */
  readonly leftOut: number;
  /** Rules that can be used, of all that were imported. */
  readonly usable: number;
  readonly issues: readonly Issue[];
}

/**
 * Takes a collection into the store under `name`, in the place of an earlier one. Rules for other platforms than Windows
 * are left out and counted. Nothing is changed when the collection cannot be read or has no usable rule.
 */
export async function importRules(
  source: string,
  name: string,
  logsources: RuleFile,
): Promise<ImportedRules> {
  if (!isCollectionName(name)) throw new Error(`"${name}" is no name: a-z, 0-9, - and _ only`);
  const read = await readRuleCollection(source);
  const issues = [...read.issues];
  const { files, leftOut, usable } = forWindows(read.files, logsources, issues);
  if (usable === 0) throw new Error(`no rule for Windows in ${read.files.length} files of it`);
  const texts = new Map<string, string>();
  for (const { name: label, text } of files) {
    const path = safePath(label);
    const folded = path.toLowerCase();
    // File systems that do not tell case apart would keep one of the two.
    if (texts.has(folded)) {
      issues.push({
        code: "rules-unreadable",
        severity: "warning",
        message: "left out: another file of this collection has the same path",
        source: label,
      });
    } else texts.set(folded, text);
  }
  const paths = new Map(
    files.map(({ name: label }) => [safePath(label).toLowerCase(), safePath(label)]),
  );
  const folder = join(ruleStoreFolder(), name);
  const before = readManifest(folder);
  const known = new Map(Object.entries(before?.hashes ?? {}));
  const hashes: Record<string, string> = Object.create(null);
  for (const [folded, text] of texts) hashes[paths.get(folded) ?? folded] = hashOf(text);
  const digest = hashOf(JSON.stringify(Object.entries(hashes).sort()));
  const stored = {
    name,
    version: read.version ?? `content ${digest.slice(0, 12)}`,
    digest,
    files: texts.size,
  };
  replaceFolder(folder, (aside) => {
    for (const [folded, text] of texts) {
      const path = join(aside, paths.get(folded) ?? folded);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    writeFileSync(join(aside, MANIFEST), JSON.stringify({ ...stored, hashes }, null, 1));
  });
  const now = Object.keys(hashes);
  return {
    stored,
    before: before?.stored,
    folder,
    added: now.filter((path) => !known.has(path)),
    changed: now.filter((path) => known.has(path) && known.get(path) !== hashes[path]),
    removed: [...known.keys()].filter((path) => hashes[path] === undefined),
    unchanged: now.filter((path) => known.get(path) === hashes[path]).length,
    leftOut,
    usable,
    issues,
  };
}

/** Not a rule by its name: the readers of rule folders pass it by. */
const MANIFEST = "collection.json";

function forWindows(
  files: readonly RuleFile[],
  logsources: RuleFile,
  issues: Issue[],
): { files: RuleFile[]; leftOut: number; usable: number } {
  const prepared = prepareRuleFiles({ files, logsources, tuning: [] });
  const foreign = new Set<string>();
  for (const issue of prepared.issues) if (issue.code === OTHER_PLATFORM) foreign.add(issue.source);
  for (const { source } of [...prepared.rules, ...prepared.correlations]) foreign.delete(source);
  issues.push(...prepared.issues.filter((issue) => !foreign.has(issue.source)));
  return {
    files: files.filter(({ name }) => !foreign.has(name)),
    leftOut: foreign.size,
    usable: prepared.rules.length + prepared.correlations.length,
  };
}

function readManifest(
  folder: string,
): { stored: StoredCollection; hashes: Readonly<Record<string, string>> } | undefined {
  try {
    const { hashes, ...stored } = JSON.parse(readFileSync(join(folder, MANIFEST), "utf8"));
    return typeof hashes === "object" && hashes !== null ? { stored, hashes } : undefined;
  } catch {
    return undefined; // never imported, or by hand: everything counts as added
  }
}

/** The new folder is filled aside and takes the place of the old one at once. */
function replaceFolder(folder: string, fill: (aside: string) => void): void {
  const aside = `${folder}.${process.pid}.new`;
  const old = `${folder}.${process.pid}.old`;
  try {
    mkdirSync(aside, { recursive: true });
    fill(aside);
    if (existsSync(folder)) renameSync(folder, old);
    try {
      renameSync(aside, folder);
    } catch (error) {
      if (existsSync(old)) renameSync(old, folder);
      throw error;
    }
  } finally {
    rmSync(aside, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
