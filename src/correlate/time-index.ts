/** The first place in a list ordered by time whose time is not before `timeMs`. */
export function lowerBound<T>(
  list: readonly T[],
  timeMs: number,
  timeOf: (item: T) => number,
): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timeOf(list[middle]!) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The item nearest to `timeMs` that is at most so much before or after it and passes. The list is in order of time. */
export function nearest<T>(
  list: readonly T[] | undefined,
  timeMs: number,
  window: { readonly before: number; readonly after: number },
  timeOf: (item: T) => number,
  passes: (item: T) => boolean = () => true,
): T | undefined {
  if (list === undefined) return undefined;
  let best: T | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let at = lowerBound(list, timeMs - window.before, timeOf); at < list.length; at++) {
    const item = list[at]!;
    const distance = timeOf(item) - timeMs;
    if (distance > window.after) break;
    if (Math.abs(distance) >= least || !passes(item)) continue;
    best = item;
    least = Math.abs(distance);
  }
  return best;
}

/** Adds to the list of a key. */
export function listAt<K, V>(map: Map<K, V[]>, key: K): V[] {
  let list = map.get(key);
  if (list === undefined) {
    list = [];
    map.set(key, list);
  }
  return list;
}

/**
 * Puts a list in order of time; `tie` decides where times are the same. Nearly always it is in order already, or a few
 * such lists are one behind the other: each time is asked for once.
 */
export function sortByTime<T>(
  list: T[],
  timeOf: (item: T) => number,
  tie: (a: T, b: T) => number = () => 0,
): T[] {
  const times = Float64Array.from(list, timeOf);
  if (isInOrder(list, times, tie)) return list;
  const items = [...list];
  const order = items.map((_, at) => at);
  order.sort((a, b) => times[a]! - times[b]! || tie(items[a]!, items[b]!));
  for (const [at, from] of order.entries()) list[at] = items[from]!;
  return list;
}

function isInOrder<T>(
  list: readonly T[],
  times: Float64Array,
  tie: (a: T, b: T) => number,
): boolean {
  for (let at = 1; at < list.length; at++) {
    const later = times[at]! - times[at - 1]!;
    // Not a number is in no order.
    if (!(later > 0 || (later === 0 && tie(list[at - 1]!, list[at]!) <= 0))) return false;
  }
  return true;
}
