import { forEachItem } from "./value-text.ts";

/** Where the items of one record's array values lie, each array gone through once: rendering asks item by item. */
export class ArrayItems {
  /** Begin and size of each item in turn, by the offset of the array. */
  readonly #places = new Map<number, readonly number[]>();

  /** Begin of an item, or -1 where the array has none of that number; its size is `sizeOf` the same. */
  startOf(bytes: Uint8Array, type: number, at: number, size: number, item: number): number {
    return this.#of(bytes, type, at, size)[2 * item] ?? -1;
  }

  sizeOf(bytes: Uint8Array, type: number, at: number, size: number, item: number): number {
    return this.#of(bytes, type, at, size)[2 * item + 1] ?? 0;
  }

  #of(bytes: Uint8Array, type: number, at: number, size: number): readonly number[] {
    // An empty array may stand where another begins.
    const key = at * 0x1_0000 + size;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const places: number[] = [];
    forEachItem(bytes, type, at, size, (itemAt, itemSize) => {
      places.push(itemAt, itemSize);
    });
    this.#places.set(key, places);
    return places;
  }
}
