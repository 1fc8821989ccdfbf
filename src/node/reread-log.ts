import type { EvtxRecord } from "../evtx/evtx-record.ts";
import { scanAndRecover } from "../evtx/recover/scan-and-recover.ts";
import { scanLog } from "../evtx/scan-log.ts";
import type { IssueSink } from "../model/issue.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import { type OpenLog, openLog } from "./open-log.ts";
import { reasonOf } from "./reason-of.ts";

export interface RereadOptions {
  /** The records that findings cite of this log: whether any had to be brought back. */
  readonly refs: readonly Pick<RecordRef, "state">[];
  readonly onIssue: IssueSink;
  readonly cache?: EvidenceCache | undefined;
}

/**
 * Reads one .evtx log again for the records that findings cite: the live ones in the order of the file, then, if any
 * cited one had to be brought back, those. False when the log cannot be read any more, which is told.
 */
export async function rereadLog(
  file: string,
  onRecord: (record: EvtxRecord) => void,
  { refs, onIssue, cache }: RereadOptions,
): Promise<boolean> {
  let log: OpenLog | undefined;
  try {
    log = await openLog(file, cache);
    if (refs.every(({ state }) => state === "live")) scanLog(log.unhashed, file, { onRecord });
    else scanAndRecover(log.unhashed, file, { onRecord, onRecovered: onRecord });
    return true;
  } catch (error) {
    onIssue({
      code: "cited-unreadable",
      severity: "warning",
      message: `cannot be read again for the records that findings cite: ${reasonOf(error)}`,
      source: file,
    });
    return false;
  } finally {
    log?.close();
  }
}
