/** A map by two texts, without a joined text for each look-up. */
export class PairMap<V> {
  readonly #outer = new Map<string, Map<string, V>>();

  get(a: string, b: string): V | undefined {
    return this.#outer.get(a)?.get(b);
  }

  set(a: string, b: string, value: V): void {
    let inner = this.#outer.get(a);
    if (inner === undefined) {
      inner = new Map();
      this.#outer.set(a, inner);
    }
    inner.set(b, value);
  }

  delete(a: string, b: string): void {
    this.#outer.get(a)?.delete(b);
  }
}

/** Adds to the list of a pair. */
export function pairList<V>(map: PairMap<V[]>, a: string, b: string): V[] {
  let list = map.get(a, b);
  if (list === undefined) {
    list = [];
    map.set(a, b, list);
  }
  return list;
}
