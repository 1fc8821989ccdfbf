import type { ByteSource } from "../../base/byte-source.ts";
import { guidText, hexText } from "../../base/guid.ts";
import type { ContainerContext, DiskOpener, OpenedDisk } from "../container.ts";
import { ReplayedSource } from "../replayed-source.ts";
import { startsWith } from "../source-kinds.ts";
import { isProblem, MediumError, type SourceProblem } from "../source-problem.ts";
import { BlockDisk, type BlockPlace } from "./block-disk.ts";
import { crc32cWithHole } from "./crc32c.ts";
import { guarded, readStructure, u64, viewOf } from "./read-structure.ts";
import { LOG_SECTOR, readVhdxLog } from "./vhdx-log.ts";

/** Virtual Hard Disk v2, little-endian (MS-VHDX): regions lead to metadata and to the block allocation table. */
const KIB_64 = 65_536;
const MIB = 1024 * 1024;
const HEADER_SIZE = 4096;
const NO_GUID = "0".repeat(32);
const REGION = {
  table: "2DC27766-F623-4200-9D64-115E9BFD4A08",
  metadata: "8B7CA206-4790-4B9A-B8FE-575F050F886E",
};
const ITEM = {
  file: "CAA16737-FA36-4D43-B3B6-33F0AA44E76B",
  size: "2FA54224-CD1B-4876-B211-5DBED83BF4B8",
  sector: "8141BF1D-A96F-4709-BA47-F233A8FAAB5F",
  parent: "A8D35F2D-B30B-454D-ABF7-D3D84834AB0C",
};
const STATE = { full: 6, partial: 7, zero: 2, unmapped: 3 };
const MOST_PARENTS = 16;

export const openVhdx: DiskOpener = guarded((source, context) => open(source, context, 0));

function open(
  file: ByteSource,
  context: ContainerContext,
  depth: number,
): OpenedDisk | SourceProblem {
  const header = newestHeader(file);
  if (header === undefined) return { problem: "has no sound VHDX header" };
  const source = replayed(file, header, context);
  if (isProblem(source)) return source;
  const regions = readRegions(source);
  const tableAt = regions.get(REGION.table);
  const metadataAt = regions.get(REGION.metadata);
  if (tableAt === undefined || metadataAt === undefined)
    return { problem: "has no sound VHDX region table" };
  const items = readMetadata(source, metadataAt);
  const fileItem = items.get(ITEM.file);
  const sizeItem = items.get(ITEM.size);
  const sectorItem = items.get(ITEM.sector);
  if (fileItem === undefined || sizeItem === undefined || sectorItem === undefined)
    return { problem: "lacks metadata that every VHDX has" };
  const blockSize = fileItem.getUint32(0, true);
  const size = u64(sizeItem, 0, true);
  const sectorSize = sectorItem.getUint32(0, true);
  if (blockSize < MIB || blockSize > 256 * MIB || (blockSize & (blockSize - 1)) !== 0)
    return { problem: `has VHDX blocks of ${blockSize} bytes` };
  if (sectorSize !== 512 && sectorSize !== 4096)
    return { problem: `has VHDX sectors of ${sectorSize} bytes` };
  if (size > 64 * 2 ** 40) return { problem: `claims a disk of ${size} bytes` };
  const ratio = (2 ** 23 * sectorSize) / blockSize;
  const blocks = Math.ceil(size / blockSize);
  const hasParent = (fileItem.getUint32(4, true) & 2) !== 0;
  const entries = hasParent
    ? Math.ceil(blocks / ratio) * (ratio + 1)
    : blocks + Math.floor(Math.max(blocks - 1, 0) / ratio);
  const table = viewOf(
    readStructure(source, tableAt, 8 * entries, "the VHDX block allocation table"),
  );
  const entry = (index: number): { state: number; position: number } => {
    const low = table.getUint32(8 * index, true);
    const high = table.getUint32(8 * index + 4, true);
    // Bits 20 to 63: the place in MiB.
    return { state: low & 7, position: (high * 4096 + (low >>> 20)) * MIB };
  };
  if (!hasParent) {
    return {
      disk: new BlockDisk(size, blockSize, (block) => {
        const { state, position } = entry(block + Math.floor(block / ratio));
        return state === STATE.full ? { source, position } : undefined;
      }),
    };
  }
  const parent = openParent(items.get(ITEM.parent), context, depth);
  if (isProblem(parent)) return parent;
  return { disk: differencing(source, parent.disk, { size, blockSize, sectorSize, ratio }, entry) };
}

interface Shape {
  readonly size: number;
  readonly blockSize: number;
  readonly sectorSize: number;
  readonly ratio: number;
}

/** Sector by sector, from the disk or from its parent, as block states and sector bitmaps say. */
function differencing(
  source: ByteSource,
  parent: ByteSource,
  { size, blockSize, sectorSize, ratio }: Shape,
  entry: (index: number) => { state: number; position: number },
): ByteSource {
  const sectorsPerBlock = blockSize / sectorSize;
  return new BlockDisk(size, sectorSize, (sector): BlockPlace => {
    const block = Math.floor(sector / sectorsPerBlock);
    const within = sector - block * sectorsPerBlock;
    const chunk = Math.floor(block / ratio);
    const { state, position } = entry(block + chunk);
    const own = { source, position: position + within * sectorSize };
    const below =
      sector * sectorSize < parent.size
        ? { source: parent, position: sector * sectorSize }
        : undefined;
    if (state === STATE.full) return own;
    if (state === STATE.zero || state === STATE.unmapped) return undefined;
    if (state !== STATE.partial) return below;
    const bitmap = entry((chunk + 1) * (ratio + 1) - 1).position;
    const bit = (block % ratio) * sectorsPerBlock + within;
    const byte = new Uint8Array(1);
    if (source.read(bitmap + (bit >> 3), byte, 0, 1) < 1)
      throw new MediumError(`the sector bitmap at ${bitmap} is cut off`);
    return (byte[0]! & (1 << (bit & 7))) !== 0 ? own : below;
  });
}

