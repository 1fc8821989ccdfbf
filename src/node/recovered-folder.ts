import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";

/** What `recover` writes into its folder. */
export const MANIFEST = "manifest.json";
export const JOURNAL = "journal.jsonl";
export const RECORDS = "records.jsonl";
/** End of the names of logs that hold copies of records, for other programs; their records stand in {@link RECORDS} too. */
export const RECORD_LOG = ".records.evtx";
/** The manifest begins with it. */
export const MANIFEST_FORMAT = "konseki-recovered";

/**
 * Which of a folder's files say nothing that the others do not: of what `recover` has written, its manifest and journal,
 * and copies of records that are read from {@link RECORDS}, where they are marked as brought back.
 */
export function isToldElsewhere(
  folder: string,
  names: ReadonlySet<string>,
): (name: string) => boolean {
  if (![MANIFEST, JOURNAL, RECORDS].every((name) => names.has(name))) return () => false;
  if (!beginsAsManifest(join(folder, MANIFEST))) return () => false;
  return (name) => name === MANIFEST || name === JOURNAL || name.endsWith(RECORD_LOG);
}

function beginsAsManifest(path: string): boolean {
  const start = Buffer.alloc(64);
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const length = readSync(file, start, 0, start.length, 0);
    return /^\{\s*"format":\s*"konseki-recovered"/.test(start.toString("latin1", 0, length));
  } catch {
    return false;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
