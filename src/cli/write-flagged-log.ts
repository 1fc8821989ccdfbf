import { closeSync, writeSync } from "node:fs";
import { CHUNK_SIZE } from "../forge/chunk-buffer.ts";
import { ForgeError } from "../forge/forge-error.ts";
import { HEADER_BLOCK_SIZE, LogWriter } from "../forge/log-writer.ts";
import type { IssueSink } from "../model/issue.ts";
import type { TriageReport } from "../model/report.ts";
import { ChunkReader } from "../node/chunk-reader.ts";
import type { EvidenceCache } from "../node/evidence-cache.ts";
import { findFlaggedRecords } from "../node/flagged-records.ts";
import { reasonOf } from "../node/reason-of.ts";

export interface FlaggedLogCounts {
  /** Records that findings cite. */
  readonly flagged: number;
  readonly neighbours: number;
  readonly refused: number;
}

/**
 * Writes the records that findings cite, and their neighbours, as one .evtx file to the open file `fd` and
 * closes it. Records keep their content, EventRecordID and time; like a log of selected events they are numbered anew.
 */
export async function writeFlaggedLog(
  report: TriageReport,
  fd: number,
  neighbours: number,
  onIssue: IssueSink,
  cache: EvidenceCache,
): Promise<FlaggedLogCounts> {
  const records = await findFlaggedRecords(report.findings, { neighbours, onIssue, cache });
  const writer = new LogWriter((chunk, slot) =>
    writeAt(fd, chunk, HEADER_BLOCK_SIZE + CHUNK_SIZE * slot),
  );
  const reader = new ChunkReader(cache);
  const counts = { flagged: 0, neighbours: 0, refused: 0 };
  try {
    for (const record of records) {
      const { file, fileOffset, chunkOffset: at, size } = record;
      try {
        const chunk = await reader.read(file, fileOffset - at);
        writer.addCopy({ chunk, at, size });
        counts[record.flagged ? "flagged" : "neighbours"]++;
      } catch (error) {
        counts.refused++;
        onIssue({
          code: "record-not-copied",
          severity: "warning",
          message: `a record cannot be copied: ${error instanceof ForgeError ? error.what : reasonOf(error)}`,
          source: file,
          fileOffset,
        });
      }
    }
    writeAt(fd, writer.finish(), 0);
  } finally {
    reader.close();
    closeSync(fd);
  }
  return counts;
}

function writeAt(fd: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length; )
    at += writeSync(fd, bytes, at, bytes.length - at, position + at);
}
