import type { ChunkBuffer } from "./chunk-buffer.ts";
import { ForgeError } from "./forge-error.ts";
import type { ForgeType, PlainValue } from "./forge-event.ts";
import { filetimeUnixMs, parseFiletime, parseGuid, parseSid } from "./literals.ts";

/** Type bytes of BinXML values. */
export const TYPE_CODE: Readonly<Record<ForgeType, number>> = {
  string: 0x01,
  ansi: 0x02,
  i8: 0x03,
  u8: 0x04,
  i16: 0x05,
  u16: 0x06,
  i32: 0x07,
  u32: 0x08,
  i64: 0x09,
  u64: 0x0a,
  f32: 0x0b,
  f64: 0x0c,
  bool: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  pointer: 0x10,
  filetime: 0x11,
  systemtime: 0x12,
  sid: 0x13,
  hex32: 0x14,
  hex64: 0x15,
  strings: 0x81,
};
export const NULL_TYPE = 0x00;
export const BINXML_TYPE = 0x21;

/** Bits and sign of the integer types. */
const INTEGERS: Partial<Record<ForgeType, readonly [bits: number, signed: boolean]>> = {
  i8: [8, true],
  u8: [8, false],
  i16: [16, true],
  u16: [16, false],
  i32: [32, true],
  u32: [32, false],
  i64: [64, true],
  u64: [64, false],
  pointer: [64, false],
  hex32: [32, false],
  hex64: [64, false],
};

/** An integer in decimal or 0x hex, or undefined. */
function integer(value: PlainValue): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== "string" || !/^(?:-?\d{1,20}|0x[0-9a-f]{1,16})$/iu.test(value))
    return undefined;
  return BigInt(value);
}

function writeInteger(
  buffer: ChunkBuffer,
  bits: number,
  signed: boolean,
  value: PlainValue,
): boolean {
  const number = integer(value);
  if (number === undefined) return false;
  if ((signed ? BigInt.asIntN(bits, number) : BigInt.asUintN(bits, number)) !== number)
    return false;
  if (bits === 64) buffer.u64(BigInt.asUintN(64, number));
  else {
    const low = Number(BigInt.asUintN(bits, number));
    if (bits === 8) buffer.u8(low);
    else if (bits === 16) buffer.u16(low);
    else buffer.u32(low);
  }
  return true;
}

function writeSystemtime(buffer: ChunkBuffer, value: string): boolean {
  const time = parseFiletime(value);
  if (time === undefined) return false;
  const date = new Date(filetimeUnixMs(time));
  buffer.u16(date.getUTCFullYear());
  buffer.u16(date.getUTCMonth() + 1);
  buffer.u16(date.getUTCDay());
  buffer.u16(date.getUTCDate());
  buffer.u16(date.getUTCHours());
  buffer.u16(date.getUTCMinutes());
  buffer.u16(date.getUTCSeconds());
  buffer.u16(date.getUTCMilliseconds());
  return true;
}

/** The text of a plain value, as a string field holds it. */
export function plainText(value: PlainValue): string {
  if (value instanceof Uint8Array) {
    let text = "";
    for (const byte of value) text += byte.toString(16).toUpperCase().padStart(2, "0");
    return text;
  }
  return value === null ? "" : String(value);
}

function copyParsed(buffer: ChunkBuffer, bytes: Uint8Array | undefined): boolean {
  if (bytes === undefined) return false;
  buffer.copy(bytes);
  return true;
}

/** Even hex digits as bytes. */
export function parseHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/iu.test(text)) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** Writes a value as `type`; false, and nothing written, where it is not of that type. */
export function writeValue(buffer: ChunkBuffer, type: ForgeType, value: PlainValue): boolean {
  const bits = INTEGERS[type];
  if (bits !== undefined) return writeInteger(buffer, bits[0], bits[1], value);
  switch (type) {
    case "string":
      if (Array.isArray(value)) return false;
      buffer.chars(plainText(value));
      return true;
    case "strings":
      if (!Array.isArray(value)) return false;
      for (const item of value as readonly string[]) {
        buffer.chars(item);
        buffer.u16(0);
      }
      return true;
    case "ansi":
      if (typeof value !== "string" || !/^[\x01-\x7f]*$/u.test(value)) return false;
      for (let i = 0; i < value.length; i++) buffer.u8(value.charCodeAt(i));
      return true;
    case "f32":
    case "f64": {
      if (typeof value !== "number") return false;
      if (type === "f32") buffer.f32(value);
      else buffer.f64(value);
      return true;
    }
    case "bool": {
      const truth = value === "true" || value === true;
      if (!truth && value !== false && value !== "false") return false;
      buffer.u32(truth ? 1 : 0);
      return true;
    }
    case "binary":
      if (value instanceof Uint8Array) return copyParsed(buffer, value);
      return copyParsed(buffer, typeof value === "string" ? parseHex(value) : undefined);
    case "guid":
      return typeof value === "string" && copyParsed(buffer, parseGuid(value));
    case "sid":
      return typeof value === "string" && copyParsed(buffer, parseSid(value));
    case "filetime": {
      const time =
        typeof value === "bigint"
          ? value
          : typeof value === "string"
            ? parseFiletime(value)
            : undefined;
      if (time === undefined || BigInt.asUintN(64, time) !== time) return false;
      buffer.u64(time);
      return true;
    }
    case "systemtime":
      return typeof value === "string" && writeSystemtime(buffer, value);
    default:
      throw new ForgeError("badValue", `unknown value type "${type}"`);
  }
}
