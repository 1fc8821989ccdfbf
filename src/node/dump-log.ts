import { ByteWriter } from "../base/byte-writer.ts";
import { scanLog } from "../evtx/scan-log.ts";
import type { IssueSink } from "../model/issue.ts";
import type { InputLedger } from "../model/ledger.ts";
import { compileEventFilter, type EventFilter } from "../triage/event-filter.ts";

import { evtxLedger, unreadLedger } from "../triage/map-evtx.ts";
import { FileSource } from "./file-source.ts";
import { reasonOf } from "./find-inputs.ts";

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

/** Writes the records of one .evtx file in file order. Returns what was read of it. */
export function dumpLog(path: string, options: DumpOptions): InputLedger {
  let source: FileSource | undefined;
  try {
    source = new FileSource(path);
    const opened = source;
    const { format, records, onIssue } = options;
    const fits = compileEventFilter(options.filter);
    const out = new ByteWriter();
    const summary = scanLog(opened, path, {
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
    return evtxLedger(summary, path, opened.sha256());
  } catch (error) {
    return unreadLedger(path, reasonOf(error));
  } finally {
    source?.close();
  }
}
