import { SharedCaches } from "../evtx/log-scan.ts";
import { canWait, keptBytes, type LocatedRecords } from "../evtx/recover/located-records.ts";
import type { LogResidue } from "../evtx/recover/log-residue.ts";

/** Records of one log that may wait: far fewer than the signals from which on a log's are folded. */
const MOST_RECORDS = 4_000;
/** What all that wait may take together. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Recovered records of logs that lack templates, kept until the other logs of the run were read: so they are mapped once,
 * with all that is known. Those of a log that finds no room here are mapped at once and, where it helps, again; the
 * results are the same.
 */
export class WaitingRecoveries {
  /** For the logs as they are read and for those that waited: templates are recognised by the program made of them. */
  readonly shared = new SharedCaches();
  readonly #byLog = new Map<LogResidue, LocatedRecords>();
  #bytes = 0;

  /** False when they cannot wait. */
  keep(residue: LogResidue, located: LocatedRecords): boolean {
    if (located.records.length > MOST_RECORDS || !canWait(located)) return false;
    const bytes = keptBytes(located);
    if (this.#bytes + bytes > MOST_BYTES) return false;
    this.#bytes += bytes;
    this.#byLog.set(residue, located);
    return true;
  }

  /** Those of a log that waited; they are held no longer. */
  take(residue: LogResidue): LocatedRecords | undefined {
    const located = this.#byLog.get(residue);
    if (located === undefined) return undefined;
    this.#byLog.delete(residue);
    this.#bytes -= keptBytes(located);
    return located;
  }
}
