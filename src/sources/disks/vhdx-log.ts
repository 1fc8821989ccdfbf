import { hexText } from "../../base/guid.ts";
import { startsWith } from "../source-kinds.ts";
import { crc32cWithHole } from "./crc32c.ts";
import { u64, viewOf } from "./read-structure.ts";

/**
 * The log of a VHDX that was not closed (MS-VHDX 2.3): what Windows would write into the file before using it. It is
 * replayed in memory; the file stays as it is.
 */
/** Bytes of a sector of the file, as the log counts them. */
export const LOG_SECTOR = 4096;
const ENTRY_HEADER = 64;
const DESCRIPTOR = 32;
/** No place of a VHDX file is behind this: it holds at most 64 TiB. */
const MOST_FILE = 65 * 2 ** 40;
/** Sectors that a log may clear in all: 4 GiB. Its descriptors could claim far more than the disk has. */
const MOST_CLEARED = 1024 * 1024;

interface LogEntry {
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly sequence: number;
  readonly tail: number;
  readonly descriptors: number;
}

/** What the log changes, by 4096-byte sector of the file; `null` = zeros. Undefined: no sound log for this GUID. */
export function readVhdxLog(
  log: Uint8Array,
  logGuid: string,
): ReadonlyMap<number, Uint8Array | null> | undefined {
  const entries = new Map<number, LogEntry>();
  for (let at = 0; at < log.length; at += LOG_SECTOR) {
    const entry = readEntry(log, at, logGuid);
    if (entry !== undefined) entries.set(at, entry);
  }
  const sequence = activeSequence(entries, log.length);
  if (sequence === undefined) return undefined;
  const changes = new Map<number, Uint8Array | null>();
  const budget = { left: MOST_CLEARED };
  for (const entry of sequence) apply(entry, changes, budget);
  return changes;
}

function readEntry(log: Uint8Array, at: number, logGuid: string): LogEntry | undefined {
  if (!startsWith(log, at, "loge")) return undefined;
  const head = viewOf(log.subarray(at, at + ENTRY_HEADER));
  const length = head.getUint32(8, true);
  if (length < LOG_SECTOR || length % LOG_SECTOR !== 0 || length > log.length) return undefined;
  if (hexText(log, at + 32, at + 48) !== logGuid) return undefined;
  // The log is a ring: an entry may go on at its beginning.
  const bytes = new Uint8Array(length);
  const first = Math.min(length, log.length - at);
  bytes.set(log.subarray(at, at + first));
  bytes.set(log.subarray(0, length - first), first);
  if (head.getUint32(4, true) !== crc32cWithHole(bytes, 4)) return undefined;
  const descriptors = head.getUint32(24, true);
  if (ENTRY_HEADER + descriptors * DESCRIPTOR > length) return undefined;
  return {
    at,
    bytes,
    sequence: u64(head, 16, true),
    tail: head.getUint32(12, true),
    descriptors,
  };
}

/** The unbroken run of entries, each one number above the one before it, that ends with the highest number. */
function activeSequence(
  entries: ReadonlyMap<number, LogEntry>,
  logLength: number,
): LogEntry[] | undefined {
  let best: LogEntry[] | undefined;
  for (const head of entries.values()) {
    const run: LogEntry[] = [];
    let at = head.tail % logLength;
    for (let steps = 0; steps <= entries.size; steps++) {
      const entry = entries.get(at);
      const last = run.at(-1);
      if (entry === undefined || (last !== undefined && entry.sequence !== last.sequence + 1))
        break;
      run.push(entry);
      if (entry === head) break;
      at = (at + entry.bytes.length) % logLength;
    }
    const top = run.at(-1);
    if (top === head && (best === undefined || head.sequence > best.at(-1)!.sequence)) best = run;
  }
  return best;
}

function apply(
  { bytes, descriptors, sequence }: LogEntry,
  changes: Map<number, Uint8Array | null>,
  budget: { left: number },
): void {
  const view = viewOf(bytes);
  let dataAt = Math.ceil((ENTRY_HEADER + descriptors * DESCRIPTOR) / LOG_SECTOR) * LOG_SECTOR;
  for (let i = 0; i < descriptors; i++) {
    const at = ENTRY_HEADER + i * DESCRIPTOR;
    if (u64(view, at + 24, true) !== sequence) continue;
    const fileOffset = u64(view, at + 16, true);
    if (fileOffset % LOG_SECTOR !== 0 || fileOffset > MOST_FILE) continue;
    if (startsWith(bytes, at, "zero")) {
      const length = u64(view, at + 8, true);
      for (let done = 0; done < length && budget.left-- > 0; done += LOG_SECTOR)
        changes.set((fileOffset + done) / LOG_SECTOR, null);
    } else if (startsWith(bytes, at, "desc") && dataAt + LOG_SECTOR <= bytes.length) {
      const sector = new Uint8Array(LOG_SECTOR);
      sector.set(bytes.subarray(dataAt + 8, dataAt + LOG_SECTOR - 4), 8);
      // The first 8 and last 4 bytes stand in the descriptor: in the log they hold signature and number.
      sector.set(bytes.subarray(at + 8, at + 16), 0);
      sector.set(bytes.subarray(at + 4, at + 8), LOG_SECTOR - 4);
      changes.set(fileOffset / LOG_SECTOR, sector);
      dataAt += LOG_SECTOR;
    }
  }
}
