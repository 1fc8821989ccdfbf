import type { RecordRef } from "./record-ref.ts";
import type { Subscription } from "./subscription.ts";

/**
 * A small time-stamped fact that the map side (one log, no other file) says and the reduce side joins.
 * Plain data where it is made: it crosses threads, queues and JSON.
 */
export interface Signal {
  /** `rule` = a rule matched (see ruleId); otherwise the kind that a want gave it, e.g. `logon`. */
  readonly kind: string;
  readonly ruleId?: string | undefined;
  readonly timeMs: number;
  /** The record; of folded repeats the first. */
  readonly ref: RecordRef;
  /** The fields its subscriber asked for, as text. Repeated fields are joined as the subscriber says. */
  readonly fields: Readonly<Record<string, string | null>>;
  /** How many records are folded into it, and the time of the last one; absent = this record alone. */
  readonly count?: number | undefined;
  readonly lastMs?: number | undefined;
}

/** A condition on one field, compared without regard to case. A field that is absent or null has the text "". */
export interface FieldTest {
  readonly field: string;
  /** The text is one of these … */
  readonly is?: readonly string[];
  /** … is none of these … */
  readonly not?: readonly string[];
  /** … holds one of these … */
  readonly contains?: readonly string[];
  /** … begins with none of these … */
  readonly notStarting?: readonly string[];
  /** … ends in none of these. */
  readonly notEnding?: readonly string[];
}

/**
 * Which events an analyzer wants as signals of a kind. Data, not code: the map side runs it, maybe in
 * another thread. `where` keeps the everyday bulk out; `fold` keeps one signal for repeats that say the
 * same, so that a log of a million network logons gives some thousand signals.
 */
export interface SignalWant {
  readonly kind: string;
  readonly subscription: Subscription;
  /** All must hold. */
  readonly where?: readonly FieldTest[];
  /** Records of one host that agree in these fields and lie in one window of the clock are one signal. */
  readonly fold?: { readonly by: readonly string[]; readonly windowMs: number };
}
