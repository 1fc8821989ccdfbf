import type { EvidenceFacts, MftFacts } from "../model/ledger.ts";

/** The manifest's name in a collection. */
export const MANIFEST_NAME = "konseki-manifest.json";
export const MANIFEST_FORMAT = "konseki-collection";

/** One file of a collection and where it came from. */
export interface CollectedFile {
  /** Below the collection, `/` between the parts. */
  readonly file: string;
  /** The path in the evidence, as `triage` names it. */
  readonly source: string;
  readonly role: "log" | "hive";
  readonly size: number;
  readonly sha256: string;
  /** Last written, by the file system it was copied from; of plain files only. ISO 8601 UTC. */
  readonly modified?: string;
  readonly mft?: MftFacts;
  readonly evidence?: EvidenceFacts;
  /** It was taken out of an older collection: where it had lain, and when and by which version that was made. */
  readonly before?: {
    readonly source: string;
    readonly collected: string;
    readonly version: string;
  };
  /** What could not be read of it and stands as zeros, and whether it had been changed in an older collection. */
  readonly damage?: readonly string[];
}

/** What a collection holds, by whom it was made, and what could not be taken. */
export interface CollectionManifest {
  readonly format: typeof MANIFEST_FORMAT;
  readonly version: 1;
  readonly tool: { readonly name: "konseki"; readonly version: string };
  /** ISO 8601 UTC. */
  readonly collected: string;
  /** As the user named them. */
  readonly sources: readonly string[];
  readonly files: readonly CollectedFile[];
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
}

/** Reads a manifest's text; a string says what is wrong with it. */
export function parseManifest(text: string): CollectionManifest | string {
  let value: Partial<CollectionManifest>;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `its manifest is no JSON: ${(error as Error).message}`;
  }
  if (value === null || typeof value !== "object" || value.format !== MANIFEST_FORMAT)
    return "its manifest is not one of konseki";
  if (value.version !== 1)
    return `its manifest has version ${value.version}, this konseki knows version 1`;
  const fits =
    Array.isArray(value.files) &&
    value.files.every(
      (entry) =>
        typeof entry?.file === "string" &&
        typeof entry.size === "number" &&
        /^[0-9a-f]{64}$/.test(entry.sha256),
    );
  return fits ? (value as CollectionManifest) : "its manifest has no usable list of files";
}
