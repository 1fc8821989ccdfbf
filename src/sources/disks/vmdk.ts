import type { ByteSource } from "../../base/byte-source.ts";
import type { ContainerContext, DiskOpener, OpenedDisk } from "../container.ts";
import { SliceSource } from "../slice-source.ts";
import { startsWith } from "../source-kinds.ts";
import { isProblem, MediumError, type SourceProblem } from "../source-problem.ts";
import { BlockDisk } from "./block-disk.ts";
import { JoinedSource, ZeroSource } from "./joined-source.ts";
import { guarded, readStructure, u64, viewOf } from "./read-structure.ts";

/**
 * VMware virtual disk (VMware, Virtual Disk Format 5.0): a text descriptor names extents, which are flat files or sparse
 * ones with two levels of grain tables. Stream-optimised ones pack their grains and keep the tables at the end.
 */
const SECTOR = 512;
const FLAG = { zeroedGrains: 4, compressed: 1 << 16 };
const AT_END = 0xffff_ffff;
const MOST_PARENTS = 16;
const MOST_EXTENTS = 1000;
const MOST_DESCRIPTOR_BYTES = 1024 * 1024;

export const openVmdk: DiskOpener = guarded((source, context) => open(source, context, 0));

function open(
  source: ByteSource,
  context: ContainerContext,
  depth: number,
): OpenedDisk | SourceProblem {
  const head = new Uint8Array(SECTOR);
  source.read(0, head, 0, SECTOR);
  if (startsWith(head, 0, "# Disk DescriptorFile")) {
    const text = decode(
      readStructure(source, 0, Math.min(source.size, MOST_DESCRIPTOR_BYTES), "the descriptor"),
    );
    return fromDescriptor(text, context, depth);
  }
  const view = viewOf(head);
  const isSparse = startsWith(head, 0, "KDMV");
  const descriptorAt = isSparse ? u64(view, 28, true) * SECTOR : 0;
  const descriptorSize = isSparse ? u64(view, 36, true) * SECTOR : 0;
  let parent: ByteSource | undefined;
  if (descriptorAt > 0 && descriptorSize > 0 && descriptorSize <= MOST_DESCRIPTOR_BYTES) {
    const text = decode(readStructure(source, descriptorAt, descriptorSize, "the descriptor"));
    const opened = openParent(text, context, depth);
    if (opened !== undefined && isProblem(opened)) return opened;
    parent = opened?.disk;
  }
  return { disk: openExtent(source, context, parent) };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/\0.*$/s, "");
}

/** `RW 4192256 SPARSE "disk-s001.vmdk"`, `RW 63 FLAT "disk-flat.vmdk" 0`, `RW 1024 ZERO`. */
const EXTENT =
  /^(?:RW|RDONLY|NOACCESS)\s+(\d{1,15})\s+(\w+)(?:\s+"([^"\n]{1,255})"(?:\s+(\d{1,15}))?)?/;

function fromDescriptor(
  text: string,
  context: ContainerContext,
  depth: number,
): OpenedDisk | SourceProblem {
  const parent = openParent(text, context, depth);
  if (parent !== undefined && isProblem(parent)) return parent;
  const pieces: ByteSource[] = [];
  let at = 0;
  for (const line of text.split(/\r?\n/)) {
    const match = EXTENT.exec(line);
    if (match === null) continue;
    if (pieces.length >= MOST_EXTENTS) return { problem: `has more than ${MOST_EXTENTS} extents` };
    const [, sectors, type, path = "", offset = "0"] = match as unknown as [
      string,
      string,
      string,
      string?,
      string?,
    ];
    const size = Number(sectors) * SECTOR;
    const below = parent && new SliceSource(parent.disk, at, size);
    at += size;
    if (type === "ZERO") {
      pieces.push(below ?? new ZeroSource(size));
      continue;
    }
    const file = path.split(/[\\/]/).at(-1) ?? "";
    const extent = context.sibling(file);
    if (extent === undefined)
      return { problem: `names an extent that is not beside it`, fix: `put ${file} there` };
    if (type === "FLAT" || type === "VMFS")
      pieces.push(exactly(new SliceSource(extent, Number(offset) * SECTOR, size), size));
    else if (type === "SPARSE" || type === "VMFSSPARSE")
      pieces.push(exactly(openExtent(extent, context, below), size));
    else return { problem: `has an extent of kind ${type}, which is not read` };
  }
  if (pieces.length === 0) return { problem: "has a descriptor that names no extent" };
  return { disk: new JoinedSource(pieces), facts: { extents: String(pieces.length) } };
}

/** An extent as long as its descriptor says: a file that is cut off must not shift what follows. */
function exactly(source: ByteSource, size: number): ByteSource {
  if (source.size === size) return source;
  if (source.size > size) return new SliceSource(source, 0, size);
  return {
    size,
    read(position, target, targetOffset, length) {
      const count = Math.max(Math.min(length, size - position), 0);
      if (position + count > source.size)
        throw new MediumError(`the extent ends at ${source.size}, before ${position + count}`);
      return source.read(position, target, targetOffset, count);
    },
  };
}

