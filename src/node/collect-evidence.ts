import { statSync } from "node:fs";
import { safePath } from "../sources/safe-path.ts";
import { type CollectedFact, withCollected } from "./collected-file.ts";
import {
  type CollectedFile,
  type CollectionManifest,
  MANIFEST_FORMAT,
  MANIFEST_NAME,
} from "./collection-manifest.ts";
import type { CollectionSink } from "./collection-sink.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import type { FoundInput } from "./find-inputs.ts";
import type { HashedSource } from "./hashed-source.ts";
import { openLog } from "./open-log.ts";
import { reasonOf } from "./reason-of.ts";

export interface CollectOptions {
  /** As the user named them, for the manifest. */
  readonly sources: readonly string[];
  readonly version: string;
  readonly now: Date;
  readonly evidence?: EvidenceCache;
  readonly onProgress?: (done: number, total: number, path: string) => void;
}

const PIECE = 1024 * 1024;

/** Copies logs and hives out of evidence and writes the manifest last. A file that fails is a problem in it. */
export async function collectEvidence(
  inputs: readonly FoundInput[],
  sink: CollectionSink,
  { sources, version, now, evidence, onProgress }: CollectOptions,
): Promise<CollectionManifest> {
  const files: CollectedFile[] = [];
  const problems: { path: string; problem: string }[] = [];
  const names = new Set<string>([MANIFEST_NAME]);
  for (const [index, input] of inputs.entries()) {
    onProgress?.(index, inputs.length, input.path);
    if ("problem" in input) {
      problems.push(input);
      continue;
    }
    if (input.path === "-") {
      problems.push({ path: "-", problem: "standard input is no evidence to be collected" });
      continue;
    }
    const file = ownName(`files/${safePath(input.path)}`, names);
    try {
      files.push(await copyOne(input, file, sink, evidence));
    } catch (error) {
      problems.push({ path: input.path, problem: reasonOf(error) });
    }
  }
  onProgress?.(inputs.length, inputs.length, "");
  const manifest: CollectionManifest = {
    format: MANIFEST_FORMAT,
    version: 1,
    tool: { name: "konseki", version },
    collected: now.toISOString(),
    sources,
    files,
    problems,
  };
  const text = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
  await sink.add(MANIFEST_NAME, text.length, [text]);
  return manifest;
}

async function copyOne(
  input: { readonly path: string; readonly role?: "hive" },
  file: string,
  sink: CollectionSink,
  evidence: EvidenceCache | undefined,
): Promise<CollectedFile> {
  const log = await openLog(input.path, evidence);
  try {
    const { source } = log;
    await sink.add(file, source.size, piecesOf(source));
    const sha256 = source.sha256();
    const { evidence: facts, mft, changed } = withCollected(log, log.collected, sha256);
    const damage = [...log.damage().issues, ...(changed ? [changed] : [])].map(
      ({ message }) => message,
    );
    const stat =
      (log.evidence?.source ?? input.path) === input.path ? statSync(input.path) : undefined;
    return {
      file,
      source: input.path,
      role: input.role ?? "log",
      size: source.size,
      sha256,
      ...(stat !== undefined && { modified: stat.mtime.toISOString() }),
      ...(mft !== undefined && { mft }),
      ...(facts !== undefined && { evidence: facts }),
      ...(log.collected !== undefined && { before: earlier(log.collected) }),
      ...(damage.length > 0 && { damage }),
    };
  } finally {
    log.close();
  }
}

function earlier({ entry, manifest }: CollectedFact): NonNullable<CollectedFile["before"]> {
  const { collected, tool } = manifest;
  return { source: entry.source, collected, version: tool.version };
}

function* piecesOf(source: HashedSource): Generator<Uint8Array> {
  const piece = new Uint8Array(Math.min(PIECE, Math.max(source.size, 1)));
  for (let at = 0; at < source.size; ) {
    const count = source.read(at, piece, 0, piece.length);
    if (count === 0) throw new Error(`it ends after ${at} of ${source.size} bytes`);
    yield piece.subarray(0, count);
    at += count;
  }
}

/** A name that no other file of the collection has, on any file system. */
function ownName(name: string, names: Set<string>): string {
  let own = name;
  for (let copy = 2; names.has(own.toLowerCase()); copy++)
    own = name.replace(/(\.[^./]*)?$/, (end) => `~${copy}${end}`);
  names.add(own.toLowerCase());
  return own;
}
