import type { ByteSource } from "../../base/byte-source.ts";
import type { ContainerContext, DiskOpener, OpenedDisk, PackedForm } from "../container.ts";
import { isProblem, MediumError, type SourceProblem } from "../source-problem.ts";
import { BlockDisk, type BlockPlace } from "./block-disk.ts";
import { guarded, readStructure, u64, viewOf } from "./read-structure.ts";

/**
 * QCOW2 versions 2 and 3, big-endian (QEMU, docs/interop/qcow2.txt): two levels of tables lead from a cluster of the disk
 * to one of the file.
 */
const MAGIC = 0x5146_49fb;
const MOST_BACKING_FILES = 16;
const CACHED_TABLES = 64;
const INCOMPATIBLE = { dirty: 1, corrupt: 2, externalData: 4, compressionType: 8, extendedL2: 16 };

export const openQcow2: DiskOpener = guarded((source, context) => open(source, context, 0));

function open(
  source: ByteSource,
  context: ContainerContext,
  depth: number,
): OpenedDisk | SourceProblem {
  const header = viewOf(readStructure(source, 0, 112, "the QCOW2 header"));
  const version = header.getUint32(4);
  if (header.getUint32(0) !== MAGIC || version < 2 || version > 3)
    return { problem: `is QCOW of version ${version}, which is not read`, fix: CONVERT };
  const bits = header.getUint32(20);
  if (bits < 9 || bits > 21) return { problem: `has QCOW2 clusters of 2^${bits} bytes` };
  if (header.getUint32(32) !== 0) return { problem: "is encrypted", fix: CONVERT };
  const features = version === 3 ? header.getUint32(76) : 0;
  if (version === 3 && (header.getUint32(72) !== 0 || features >= 32))
    return { problem: "uses QCOW2 features that are not known", fix: CONVERT };
  if ((features & (INCOMPATIBLE.externalData | INCOMPATIBLE.extendedL2)) !== 0)
    return { problem: "keeps its data in another file or in subclusters", fix: CONVERT };
  const compression =
    (features & INCOMPATIBLE.compressionType) === 0 ? 0 : header.getUint8(COMPRESSION_TYPE);
  const packed = PACKED[compression];
  if (packed === undefined)
    return { problem: `is compressed in a way (${compression}) that is not known`, fix: CONVERT };
  if ((features & INCOMPATIBLE.corrupt) !== 0) {
    context.onIssue({
      code: "image-marked-corrupt",
      severity: "warning",
      message: "the QCOW2 header marks the image as corrupt",
      source: context.name,
    });
  }
  const size = u64(header, 24, false);
  const clusterSize = 2 ** bits;
  const backing = openBacking(source, header, context, depth);
  if (backing !== undefined && isProblem(backing)) return backing;
  const l1Entries = header.getUint32(36);
  const l1 = viewOf(
    readStructure(source, u64(header, 40, false), 8 * l1Entries, "the QCOW2 L1 table"),
  );
  const perTable = clusterSize / 8;
  const tables = new Map<number, DataView>();
  const tableAt = (position: number): DataView => {
    const known = tables.get(position);
    if (known !== undefined) return known;
    if (tables.size >= CACHED_TABLES) tables.clear();
    const table = viewOf(readStructure(source, position, clusterSize, "a QCOW2 L2 table"));
    tables.set(position, table);
    return table;
  };
  const fromBacking = (cluster: number): BlockPlace => {
    const position = cluster * clusterSize;
    return backing === undefined || position >= backing.disk.size
      ? undefined
      : { source: padded(backing.disk, clusterSize), position };
  };
  return {
    disk: new BlockDisk(size, clusterSize, (cluster) => {
      const first = Math.floor(cluster / perTable);
      if (first >= l1Entries) return fromBacking(cluster);
      const table = offsetOf(l1, 8 * first);
      if (table === 0) return fromBacking(cluster);
      const view = tableAt(table);
      const at = 8 * (cluster % perTable);
      const high = view.getUint32(at);
      if ((high & 0x4000_0000) !== 0)
        return { unpack: () => unpack(source, context, packed, view, at, bits) };
      const position = offsetOf(view, at);
      if (version === 3 && (view.getUint32(at + 4) & 1) !== 0) return undefined;
      return position === 0 ? fromBacking(cluster) : { source, position };
    }),
  };
}

/** By compression type. */
const PACKED: readonly PackedForm[] = ["raw", "zstd"];
const COMPRESSION_TYPE = 104;
const CONVERT = "qemu-img convert makes a raw image of it";

/** Bits 9 to 55 of a table entry. */
function offsetOf(view: DataView, at: number): number {
  return (
    (view.getUint32(at) & 0x00ff_ffff) * 0x1_0000_0000 + ((view.getUint32(at + 4) & ~511) >>> 0)
  );
}

/** A compressed cluster: deflate or zstd in whole and partial sectors of 512 bytes. */
function unpack(
  source: ByteSource,
  context: ContainerContext,
  form: PackedForm,
  view: DataView,
  at: number,
  bits: number,
): Uint8Array {
  const entry = (BigInt(view.getUint32(at) & 0x3fff_ffff) << 32n) | BigInt(view.getUint32(at + 4));
  const shift = BigInt(62 - (bits - 8));
  const position = Number(entry & ((1n << shift) - 1n));
  const sectors = Number(entry >> shift) + 1;
  const length = sectors * 512 - (position & 511);
  const packed = new Uint8Array(Math.min(length, Math.max(source.size - position, 0)));
  source.read(position, packed, 0, packed.length);
  try {
    return context.inflate(packed, form, 2 ** bits);
  } catch (error) {
    throw new MediumError(
      `the compressed cluster at ${position} does not unpack: ${error instanceof Error ? error.message : "damaged"}`,
    );
  }
}

function openBacking(
  source: ByteSource,
  header: DataView,
  context: ContainerContext,
  depth: number,
): OpenedDisk | SourceProblem | undefined {
  const position = u64(header, 8, false);
  const length = header.getUint32(16);
  if (position === 0 || length === 0) return undefined;
  if (length > 1023) return { problem: `names a backing file with ${length} bytes` };
  const name = new TextDecoder().decode(
    readStructure(source, position, length, "the name of the backing file"),
  );
  const file = name.split(/[\\/]/).at(-1) ?? "";
  if (depth >= MOST_BACKING_FILES)
    return { problem: `has more than ${MOST_BACKING_FILES} backing files` };
  const backing = context.sibling(file);
  if (backing === undefined) {
    return {
      problem: "holds the differences to another disk only",
      fix: `put its backing file ${file} beside it`,
    };
  }
  const magic = new Uint8Array(4);
  backing.read(0, magic, 0, 4);
  if (viewOf(magic).getUint32(0) !== MAGIC) return { disk: backing };
  return open(backing, { ...context, name: file }, depth + 1);
}

/** A backing disk may end inside a cluster; what is behind it is zeros. */
function padded(disk: ByteSource, clusterSize: number): ByteSource {
  const size = Math.ceil(disk.size / clusterSize) * clusterSize;
  return {
    size,
    read(position, target, targetOffset, length) {
      const count = Math.max(Math.min(length, size - position), 0);
      const done = disk.read(position, target, targetOffset, count);
      target.fill(0, targetOffset + done, targetOffset + count);
      return count;
    },
  };
}
