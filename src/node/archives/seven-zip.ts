import { ArchiveReader, libarchiveWasm } from "libarchive-wasm";
import type { ArchiveEntry, ArchiveOpener } from "../../sources/container.ts";
import { isEvidenceName } from "../../sources/evidence-names.ts";
import { reasonOf } from "../reason-of.ts";
import { tooLarge } from "./unpack-limits.ts";

/** The library has the archive and an entry in its own memory, which ends at 2 GiB. */
const MOST_ARCHIVE_BYTES = 1024 * 1024 * 1024;
const MOST_ENTRY_BYTES = 1024 * 1024 * 1024;

/** 7z archives, and tar archives in xz or bzip2. What may be evidence is unpacked in one pass and kept. */
export const openSevenZip: ArchiveOpener = async (source, context) => {
  if (source.size > MOST_ARCHIVE_BYTES)
    return {
      problem: `has ${source.size} bytes: above ${MOST_ARCHIVE_BYTES} it is not read`,
      fix: "unpack it first",
    };
  const bytes = new Uint8Array(source.size);
  source.read(0, bytes, 0, bytes.length);
  const library = await libarchiveWasm();
  let reader: ArchiveReader;
  try {
    reader = new ArchiveReader(library, new Int8Array(bytes.buffer), context.passwords[0]);
  } catch (error) {
    return { problem: `is damaged: ${reasonOf(error)}` };
  }
  const entries: ArchiveEntry[] = [];
  let reason = "";
  try {
    for (const entry of reader.entries()) {
      if (entry.getFiletype() !== "File") continue;
      const path = entry.getPathname();
      const size = entry.getSize();
      entries.push({ path, size, open: await keep(entry, path, size) });
    }
    // The library ends its list at an error as it does at the end.
    reason = library.error_string(reader.archive) ?? "";
  } catch (error) {
    reason = reasonOf(error);
  } finally {
    reader.free();
  }
  if (entries.length === 0 && reason !== "")
    return /encrypt|passphrase|password/i.test(reason)
      ? { problem: "is encrypted, which is not read in 7z", fix: "unpack it first" }
      : { problem: `is damaged: ${reason}` };
  if (reason !== "") {
    context.onIssue({
      code: "archive-damaged",
      severity: "warning",
      message: `it breaks off after ${entries.length} files: ${reason}`,
      source: context.name,
    });
  }
  return { entries };

  async function keep(
    entry: { readData(): Int8Array | undefined },
    path: string,
    size: number,
  ): Promise<ArchiveEntry["open"]> {
    if (!(context.keeps ?? isEvidenceName)(path))
      return () => Promise.resolve({ problem: "was not kept" });
    const problem =
      tooLarge(size, source.size) ??
      (size > MOST_ENTRY_BYTES
        ? { problem: `has ${size} bytes: above ${MOST_ENTRY_BYTES} it is not unpacked` }
        : undefined);
    if (problem !== undefined) return () => Promise.resolve(problem);
    const data = entry.readData() ?? new Int8Array(0);
    if (data.length < size)
      return () => Promise.resolve({ problem: `unpacks to ${data.length} of its ${size} bytes` });
    // A copy: the library's memory moves when it grows.
    const copy = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
    const kept = await context.spool(one(copy), MOST_ENTRY_BYTES);
    return () => Promise.resolve(kept);
  }
};

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
