import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { ByteSource } from "../base/byte-source.ts";
import type { Issue } from "../model/issue.ts";
import { tellSourceKind } from "../sources/source-kinds.ts";
import { isProblem, problemText } from "../sources/source-problem.ts";
import { containerContext, OpenParts } from "./container-context.ts";
import { CONTAINER_READERS } from "./container-readers.ts";
import { FileSource } from "./file-source.ts";
import type { RuleFile } from "./rule-file.ts";

/** No rule is larger; the rule reader would refuse it anyway. */
const MOST_RULE_BYTES = 4 * 1024 * 1024;
const MOST_FILES = 100_000;
const MOST_BYTES = 512 * 1024 * 1024;
/** An archive in a compressed file (tar.gz) is two. */
const MOST_LAYERS = 3;
const VERSION_FILE = "version.txt";

/** A collection of rules as it is published: a checkout, a folder, or an archive of one. */
export interface RuleCollection {
  /** Labels with `/`, below the collection's root; never to be used as paths as they are. */
  readonly files: readonly RuleFile[];
  /** What the collection calls itself: its version file, its commit, or its name; undefined when it says nothing. */
  readonly version: string | undefined;
  readonly issues: readonly Issue[];
}

/** Reads a collection. Throws with the reason in words when there is none at this path. */
export async function readRuleCollection(path: string): Promise<RuleCollection> {
  const issues: Issue[] = [];
  if (statSync(path).isDirectory()) {
    const found = [...walk(path, "", 0)];
    const files = collect(
      found.map((label) => ({ label, size: statSync(join(path, label)).size })),
    );
    const texts = files.map(({ label }) => ({
      name: label,
      text: readFileSync(join(path, label), "utf8"),
    }));
    return collection(texts, gitCommit(path), issues);
  }
  return await fromArchive(path, issues);
}

function* walk(root: string, below: string, depth: number): Iterable<string> {
  if (depth > 32) return;
  for (const entry of readdirSync(join(root, below), { withFileTypes: true })) {
    const label = below === "" ? entry.name : `${below}/${entry.name}`;
    // Links are not followed: they may lead anywhere.
    if (entry.isDirectory() && entry.name !== ".git") yield* walk(root, label, depth + 1);
    else if (entry.isFile() && isWanted(label)) yield label;
  }
}

async function fromArchive(path: string, issues: Issue[]): Promise<RuleCollection> {
  const parts = new OpenParts();
  try {
    let source: ByteSource = parts.add(new FileSource(path));
    let name = basename(path);
    for (let layer = 0; layer < MOST_LAYERS; layer++) {
      const kind = tellSourceKind(source, name);
      const reader = kind && CONTAINER_READERS[kind.kind];
      if (kind === undefined || reader === undefined)
        throw new Error(
          `${kind?.words ?? "this"} is not read: name a folder, a zip or a tar archive`,
        );
      const context = containerContext({
        name,
        passwords: [],
        keeps: isWanted,
        onIssue: (issue) => issues.push(issue),
        parts,
        beside: () => undefined,
      });
      if ("disk" in reader) {
        const opened = await (await reader.disk())(source, context);
        if (isProblem(opened)) throw new Error(problemText(opened));
        source = opened.disk;
        name = name.replace(/\.[a-z0-9]+$/i, "");
        continue;
      }
      const opened = await (await reader.archive())(source, context);
      if (isProblem(opened)) throw new Error(problemText(opened));
      if (opened.close) parts.add({ close: () => opened.close?.() });
      const wanted = opened.entries.filter((entry) => isWanted(entry.path));
      const chosen = collect(
        wanted.map((entry) => ({ label: entry.path, size: entry.size, entry })),
      );
      const texts: RuleFile[] = [];
      for (const { label, entry } of chosen) {
        const content = await entry.open();
        if (isProblem(content)) {
          issues.push(unread(label, problemText(content)));
          continue;
        }
        if (content.size > MOST_RULE_BYTES) {
          issues.push(unread(label, `${content.size} bytes: no rule is as large`));
          continue;
        }
        const bytes = new Uint8Array(content.size);
        content.read(0, bytes, 0, bytes.length);
        texts.push({ name: label, text: new TextDecoder().decode(bytes) });
      }
      return collection(texts, undefined, issues);
    }
    throw new Error(`more than ${MOST_LAYERS} archives in one another`);
  } finally {
    parts.close();
  }
}

function isWanted(label: string): boolean {
  return /\.ya?ml$/i.test(label) || basename(label) === VERSION_FILE;
}

/** Throws when there is more than any collection of rules has. */
function collect<T extends { readonly label: string; readonly size: number | undefined }>(
  found: readonly T[],
): T[] {
  const bytes = found.reduce((sum, { size }) => sum + (size ?? 0), 0);
  if (found.length > MOST_FILES || bytes > MOST_BYTES)
    throw new Error(`${found.length} files, ${bytes} bytes: more than any collection of rules has`);
  return found.toSorted((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
}

/** Takes off the folder that archives put around everything; of SigmaHQ only its rule folders, not its tests. */
function collection(
  texts: readonly RuleFile[],
  commit: string | undefined,
  issues: readonly Issue[],
): RuleCollection {
  const labels = texts.map(({ name }) => name.replaceAll("\\", "/"));
  const top = labels[0]?.split("/")[0] ?? "";
  const wrapped =
    labels.length > 0 &&
    !/^rules/.test(top) &&
    labels.every((label) => label.startsWith(`${top}/`));
  const files = texts.map(({ text }, i) => ({
    name: wrapped ? labels[i]!.slice(top.length + 1) : labels[i]!,
    text,
  }));
  const rules = files.filter(({ name }) => basename(name) !== VERSION_FILE);
  const inFolders = rules.filter(({ name }) => /^rules[\w-]*\//.test(name));
  const said = files.find(({ name }) => name === VERSION_FILE)?.text;
  return {
    files: inFolders.length > 0 ? inFolders : rules,
    version: plain(said) ?? commit ?? (wrapped ? plain(top) : undefined),
    issues,
  };
}

/** A first line that can stand in a sentence. */
function plain(text: string | undefined): string | undefined {
  const line = text?.split(/\r?\n/, 1)[0]?.trim() ?? "";
  return /^[\w .:+@-]{1,100}$/.test(line) ? line : undefined;
}

/** The commit that a checkout is at, read without running anything. */
function gitCommit(folder: string): string | undefined {
  const read = (name: string): string => {
    try {
      return readFileSync(join(folder, ".git", name), "utf8").trim();
    } catch {
      return "";
    }
  };
  const head = read("HEAD");
  const ref = /^ref: (refs\/[\w./-]+)$/.exec(head)?.[1];
  const packed = read("packed-refs")
    .split("\n")
    .find((line) => ref !== undefined && line.endsWith(` ${ref}`));
  const hash = ref === undefined ? head : read(ref) || packed?.split(" ")[0] || "";
  return /^[0-9a-f]{40,64}$/.test(hash) ? `commit ${hash.slice(0, 12)}` : undefined;
}

function unread(source: string, message: string): Issue {
  return { code: "rules-unreadable", severity: "warning", message, source };
}
