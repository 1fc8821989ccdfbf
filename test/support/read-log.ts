import { MemorySource } from "../../src/base/byte-source.ts";
import type { LogSummary } from "../../src/evtx/log-summary.ts";
import { scanLog } from "../../src/evtx/scan-log.ts";
import type { Issue } from "../../src/model/issue.ts";

export interface ReadLog {
  /** Every record as JSON text, and its XML. */
  readonly json: string[];
  readonly xml: string[];
  readonly ids: string[];
  readonly issues: Issue[];
  readonly summary: LogSummary;
}

/** Reads a whole log from memory, rendering every record. */
export function readLog(bytes: Uint8Array, name = "test.evtx"): ReadLog {
  const json: string[] = [];
  const xml: string[] = [];
  const ids: string[] = [];
  const issues: Issue[] = [];
  const summary = scanLog(new MemorySource(bytes), name, {
    onRecord(record) {
      ids.push(String(record.headerRecordId));
      json.push(record.toJson());
      xml.push(record.toXml());
    },
    onIssue: (issue) => issues.push(issue),
  });
  return { json, xml, ids, issues, summary };
}
