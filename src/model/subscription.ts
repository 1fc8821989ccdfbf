/**
 * Who wants events says so as data; the parser asks before it decodes. Absent lists mean "any".
 * Channel and provider names compare without regard to case.
 */
export interface Subscription {
  readonly channels?: readonly string[];
  readonly providers?: readonly string[];
  readonly eventIds?: readonly number[];
  /** The fields it reads when an event arrives; "all" for dumps, timelines and keyword search. */
  readonly fields: readonly string[] | "all";
}
