import type { ByteSource } from "../../base/byte-source.ts";
import { hexText } from "../../base/guid.ts";
import { startsWith } from "../source-kinds.ts";
import { crc32cWithHole } from "./crc32c.ts";
import { u64, viewOf } from "./read-structure.ts";

/**
 * The log of a VHDX that was not closed (MS-VHDX 2.3): what Windows would write into the file before using it. It is
 * replayed in memory; the file stays as it is.
 */
const SECTOR = 4096;
const ENTRY_HEADER = 64;
const DESCRIPTOR = 32;

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
  for (let at = 0; at < log.length; at += SECTOR) {
    const entry = readEntry(log, at, logGuid);
    if (entry !== undefined) entries.set(at, entry);
  }
  const sequence = activeSequence(entries, log.length);
  if (sequence === undefined) return undefined;
  const changes = new Map<number, Uint8Array | null>();
  for (const entry of sequence) apply(entry, changes);
  return changes;
}

function readEntry(log: Uint8Array, at: number, logGuid: string): LogEntry | undefined {
  if (!startsWith(log, at, "loge")) return undefined;
  const head = viewOf(log.subarray(at, at + ENTRY_HEADER));
  const length = head.getUint32(8, true);
  if (length < SECTOR || length % SECTOR !== 0 || length > log.length) return undefined;
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
): void {
  const view = viewOf(bytes);
  let dataAt = Math.ceil((ENTRY_HEADER + descriptors * DESCRIPTOR) / SECTOR) * SECTOR;
  for (let i = 0; i < descriptors; i++) {
    const at = ENTRY_HEADER + i * DESCRIPTOR;
    if (u64(view, at + 24, true) !== sequence) continue;
    const fileOffset = u64(view, at + 16, true);
    if (startsWith(bytes, at, "zero")) {
      const length = Math.min(u64(view, at + 8, true), 1024 * 1024 * 1024);
      for (let done = 0; done < length; done += SECTOR)
        changes.set((fileOffset + done) / SECTOR, null);
    } else if (startsWith(bytes, at, "desc") && dataAt + SECTOR <= bytes.length) {
      const sector = new Uint8Array(SECTOR);
      sector.set(bytes.subarray(dataAt + 8, dataAt + SECTOR - 4), 8);
      // The first 8 and last 4 bytes stand in the descriptor: in the log they hold signature and number.
      sector.set(bytes.subarray(at + 8, at + 16), 0);
      sector.set(bytes.subarray(at + 4, at + 8), SECTOR - 4);
      changes.set(fileOffset / SECTOR, sector);
      dataAt += SECTOR;
    }
  }
}

/** A file as it would be after its log is replayed. */
export class ReplayedSource implements ByteSource {
  readonly size: number;
  readonly #source: ByteSource;
  readonly #changes: ReadonlyMap<number, Uint8Array | null>;

  constructor(source: ByteSource, changes: ReadonlyMap<number, Uint8Array | null>) {
    this.#source = source;
    this.#changes = changes;
    let size = source.size;
    for (const sector of changes.keys()) size = Math.max(size, (sector + 1) * SECTOR);
    this.size = size;
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    const count = Math.max(Math.min(length, this.size - position), 0);
    const done = this.#source.read(position, target, targetOffset, count);
    target.fill(0, targetOffset + done, targetOffset + count);
    for (let sector = Math.floor(position / SECTOR); sector * SECTOR < position + count; sector++) {
      const change = this.#changes.get(sector);
      if (change === undefined) continue;
      const from = Math.max(sector * SECTOR, position);
      const to = Math.min((sector + 1) * SECTOR, position + count);
      const at = targetOffset + from - position;
      if (change === null) target.fill(0, at, at + to - from);
      else target.set(change.subarray(from - sector * SECTOR, to - sector * SECTOR), at);
    }
    return count;
  }
}
