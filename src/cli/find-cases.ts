import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseDocument } from "yaml";
import { reasonOf } from "../node/reason-of.ts";
import { type CaseFile, parseCase } from "../report/case-file.ts";
import { type Amendment, isSigmaInfo, sigmaInfoCases } from "../report/sigma-info.ts";
import { UsageError } from "./usage-error.ts";
import { warn } from "./warn.ts";

export interface FoundCase {
  readonly file: string;
  readonly wanted: CaseFile;
}

const MOST_FILES = 100_000;
const MOST_ALIASES = 50;

/**
 * The cases that paths name: case files, descriptions of SigmaHQ's regression data, and folders of both. Paths in the
 * result are those of the file system. Throws UsageError where a file is wrong: a case that is misread must not pass.
 */
export function findCases(paths: readonly string[], amendments: readonly Amendment[]): FoundCase[] {
  const found: FoundCase[] = [];
  for (const path of paths) {
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    if (!isFolder) {
      found.push(...read(path, amendments));
      continue;
    }
    const before = found.length;
    let others = 0;
    for (const file of yamlFiles(path)) {
      if (isCase(file)) found.push(...read(file, amendments));
      else others++;
    }
    if (found.length === before) throw new UsageError(`${path}: no case file in it`);
    if (others > 0) warn(`${path}: ${others} other .yml files are no cases`);
  }
  return found;
}

function read(file: string, amendments: readonly Amendment[]): FoundCase[] {
  const beside = (path: string): string => resolve(dirname(file), path);
  try {
    const text = readFileSync(file, "utf8");
    const cases = isSigmaInfo(root(text))
      ? sigmaInfoCases(text, amendments)
      : [parseCase(text, file)];
    return cases.map((wanted) => ({
      file,
      wanted: {
        ...wanted,
        logs: wanted.logs.map(beside),
        rules: wanted.rules.map(beside),
        ...(wanted.inventory !== undefined && { inventory: beside(wanted.inventory) }),
      },
    }));
  } catch (error) {
    throw new UsageError(`${file}: ${reasonOf(error)}`);
  }
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/i.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
    .slice(0, MOST_FILES);
}

/** Whether a file found in a folder means to be a case; a broken one does, so that it is told. */
function isCase(file: string): boolean {
  const content = root(readFileSync(file, "utf8"));
  if (isSigmaInfo(content)) return true;
  return (
    content !== null &&
    typeof content === "object" &&
    "logs" in content &&
    ["must", "mustNot", "counts"].some((key) => key in content)
  );
}

function root(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: MOST_ALIASES });
}
