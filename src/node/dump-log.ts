import type { EvtxRecord } from "../evtx/evtx-record.ts";
import { SharedCaches } from "../evtx/log-scan.ts";
import { scanAndRecover } from "../evtx/recover/scan-and-recover.ts";
import { scanLog } from "../evtx/scan-log.ts";
import type { IssueSink } from "../model/issue.ts";
import type { InputLedger } from "../model/ledger.ts";
import { evtxLedger, unreadLedger } from "../triage/map-evtx.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import { logContent } from "./log-content.ts";
import { inputName, type OpenLog, openLog, withEvidence } from "./open-log.ts";
import { reasonOf } from "./reason-of.ts";
import { type PrintPlan, RecordPrinter } from "./record-printer.ts";

export interface DumpOptions {
  readonly plan: PrintPlan;
  /** Write the records brought back too, each with how: a `konseki` member in JSON, a comment in XML. */
  readonly recover?: boolean;
  /** Templates of other logs for records brought back, and caches to share with their scan. */
  readonly shared?: SharedCaches;
  readonly onIssue?: IssueSink;
  /** Takes finished output; the bytes are only good until it returns. */
  readonly write: (bytes: Uint8Array) => void;
  /** True stops the dump (the reader of a pipe has gone). */
  readonly stopped?: () => boolean;
}

const FLUSH_AT = 64 * 1024;

/**
 * Writes the records of one log in file order: of an .evtx as they are, of a text log (Event XML, JSON lines) as JSON
 * only. Returns what was read of it, without a hash: no one asks for one here.
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

/** What the dumps of one run share. */
export function newCaches(): SharedCaches {
  return new SharedCaches();
}

/** Puts the templates of a log into `shared.library`. What cannot be read is told when the log is dumped. */
export async function learnTemplatesOf(
  path: string,
  shared: SharedCaches,
  cache?: EvidenceCache,
): Promise<void> {
  let log: OpenLog | undefined;
  try {
    log = await openLog(path, cache);
    const name = inputName(path);
    if (logContent(log.source, name).kind !== "evtx") return;
    scanLog(log.source, name, { onRecord() {} }, { shared, learnTemplates: true });
  } catch {
    // the dump tells
  } finally {
    log?.close();
  }
}

async function dumpContent(
  { unhashed: source }: OpenLog,
  name: string,
  { plan, recover, shared, onIssue, write, stopped }: DumpOptions,
): Promise<InputLedger> {
  const printer = new RecordPrinter(plan);
  const { out } = printer;
  const flush = (): void => {
    write(out.written);
    out.clear();
  };
  const content = logContent(source, name);
  if (content.kind === "evtx") {
    const onRecord = (record: EvtxRecord): void => {
      if (stopped?.()) return;
      printer.record(record);
      if (out.at >= FLUSH_AT) flush();
    };
    const { summary, recovery } = recover
      ? scanAndRecover(
          source,
          name,
          { onRecord, onRecovered: onRecord, onIssue },
          shared && { shared, library: shared.library },
        )
      : {
          summary: scanLog(
            source,
            name,
            { onRecord, ...(onIssue && { onIssue }) },
            shared && { shared },
          ),
          recovery: undefined,
        };
    flush();
    return evtxLedger(summary, name, "", recovery);
  }
  if (content.kind === "unknown") return unreadLedger(name, content.reason, source.size);
  if (plan.format === "xml")
    return unreadLedger(name, "a text log is not made into XML: dump it as jsonl", source.size);
  const { readTextLog } = await import("../triage/map-text.ts");
  const { kind, text } = content;
  const ledger = readTextLog(
    { text, kind, file: name, size: source.size, sha256: () => "" },
    (event) => {
      if (stopped?.()) return;
      printer.event(event);
      if (out.at >= FLUSH_AT) flush();
    },
    onIssue,
  );
  flush();
  return ledger;
}