/** Of the two headers the sound one with the higher number. */
function newestHeader(source: ByteSource): DataView | undefined {
  let newest: DataView | undefined;
  for (const at of [KIB_64, 2 * KIB_64]) {
    const bytes = new Uint8Array(HEADER_SIZE);
    if (source.read(at, bytes, 0, HEADER_SIZE) < HEADER_SIZE || !startsWith(bytes, 0, "head"))
      continue;
    const view = viewOf(bytes);
    if (view.getUint32(4, true) !== crc32cWithHole(bytes, 4)) continue;
    if (newest === undefined || u64(view, 8, true) > u64(newest, 8, true)) newest = view;
  }
  return newest;
}

function replayed(
  source: ByteSource,
  header: DataView,
  context: ContainerContext,
): ByteSource | SourceProblem {
  const bytes = new Uint8Array(header.buffer, header.byteOffset, HEADER_SIZE);
  const guid = hexText(bytes, 48, 64);
  if (guid === NO_GUID) return source;
  const length = header.getUint32(68, true);
  const log = readStructure(source, u64(header, 72, true), length, "the VHDX log");
  const changes = readVhdxLog(log, guid);
  if (changes === undefined) {
    context.onIssue({
      code: "image-log-unreadable",
      severity: "warning",
      message: "the disk was not closed and its log holds no sound entry: it is read as it stands",
      source: context.name,
    });
    return source;
  }
  context.onIssue({
    code: "image-log-replayed",
    severity: "info",
    message: `the disk was not closed: its log is replayed in memory (${changes.size} sectors)`,
    source: context.name,
  });
  return new ReplayedSource(source, changes, LOG_SECTOR);
}

function readRegions(source: ByteSource): Map<string, number> {
  for (const at of [3 * KIB_64, 4 * KIB_64]) {
    const bytes = readStructure(source, at, KIB_64, "the VHDX region table");
    const view = viewOf(bytes);
    if (!startsWith(bytes, 0, "regi") || view.getUint32(4, true) !== crc32cWithHole(bytes, 4))
      continue;
    const regions = new Map<string, number>();
    const count = Math.min(view.getUint32(8, true), 2047);
    for (let i = 0; i < count; i++)
      regions.set(guidText(bytes, 16 + 32 * i), u64(view, 32 + 32 * i, true));
    return regions;
  }
  return new Map();
}

function readMetadata(source: ByteSource, at: number): Map<string, DataView> {
  const bytes = readStructure(source, at, KIB_64, "the VHDX metadata table");
  const items = new Map<string, DataView>();
  if (!startsWith(bytes, 0, "metadata")) return items;
  const view = viewOf(bytes);
  const count = Math.min(view.getUint16(10, true), 2047);
  for (let i = 0; i < count; i++) {
    const entry = 32 + 32 * i;
    const length = Math.min(view.getUint32(entry + 20, true), MIB);
    if (length === 0) continue;
    items.set(
      guidText(bytes, entry),
      viewOf(
        readStructure(
          source,
          at + view.getUint32(entry + 16, true),
          length,
          "a VHDX metadata item",
        ),
      ),
    );
  }
  return items;
}

function openParent(
  locator: DataView | undefined,
  context: ContainerContext,
  depth: number,
): OpenedDisk | SourceProblem {
  const paths = locator === undefined ? new Map<string, string>() : locatorPaths(locator);
  const path =
    paths.get("relative_path") ??
    paths.get("absolute_win32_path") ??
    paths.get("volume_path") ??
    "";
  const file = path.split(/[\\/]/).at(-1) ?? "";
  if (depth >= MOST_PARENTS) return { problem: `has more than ${MOST_PARENTS} parents` };
  const parent = context.sibling(file);
  if (parent === undefined) {
    return {
      problem: "holds the differences to another disk only",
      fix: file === "" ? "its parent is not named" : `put its parent ${file} beside it`,
    };
  }
  return open(parent, { ...context, name: file }, depth + 1);
}

/** Keys and values in UTF-16, by offset from the start of the item. */
function locatorPaths(view: DataView): Map<string, string> {
  const paths = new Map<string, string>();
  const decoder = new TextDecoder("utf-16le");
  const text = (at: number, length: number): string =>
    at + length > view.byteLength
      ? ""
      : decoder.decode(new Uint8Array(view.buffer, view.byteOffset + at, length));
  const count = Math.min(view.getUint16(18, true), 100);
  for (let i = 0; i < count && 32 + 12 * i <= view.byteLength; i++) {
    const at = 20 + 12 * i;
    paths.set(
      text(view.getUint32(at, true), view.getUint16(at + 8, true)),
      text(view.getUint32(at + 4, true), view.getUint16(at + 10, true)),
    );
  }
  return paths;
}
