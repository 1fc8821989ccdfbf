import { PairMap } from "./pair-map.ts";

/** A map by source, destination and account, without a joined text for each look-up: there may be a million. */
export class WayMap<V> {
  readonly #byPair = new PairMap<Map<string, V>>();

  get(from: string, to: string, account: string): V | undefined {
    return this.#byPair.get(from, to)?.get(account);
  }

  set(from: string, to: string, account: string, value: V): void {
    let byAccount = this.#byPair.get(from, to);
    if (byAccount === undefined) {
      byAccount = new Map();
      this.#byPair.set(from, to, byAccount);
    }
    byAccount.set(account, value);
  }
}

/** Adds to the list of a way. */
export function wayList<V>(map: WayMap<V[]>, from: string, to: string, account: string): V[] {
  let list = map.get(from, to, account);
  if (list === undefined) {
    list = [];
    map.set(from, to, account, list);
  }
  return list;
}
