import type { EventView } from "../model/event.ts";
import type { ChannelRhythm } from "../model/rhythm.ts";

const HOUR_MS = 3_600_000;
/** Hours that one log may count; hostile clocks could make up millions. */
const MOST_HOURS = 200_000;

/** Counts events by host, channel and hour. Neighbouring records mostly share all three, so that is the fast path. */
export class RhythmCounter {
  readonly #hours = new Map<string, Map<string, Map<number, number>>>();
  #size = 0;
  #host = "";
  #channel = "";
  #hour = Number.NaN;
  #run = 0;

  add({ computer, channel, timeMs }: EventView): void {
    const hour = Math.floor(timeMs / HOUR_MS);
    if (hour === this.#hour && channel === this.#channel && computer === this.#host) {
      this.#run++;
      return;
    }
    this.#flush();
    this.#host = computer;
    this.#channel = channel;
    this.#hour = hour;
    this.#run = 1;
  }

  finish(): ChannelRhythm[] {
    this.#flush();
    return [...this.#hours].flatMap(([host, channels]) =>
      [...channels].map(([channel, hours]) => ({
        host,
        channel,
        hours: [...hours].sort(([a], [b]) => a - b),
      })),
    );
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
