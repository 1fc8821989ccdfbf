/**
 * The stretch of a list in order of time, no longer than `spanMs`, in which the most different keys stand; the first
 * of several that are alike. With `worth`, the stretch that is worth most by its number of keys and of items that are
 * `marked`.
 */
export function mostDistinct<T extends { readonly timeMs: number }>(
  list: readonly T[],
  spanMs: number,
  key: (item: T) => string,
  marked: (item: T) => boolean = () => false,
  worth: (keys: number, marked: number) => number = (keys) => keys,
): readonly T[] {
  const counts = new Map<string, number>();
  let best: readonly [number, number] = [0, 0];
  let most = 0;
  let low = 0;
  let marks = 0;
  for (const [high, item] of list.entries()) {
    const here = key(item);
    counts.set(here, (counts.get(here) ?? 0) + 1);
    if (marked(item)) marks++;
    while (item.timeMs - list[low]!.timeMs > spanMs) {
      const first = list[low++]!;
      const gone = key(first);
      const left = (counts.get(gone) ?? 1) - 1;
      if (left === 0) counts.delete(gone);
      else counts.set(gone, left);
      if (marked(first)) marks--;
    }
    const value = worth(counts.size, marks);
    if (value > most) {
      most = value;
      best = [low, high + 1];
    }
  }
  return list.slice(...best);
}
