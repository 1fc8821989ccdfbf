import { filetimeText } from "../base/filetime.ts";
import { ForgeError } from "./forge-error.ts";

const GUID = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/iu;

/** The 16 bytes of a GUID's text, or undefined where it is none. */
export function parseGuid(text: string): Uint8Array | undefined {
  const match = GUID.exec(text);
  if (match === null) return undefined;
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Number.parseInt(match[1]!, 16), true);
  view.setUint16(4, Number.parseInt(match[2]!, 16), true);
  view.setUint16(6, Number.parseInt(match[3]!, 16), true);
  const tail = match[4]! + match[5]!;
  for (let i = 0; i < 8; i++) bytes[8 + i] = Number.parseInt(tail.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** The bytes of a SID's text (`S-1-5-21-…`), or undefined where it is none. */
export function parseSid(text: string): Uint8Array | undefined {
  if (!/^S-\d{1,3}-(?:\d{1,10}|0x[0-9a-f]{1,12})(?:-\d{1,10}){0,15}$/iu.test(text))
    return undefined;
  const [, revision, authority, ...subs] = text.split("-");
  const bytes = new Uint8Array(8 + 4 * subs.length);
  const view = new DataView(bytes.buffer);
  if (Number(revision) > 255) return undefined;
  bytes[0] = Number(revision);
  bytes[1] = subs.length;
  const top = BigInt(authority!);
  view.setUint16(2, Number(top >> 32n));
  view.setUint32(4, Number(top & 0xffff_ffffn));
  for (const [index, sub] of subs.entries()) {
    if (Number(sub) > 0xffff_ffff) return undefined;
    view.setUint32(8 + 4 * index, Number(sub), true);
  }
  return bytes;
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|\+00:00)?)?$/u;
const TICKS_PER_MS = 10_000n;
const EPOCH_DIFFERENCE_MS = 11_644_473_600_000n;

/** FILETIME ticks of an ISO 8601 time in UTC (digits below 100 ns are dropped), or undefined. */
export function parseFiletime(text: string): bigint | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = ""] = match;
  const ms = Date.UTC(+year!, +month! - 1, +day!, +hour, +minute, +second);
  const date = new Date(ms);
  // Date.UTC rolls 31 February over; a time that is not on the calendar is a slip of the writer.
  if (date.getUTCDate() !== +day! || date.getUTCMonth() + 1 !== +month! || +hour > 23)
    return undefined;
  const ticks = BigInt(fraction.padEnd(7, "0").slice(0, 7));
  const time = (BigInt(ms) + EPOCH_DIFFERENCE_MS) * TICKS_PER_MS + ticks;
  return time >= 0n ? time : undefined;
}

/** FILETIME ticks, or a refusal that says where. */
export function filetimeOf(text: string, where: string): bigint {
  const time = parseFiletime(text);
  if (time === undefined)
    throw new ForgeError(
      "badTime",
      `"${text}" is no time`,
      where,
      "write UTC as 2026-03-02T08:00:00Z",
    );
  return time;
}

/** Milliseconds since 1970 UTC of FILETIME ticks, the part below a millisecond dropped. */
export function filetimeUnixMs(time: bigint): number {
  return Number(time / TICKS_PER_MS - EPOCH_DIFFERENCE_MS);
}

/** ISO 8601 with seven digits. */
export function filetimeIso(time: bigint): string {
  return filetimeText(Number(time & 0xffff_ffffn), Number(time >> 32n));
}
