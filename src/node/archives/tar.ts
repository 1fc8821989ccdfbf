import { extract } from "tar-stream";
import type { ArchiveEntry, ArchiveOpener } from "../../sources/container.ts";
import { isEvidenceName } from "../../sources/evidence-names.ts";
import { reasonOf } from "../reason-of.ts";
import { streamOf } from "./source-stream.ts";

const MOST_ENTRY_BYTES = 64 * 1024 * 1024 * 1024;

/** Tar archives, in any of their dialects. Read once from front to back; what may be evidence is kept on the way. */
export const openTar: ArchiveOpener = async (source, context) => {
  const entries: ArchiveEntry[] = [];
  const { keeps = isEvidenceName } = context;
  const input = streamOf(source);
  const output = extract();
  input.on("error", (error) => output.destroy(error));
  input.pipe(output);
  try {
    for await (const entry of output) {
      const { name, size, mtime, type } = entry.header;
      const isFile = type === "file" || type === "contiguous-file";
      if (!isFile || !keeps(name)) {
        entry.resume();
        if (isFile) entries.push(passedOver(name, size ?? 0));
        continue;
      }
      const kept = await context.spool(entry, MOST_ENTRY_BYTES);
      entries.push({
        path: name,
        size: size ?? kept.size,
        ...(mtime && !Number.isNaN(mtime.getTime()) && { modified: mtime.toISOString() }),
        open: () => Promise.resolve(kept),
      });
    }
  } catch (error) {
    if (entries.length === 0) return { problem: `is damaged: ${reasonOf(error)}` };
    context.onIssue({
      code: "archive-damaged",
      severity: "warning",
      message: `it breaks off after ${entries.length} files: ${reasonOf(error)}`,
      source: context.name,
    });
  }
  return { entries };
};

/** Counted, but not kept: by its name it is no evidence. */
function passedOver(path: string, size: number): ArchiveEntry {
  return { path, size, open: () => Promise.resolve({ problem: "was not kept" }) };
}
