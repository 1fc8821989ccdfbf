import type { Issue } from "./issue.ts";
import type { Completeness, RecordId, RecordRef } from "./record-ref.ts";

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

/** What a record behind a gap or step is. */
export interface RecordBehind {
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly host: string;
  readonly headerRecordId: RecordId;
  readonly chunk: number;
  readonly firstOfChunk: boolean;
}

/** Where EventRecordIDs jump, in file order. Honest logs jump where the ring wraps and where chunks were lost. */
export interface RecordIdGap {
  /** The ids on both sides; `before` may be the smaller one (a regression). */
  readonly after: RecordId;
  readonly before: RecordId;
  /** How many ids lie between; 0 for repeats and regressions. */
  readonly missing: number;
  /** ISO 8601 UTC of the events on both sides. */
  readonly lastTime: string;
  readonly nextTime: string;
  /** File offset of the record behind the gap. */
  readonly fileOffset: number;
  /** What in the file explains it: damage or an unwritten slot between the two, or the seam of a wrapped ring. */
  readonly cause: "damage" | "empty-slot" | "ring-seam" | "none";
  /** What the record behind the gap is, so that a finding can point to it. */
  readonly next?: RecordBehind;
}

/** When a file was created, last written, its MFT entry last changed, and when it was last read: ISO 8601 UTC. */
export interface MftTimes {
  readonly created: string;
  readonly modified: string;
  readonly changed: string;
  readonly accessed: string;
}

/** What the master file table of an NTFS volume says of a log file. */
export interface MftFacts {
  readonly entry: number;
  readonly sequence: number;
  /** The file was deleted; its content was read from where it had lain. */
  readonly deleted: boolean;
  /** $STANDARD_INFORMATION, which programs can set. */
  readonly standard: MftTimes | null;
  /** $FILE_NAME, which only the file system writes. */
  readonly fileName: MftTimes | null;
  /** Of a deleted file: its clusters, and how many of them another file uses now. */
  readonly clusters?: { readonly total: number; readonly reused: number };
  /** What is wrong with the entry itself. */
  readonly damage?: string;
}

/** Where an input comes from when it lay inside something else. */
export interface EvidenceFacts {
  /** The outermost file or folder, as the user named it. */
  readonly source: string;
  /** What was passed on the way in: "an E01 disk image", "partition 2 (NTFS, label)". */
  readonly inside: readonly string[];
  /** Creation time of the volume shadow copy that it lies in. */
  readonly shadowCopy?: string;
  /** Host name and collection time by the collection's layout or metadata (KAPE, Velociraptor …), and whose layout it is. */
  readonly layout?: string;
  readonly host?: string;
  readonly collected?: string;
}

/** A record that is older than the one written before it, by more than threads of one host explain. */
export interface TimeStepBack {
  readonly after: RecordId;
  readonly before: RecordId;
  /** ISO 8601 UTC of the events on both sides; `nextTime` is the earlier one. */
  readonly lastTime: string;
  readonly nextTime: string;
  readonly fileOffset: number;
  readonly next: RecordBehind;
}

/** Bytes behind a record's content, as an editor leaves them that lets one record swallow the next. */
export interface HiddenRecords {
  /** The record in whose bytes they lie. */
  readonly host: RecordRef;
  readonly fileOffset: number;
  readonly bytes: number;
  /** Those that can be read, state `unlinked`. */
  readonly records: readonly RecordRef[];
}

/**
 * What was brought back of a log beyond its live records. Every place that holds a record's header is in exactly one of
 * `records`, `copies`, `repeats` and `unreadable`.
 */
export interface RecoveryCounts {
  /** Records that are nowhere live in the log, or there with other values. */
  readonly records: number;
  /** Old copies of live records, with the same values. */
  readonly copies: number;
  /** Further copies of a record that was found already. */
  readonly repeats: number;
  /** A record's header is there, its content is gone. */
  readonly unreadable: number;
  /** `records` by how much of them could be read. */
  readonly byCompleteness: Readonly<Record<Completeness, number>>;
  /** True when a limit stopped the search. */
  readonly limited: boolean;
  /** How often a definition of a template was left out, because the log holds too many. */
  readonly templatesLeftOut?: number;
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
  readonly mft?: MftFacts;
  readonly evidence?: EvidenceFacts;
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
  /** Lowest and highest EventRecordID and header record id read, and where EventRecordIDs jump (capped list). */
  readonly recordIds?: {
    readonly first: RecordId;
    readonly last: RecordId;
    readonly headerFirst: RecordId;
    readonly headerLast: RecordId;
    readonly gaps: readonly RecordIdGap[];
  };
  /** The first record in file order: a way into the log. */
  readonly firstRecord?: RecordRef;
  /** Where time runs backwards from record to record; capped list, absent when there are none. */
  readonly timeSteps?: readonly TimeStepBack[];
  /** Absent where nothing beyond the live records was looked for, or no place for it was seen. */
  readonly recovery?: RecoveryCounts;
  /** Absent when there are none. */
  readonly hidden?: readonly HiddenRecords[];
  /** ISO 8601 UTC of the earliest and latest event, `null` when none was read. */
  readonly first: string | null;
  readonly last: string | null;
  readonly hosts: readonly string[];
  readonly channels: readonly { readonly channel: string; readonly records: number }[];
  /** Capped list; `issueCounts` has all. */
  readonly issues: readonly Issue[];
  readonly issueCounts: Readonly<Record<string, number>>;
}
