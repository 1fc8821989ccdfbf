/**
 * The stretch of a list in order of time, no longer than `spanMs`, in which the most different keys stand; the first
 * of several that are alike.
 */
export function mostDistinct<T extends { readonly timeMs: number }>(
  list: readonly T[],
  spanMs: number,
  key: (item: T) => string,
): readonly T[] {
  const counts = new Map<string, number>();
  let best: readonly [number, number] = [0, 0];
  let most = 0;
  let low = 0;
  for (const [high, item] of list.entries()) {
    const here = key(item);
    counts.set(here, (counts.get(here) ?? 0) + 1);
    while (item.timeMs - list[low]!.timeMs > spanMs) {
      const gone = key(list[low++]!);
      const left = (counts.get(gone) ?? 1) - 1;
      if (left === 0) counts.delete(gone);
      else counts.set(gone, left);
    }
    if (counts.size > most) {
      most = counts.size;
      best = [low, high + 1];
    }
  }
  return list.slice(...best);
}
