import { filetimeText } from "../../base/filetime.ts";
import { guidText, hexText } from "../../base/guid.ts";
import { sidLength, sidText } from "../../base/sid.ts";
import type { TextCache } from "../../base/text-cache.ts";
import { windows1252Text } from "../../base/windows-1252.ts";
import { ARRAY, VALUE_TYPE as T } from "./tokens.ts";

/**
 * windows-1252 for the bytes 0x80-0x9F; undefined ones stay as the control of the same number, so that
 * no byte is lost.
 */
/** Sizes of the types that have one; a value of another size is read as far as it goes. */
const FIXED_SIZE: Readonly<Record<number, number>> = {
  [T.int8]: 1,
  [T.uint8]: 1,
  [T.int16]: 2,
  [T.uint16]: 2,
  [T.int32]: 4,
  [T.uint32]: 4,
  [T.int64]: 8,
  [T.uint64]: 8,
  [T.real32]: 4,
  [T.real64]: 8,
  [T.bool]: 4,
  [T.guid]: 16,
  [T.filetime]: 8,
  [T.systemTime]: 16,
  [T.hexInt32]: 4,
  [T.hexInt64]: 8,
};

/** True for types whose JSON form is a bare number. */
export function isNumberType(type: number): boolean {
  return type >= T.int8 && type <= T.uint64;
}

/** End of the UTF-16 text in [start, end): odd last byte and the run of trailing NULs taken off. */
export function textEnd(bytes: Uint8Array, start: number, end: number): number {
  let to = end - ((end - start) & 1);
  while (to > start && bytes[to - 1] === 0 && bytes[to - 2] === 0) to -= 2;
  return to;
}

/** Text of one non-array value as Windows renders it; `null` for Null. Sizes are the window: nothing outside it is read. */
export function scalarText(
  bytes: Uint8Array,
  view: DataView,
  texts: TextCache,
  type: number,
  at: number,
  size: number,
): string | null {
  switch (type) {
    case T.null:
      return null;
    case T.string:
    case T.evtXml:
      return texts.text(bytes, at, textEnd(bytes, at, at + size));
    case T.ansiString:
      return ansiText(bytes, at, at + size);
    case T.bool:
      return isAnyBitSet(bytes, at, size) ? "true" : "false";
    case T.sid:
      return size < 8 ? hexText(bytes, at, at + size) : sidText(bytes, at, at + size);
    case T.sizeT:
      if (size === 4) return `0x${view.getUint32(at, true).toString(16)}`;
      return size === 8 ? hex64(view, at) : hexText(bytes, at, at + size);
    default:
      break;
  }
  const fixed = FIXED_SIZE[type];
  if (fixed === undefined || (size < fixed && !isNumberType(type)))
    return hexText(bytes, at, at + size);
  if (size < fixed) return shortInteger(bytes, at, size);
  return fixedText(bytes, view, type, at);
}

function fixedText(bytes: Uint8Array, view: DataView, type: number, at: number): string {
  switch (type) {
    case T.int8:
      return String(view.getInt8(at));
    case T.uint8:
      return String(bytes[at]);
    case T.int16:
      return String(view.getInt16(at, true));
    case T.uint16:
      return String(view.getUint16(at, true));
    case T.int32:
      return String(view.getInt32(at, true));
    case T.uint32:
      return String(view.getUint32(at, true));
    case T.int64:
      return String(view.getBigInt64(at, true));
    case T.uint64:
      return unsigned64(view, at);
    case T.real32:
      return realText(view.getFloat32(at, true), true);
    case T.real64:
      return realText(view.getFloat64(at, true), false);
    case T.guid:
      return `{${guidText(bytes, at)}}`;
    case T.filetime:
      return filetimeText(view.getUint32(at, true), view.getUint32(at + 4, true));
    case T.systemTime:
      return systemTimeText(view, at);
    case T.hexInt32:
      return `0x${view.getUint32(at, true).toString(16)}`;
    default:
      return hex64(view, at);
  }
}

/** Decimal of the u64 at `at`; a BigInt only above 2^53. */
export function unsigned64(view: DataView, at: number): string {
  const high = view.getUint32(at + 4, true);
  const low = view.getUint32(at, true);
  return high < 0x20_0000
    ? String(high * 4_294_967_296 + low)
    : String(view.getBigUint64(at, true));
}

function hex64(view: DataView, at: number): string {
  const high = view.getUint32(at + 4, true);
  const low = view.getUint32(at, true);
  return high === 0
    ? `0x${low.toString(16)}`
    : `0x${high.toString(16)}${low.toString(16).padStart(8, "0")}`;
}

function isAnyBitSet(bytes: Uint8Array, at: number, size: number): boolean {
  for (let i = 0; i < size; i++) if (bytes[at + i] !== 0) return true;
  return false;
}

function shortInteger(bytes: Uint8Array, at: number, size: number): string {
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[at + i]!;
  return String(value);
}

function ansiText(bytes: Uint8Array, start: number, end: number): string {
  return windows1252Text(bytes, start, ansiEnd(bytes, start, end));
}

/** Where ANSI text ends: before the NULs that fill it up. */
export function ansiEnd(bytes: Uint8Array, start: number, end: number): number {
  let to = end;
  while (to > start && bytes[to - 1] === 0) to--;
  return to;
}

function realText(value: number, single: boolean): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "INF" : "-INF";
  if (!single) return String(value);
  // The shortest decimal that is still the same single-precision number.
  for (let digits = 1; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(Number(value.toPrecision(9)));
}

/** SYSTEMTIME: u16 year, month, day of week, day, hour, minute, second, milliseconds ([MS-DTYP] 2.3.13). */
function systemTimeText(view: DataView, at: number): string {
  const u = (i: number, width: number): string =>
    String(view.getUint16(at + 2 * i, true)).padStart(width, "0");
  return `${u(0, 4)}-${u(1, 2)}-${u(3, 2)}T${u(4, 2)}:${u(5, 2)}:${u(6, 2)}.${u(7, 3)}Z`;
}

/** Windows of the items of an array value: calls back with each item's place. Bounded by the value's own size. */
export function forEachItem(
  bytes: Uint8Array,
  type: number,
  at: number,
  size: number,
  visit: (at: number, size: number) => void,
): void {
  const end = at + size;
  const base = type & ~ARRAY;
  if (base === T.string || base === T.ansiString) {
    const step = base === T.string ? 2 : 1;
    let from = at;
    for (let p = at; p + step <= end; p += step) {
      if (bytes[p] === 0 && (step === 1 || bytes[p + 1] === 0)) {
        visit(from, p - from);
        from = p + step;
      }
    }
    if (from + step <= end) visit(from, end - from);
    return;
  }
  if (base === T.sid) {
    for (let p = at; p + 8 <= end; ) {
      const length = Math.min(sidLength(bytes, p), end - p);
      visit(p, length);
      p += length;
    }
    return;
  }
  const item = base === T.sizeT ? (size % 8 === 0 ? 8 : 4) : FIXED_SIZE[base];
  if (item === undefined) {
    visit(at, size);
    return;
  }
  for (let p = at; p < end; p += item) visit(p, Math.min(item, end - p));
}
