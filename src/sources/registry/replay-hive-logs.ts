import type { ByteSource } from "../../base/byte-source.ts";
import { ReplayedSource } from "../replayed-source.ts";
import { startsWith } from "../source-kinds.ts";
import { MediumError } from "../source-problem.ts";
import { marvin32 } from "./marvin32.ts";

/**
 * What Windows would write into a hive that was in use when it was copied, from its transaction logs (`.LOG`, `.LOG1`, `.LOG2`); in memory,
 * the hive stays as it is. Both forms: a bitmap of dirty pages (`DIRT`, to Windows 8) and entries with checksums (`HvLE`, from
 * Windows 8.1). Source: "Windows registry file format specification", M. Suhanov, "Format of transaction log files".
 */
const PAGE = 512;
const HIVE_BINS = 4096;
const FILE_TYPE = { log: 1, entries: 6 } as const;
const ENTRY_HEADER = 40;
const SEED = [0x884d_ef82, 0xc555_4e7a] as const;
/** Windows keeps hives below 2 GiB and writes logs of a few MiB. */
const MOST_LOG_BYTES = 256 * 1024 * 1024;
const MOST_BINS_BYTES = 2 * 1024 * 1024 * 1024;

/** A hive with what its logs hold. */
export interface ReplayedHive {
  readonly source: ByteSource;
  /** How many entries (or logs of the old form) were applied; 0: the hive is as it was. */
  readonly applied: number;
  /** What of the logs could not be used, and why. */
  readonly problems: readonly string[];
}

/** The base block of a hive or of a log: its numbers and whether its checksum fits. */
export interface BaseBlock {
  readonly primary: number;
  readonly secondary: number;
  readonly written: string;
  readonly fileType: number;
  readonly binsSize: number;
  readonly isSound: boolean;
}

/** Reads the first sector of a hive or log; undefined when it is none. */
export function readBaseBlock(bytes: Uint8Array): BaseBlock | undefined {
  if (bytes.length < PAGE || !startsWith(bytes, 0, "regf")) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, PAGE);
  return {
    primary: view.getUint32(4, true),
    secondary: view.getUint32(8, true),
    written: `${view.getUint32(16, true)}:${view.getUint32(12, true)}`,
    fileType: view.getUint32(28, true),
    binsSize: view.getUint32(40, true),
    isSound: view.getUint32(508, true) === checksum(view),
  };
}

/** True when the newest changes may be in the hive's logs only. */
export function isDirty({ isSound, primary, secondary }: BaseBlock): boolean {
  return !isSound || primary !== secondary;
}

interface HiveLog {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly base: BaseBlock;
}

type Pages = Map<number, Uint8Array>;

/** A dirty hive as its logs make it; a clean one as it is, whatever they hold. */
export function replayHiveLogs(
  hive: ByteSource,
  logs: readonly { readonly name: string; readonly source: ByteSource }[],
): ReplayedHive {
  const head = bytesOf(hive, PAGE);
  const base = head && readBaseBlock(head);
  const problems: string[] = [];
  if (head === undefined || base === undefined || !isDirty(base))
    return { source: hive, applied: 0, problems };
  const known = logs.flatMap(({ name, source }): HiveLog[] => {
    const bytes = source.size > MOST_LOG_BYTES ? undefined : bytesOf(source, source.size);
    if (bytes?.length === 0) return [];
    const logBase = bytes && readBaseBlock(bytes);
    if (bytes !== undefined && logBase?.isSound) return [{ name, bytes, base: logBase }];
    problems.push(`${name}: no transaction log with a sound base block`);
    return [];
  });
  const pages: Pages = new Map();
  const applied =
    applyEntries(
      known.filter((log) => log.base.fileType === FILE_TYPE.entries),
      base,
      head,
      pages,
      problems,
    ) ||
    applyBitmap(
      known.filter((log) => log.base.fileType === FILE_TYPE.log),
      base,
      pages,
      problems,
    );
  return {
    source: applied === 0 ? hive : new ReplayedSource(hive, pages, PAGE),
    applied,
    problems,
  };
}

interface LogEntry {
  readonly log: HiveLog;
  readonly at: number;
  readonly size: number;
  readonly sequence: number;
}

/** Entries in the order of their numbers, the log with the earlier ones first, up to the first that is broken or missing. */
function applyEntries(
  logs: readonly HiveLog[],
  base: BaseBlock,
  head: Uint8Array,
  pages: Pages,
  problems: string[],
): number {
  const runs = logs
    .map((log) => ({ log, entries: readEntries(log, problems) }))
    .filter(({ entries }) => entries.length > 0)
    .sort((a, b) => a.entries[0]!.sequence - b.entries[0]!.sequence);
  // A hive whose own base block is broken takes that of the newest log, and what is newer than it.
  const newest = runs.at(-1)?.log;
  if (newest === undefined) return 0;
  const first = base.isSound ? base.primary : newest.base.primary;
  let applied = 0;
  let last: LogEntry | undefined;
  for (const entry of runs.flatMap(({ entries }) => entries)) {
    if (entry.sequence < first) continue;
    if (last !== undefined && entry.sequence !== last.sequence + 1) {
      problems.push(
        `${entry.log.name}: entry ${entry.sequence} does not follow entry ${last.sequence}: not applied`,
      );
      break;
    }
    applyEntry(entry, pages);
    last = entry;
    applied++;
  }
  if (last !== undefined) {
    const view = viewOf(last.log.bytes);
    pages.set(
      0,
      mended(base.isSound ? head : newest.bytes, last.sequence, view.getUint32(last.at + 16, true)),
    );
  }
  return applied;
}

