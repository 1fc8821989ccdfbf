import type { RecordId } from "../model/record-ref.ts";
import { unsigned64 } from "./binxml/value-text.ts";

/** A u64 as a record id: a number while that is exact, else its decimal text. */
export function recordIdAt(view: DataView, at: number): RecordId {
  const high = view.getInt32(at + 4, true);
  const low = view.getInt32(at, true);
  // HOT: nearly all are small, and no object of the heap as long as they are read as such.
  if (high === 0 && low >= 0) return low;
  return largeIdAt(view, at);
}

function largeIdAt(view: DataView, at: number): RecordId {
  const high = view.getUint32(at + 4, true);
  return high < 0x20_0000 ? high * 4_294_967_296 + view.getUint32(at, true) : unsigned64(view, at);
}
