/** How many events a host wrote to a channel in each hour of one log; hours without events are absent. Plain data. */
export interface ChannelRhythm {
  readonly host: string;
  readonly channel: string;
  /** [whole hours since 1970 UTC, events], ascending. */
  readonly hours: readonly (readonly [hour: number, events: number])[];
  /** [event id, events], ascending; capped. */
  readonly ids?: readonly (readonly [eventId: number, events: number])[];
}
