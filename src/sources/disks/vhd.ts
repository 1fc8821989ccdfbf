import type { ByteSource } from "../../base/byte-source.ts";
import type { ContainerContext, DiskOpener, OpenedDisk } from "../container.ts";
import { SliceSource } from "../slice-source.ts";
import { startsWith } from "../source-kinds.ts";
import { isProblem, type SourceProblem } from "../source-problem.ts";
import { BlockDisk } from "./block-disk.ts";
import { guarded, readStructure, u64, viewOf } from "./read-structure.ts";

/**
 * Virtual Hard Disk, big-endian (Microsoft, Virtual Hard Disk Image Format Specification 1.0): a footer of 512 bytes at
 * the end, a copy of it in front of dynamic and differencing disks.
 */
const FOOTER_SIZE = 512;
const SECTOR = 512;
const TYPE = { fixed: 2, dynamic: 3, differencing: 4 } as const;
const UNUSED = 0xffff_ffff;
const MOST_PARENTS = 16;

export const openVhd: DiskOpener = guarded((source, context) => open(source, context, 0));

function open(
  source: ByteSource,
  context: ContainerContext,
  depth: number,
): OpenedDisk | SourceProblem {
  const footer = findFooter(source);
  if (footer === undefined) return { problem: "has no sound VHD footer" };
  const view = viewOf(footer.bytes);
  const size = u64(view, 48, false);
  const type = view.getUint32(60);
  if (type === TYPE.fixed) return { disk: new SliceSource(source, 0, Math.min(size, footer.at)) };
  if (type !== TYPE.dynamic && type !== TYPE.differencing)
    return { problem: `is a VHD of type ${type}, which is not known` };
  const headerAt = u64(view, 16, false);
  const header = readStructure(source, headerAt, 1024, "the VHD dynamic header");
  if (!startsWith(header, 0, "cxsparse")) return { problem: "has no sound VHD dynamic header" };
  const head = viewOf(header);
  const blockSize = head.getUint32(32);
  const entries = head.getUint32(28);
  if (blockSize < SECTOR || (blockSize & (blockSize - 1)) !== 0)
    return { problem: `has VHD blocks of ${blockSize} bytes` };
  const table = viewOf(
    readStructure(source, u64(head, 16, false), 4 * entries, "the VHD block table"),
  );
  const bitmapBytes = Math.ceil(blockSize / SECTOR / 8 / SECTOR) * SECTOR;
  const place = (block: number): number | undefined => {
    const sector = block < entries ? table.getUint32(4 * block) : UNUSED;
    return sector === UNUSED ? undefined : sector * SECTOR;
  };
  if (type === TYPE.dynamic) {
    return {
      disk: new BlockDisk(size, blockSize, (block) => {
        const at = place(block);
        return at === undefined ? undefined : { source, position: at + bitmapBytes };
      }),
    };
  }
  const parent = openParent(header, context, depth);
  if (isProblem(parent)) return parent;
  return { disk: differencing(source, parent.disk, size, blockSize, bitmapBytes, place) };
}

/** Sector by sector, from the disk or from its parent, as each block's bitmap says. */
function differencing(
  source: ByteSource,
  parent: ByteSource,
  size: number,
  blockSize: number,
  bitmapBytes: number,
  place: (block: number) => number | undefined,
): ByteSource {
  const sectors = blockSize / SECTOR;
  const bitmaps = new Map<number, Uint8Array>();
  return new BlockDisk(size, SECTOR, (sector) => {
    const block = Math.floor(sector / sectors);
    const at = place(block);
    if (at === undefined) return { source: parent, position: sector * SECTOR };
    let bitmap = bitmaps.get(block);
    if (bitmap === undefined) {
      if (bitmaps.size > 1000) bitmaps.clear();
      bitmap = readStructure(source, at, bitmapBytes, `the bitmap of VHD block ${block}`);
      bitmaps.set(block, bitmap);
    }
    const within = sector - block * sectors;
    const isOwn = (bitmap[within >> 3]! & (0x80 >> (within & 7))) !== 0;
    return isOwn
      ? { source, position: at + bitmapBytes + within * SECTOR }
      : { source: parent, position: sector * SECTOR };
  });
}

function openParent(
  header: Uint8Array,
  context: ContainerContext,
  depth: number,
): OpenedDisk | SourceProblem {
  let name = "";
  for (let at = 64; at < 576; at += 2) {
    const unit = (header[at]! << 8) | header[at + 1]!;
    if (unit === 0) break;
    name += String.fromCharCode(unit);
  }
  const file = name.split(/[\\/]/).at(-1) ?? "";
  if (depth >= MOST_PARENTS) return { problem: `has more than ${MOST_PARENTS} parents` };
  const parent = context.sibling(file);
  if (parent === undefined) {
    return {
      problem: "holds the differences to another disk only",
      fix: `put its parent ${file} beside it`,
    };
  }
  return open(parent, { ...context, name: file }, depth + 1);
}

function findFooter(source: ByteSource): { bytes: Uint8Array; at: number } | undefined {
  // Old writers cut the footer to 511 bytes; the copy in front helps where the end is lost.
  for (const at of [source.size - FOOTER_SIZE, source.size - FOOTER_SIZE + 1, 0]) {
    if (at < 0) continue;
    const bytes = new Uint8Array(FOOTER_SIZE);
    if (source.read(at, bytes, 0, FOOTER_SIZE) < FOOTER_SIZE - 1) continue;
    if (startsWith(bytes, 0, "conectix") && checksumFits(bytes))
      return { bytes, at: at === 0 ? source.size : at };
  }
  return undefined;
}

/** The one's complement of the sum of all bytes but the checksum's own. */
function checksumFits(bytes: Uint8Array): boolean {
  let sum = 0;
  for (let i = 0; i < FOOTER_SIZE; i++) if (i < 64 || i >= 68) sum += bytes[i]!;
  return viewOf(bytes).getUint32(64) === ~sum >>> 0;
}
