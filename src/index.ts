/** konseki's library door: everything here also runs in a browser. */
export { type ByteSource, MemorySource } from "./base/byte-source.ts";
export { installPlatform, type Platform } from "./base/platform.ts";
export {
  compileRules,
  createEngine,
  type RuleEngine,
  type RuleSubscription,
} from "./engine/compile-rules.ts";
export { type CorrelationMatch, correlateHits, type RuleHit } from "./engine/correlate-hits.ts";
export { explainRule, type RuleExplanation } from "./engine/explain-rule.ts";
export { type PreparedRules, prepareRules } from "./engine/prepare-rules.ts";
export type { FieldReader, HitListener } from "./engine/rule-bucket.ts";
export { readRulePack, writeRulePack } from "./engine/rule-pack.ts";
export { EvtxRecord } from "./evtx/evtx-record.ts";
export {
  type LogVisitor,
  type ScanOptions,
  SharedCaches,
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
export type * from "./rules/checked-rule.ts";
export { lintRule } from "./rules/lint-rule.ts";
export type { LogsourceTable } from "./rules/logsources.ts";
export { parseLogsources } from "./rules/parse-logsources.ts";
export { type ParsedRules, type ParseOptions, parseRules } from "./rules/parse-rules.ts";
export { applyTuning, parseTuning, type Tuning } from "./rules/tuning.ts";
