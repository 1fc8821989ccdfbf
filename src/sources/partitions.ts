import type { ByteSource } from "../base/byte-source.ts";
import { guidText } from "../base/guid.ts";
import { platform } from "../base/platform.ts";
import type { IssueSink } from "../model/issue.ts";
import { startsWith } from "./source-kinds.ts";

/** A stretch of a disk that its partition table names. Offsets and sizes in bytes. */
export interface Partition {
  /** As Windows and Linux count: 1 to 4 for the table's own, 5 and up for those in an extended partition; GPT by slot. */
  readonly number: number;
  readonly start: number;
  readonly size: number;
  /** MBR type byte as `0x07`, GPT type GUID in capitals. */
  readonly type: string;
  /** GPT name; empty in an MBR. */
  readonly name: string;
}

const MOST_PARTITIONS = 1024;
/** Links of the chain of an extended partition; more is a circle or an attack. */
const MOST_LINKS = 128;

/**
 * The partitions of a disk, or undefined when it has no partition table. A damaged GPT is read through its backup; where both are
 * lost an issue says so.
 */
export function readPartitions(
  disk: ByteSource,
  name: string,
  onIssue: IssueSink,
): readonly Partition[] | undefined {
  const sector = readBytes(disk, 0, 512);
  if (sector.length < 512 || sector[510] !== 0x55 || sector[511] !== 0xaa)
    return findGpt(disk, name, onIssue, false);
  // Boot sectors of volumes end with the same two bytes and hold code where an MBR has its table.
  if (BOOT_SECTORS.some((text) => startsWith(sector, 3, text))) return undefined;
  const slots = mbrSlots(sector);
  if (slots === undefined) return undefined;
  const protective = slots.some(({ type }) => type === 0xee);
  if (protective) {
    const gpt = findGpt(disk, name, onIssue, true);
    if (gpt !== undefined) return gpt;
  }
  return mbrPartitions(disk, slots);
}

const BOOT_SECTORS = ["NTFS    ", "-FVE-FS-", "ReFS\0", "EXFAT   ", "MSDOS5.0", "mkfs.fat"];

interface MbrSlot {
  readonly number: number;
  readonly type: number;
  readonly first: number;
  readonly count: number;
}

/** The four slots; undefined when they are no partition table (a boot sector of a volume holds code there). */
function mbrSlots(sector: Uint8Array): MbrSlot[] | undefined {
  const view = new DataView(sector.buffer, sector.byteOffset, sector.byteLength);
  const slots: MbrSlot[] = [];
  for (let i = 0; i < 4; i++) {
    const at = 446 + i * 16;
    const boot = sector[at]!;
    if (boot !== 0 && boot !== 0x80) return undefined;
    const type = sector[at + 4]!;
    const first = view.getUint32(at + 8, true);
    const count = view.getUint32(at + 12, true);
    if (type !== 0 && count > 0 && first > 0) slots.push({ number: i + 1, type, first, count });
  }
  return slots.length > 0 ? slots : undefined;
}

const EXTENDED: readonly number[] = [0x05, 0x0f, 0x85];

function mbrPartitions(disk: ByteSource, slots: readonly MbrSlot[]): Partition[] {
  const found: Partition[] = [];
  const add = (number: number, { type, count }: MbrSlot, firstSector: number): void => {
    found.push({
      number,
      start: firstSector * 512,
      size: count * 512,
      type: `0x${type.toString(16).padStart(2, "0")}`,
      name: "",
    });
  };
  let number = 5;
  for (const slot of slots) {
    if (!EXTENDED.includes(slot.type)) {
      add(slot.number, slot, slot.first);
      continue;
    }
    // A chain of tables, each naming one partition and the next table, relative to the extended partition.
    let table = slot.first;
    for (let link = 0; link < MOST_LINKS; link++) {
      const sector = readBytes(disk, table * 512, 512);
      if (sector.length < 512 || sector[510] !== 0x55 || sector[511] !== 0xaa) break;
      const inner = mbrSlots(sector) ?? [];
      const own = inner.find(({ type }) => !EXTENDED.includes(type));
      const next = inner.find(({ type }) => EXTENDED.includes(type));
      if (own !== undefined) add(number++, own, table + own.first);
      if (next === undefined || slot.first + next.first <= table) break;
      table = slot.first + next.first;
    }
  }
  return found;
}

/** Sector sizes of disks: the header stands in sector 1. */
const SECTOR_SIZES: readonly number[] = [512, 4096];

function findGpt(
  disk: ByteSource,
  name: string,
  onIssue: IssueSink,
  expected: boolean,
): Partition[] | undefined {
  for (const sectorSize of SECTOR_SIZES) {
    const main = gptAt(disk, sectorSize, sectorSize);
    if (main !== undefined) return main;
  }
  for (const sectorSize of SECTOR_SIZES) {
    const last = (Math.floor(disk.size / sectorSize) - 1) * sectorSize;
    const backup = last > 0 ? gptAt(disk, last, sectorSize) : undefined;
    if (backup === undefined) continue;
    issue("gpt-backup", "the partition table (GPT) is damaged; read through its backup");
    return backup;
  }
  if (expected)
    issue("gpt-lost", "the partition table (GPT) and its backup are damaged or cut off");
  return undefined;

  function issue(code: string, message: string): void {
    onIssue({ code, severity: "warning", message, source: name });
  }
}

function gptAt(disk: ByteSource, position: number, sectorSize: number): Partition[] | undefined {
  const header = readBytes(disk, position, 92);
  if (header.length < 92 || !startsWith(header, 0, "EFI PART")) return undefined;
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const tableAt = Number(view.getBigUint64(72, true)) * sectorSize;
  const count = view.getUint32(80, true);
  const entrySize = view.getUint32(84, true);
  if (entrySize < 128 || entrySize > 4096 || count > MOST_PARTITIONS) return undefined;
  const table = readBytes(disk, tableAt, count * entrySize);
  if (platform.crc32(table, 0, table.length, 0) !== view.getUint32(88, true)) return undefined;
  const found: Partition[] = [];
  const entries = new DataView(table.buffer, table.byteOffset, table.byteLength);
  for (let i = 0; (i + 1) * entrySize <= table.length; i++) {
    const at = i * entrySize;
    const type = guidText(table, at);
    const first = Number(entries.getBigUint64(at + 32, true));
    const last = Number(entries.getBigUint64(at + 40, true));
    if (/^[0-]+$/.test(type) || last < first || !Number.isSafeInteger(last * sectorSize)) continue;
    found.push({
      number: i + 1,
      start: first * sectorSize,
      size: (last - first + 1) * sectorSize,
      type,
      name: platform.utf16(table, at + 56, at + 128).replace(/\0.*$/s, ""),
    });
  }
  return found;
}

/** Up to `length` bytes; fewer where the disk ends or cannot be read. */
function readBytes(disk: ByteSource, position: number, length: number): Uint8Array {
  if (position < 0 || position >= disk.size) return new Uint8Array(0);
  const bytes = new Uint8Array(Math.min(length, disk.size - position));
  try {
    return bytes.subarray(0, disk.read(position, bytes, 0, bytes.length));
  } catch {
    return new Uint8Array(0);
  }
}
