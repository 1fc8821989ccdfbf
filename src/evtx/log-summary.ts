import type { Issue } from "../model/issue.ts";
import type {
  ByteAccount,
  HiddenRecords,
  InputStatus,
  LogOrigin,
  RecordIdGap,
  TimeStepBack,
} from "../model/ledger.ts";
import type { RecordId, RecordRef } from "../model/record-ref.ts";
import type { FileHeader } from "./file-header.ts";
import type { LogResidue } from "./recover/log-residue.ts";

/** One slot of the file, as found. */
export interface ChunkSummary {
  readonly slot: number;
  readonly fileOffset: number;
  /** `damaged`: something in it could not be read; `empty`: never written; `junk`: bytes, but no chunk header. */
  readonly state: "read" | "damaged" | "empty" | "junk";
  readonly firstId: RecordId | null;
  readonly lastId: RecordId | null;
  readonly expected: number | null;
  readonly records: number;
  readonly freeSpaceOffset: number;
  readonly headerCrcOk: boolean | null;
  readonly dataCrcOk: boolean | null;
}

/** Everything the scan of one log learnt besides its events. Plain data. */
export interface LogSummary {
  readonly header: FileHeader;
  readonly size: number;
  readonly status: InputStatus;
  readonly reason: string;
  readonly origin: LogOrigin;
  readonly chunks: readonly ChunkSummary[];
  readonly records: {
    readonly expected: number | null;
    readonly read: number;
    readonly repaired: number;
    readonly partial: number;
    readonly lost: number;
    readonly recovered: number;
  };
  readonly bytes: ByteAccount;
  readonly first: string | null;
  readonly last: string | null;
  readonly hosts: readonly string[];
  readonly channels: readonly { readonly channel: string; readonly records: number }[];
  readonly headerIds: { readonly first: RecordId; readonly last: RecordId } | null;
  readonly eventIds: { readonly first: RecordId; readonly last: RecordId } | null;
  readonly gaps: readonly RecordIdGap[];
  /** The first record in file order. */
  readonly firstRecord: RecordRef | null;
  /** Capped list. */
  readonly timeSteps: readonly TimeStepBack[];
  /** Capped list; the issue count `hidden-bytes` has all. */
  readonly hidden: readonly HiddenRecords[];
  readonly residue: LogResidue;
  readonly issues: readonly Issue[];
  readonly issueCounts: Readonly<Record<string, number>>;
}
