/** konseki's library door: everything here also runs in a browser. */
export { type ByteSource, MemorySource } from "./base/byte-source.ts";
export { installPlatform, type Platform } from "./base/platform.ts";
export { EvtxRecord } from "./evtx/evtx-record.ts";
export {
  createSharedCaches,
  type LogVisitor,
  type ScanOptions,
  type SharedCaches,
} from "./evtx/log-scan.ts";
export type { ChunkSummary, LogSummary } from "./evtx/log-summary.ts";
export { scanLog, scanStream } from "./evtx/scan-log.ts";
export type * from "./model/event.ts";
export type * from "./model/finding.ts";
export type * from "./model/issue.ts";
export type * from "./model/ledger.ts";
export type * from "./model/movement.ts";
export type * from "./model/record-ref.ts";
export type * from "./model/report.ts";
export type * from "./model/severity.ts";
export type * from "./model/signal.ts";
export type * from "./model/subscription.ts";
