import { readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Issue } from "../model/issue.ts";
import type { EvidenceFacts, MftFacts } from "../model/ledger.ts";
import {
  type CollectedFile,
  type CollectionManifest,
  MANIFEST_NAME,
  parseManifest,
} from "./collection-manifest.ts";

/** What the manifest of a collection says of one of its files. */
export interface CollectedFact {
  readonly entry: CollectedFile;
  readonly manifest: CollectionManifest;
  /** The folder or archive that the collection is. */
  readonly collection: string;
}

/** Manifests are read whole; one line a file. */
export const MOST_MANIFEST_BYTES = 64 * 1024 * 1024;
/** Paths of evidence are cut to what file systems take long before that. */
const MOST_LEVELS = 64;
const MOST_KNOWN = 1000;
const MOST_CHARS = 4096;

/** A manifest by the names of its files. */
export class CollectionIndex {
  readonly #manifest: CollectionManifest;
  readonly #collection: string;
  readonly #files: ReadonlyMap<string, CollectedFile>;

  private constructor(manifest: CollectionManifest, collection: string) {
    this.#manifest = manifest;
    this.#collection = collection;
    this.#files = new Map(manifest.files.filter(isSound).map((entry) => [entry.file, entry]));
  }

  /** Undefined when the bytes are no manifest: `verify` says what is wrong with them. */
  static of(bytes: Uint8Array, collection: string): CollectionIndex | undefined {
    const manifest = parseManifest(new TextDecoder().decode(bytes));
    if (typeof manifest === "string") return undefined;
    return areTexts([manifest.collected, manifest.tool?.version])
      ? new CollectionIndex(manifest, collection)
      : undefined;
  }

  file(name: string): CollectedFact | undefined {
    const entry = this.#files.get(name);
    return entry && { entry, manifest: this.#manifest, collection: this.#collection };
  }
}

/** Anyone may have written it: what has another form than konseki gives it is not used. */
function isSound({ source, evidence, mft }: CollectedFile): boolean {
  if (!areTexts([source])) return false;
  if (evidence === null || mft === null) return false;
  if (evidence !== undefined) {
    const { layout = "", host = "", collected = "", shadowCopy = "", inside } = evidence;
    if (!areTexts([layout, host, collected, shadowCopy])) return false;
    if (!Array.isArray(inside) || inside.length > 16 || !areTexts(inside)) return false;
  }
  return mft === undefined || isSoundMft(mft);
}

function isSoundMft({
  entry,
  sequence,
  deleted,
  standard,
  fileName,
  clusters,
  damage = "",
}: MftFacts) {
  const areTimes = (times: MftFacts["standard"]): boolean =>
    times === null ||
    (typeof times === "object" &&
      [times.created, times.modified, times.changed, times.accessed].every(
        (time) => typeof time === "string" && /^\d{4,6}-\d\d-\d\dT[\d:.]{8,20}Z$/.test(time),
      ));
  return (
    Number.isInteger(entry) &&
    Number.isInteger(sequence) &&
    typeof deleted === "boolean" &&
    areTimes(standard) &&
    areTimes(fileName) &&
    (clusters === undefined ||
      (Number.isInteger(clusters?.total) && Number.isInteger(clusters.reused))) &&
    areTexts([damage])
  );
}

function areTexts(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === "string" && value.length <= MOST_CHARS);
}

const known = new Map<string, CollectionIndex | undefined>();

/** What the manifest of the collection that a plain file lies in says of it. */
export function collectedFile(path: string): CollectedFact | undefined {
  const full = resolve(path);
  let folder = dirname(full);
  for (let level = 0; level < MOST_LEVELS; level++) {
    const index = indexIn(folder);
    if (index !== undefined) return index.file(relative(folder, full).replaceAll("\\", "/"));
    if (dirname(folder) === folder) return undefined;
    folder = dirname(folder);
  }
  return undefined;
}

function indexIn(folder: string): CollectionIndex | undefined {
  if (known.has(folder)) return known.get(folder);
  let index: CollectionIndex | undefined;
  try {
    const path = join(folder, MANIFEST_NAME);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isFile() && stat.size <= MOST_MANIFEST_BYTES)
      index = CollectionIndex.of(readFileSync(path), folder);
  } catch {
    // Then nothing is known of its files.
  }
  if (known.size < MOST_KNOWN) known.set(folder, index);
  return index;
}

/** What is known of a log from where it lies and, where it is as it was collected, from the manifest. */
export function withCollected(
  now: { readonly evidence?: EvidenceFacts; readonly mft?: MftFacts },
  fact: CollectedFact | undefined,
  sha256: string,
): { readonly evidence?: EvidenceFacts; readonly mft?: MftFacts; readonly changed?: Issue } {
  if (fact === undefined || sha256 === "") return now;
  const { entry, manifest, collection } = fact;
  if (entry.sha256 !== sha256)
    return {
      ...now,
      changed: {
        code: "collection-changed",
        severity: "warning",
        message: `it is not as it was collected at ${manifest.collected}: SHA-256 ${sha256}, expected ${entry.sha256}`,
        source: entry.file,
      },
    };
  const { host, collected, layout, shadowCopy, inside = [] } = entry.evidence ?? {};
  const mft = now.mft ?? entry.mft;
  return {
    evidence: {
      source: collection,
      inside: [
        ...(now.evidence?.inside ?? []),
        `collected ${manifest.collected} from ${entry.source}`,
        ...inside,
      ],
      ...(layout !== undefined && { layout }),
      ...(host !== undefined && { host }),
      ...(collected !== undefined && { collected }),
      ...(shadowCopy !== undefined && { shadowCopy }),
    },
    ...(mft !== undefined && { mft }),
  };
}
