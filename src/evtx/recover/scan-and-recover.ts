import type { ByteSource } from "../../base/byte-source.ts";
import type { IssueSink } from "../../model/issue.ts";
import type { RecoveryCounts } from "../../model/ledger.ts";
import type { EvtxRecord } from "../evtx-record.ts";
import { SharedCaches } from "../log-scan.ts";
import type { LogSummary } from "../log-summary.ts";
import { scanLog } from "../scan-log.ts";
import { recoverLog } from "./recover-log.ts";
import type { TemplateLibrary } from "./template-library.ts";

export interface WholeLogVisitor {
  /** A live record. A cursor, as below. */
  onRecord(record: EvtxRecord): void;
  /** A record brought back, after all live ones; copies of live ones too (`recovery.copyOf`). */
  onRecovered(record: EvtxRecord): void;
  onIssue?: IssueSink | undefined;
}

export interface WholeLog {
  readonly summary: LogSummary;
  readonly recovery: RecoveryCounts;
}

/** Reads a log's live records, then what else its bytes hold. `library`: templates of other logs. */
export function scanAndRecover(
  source: ByteSource,
  name: string,
  visitor: WholeLogVisitor,
  options: { readonly shared?: SharedCaches; readonly library?: TemplateLibrary } = {},
): WholeLog {
  const shared = options.shared ?? new SharedCaches();
  const { library } = options;
  const { onIssue } = visitor;
  const summary = scanLog(
    source,
    name,
    { onRecord: (record) => visitor.onRecord(record), ...(onIssue && { onIssue }) },
    { shared },
  );
  const recovery = recoverLog(
    source,
    summary.residue,
    { onRecord: (record) => visitor.onRecovered(record) },
    { shared, ...(library && { library }) },
  );
  return { summary, recovery };
}