function openParent(
  text: string,
  context: ContainerContext,
  depth: number,
): OpenedDisk | SourceProblem | undefined {
  const id = /^parentCID\s*=\s*([0-9a-f]{1,8})/im.exec(text)?.[1];
  if (id === undefined || id.toLowerCase() === "ffffffff") return undefined;
  const hint = /^parentFileNameHint\s*=\s*"([^"\n]{1,255})"/m.exec(text)?.[1] ?? "";
  const file = hint.split(/[\\/]/).at(-1) ?? "";
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

interface Layout {
  readonly capacity: number;
  readonly grainSectors: number;
  readonly perTable: number;
  readonly directoryAt: number;
  readonly flags: number;
}

function openExtent(
  source: ByteSource,
  context: ContainerContext,
  parent: ByteSource | undefined,
): ByteSource {
  const layout = readLayout(source);
  const { capacity, grainSectors, perTable, directoryAt, flags } = layout;
  const grainSize = grainSectors * SECTOR;
  const tableCount = Math.ceil(capacity / (grainSectors * perTable));
  const directory = viewOf(
    readStructure(source, directoryAt, 4 * tableCount, "the VMDK grain directory"),
  );
  const tables = new Map<number, DataView>();
  const tableAt = (sector: number): DataView => {
    const known = tables.get(sector);
    if (known !== undefined) return known;
    if (tables.size >= 4096) tables.clear();
    const table = viewOf(
      readStructure(source, sector * SECTOR, 4 * perTable, "a VMDK grain table"),
    );
    tables.set(sector, table);
    return table;
  };
  return new BlockDisk(capacity * SECTOR, grainSize, (grain) => {
    const tableSector = directory.getUint32(4 * Math.floor(grain / perTable), true);
    const sector =
      tableSector === 0 ? 0 : tableAt(tableSector).getUint32(4 * (grain % perTable), true);
    if (sector === 0)
      return parent === undefined || grain * grainSize >= parent.size
        ? undefined
        : { source: parent, position: grain * grainSize };
    if (sector === 1 && (flags & FLAG.zeroedGrains) !== 0) return undefined;
    const position = sector * SECTOR;
    return (flags & FLAG.compressed) === 0
      ? { source, position }
      : { unpack: () => unpackGrain(source, position, grainSize, context) };
  });
}

function readLayout(source: ByteSource): Layout {
  const head = readStructure(source, 0, SECTOR, "the VMDK header");
  if (startsWith(head, 0, "COWD")) {
    const view = viewOf(head);
    return checked({
      capacity: view.getUint32(12, true),
      grainSectors: view.getUint32(16, true),
      perTable: 4096,
      directoryAt: view.getUint32(20, true) * SECTOR,
      flags: 0,
    });
  }
  if (!startsWith(head, 0, "KDMV")) throw new MediumError("an extent has no VMDK header");
  let view = viewOf(head);
  if (view.getUint32(56, true) === AT_END && view.getUint32(60, true) === AT_END) {
    // The tables of a stream come after the grains: a copy of the header in front of the end says where.
    const footer = readStructure(source, source.size - 2 * SECTOR, SECTOR, "the VMDK footer");
    if (!startsWith(footer, 0, "KDMV"))
      throw new MediumError("the stream has no VMDK footer: its end is cut off");
    view = viewOf(footer);
  }
  return checked({
    capacity: u64(view, 12, true),
    grainSectors: u64(view, 20, true),
    perTable: view.getUint32(44, true),
    directoryAt: u64(view, 56, true) * SECTOR,
    flags: view.getUint32(8, true),
  });
}

function checked(layout: Layout): Layout {
  const { grainSectors, perTable, capacity } = layout;
  if (grainSectors < 1 || grainSectors > 32_768 || perTable < 1 || perTable > 65_536)
    throw new MediumError(`grains of ${grainSectors} sectors, ${perTable} a table`);
  if (capacity > 2 ** 40) throw new MediumError(`a disk of ${capacity} sectors`);
  return layout;
}

/** u64 first sector | u32 length | zlib data. */
function unpackGrain(
  source: ByteSource,
  position: number,
  grainSize: number,
  context: ContainerContext,
): Uint8Array {
  const where = `the packed grain at ${position}`;
  const length = viewOf(readStructure(source, position, 12, where)).getUint32(8, true);
  if (length > 2 * grainSize + 1024) throw new MediumError(`${where} has ${length} bytes`);
  const bytes = readStructure(source, position + 12, length, where);
  try {
    return context.inflate(bytes, "zlib", grainSize);
  } catch (error) {
    throw new MediumError(
      `${where} does not unpack: ${error instanceof Error ? error.message : "damaged"}`,
    );
  }
}
