import type { ByteWriter } from "../base/byte-writer.ts";
import type { BodyReader } from "./binxml/body-reader.ts";
import { ARRAY, VALUE_TYPE as T } from "./binxml/tokens.ts";
import { ansiEnd, forEachItem, isNumberType, scalarText, textEnd } from "./binxml/value-text.ts";

const encoder = new TextEncoder();
export const NULL = encoder.encode("null");
export const EMPTY_STRING = encoder.encode('""');
const TRUE = encoder.encode("true");
const FALSE = encoder.encode("false");
const EPOCH_DIFFERENCE_DAYS = 134_774;

/** Writes one non-array value the way evtx_dump types it: integers and booleans bare, everything else a string. */
export function writeJsonScalar(
  out: ByteWriter,
  reader: BodyReader,
  type: number,
  at: number,
  size: number,
): void {
  const { bytes, view } = reader;
  switch (type) {
    case T.null:
      out.bytes(NULL);
      return;
    case T.string:
      out.jsonUtf16(bytes, at, textEnd(bytes, at, at + size));
      return;
    case T.ansiString:
      out.jsonWindows1252(bytes, at, ansiEnd(bytes, at, at + size));
      return;
    case T.uint8:
      if (size >= 1) {
        out.decimal(bytes[at]!);
        return;
      }
      break;
    case T.uint16:
      if (size >= 2) {
        out.decimal(view.getUint16(at, true));
        return;
      }
      break;
    case T.uint32:
      if (size >= 4) {
        out.decimal(view.getUint32(at, true));
        return;
      }
      break;
    case T.int32:
      if (size >= 4 && view.getInt32(at, true) >= 0) {
        out.decimal(view.getInt32(at, true));
        return;
      }
      break;
    case T.uint64:
      if (size >= 8 && view.getUint32(at + 4, true) < 0x20_0000) {
        out.decimal(view.getUint32(at + 4, true) * 4_294_967_296 + view.getUint32(at, true));
        return;
      }
      break;
    case T.sizeT:
      if (size === 4 || size === 8) {
        writeHex(out, size === 8 ? view.getUint32(at + 4, true) : 0, view.getUint32(at, true));
        return;
      }
      break;
    case T.bool:
      out.bytes(scalarText(bytes, view, reader.texts, type, at, size) === "true" ? TRUE : FALSE);
      return;
    case T.guid:
      if (size >= 16) {
        writeGuid(out, bytes, at);
        return;
      }
      break;
    case T.filetime:
      if (size >= 8) {
        writeFiletime(out, view.getUint32(at, true), view.getUint32(at + 4, true));
        return;
      }
      break;
    case T.hexInt32:
      if (size >= 4) {
        writeHex(out, 0, view.getUint32(at, true));
        return;
      }
      break;
    case T.hexInt64:
      if (size >= 8) {
        writeHex(out, view.getUint32(at + 4, true), view.getUint32(at, true));
        return;
      }
      break;
    case T.sid:
      if (size >= 12 && size === 8 + 4 * bytes[at + 1]! && view.getUint16(at + 2) === 0) {
        writeSid(out, view, bytes, at);
        return;
      }
      break;
    case T.binary:
      out.byte(0x22);
      out.hexBytes(bytes, at, at + size);
      out.byte(0x22);
      return;
    default:
      break;
  }
  writeTyped(out, scalarText(bytes, view, reader.texts, type, at, size) ?? "", isNumberType(type));
}

/** Writes an array value as a JSON array. */
export function writeJsonArray(
  out: ByteWriter,
  reader: BodyReader,
  type: number,
  at: number,
  size: number,
): void {
  out.byte(0x5b);
  let first = true;
  forEachItem(reader.bytes, type, at, size, (itemAt, itemSize) => {
    if (!first) out.byte(0x2c);
    first = false;
    writeJsonScalar(out, reader, type & ~ARRAY, itemAt, itemSize);
  });
  out.byte(0x5d);
}

/** Text, as a bare number where it is one. */
export function writeTyped(out: ByteWriter, text: string, isNumber: boolean): void {
  if (isNumber && text !== "") out.ascii(text);
  else out.bytes(encoder.encode(JSON.stringify(text)));
}

function writeHex(out: ByteWriter, high: number, low: number): void {
  out.ensure(20);
  out.byte(0x22);
  out.byte(0x30);
  out.byte(0x78);
  if (high !== 0) {
    out.hex32(high, 1);
    out.hex32(low, 8);
  } else out.hex32(low, 1);
  out.byte(0x22);
}

function writeGuid(out: ByteWriter, b: Uint8Array, at: number): void {
  out.byte(0x22);
  out.guid(b, at);
  out.byte(0x22);
}

function writeSid(out: ByteWriter, view: DataView, b: Uint8Array, at: number): void {
  out.byte(0x22);
  out.ascii("S-");
  out.decimal(b[at]!);
  out.byte(0x2d);
  out.decimal(view.getUint32(at + 4));
  const count = b[at + 1]!;
  for (let i = 0; i < count; i++) {
    out.byte(0x2d);
    out.decimal(view.getUint32(at + 8 + 4 * i, true));
  }
  out.byte(0x22);
}

let day = Number.NaN;
const dayBytes = new Uint8Array(32);
let dayLength = 0;

/** `"2026-03-02T08:00:00.1234567Z"`; the digits of the day are remembered, the rest is integer arithmetic. */
function writeFiletime(out: ByteWriter, low: number, high: number): void {
  // See filetime.ts for the split: exact below 2^53.
  const rest = high * 7296 + low;
  const carry = Math.floor(rest / 10_000);
  const ticks = rest - carry * 10_000;
  const ms = high * 429_496 + carry;
  const days = Math.floor(ms / 86_400_000);
  if (days !== day) {
    const iso = new Date((days - EPOCH_DIFFERENCE_DAYS) * 86_400_000).toISOString();
    const text = iso.slice(0, iso.indexOf("T") + 1);
    day = days;
    dayLength = text.length;
    encoder.encodeInto(text, dayBytes);
  }
  const inDay = (ms - days * 86_400_000) | 0;
  const seconds = (inDay / 1000) | 0;
  out.ensure(48);
  out.byte(0x22);
  for (let i = 0; i < dayLength; i++) out.buffer[out.at++] = dayBytes[i]!;
  out.padded((seconds / 3600) | 0, 2);
  out.byte(0x3a);
  out.padded(((seconds / 60) | 0) % 60, 2);
  out.byte(0x3a);
  out.padded(seconds % 60, 2);
  out.byte(0x2e);
  out.padded((inDay % 1000) * 10_000 + ticks, 7);
  out.byte(0x5a);
  out.byte(0x22);
}
