import type { EvtxRecord } from "../evtx/evtx-record.ts";
import type { Finding } from "../model/finding.ts";
import type { IssueSink } from "../model/issue.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import { rereadLog } from "./reread-log.ts";

/** Where a record lies that a finding cites, or that stands beside one. */
export interface FlaggedRecord {
  readonly file: string;
  readonly fileOffset: number;
  /** Bytes from the first one of its chunk. */
  readonly chunkOffset: number;
  /** Bytes, header and size copy included. */
  readonly size: number;
  readonly writtenMs: number;
  /** False for a neighbour. */
  readonly flagged: boolean;
}

export interface FlaggedOptions {
  /** Records to take before and behind each flagged one, in the order of the file. */
  readonly neighbours: number;
  readonly onIssue: IssueSink;
  readonly cache?: EvidenceCache;
}

/** Records of one selection; some hundred bytes each stay in memory. */
export const MOST_FLAGGED = 1_000_000;

/**
 * The records that findings cite and their neighbours, in the order in which they were written. What cannot be
 * found again, and evidence in text inputs, is reported and left out.
 */
export async function findFlaggedRecords(
  findings: readonly Finding[],
  options: FlaggedOptions,
): Promise<FlaggedRecord[]> {
  const wanted = new Map<string, Map<number, RecordRef>>();
  const texts = new Map<string, number>();
  for (const { evidence } of findings) {
    for (const ref of evidence) {
      const { file, fileOffset } = ref;
      if (fileOffset === undefined) texts.set(file, (texts.get(file) ?? 0) + 1);
      else wanted.set(file, (wanted.get(file) ?? new Map()).set(fileOffset, ref));
    }
  }
  for (const [file, count] of texts)
    options.onIssue({
      code: "record-not-binary",
      severity: "warning",
      message: `${count} cited events stand in a text export, which has no binary records to copy`,
      source: file,
    });
  const found: FlaggedRecord[] = [];
  for (const [file, refs] of wanted) await findInLog(file, refs, options, found);
  return found.sort(
    (a, b) =>
      a.writtenMs - b.writtenMs ||
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.fileOffset - b.fileOffset,
  );
}

async function findInLog(
  file: string,
  wanted: ReadonlyMap<number, RecordRef>,
  { neighbours, onIssue, cache }: FlaggedOptions,
  found: FlaggedRecord[],
): Promise<void> {
  const before: FlaggedRecord[] = [];
  let behind = 0;
  let tooMany = 0;
  const take = (record: FlaggedRecord): void => {
    if (found.length < MOST_FLAGGED) found.push(record);
    else tooMany++;
  };
  const missing = new Set(wanted.keys());
  const onRecord = ({ fileOffset, chunkOffset, size, writtenMs, state }: EvtxRecord): void => {
    const flagged = wanted.has(fileOffset);
    const record = { file, fileOffset, chunkOffset, size, writtenMs, flagged };
    if (flagged) missing.delete(fileOffset);
    if (state !== "live") {
      if (flagged) take(record); // it lies anywhere: what stands beside it says nothing
    } else if (flagged) {
      for (const neighbour of before.splice(0)) take(neighbour);
      take(record);
      behind = neighbours;
    } else if (behind > 0) {
      behind--;
      take(record);
    } else if (neighbours > 0) {
      if (before.length === neighbours) before.shift();
      before.push(record);
    }
  };
  const refs = [...wanted.values()];
  if (!(await rereadLog(file, onRecord, { refs, onIssue, cache }))) return;
  if (missing.size > 0)
    onIssue({
      code: "record-not-found",
      severity: "warning",
      message: `${missing.size} cited records are not where they were found before`,
      source: file,
    });
  if (tooMany > 0)
    onIssue({
      code: "limit-hit",
      severity: "warning",
      message: `${tooMany} records left out: at most ${MOST_FLAGGED} are copied`,
      source: file,
    });
}
