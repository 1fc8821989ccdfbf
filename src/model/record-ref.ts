/** How the bytes of a record were found. `live` = reached by walking the log as Windows would. */
export type RecordState = "live" | "slack" | "stale-chunk" | "unlinked" | "carved";

/**
 * How much of a record could be read. `repaired`: its framing was rebuilt; `partial`: some of its body is
 * lost; `positional`: its template is unknown, System fields were read by their constant positions.
 */
export type Completeness = "full" | "repaired" | "partial" | "positional";

/**
 * EventRecordID: a number up to 2^53-1, above that (forged logs only) its decimal text, so that no id
 * is rounded.
 */
export type RecordId = number | string;

/**
 * Where the templates of a recovered record came from, best first. Each was proved by its id and its name hashes;
 * `none`: no proved template, the values stand by their positions.
 */
export type TemplateOrigin = "literal" | "own-chunk" | "same-log" | "library" | "none";

/** What a record that is not live was put together from and which checks it passed. Plain data. */
export interface RecoveryNote {
  /** The weakest of its templates. */
  readonly templates: TemplateOrigin;
  /** `library`: the logs that its templates were taken from. */
  readonly templateLogs?: readonly string[];
  /** Names of the checks passed: `framing`, `value-sizes`, `header-time`, `header-id`, `event-time`. */
  readonly checks: readonly string[];
  /** Fields taken from the rest of its log, because no proved template holds them: `Computer`, `Channel`. */
  readonly assumed?: readonly string[];
  /** The live record of the same id, written at the same time; `equal`: with the same values. */
  readonly copyOf?: { readonly fileOffset: number; readonly equal: boolean };
  /** `unlinked`: offset of the record that swallowed it. */
  readonly hostOffset?: number;
}

/** A pointer to one record that anyone can look up again. Plain data; crosses threads and JSON. */
export interface RecordRef {
  /** The input as the user named it (for nested inputs: the path inside, after `!`). */
  readonly file: string;
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  /** EventRecordID of the event. */
  readonly recordId: RecordId;
  /** Record id in the record's header; differs from recordId in exported logs. Absent where the input has none. */
  readonly headerRecordId?: RecordId;
  /** ISO 8601 UTC with the record's own sub-second digits (7 for FILETIME). */
  readonly time: string;
  readonly host: string;
  readonly state: RecordState;
  readonly completeness?: Completeness;
  /** Byte offset of the record in its file; absent for text inputs. */
  readonly fileOffset?: number;
  /** Chunk slot, 0 = first. */
  readonly chunk?: number;
  /** Absent for live records. */
  readonly recovery?: RecoveryNote;
  /** Line of a text input, 1 = first. */
  readonly line?: number;
}
