import type { RecordRef } from "./record-ref.ts";

/**
 * A small time-stamped fact that the map side (one log, no other file) says and the reduce side joins.
 * Plain data: it crosses threads, queues and JSON.
 */
export interface Signal {
  /** `rule` = a rule matched (see ruleId); otherwise the name an analyzer gave its subscription, e.g. `logon`. */
  readonly kind: string;
  readonly ruleId?: string;
  readonly timeMs: number;
  readonly ref: RecordRef;
  /** The fields its subscriber asked for, as text. Repeated fields are joined as the subscriber says. */
  readonly fields: Readonly<Record<string, string | null>>;
}
