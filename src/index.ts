/** konseki's library door: everything here also runs in a browser. */
export { type ByteSource, MemorySource } from "./base/byte-source.ts";
export type * from "./model/event.ts";
export type * from "./model/finding.ts";
export type * from "./model/issue.ts";
export type * from "./model/ledger.ts";
export type * from "./model/record-ref.ts";
export type * from "./model/report.ts";
export type * from "./model/severity.ts";
export type * from "./model/signal.ts";
export type * from "./model/subscription.ts";
