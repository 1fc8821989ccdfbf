import { lstatSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { HIVE_PATH, TEXT_LOG_NAME } from "../sources/evidence-names.ts";
import { isContinuation } from "../sources/source-kinds.ts";
import { MANIFEST_NAME } from "./collection-manifest.ts";
import { type EvidenceCache, sharedEvidence, splitEvidencePath } from "./evidence-cache.ts";
import { type EvidenceItem, tellFile } from "./evidence-reader.ts";
import { isProgramsOwn } from "./folder-notes.ts";
import { reasonOf } from "./reason-of.ts";
import { isToldElsewhere } from "./recovered-folder.ts";

/** One log (or hive, where asked for) to read, or the reason why a path gives none. */
export type FoundInput =
  | { readonly path: string; readonly role?: "hive" }
  | { readonly path: string; readonly problem: string };

export interface FindOptions {
  /** Registry hives too, for facts about the host. */
  readonly hives?: boolean;
}

const MOST_DEPTH = 64;

/**
 * The logs behind the paths a user names (`-` is standard input): files as they are, folders with all that lies below
 * them, archives and disk images with the logs inside them, in name order. Links inside folders are not followed (they
 * could lead out of the evidence or round in a circle); a link that the user names is. In folders files are taken that
 * are logs, archives or images by name or by signature. A part of an image that cannot be read is named.
 */
export async function findInputs(
  paths: readonly string[],
  cache = sharedEvidence,
  { hives = false }: FindOptions = {},
): Promise<FoundInput[]> {
  const found: FoundInput[] = [];
  for (const path of paths) {
    if (path === "-") {
      found.push({ path });
      continue;
    }
    try {
      const stat = statSync(path, { throwIfNoEntry: false });
      const inside = stat === undefined ? splitEvidencePath(path) : undefined;
      if (inside !== undefined) await takeInside(inside.file, path, found, cache, hives);
      else if (stat?.isDirectory()) await takeFolder(path, found, cache, hives);
      else if (stat?.isFile() && tellFile(path) === "container")
        await takeContainer(path, found, cache, hives);
      else found.push({ path });
    } catch (error) {
      found.push({ path, problem: reasonOf(error) });
    }
  }
  return found;
}

async function takeFolder(
  path: string,
  found: FoundInput[],
  cache: EvidenceCache,
  hives: boolean,
): Promise<void> {
  const before = found.length;
  await walk(path, 0, found, cache, hives);
  if (found.length === before)
    found.push({
      path,
      problem: "no log file (.evtx, .xml, .json, .jsonl), archive or disk image in this folder",
    });
}

const LOG_NAME = /\.(evtx|xml|jsonl?|ndjson)$/i;

async function walk(
  folder: string,
  depth: number,
  found: FoundInput[],
  cache: EvidenceCache,
  hives: boolean,
): Promise<void> {
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
  const before = found.length;
  const lower = new Set(names.map((name) => name.toLowerCase()));
  const isTold = isToldElsewhere(folder, new Set(names));
  for (const name of names) {
    const path = join(folder, name);
    if (isTold(name)) continue;
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) await walk(path, depth + 1, found, cache, hives);
    else if (stat?.isSymbolicLink() && LOG_NAME.test(name))
      found.push({ path, problem: "a link inside a folder is not followed: name it to read it" });
    else if (stat?.isFile() && !isContinuation(name, lower))
      await takeFile(path, found, cache, hives);
  }
  leaveOutResults(folder, found, before);
}

/** Collections hold much XML and JSON that is no log: as in archives, it counts only where nothing else does. */
function leaveOutResults(folder: string, found: FoundInput[], from: number): void {
  const isResult = (input: FoundInput): boolean =>
    !("problem" in input) && TEXT_LOG_NAME.test(input.path) && isProgramsOwn(folder, input.path);
  const isLog = (input: FoundInput): boolean =>
    !("problem" in input) && input.role === undefined && !TEXT_LOG_NAME.test(input.path);
  const below = found.slice(from);
  if (!below.some(isLog) || !below.some(isResult)) return;
  found.splice(from, below.length, ...below.filter((input) => !isResult(input)));
}

function inputsOf(items: readonly EvidenceItem[], hives: boolean): FoundInput[] {
  return items.flatMap(({ path, role }): FoundInput[] =>
    role === "log" ? [{ path }] : hives ? [{ path, role }] : [],
  );
}

async function takeFile(
  path: string,
  found: FoundInput[],
  cache: EvidenceCache,
  hives: boolean,
): Promise<void> {
  if (basename(path) === MANIFEST_NAME) return;
  if (LOG_NAME.test(path)) {
    found.push({ path });
    return;
  }
  if (HIVE_PATH.test(path)) {
    if (hives) found.push({ path, role: "hive" });
    return;
  }
  try {
    const what = tellFile(path);
    if (what === "log") found.push({ path });
    else if (what === "container") await takeContainer(path, found, cache, hives);
  } catch (error) {
    found.push({ path, problem: reasonOf(error) });
  }
}

async function takeContainer(
  path: string,
  found: FoundInput[],
  cache: EvidenceCache,
  hives: boolean,
): Promise<void> {
  const evidence = await cache.at(path);
  if (evidence === undefined) {
    found.push({ path });
    return;
  }
  const before = found.length;
  found.push(...inputsOf(evidence.items, hives));
  found.push(...evidence.problems);
  if (found.length === before) found.push({ path, problem: "no log (.evtx) in it" });
}

/** The logs of a container whose labels are the path or lie below it; the path itself when there are none. */
async function takeInside(
  file: string,
  path: string,
  found: FoundInput[],
  cache: EvidenceCache,
  hives: boolean,
): Promise<void> {
  const evidence = await cache.at(file);
  const folder = path.replaceAll("\\", "/").replace(/\/$/, "").toLowerCase();
  const below = (evidence?.items ?? []).filter((item) =>
    item.path.replaceAll("\\", "/").toLowerCase().startsWith(`${folder}/`),
  );
  if (below.length === 0) found.push({ path });
  else found.push(...inputsOf(below, hives));
}
