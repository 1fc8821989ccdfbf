import { lstatSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { tellOtherFile } from "./other-evidence.ts";

/** One file to read, or the reason why a path gives none. */
export type FoundInput =
  | { readonly path: string }
  | { readonly path: string; readonly problem: string };

const MOST_DEPTH = 64;

/**
 * The files behind the paths a user names (`-` is standard input): files as they are, folders with all that lies below them, in name
 * order. Links inside folders are not followed (they could lead out of the evidence or round in a circle); a link
 * that the user names is. In folders files are taken that are logs by name or by signature; archives, images and links
 * there are named as not read.
 */
export function findInputs(paths: readonly string[]): FoundInput[] {
  const found: FoundInput[] = [];
  for (const path of paths) {
    if (path === "-") {
      found.push({ path });
      continue;
    }
    try {
      const stat = statSync(path);
      if (!stat.isDirectory()) {
        found.push({ path });
        continue;
      }
      const before = found.length;
      walk(path, 0, found);
      if (found.length === before)
        found.push({ path, problem: "no log file (.evtx, .xml, .json, .jsonl) in this folder" });
    } catch (error) {
      found.push({ path, problem: reasonOf(error) });
    }
  }
  return found;
}

const LOG_NAME = /\.(evtx|xml|jsonl?|ndjson)$/i;

function walk(folder: string, depth: number, found: FoundInput[]): void {
  if (depth > MOST_DEPTH) {
    found.push({ path: folder, problem: `more than ${MOST_DEPTH} folders deep` });
    return;
  }
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch (error) {
    found.push({ path: folder, problem: reasonOf(error) });
    return;
  }
  for (const name of names) {
    const path = join(folder, name);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) walk(path, depth + 1, found);
    else if (stat?.isSymbolicLink() && LOG_NAME.test(name))
      found.push({ path, problem: "a link inside a folder is not followed: name it to read it" });
    else if (stat?.isFile()) takeFile(path, found);
  }
}

function takeFile(path: string, found: FoundInput[]): void {
  if (LOG_NAME.test(path)) {
    found.push({ path });
    return;
  }
  try {
    const other = tellOtherFile(path);
    if (other === "log") found.push({ path });
    else if (other !== undefined)
      found.push({
        path,
        problem: `${other.container}, which is not read: take the logs out of it first`,
      });
  } catch (error) {
    found.push({ path, problem: reasonOf(error) });
  }
}

/** Plain words for what the system said. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
      return "no such file or folder";
    case "EACCES":
    case "EPERM":
      return "no permission to read it";
    case "EISDIR":
      return "a folder, not a file";
    case "EIO":
      return "the medium could not be read";
    case "EMFILE":
      return "too many open files";
    default:
      return message ?? String(error);
  }
}
