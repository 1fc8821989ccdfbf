import { closeSync, openSync, writeSync } from "node:fs";
import { CHUNK_SIZE } from "../forge/chunk-buffer.ts";
import { ForgeError } from "../forge/forge-error.ts";
import { HEADER_BLOCK_SIZE, LogWriter } from "../forge/log-writer.ts";
import type { CopyLog } from "../node/carve-files.ts";

/** A log of single records at `path`, numbered anew as a log of selected events is. Throws when it cannot be written. */
export function openCopyLog(path: string): CopyLog {
  const file = openSync(path, "w");
  const writer = new LogWriter((chunk, slot) =>
    writeAt(file, chunk, HEADER_BLOCK_SIZE + CHUNK_SIZE * slot),
  );
  return {
    add(record) {
      try {
        writer.addCopy(record);
        return true;
      } catch (error) {
        if (!(error instanceof ForgeError)) throw error;
        return false;
      }
    },
    close() {
      writeAt(file, writer.finish(), 0);
      closeSync(file);
    },
  };
}

function writeAt(file: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length; )
    at += writeSync(file, bytes, at, bytes.length - at, position + at);
}
