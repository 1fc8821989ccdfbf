import { ByteWriter } from "../base/byte-writer.ts";
import { scanLog } from "../evtx/scan-log.ts";
import type { EventView } from "../model/event.ts";
import type { IssueSink } from "../model/issue.ts";
import type { InputLedger } from "../model/ledger.ts";
import { compileEventFilter, type EventFilter } from "../triage/event-filter.ts";
import { evtxLedger, unreadLedger } from "../triage/map-evtx.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import { logContent } from "./log-content.ts";
import { inputName, type OpenLog, openLog, withEvidence } from "./open-log.ts";
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

/**
 * Writes the records of one log in file order: of an .evtx as they are, of a text log (Event XML, JSON lines) as JSON
 * only. Returns what was read of it.
 */
export async function dumpLog(
  path: string,
  options: DumpOptions,
  cache?: EvidenceCache,
): Promise<InputLedger> {
  const name = inputName(path);
  let log: OpenLog | undefined;
  try {
    log = await openLog(path, cache);
    return withEvidence(await dumpContent(log, name, options), log);
  } catch (error) {
    return unreadLedger(name, reasonOf(error));
  } finally {
    log?.close();
  }
}

async function dumpContent(
  { source }: OpenLog,
  name: string,
  options: DumpOptions,
): Promise<InputLedger> {
  const { format, records, onIssue, write } = options;
  const passes = compileEventFilter(options.filter);
  const fits = (event: EventView): boolean =>
    !options.stopped?.() &&
    passes?.(event) !== false &&
    records?.(Number(event.recordId)) !== false;
  const out = new ByteWriter();
  const flush = (): void => {
    write(out.written);
    out.clear();
  };
  const content = logContent(source, name);
  if (content.kind === "evtx") {
    const summary = scanLog(source, name, {
      onRecord(record) {
        if (!fits(record)) return;
        if (format === "xml") out.bytes(encoder.encode(`${record.toXml()}\n`));
        else {
          record.writeJson(out);
          out.byte(0x0a);
        }
        if (out.at >= FLUSH_AT) flush();
      },
      ...(onIssue && { onIssue }),
    });
    flush();
    return evtxLedger(summary, name, source.sha256());
  }
  if (content.kind === "unknown") return unreadLedger(name, content.reason, source.size);
  if (format === "xml")
    return unreadLedger(name, "a text log is not made into XML: dump it as jsonl", source.size);
  const { readTextLog } = await import("../triage/map-text.ts");
  const { kind, text } = content;
  const ledger = readTextLog(
    { text, kind, file: name, size: source.size, sha256: () => source.sha256() },
    (event) => {
      if (!fits(event)) return;
      out.bytes(encoder.encode(`${event.toJson()}\n`));
      if (out.at >= FLUSH_AT) flush();
    },
    onIssue,
  );
  flush();
  return ledger;
}
