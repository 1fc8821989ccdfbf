/** Counts things by key, with when each was first and last seen. */
export interface Tally<T> {
  readonly item: T;
  count: number;
  firstMs: number;
  lastMs: number;
  first: string;
  last: string;
}

/** Distinct keys kept; hostile logs could make up millions. What is beyond is counted in `leftOut`. */
const MOST_KEYS = 200_000;

export class TallyTable<T> {
  readonly #tallies = new Map<string, Tally<T>>();
  /** How many events had keys that were not kept. */
  leftOut = 0;

  /** Counts `item` under `key` at a time. Gives the kept item, `undefined` when the table is full. */
  add(key: string, item: () => T, time: string, timeMs: number): T | undefined {
    const known = this.#tallies.get(key);
    if (known === undefined) {
      if (this.#tallies.size >= MOST_KEYS) {
        this.leftOut++;
        return undefined;
      }
      const tally = {
        item: item(),
        count: 1,
        firstMs: timeMs,
        lastMs: timeMs,
        first: time,
        last: time,
      };
      this.#tallies.set(key, tally);
      return tally.item;
    }
    known.count++;
    if (timeMs < known.firstMs) {
      known.firstMs = timeMs;
      known.first = time;
    }
    if (timeMs > known.lastMs) {
      known.lastMs = timeMs;
      known.last = time;
    }
    return known.item;
  }

  /** Most frequent first; equal counts by key, so that two runs agree. */
  ranked(): Tally<T>[] {
    return [...this.#tallies]
      .sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
      .map(([, tally]) => tally);
  }
}
