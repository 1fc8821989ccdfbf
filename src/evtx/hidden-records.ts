import { isFramed, SMALLEST_RECORD } from "./chunk-walker.ts";

const RECORD_MAGIC = 0x00_00_2a_2a;

/**
 * Records that lie inside another one's bytes, from `from` to `to` (chunk-relative). An editor that unlinks a record
 * lets the one before it swallow it; the last swallowed one's size copy holds the total, so it need not agree.
 */
export function recordsWithin(
  view: DataView,
  from: number,
  to: number,
): { readonly offset: number; readonly size: number }[] {
  const found: { offset: number; size: number }[] = [];
  for (let at = (from + 7) & ~7; at + SMALLEST_RECORD <= to; ) {
    const size = view.getUint32(at + 4, true);
    const fits =
      view.getUint32(at, true) === RECORD_MAGIC &&
      size >= SMALLEST_RECORD &&
      (size & 7) === 0 &&
      (isFramed(view, at, to) || at + size === to);
    if (fits) found.push({ offset: at, size });
    at += fits ? size : 8;
  }
  return found;
}
