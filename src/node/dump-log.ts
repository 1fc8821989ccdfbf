import { ByteWriter } from "../base/byte-writer.ts";
import { scanLog } from "../evtx/scan-log.ts";
import type { IssueSink } from "../model/issue.ts";
import type { InputLedger } from "../model/ledger.ts";
import { compileEventFilter, type EventFilter } from "../triage/event-filter.ts";

import { evtxLedger, unreadLedger } from "../triage/map-evtx.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import { type OpenLog, openLog, withEvidence } from "./open-log.ts";
import { reasonOf } from "./reason-of.ts";

export type DumpFormat = "jsonl" | "json" | "xml";

export interface DumpOptions {
  readonly format: DumpFormat;
  readonly filter: EventFilter;
  /** EventRecordIDs to keep; absent = all. */
  readonly records?: (id: number) => boolean;
  readonly onIssue?: IssueSink;
  /** Takes finished output; the bytes are only good until it returns. */
  readonly write: (bytes: Uint8Array) => void;
  /** True stops the dump (the reader of a pipe has gone). */
  readonly stopped?: () => boolean;
}

const FLUSH_AT = 64 * 1024;
const encoder = new TextEncoder();

/** Writes the records of one .evtx log in file order. Returns what was read of it. */
export async function dumpLog(
  path: string,
  options: DumpOptions,
  cache?: EvidenceCache,
): Promise<InputLedger> {
  let log: OpenLog | undefined;
  try {
    log = await openLog(path, cache);
    const { format, records, onIssue } = options;
    const fits = compileEventFilter(options.filter);
    const out = new ByteWriter();
    const summary = scanLog(log.source, path, {
      onRecord(record) {
        if (options.stopped?.()) return;
        if (fits !== undefined && !fits(record)) return;
        if (records !== undefined && !records(Number(record.recordId))) return;
        if (format === "xml") out.bytes(encoder.encode(`${record.toXml()}\n`));
        else {
          record.writeJson(out);
          out.byte(0x0a);
        }
        if (out.at >= FLUSH_AT) {
          options.write(out.written);
          out.clear();
        }
      },
      ...(onIssue && { onIssue }),
    });
    options.write(out.written);
    return withEvidence(evtxLedger(summary, path, log.source.sha256()), log);
  } catch (error) {
    return unreadLedger(path, reasonOf(error));
  } finally {
    log?.close();
  }
}
