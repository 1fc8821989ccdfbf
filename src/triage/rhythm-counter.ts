import type { EventView } from "../model/event.ts";
import type { ChannelRhythm } from "../model/rhythm.ts";

const HOUR_MS = 3_600_000;
/** Hours that one log may count; hostile clocks could make up millions. */
const MOST_HOURS = 200_000;
/** Event ids of hosts and channels that one log may count. */
const MOST_IDS = 200_000;

/** Counts events by host, channel and hour, and by event id. Neighbouring records mostly share all three, so that is the fast path. */
export class RhythmCounter {
  readonly #hours = new Map<string, Map<string, Map<number, number>>>();
  readonly #ids = new Map<string, Map<string, Map<number, number>>>();
  #idsHere = new Map<number, number>();
  #idCount = 0;
  #size = 0;
  #host = "";
  #channel = "";
  #hour = Number.NaN;
  #run = 0;

  add({ computer, channel, timeMs, eventId }: EventView): void {
    const hour = Math.floor(timeMs / HOUR_MS);
    const samePlace = channel === this.#channel && computer === this.#host;
    if (!samePlace || this.#run === 0) this.#idsHere = inner(inner(this.#ids, computer), channel);
    this.#countId(eventId, 1);
    if (samePlace && hour === this.#hour) {
      this.#run++;
      return;
    }
    this.#flush();
    this.#host = computer;
    this.#channel = channel;
    this.#hour = hour;
    this.#run = 1;
  }

  /** Adds what another counter of the same log has counted. */
  addAll(rhythms: readonly ChannelRhythm[]): void {
    this.#flush();
    for (const { host, channel, hours, ids } of rhythms) {
      this.#idsHere = inner(inner(this.#ids, host), channel);
      for (const [eventId, events] of ids ?? []) this.#countId(eventId, events);
      this.#host = host;
      this.#channel = channel;
      for (const [hour, events] of hours) {
        this.#hour = hour;
        this.#run = events;
        this.#flush();
      }
    }
  }

  finish(): ChannelRhythm[] {
    this.#flush();
    return [...this.#hours].flatMap(([host, channels]) =>
      [...channels].map(([channel, hours]) => ({
        host,
        channel,
        hours: [...hours].sort(([a], [b]) => a - b),
        ids: [...inner(inner(this.#ids, host), channel)].sort(([a], [b]) => a - b),
      })),
    );
  }

  #countId(eventId: number, events: number): void {
    const count = this.#idsHere.get(eventId);
    if (count === undefined && ++this.#idCount > MOST_IDS) return;
    this.#idsHere.set(eventId, (count ?? 0) + events);
  }

  #flush(): void {
    const run = this.#run;
    this.#run = 0;
    if (run === 0) return;
    const channels = inner(this.#hours, this.#host);
    const hours = inner(channels, this.#channel);
    const count = hours.get(this.#hour);
    if (count === undefined && ++this.#size > MOST_HOURS) return;
    hours.set(this.#hour, (count ?? 0) + run);
  }
}

function inner<K, L, V>(outer: Map<K, Map<L, V>>, key: K): Map<L, V> {
  let map = outer.get(key);
  if (map === undefined) {
    map = new Map();
    outer.set(key, map);
  }
  return map;
}
