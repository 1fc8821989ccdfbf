import { createHash } from "node:crypto";
import { lstatSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { ByteSource } from "../base/byte-source.ts";
import { isProblem, problemText } from "../sources/source-problem.ts";
import { type CollectionManifest, MANIFEST_NAME, parseManifest } from "./collection-manifest.ts";
import { containerContext, OpenParts } from "./container-context.ts";
import { CONTAINER_READERS } from "./container-readers.ts";
import { FileSource } from "./file-source.ts";
import { HashedSource } from "./hashed-source.ts";
import { reasonOf } from "./reason-of.ts";

/** What became of one file of a collection. */
export interface VerifiedFile {
  readonly file: string;
  readonly state: "same" | "changed" | "missing" | "unreadable" | "added";
  /** Expected and found, in words; empty when it is the same. */
  readonly detail: string;
}

export interface Verification {
  readonly manifest: CollectionManifest;
  /** Hex SHA-256 of the manifest itself: the one number to compare with what was noted when it was collected. */
  readonly manifestSha256: string;
  readonly files: readonly VerifiedFile[];
}

const MOST_MANIFEST_BYTES = 256 * 1024 * 1024;

/** Compares a collection (folder or zip) with its manifest. Rejects when there is none that can be read. */
export async function verifyCollection(path: string): Promise<Verification> {
  const parts = new OpenParts();
  try {
    const { files, others } = statSync(path).isDirectory()
      ? folderFiles(path)
      : await zipFiles(path, parts);
    const bytes = await manifestBytes(files);
    const manifest = parseManifest(new TextDecoder().decode(bytes));
    if (typeof manifest === "string") throw new Error(manifest);
    const verified: VerifiedFile[] = [];
    const named = new Set<string>([MANIFEST_NAME]);
    for (const expected of manifest.files) {
      named.add(expected.file);
      const open = files.get(expected.file);
      verified.push(
        open === undefined
          ? { file: expected.file, state: "missing", detail: "not in the collection" }
          : await compare(expected, open),
      );
    }
    for (const file of files.keys())
      if (!named.has(file)) verified.push({ file, state: "added", detail: "not in the manifest" });
    verified.push(...others);
    const manifestSha256 = createHash("sha256").update(bytes).digest("hex");
    return { manifest, manifestSha256, files: verified };
  } finally {
    parts.close();
  }
}

type Open = () => Promise<ByteSource>;

async function compare(
  expected: { readonly file: string; readonly size: number; readonly sha256: string },
  open: Open,
): Promise<VerifiedFile> {
  const { file, size, sha256 } = expected;
  let source: (ByteSource & { close?(): void }) | undefined;
  try {
    source = await open();
    if (source.size !== size)
      return { file, state: "changed", detail: `${source.size} bytes, expected ${size}` };
    const found = new HashedSource(source).sha256();
    return found === sha256
      ? { file, state: "same", detail: "" }
      : { file, state: "changed", detail: `SHA-256 ${found}, expected ${sha256}` };
  } catch (error) {
    return { file, state: "unreadable", detail: reasonOf(error) };
  } finally {
    source?.close?.();
  }
}

async function manifestBytes(files: ReadonlyMap<string, Open>): Promise<Uint8Array> {
  const open = files.get(MANIFEST_NAME);
  if (open === undefined) throw new Error(`no ${MANIFEST_NAME} in it: this is no collection`);
  const source: ByteSource & { close?(): void } = await open();
  try {
    if (source.size > MOST_MANIFEST_BYTES) throw new Error("its manifest is too large");
    const bytes = new Uint8Array(source.size);
    source.read(0, bytes, 0, bytes.length);
    return bytes;
  } finally {
    source.close?.();
  }
}

interface Found {
  readonly files: ReadonlyMap<string, Open>;
  /** What no collection holds: links, and second files of one name. */
  readonly others: readonly VerifiedFile[];
}

/** Regular files below a folder; links lead nowhere. */
function folderFiles(folder: string): Found {
  const files = new Map<string, Open>();
  const others: VerifiedFile[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const full = join(entry.parentPath ?? entry.path, entry.name);
    const file = relative(folder, full).replaceAll("\\", "/");
    const stat = lstatSync(full);
    if (stat.isFile()) files.set(file, async () => new FileSource(full));
    else if (!stat.isDirectory())
      others.push({ file, state: "added", detail: "a link or device: no file of a collection" });
  }
  return { files, others };
}

async function zipFiles(path: string, parts: OpenParts): Promise<Found> {
  const reader = CONTAINER_READERS.zip;
  if (reader === undefined || !("archive" in reader))
    throw new Error("zip archives are not read here: unpack it and verify the folder");
  const context = containerContext({
    name: path,
    passwords: [],
    onIssue: () => {},
    parts,
    beside: () => undefined,
  });
  const opened = await (await reader.archive())(parts.add(new FileSource(path)), context);
  if (isProblem(opened)) throw new Error(problemText(opened));
  parts.add(opened);
  const files = new Map<string, Open>();
  const others: VerifiedFile[] = [];
  for (const entry of opened.entries) {
    // Programs that unpack it take the one or the other.
    if (files.has(entry.path))
      others.push({ file: entry.path, state: "added", detail: "a second file of this name" });
    else
      files.set(entry.path, async () => {
        const source = await entry.open();
        if (isProblem(source)) throw new Error(problemText(source));
        return source;
      });
  }
  return { files, others };
}
