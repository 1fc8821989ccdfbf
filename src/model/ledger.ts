import type { Issue } from "./issue.ts";

/** What kind of log an .evtx is, as far as its bytes tell. */
export type LogOrigin =
  | "live-copy"
  | "full-export"
  | "filtered-export"
  | "forwarded"
  | "archived"
  | "unknown";

/** `read`: everything in it was read. `partial`: some of it was not. `unread`: nothing could be used. */
export type InputStatus = "read" | "partial" | "unread";

/** Every byte of a file falls in exactly one class. */
export interface ByteAccount {
  readonly header: number;
  readonly chunkHeaders: number;
  readonly records: number;
  /** Space behind the last record of a chunk, used or not. */
  readonly slack: number;
  /** Chunk slots never written. */
  readonly empty: number;
  /** Bytes that should hold records and could not be read as such. */
  readonly damaged: number;
  /** Bytes outside any chunk, or of no known structure. */
  readonly unknown: number;
}

/** One line of the input ledger: what was found in one input and what of it was read. Plain data. */
export interface InputLedger {
  readonly path: string;
  readonly kind: "evtx" | "event-xml" | "jsonl" | "unknown";
  readonly status: InputStatus;
  /** Plain words for partial and unread; empty for read. */
  readonly reason: string;
  readonly size: number;
  readonly sha256: string;
  readonly origin?: LogOrigin;
  readonly header?: {
    readonly version: string;
    readonly flags: readonly string[];
    /** The header's own claim. */
    readonly chunkCount: number;
    readonly nextRecordId: string;
    readonly crcOk: boolean | null;
  };
  /** Slots by state. `expected`: by the file's size. */
  readonly chunks?: {
    readonly expected: number;
    readonly read: number;
    readonly damaged: number;
    readonly empty: number;
  };
  readonly records: {
    /** By the chunk headers' own ranges; `null` where the input cannot tell. */
    readonly expected: number | null;
    readonly read: number;
    readonly repaired: number;
    readonly partial: number;
    readonly lost: number;
    readonly recovered: number;
  };
  readonly bytes?: ByteAccount;
  /** ISO 8601 UTC of the earliest and latest event, `null` when none was read. */
  readonly first: string | null;
  readonly last: string | null;
  readonly hosts: readonly string[];
  readonly channels: readonly { readonly channel: string; readonly records: number }[];
  /** Capped list; `issueCounts` has all. */
  readonly issues: readonly Issue[];
  readonly issueCounts: Readonly<Record<string, number>>;
}