function readEntries(log: HiveLog, problems: string[]): LogEntry[] {
  const { bytes, name } = log;
  const view = viewOf(bytes);
  const entries: LogEntry[] = [];
  for (let at = PAGE; at + ENTRY_HEADER <= bytes.length; ) {
    if (!startsWith(bytes, at, "HvLE")) break;
    const size = view.getUint32(at + 4, true);
    const sequence = view.getUint32(at + 12, true);
    const previous = entries.at(-1);
    // What follows the newest entry is left over from an earlier use of the file.
    if (previous !== undefined && sequence !== previous.sequence + 1) break;
    if (!isSoundEntry(view, bytes, at, size)) {
      problems.push(`${name}: the entry at ${at} is damaged: it and later ones are not applied`);
      break;
    }
    entries.push({ log, at, size, sequence });
    at += size;
  }
  return entries;
}

function isSoundEntry(view: DataView, bytes: Uint8Array, at: number, size: number): boolean {
  if (size < ENTRY_HEADER || size % PAGE !== 0 || at + size > bytes.length) return false;
  const binsSize = view.getUint32(at + 16, true);
  if (binsSize % HIVE_BINS !== 0 || binsSize > MOST_BINS_BYTES) return false;
  const has = (offset: number, [low, high]: readonly [number, number]): boolean =>
    view.getUint32(at + offset, true) === low && view.getUint32(at + offset + 4, true) === high;
  if (!has(24, marvin32(bytes, at + ENTRY_HEADER, at + size, SEED))) return false;
  if (!has(32, marvin32(bytes, at, at + 32, SEED))) return false;
  const count = view.getUint32(at + 20, true);
  let needed = ENTRY_HEADER + count * 8;
  if (needed > size) return false;
  for (let i = 0; i < count; i++) {
    const offset = view.getUint32(at + ENTRY_HEADER + i * 8, true);
    const length = view.getUint32(at + ENTRY_HEADER + i * 8 + 4, true);
    if (offset % PAGE !== 0 || length % PAGE !== 0 || offset + length > binsSize) return false;
    needed += length;
  }
  return needed <= size;
}

function applyEntry({ log, at }: LogEntry, pages: Pages): void {
  const view = viewOf(log.bytes);
  const count = view.getUint32(at + 20, true);
  let from = at + ENTRY_HEADER + count * 8;
  for (let i = 0; i < count; i++) {
    const offset = view.getUint32(at + ENTRY_HEADER + i * 8, true);
    const length = view.getUint32(at + ENTRY_HEADER + i * 8 + 4, true);
    setPages(pages, HIVE_BINS + offset, log.bytes.subarray(from, from + length));
    from += length;
  }
}

/** The old form: one log holds all dirty pages. */
function applyBitmap(
  logs: readonly HiveLog[],
  base: BaseBlock,
  pages: Pages,
  problems: string[],
): number {
  for (const { name, bytes, base: own } of logs) {
    if (own.primary !== own.secondary || (base.isSound && own.written !== base.written)) continue;
    const length = own.binsSize / HIVE_BINS;
    const dataAt = PAGE + Math.ceil((4 + length) / PAGE) * PAGE;
    if (!startsWith(bytes, PAGE, "DIRT") || !Number.isInteger(length) || dataAt > bytes.length) {
      problems.push(`${name}: its list of dirty pages is damaged: not applied`);
      continue;
    }
    const dirty: number[] = [];
    for (let page = 0; page < length * 8; page++)
      if ((bytes[PAGE + 4 + (page >> 3)]! & (1 << (page & 7))) !== 0) dirty.push(page);
    if (dataAt + dirty.length * PAGE > bytes.length) {
      problems.push(`${name}: ends before its last dirty page: not applied`);
      continue;
    }
    for (const [i, page] of dirty.entries()) {
      const at = dataAt + i * PAGE;
      setPages(pages, HIVE_BINS + page * PAGE, bytes.subarray(at, at + PAGE));
    }
    pages.set(0, mended(bytes, own.primary, own.binsSize));
    return 1;
  }
  return 0;
}

function setPages(pages: Pages, position: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += PAGE)
    pages.set((position + at) / PAGE, bytes.subarray(at, at + PAGE));
}

/** A base block as that of a clean hive. */
function mended(from: Uint8Array, sequence: number, binsSize: number): Uint8Array {
  const block = from.slice(0, PAGE);
  const view = viewOf(block);
  view.setUint32(4, sequence, true);
  view.setUint32(8, sequence, true);
  view.setUint32(28, 0, true);
  view.setUint32(40, binsSize, true);
  view.setUint32(508, checksum(view), true);
  return block;
}

/** The exclusive or of the 127 words before it; two values are never used. */
function checksum(block: DataView): number {
  let sum = 0;
  for (let at = 0; at < 508; at += 4) sum ^= block.getUint32(at, true);
  sum >>>= 0;
  return sum === 0xffff_ffff ? 0xffff_fffe : sum === 0 ? 1 : sum;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The first bytes of a source, fewer where it ends; undefined when its medium is damaged. */
function bytesOf(source: ByteSource, length: number): Uint8Array | undefined {
  try {
    const bytes = new Uint8Array(Math.min(length, source.size));
    return bytes.subarray(0, source.read(0, bytes, 0, bytes.length));
  } catch (error) {
    if (error instanceof MediumError) return undefined;
    throw error;
  }
}
