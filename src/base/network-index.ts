import { type Network, parseNetwork } from "./ip-network.ts";

interface Entry<T> {
  /** Of the first and the last address, comparable as texts. */
  readonly first: string;
  readonly last: string;
  readonly value: T;
}

/** Networks that do not overlap, found by any address in them in the logarithm of their number. */
export class NetworkIndex<T> {
  /** In the order of their addresses. */
  readonly #entries: Entry<T>[] = [];

  /** Takes the network in, unless it overlaps one that is there: then gives that one's value. */
  add(network: Network, value: T): T | undefined {
    const entry = { ...rangeOf(network), value };
    const at = this.#firstEndingFrom(entry.first);
    const next = this.#entries[at];
    if (next !== undefined && next.first <= entry.last) return next.value;
    this.#entries.splice(at, 0, entry);
    return undefined;
  }

  /** The value of the network that holds an address. */
  find(address: string): T | undefined {
    const network = address.includes("/") ? undefined : parseNetwork(address);
    if (network === undefined) return undefined;
    const { first } = rangeOf(network);
    const entry = this.#entries[this.#firstEndingFrom(first)];
    return entry !== undefined && entry.first <= first ? entry.value : undefined;
  }

  /** Where the first network stands that ends at `key` or behind it. */
  #firstEndingFrom(key: string): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#entries[middle]!.last < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function rangeOf({ words, masks }: Network): { first: string; last: string } {
  const family = words.length === 1 ? "4" : "6";
  const text = (each: readonly number[]): string =>
    family + each.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  return { first: text(words), last: text(words.map((word, i) => word | ~masks[i]!)) };
}
