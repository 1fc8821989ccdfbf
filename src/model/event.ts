import type { Completeness, RecordId, RecordState, RecoveryNote } from "./record-ref.ts";

/**
 * The text of a field as Windows renders it. `undefined`: the event has no such field; `null`: it has
 * one that holds no value; an array: the field repeats. Zero-length text is `""`, not `null`.
 */
export type FieldText = string | null | undefined | readonly (string | null)[];

/**
 * One event, whatever log it came from. Implementations may be cursors that are reused for the next
 * record: copy what you keep. Fields are decoded when first asked for.
 *
 * Field names are bare, as Sigma writes them: `TargetUserName` (an EventData item by Name, or a UserData
 * leaf by local name; `EventInfo.Username` by path also works), `Data` (all unnamed EventData items),
 * `EventID`, `Channel`, `Computer`, `Provider_Name`, `Level`, `Task`, `Opcode`, `Keywords`, `EventRecordID`,
 * `TimeCreated`, `ProcessID`/`ThreadID` of System as `Execution_ProcessID`/`Execution_ThreadID`,
 * `ActivityID` as `Correlation_ActivityID`, `UserID` as `Security_UserID`. EventData wins over System.
 */
export interface EventView {
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly computer: string;
  /** ISO 8601 UTC, all digits that the record has. */
  readonly time: string;
  /** The same instant in milliseconds since 1970 UTC, with fraction; for arithmetic and order. */
  readonly timeMs: number;
  readonly recordId: RecordId;
  readonly headerRecordId: RecordId | undefined;
  readonly fileOffset: number | undefined;
  readonly chunk: number | undefined;
  readonly line: number | undefined;
  readonly state: RecordState;
  readonly completeness: Completeness;
  /** Absent for live records. */
  readonly recovery?: RecoveryNote | undefined;
  get(field: string): FieldText;
  /** Calls back for every EventData/UserData field in document order (unnamed items as `Data`). */
  forEachField(visit: (name: string, text: string | null) => void): void;
}
