import { deflateRawSync, deflateSync } from "node:zlib";
import { type ByteSource, MemorySource } from "../../src/base/byte-source.ts";
import type { Issue } from "../../src/model/issue.ts";
import { inflate } from "../../src/node/inflate.ts";
import type { ContainerContext, DiskOpener } from "../../src/sources/container.ts";
import { adler32 } from "../../src/sources/disks/adler32.ts";
import { crc32cWithHole } from "../../src/sources/disks/crc32c.ts";
import { openEwf } from "../../src/sources/disks/ewf.ts";
import { openQcow2 } from "../../src/sources/disks/qcow2.ts";
import { openSplitRaw } from "../../src/sources/disks/split-raw.ts";
import { openVhd } from "../../src/sources/disks/vhd.ts";
import { openVhdx } from "../../src/sources/disks/vhdx.ts";
import { openVmdk } from "../../src/sources/disks/vmdk.ts";
import { forgeEwf2 } from "./forge-ewf2.ts";

/** A disk image as files by name; the first is the one that is opened. */
export interface ForgedImage {
  readonly name: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly open: DiskOpener;
}

const SECTOR = 512;
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

const padded = (bytes: Uint8Array, to: number): Uint8Array =>
  joined(bytes, new Uint8Array((to - (bytes.length % to)) % to));
const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
const block = (disk: Uint8Array, size: number, index: number): Uint8Array =>
  padded(disk.subarray(index * size, (index + 1) * size), size);

/** What `src/node` gives to openers, over files in memory. */
export function memoryContext(
  image: Pick<ForgedImage, "name" | "files">,
  issues: Issue[] = [],
): ContainerContext {
  return {
    name: image.name,
    sibling: (name) => {
      const bytes = image.files.get(name);
      return bytes && new MemorySource(bytes);
    },
    inflate,
    spool: () => Promise.reject(new Error("nothing to spool")),
    passwords: [],
    onIssue: (issue) => issues.push(issue),
  };
}

export function openForged(image: ForgedImage, issues: Issue[] = []) {
  const source: ByteSource = new MemorySource(image.files.get(image.name)!);
  return image.open(source, memoryContext(image, issues));
}

export function forgeSplit(disk: Uint8Array): ForgedImage {
  const third = Math.ceil(disk.length / 3 / SECTOR) * SECTOR;
  const files = new Map(
    [0, 1, 2].map((i) => [`disk.00${i + 1}`, disk.slice(i * third, (i + 1) * third)]),
  );
  return { name: "disk.001", files, open: openSplitRaw };
}

/** Two segments; every other chunk packed, the others stored with their checksum. */
export function forgeEwf(disk: Uint8Array): ForgedImage {
  const chunkSize = 64 * SECTOR;
  const chunks = Math.ceil(disk.length / chunkSize);
  const half = Math.ceil(chunks / 2);
  const volume = new Uint8Array(1052);
  const view = viewOf(volume);
  view.setUint32(4, chunks, true);
  view.setUint32(8, 64, true);
  view.setUint32(12, SECTOR, true);
  view.setBigUint64(16, BigInt(disk.length / SECTOR), true);
  const header = deflateSync(text("1\nmain\nc\tn\te\nCASE-1\t7\tanalyst.one\n\n"));
  const segment = (number: number, first: number, end: number): Uint8Array => {
    const pieces: Uint8Array[] = [new Uint8Array(13)];
    pieces[0]!.set(text("EVF\x09\x0d\x0a"));
    pieces[0]!.set([0xff, 0, 1, number, 0, 0, 0], 6);
    let at = 13;
    const section = (type: string, data: Uint8Array): void => {
      const descriptor = new Uint8Array(76);
      descriptor.set(text(type));
      const size = 76 + data.length;
      const isLast = type === "done" || type === "next";
      viewOf(descriptor).setBigUint64(16, BigInt(isLast ? at : at + size), true);
      viewOf(descriptor).setBigUint64(24, BigInt(size), true);
      viewOf(descriptor).setUint32(72, adler32(descriptor, 0, 72), true);
      pieces.push(descriptor, data);
      at += size;
    };
    if (number === 1) {
      section("header", header);
      section("volume", volume);
    }
    const stored: Uint8Array[] = [];
    const entries = new Uint8Array(4 * (end - first));
    let offset = 76;
    for (let chunk = first; chunk < end; chunk++) {
      const data = disk.subarray(chunk * chunkSize, (chunk + 1) * chunkSize);
      const isPacked = chunk % 2 === 0;
      const sum = new Uint8Array(4);
      viewOf(sum).setUint32(0, adler32(data, 0, data.length), true);
      const bytes = isPacked ? new Uint8Array(deflateSync(data)) : joined(data, sum);
      viewOf(entries).setUint32(4 * (chunk - first), (isPacked ? 0x8000_0000 : 0) + offset, true);
      offset += bytes.length;
      stored.push(bytes);
    }
    const base = at;
    section("sectors", joined(...stored));
    const head = new Uint8Array(24);
    viewOf(head).setUint32(0, end - first, true);
    viewOf(head).setBigUint64(8, BigInt(base), true);
    viewOf(head).setUint32(20, adler32(head, 0, 20), true);
    const sum = new Uint8Array(4);
    viewOf(sum).setUint32(0, adler32(entries, 0, entries.length), true);
    section("table", joined(head, entries, sum));
    section("table2", joined(head, entries, sum));
    section(number === 1 ? "next" : "done", new Uint8Array(0));
    return joined(...pieces);
  };
  const files = new Map([
    ["disk.E01", segment(1, 0, half)],
    ["disk.E02", segment(2, half, chunks)],
  ]);
  return { name: "disk.E01", files, open: openEwf };
}

function vhdFooter(size: number, type: number, headerAt: bigint): Uint8Array {
  const footer = new Uint8Array(SECTOR);
  footer.set(text("conectix"));
  const view = viewOf(footer);
  view.setUint32(12, 0x0001_0000);
  view.setBigUint64(16, headerAt);
  view.setBigUint64(48, BigInt(size));
  view.setUint32(60, type);
  let sum = 0;
  for (const byte of footer) sum += byte;
  view.setUint32(64, ~sum >>> 0);
  return footer;
}

export function forgeFixedVhd(disk: Uint8Array): ForgedImage {
  const bytes = joined(disk, vhdFooter(disk.length, 2, 0xffff_ffff_ffff_ffffn));
  return { name: "disk.vhd", files: new Map([["disk.vhd", bytes]]), open: openVhd };
}

const VHD_BLOCK = 64 * 1024;

function vhdFile(
  disk: Uint8Array,
  parent: string | undefined,
  isOwn: (sector: number) => boolean,
): Uint8Array {
  const count = Math.ceil(disk.length / VHD_BLOCK);
  const perBlock = VHD_BLOCK / SECTOR;
  const footer = vhdFooter(disk.length, parent === undefined ? 3 : 4, 512n);
  const header = new Uint8Array(1024);
  header.set(text("cxsparse"));
  const view = viewOf(header);
  view.setBigUint64(16, 1536n);
  view.setUint32(28, count);
  view.setUint32(32, VHD_BLOCK);
  for (const [i, unit] of [...(parent ?? "")].entries())
    view.setUint16(64 + 2 * i, unit.charCodeAt(0));
  const table = padded(new Uint8Array(4 * count), SECTOR).fill(0xff);
  const pieces: Uint8Array[] = [];
  let at = 1536 + table.length;
  for (let index = 0; index < count; index++) {
    const data = block(disk, VHD_BLOCK, index);
    const bitmap = new Uint8Array(SECTOR);
    let any = false;
    for (let sector = 0; sector < perBlock; sector++) {
      if (!isOwn(index * perBlock + sector)) continue;
      bitmap[sector >> 3]! |= 0x80 >> (sector & 7);
      any = true;
    }
    if (!any || (parent === undefined && isZero(data))) continue;
    viewOf(table).setUint32(4 * index, at / SECTOR);
    pieces.push(bitmap, data);
    at += SECTOR + VHD_BLOCK;
  }
  return joined(footer, header, table, ...pieces, footer);
}

export function forgeDynamicVhd(disk: Uint8Array): ForgedImage {
  const bytes = vhdFile(disk, undefined, () => true);
  return { name: "disk.vhd", files: new Map([["disk.vhd", bytes]]), open: openVhd };
}

/** Sectors 0, 3, 6 … are in the disk, the others in its parent. */
const isInChild = (sector: number): boolean => sector % 3 === 0;

function halves(disk: Uint8Array, unit: number): { child: Uint8Array; parent: Uint8Array } {
  const child = disk.slice();
  const parent = disk.slice();
  for (let i = 0; i * unit < disk.length; i++)
    (isInChild(i) ? parent : child).fill(0xee, i * unit, (i + 1) * unit);
  return { child, parent };
}

export function forgeDifferencingVhd(disk: Uint8Array): ForgedImage {
  const { child, parent } = halves(disk, SECTOR);
  const files = new Map([
    ["child.vhd", vhdFile(child, "C:\\vm\\parent.vhd", isInChild)],
    ["parent.vhd", vhdFile(parent, undefined, () => true)],
  ]);
  return { name: "child.vhd", files, open: openVhd };
}

const MIB = 1024 * 1024;
const guid = (value: string): Uint8Array => {
  const hex = value.replaceAll("-", "");
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return Uint8Array.from(order, (i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
};
const withCrc = (bytes: Uint8Array): Uint8Array => {
  viewOf(bytes).setUint32(4, crc32cWithHole(bytes, 4), true);
  return bytes;
};

/** Header, log, metadata, table, blocks: a MiB each. With `parent`, sectors are shared as in `halves`. */
function vhdxFile(disk: Uint8Array, parent?: string): Uint8Array {
  const sectorsPerBlock = MIB / SECTOR;
  const count = Math.ceil(disk.length / MIB);
  const ratio = (2 ** 23 * SECTOR) / MIB;
  const file = new Uint8Array((5 + count) * MIB);
  file.set(text("vhdxfile"));
  const header = new Uint8Array(4096);
  header.set(text("head"));
  viewOf(header).setBigUint64(8, 1n, true);
  viewOf(header).setUint16(66, 1, true);
  viewOf(header).setUint32(68, MIB, true);
  viewOf(header).setBigUint64(72, BigInt(MIB), true);
  file.set(withCrc(header), 65_536);
  const regions = new Uint8Array(65_536);
  regions.set(text("regi"));
  viewOf(regions).setUint32(8, 2, true);
  const region = (i: number, id: string, at: number): void => {
    regions.set(guid(id), 16 + 32 * i);
    viewOf(regions).setBigUint64(32 + 32 * i, BigInt(at), true);
    viewOf(regions).setUint32(40 + 32 * i, MIB, true);
  };
  region(0, "2DC27766-F623-4200-9D64-115E9BFD4A08", 3 * MIB);
  region(1, "8B7CA206-4790-4B9A-B8FE-575F050F886E", 2 * MIB);
  file.set(withCrc(regions), 3 * 65_536);
  const metadata = file.subarray(2 * MIB, 3 * MIB);
  metadata.set(text("metadata"));
  let items = 0;
  let itemAt = 65_536;
  const item = (id: string, bytes: Uint8Array): void => {
    metadata.set(guid(id), 32 + 32 * items);
    viewOf(metadata).setUint32(48 + 32 * items, itemAt, true);
    viewOf(metadata).setUint32(52 + 32 * items, bytes.length, true);
    metadata.set(bytes, itemAt);
    itemAt += padded(bytes, 8).length;
    viewOf(metadata).setUint16(10, ++items, true);
  };
  const parameters = new Uint8Array(8);
  viewOf(parameters).setUint32(0, MIB, true);
  viewOf(parameters).setUint32(4, parent === undefined ? 0 : 2, true);
  const size = new Uint8Array(8);
  viewOf(size).setBigUint64(0, BigInt(disk.length), true);
  const sector = new Uint8Array(4);
  viewOf(sector).setUint32(0, SECTOR, true);
  item("CAA16737-FA36-4D43-B3B6-33F0AA44E76B", parameters);
  item("2FA54224-CD1B-4876-B211-5DBED83BF4B8", size);
  item("8141BF1D-A96F-4709-BA47-F233A8FAAB5F", sector);
  const table = viewOf(file.subarray(3 * MIB, 4 * MIB));
  const entry = (index: number, at: number, state: number): void =>
    table.setBigUint64(8 * index, BigInt(at) | BigInt(state), true);
  if (parent !== undefined) {
    const utf16 = (value: string): Uint8Array => {
      const bytes = new Uint8Array(2 * value.length);
      for (let i = 0; i < value.length; i++)
        viewOf(bytes).setUint16(2 * i, value.charCodeAt(i), true);
      return bytes;
    };
    const key = utf16("relative_path");
    const value = utf16(`.\\${parent}`);
    const head = new Uint8Array(32);
    const view = viewOf(head);
    view.setUint16(18, 1, true);
    view.setUint32(20, 32, true);
    view.setUint32(24, 32 + key.length, true);
    view.setUint16(28, key.length, true);
    view.setUint16(30, value.length, true);
    item("A8D35F2D-B30B-454D-ABF7-D3D84834AB0C", joined(head, key, value));
    const bitmap = file.subarray(4 * MIB, 5 * MIB);
    for (let i = 0; i < count * sectorsPerBlock; i++)
      if (isInChild(i)) bitmap[i >> 3]! |= 1 << (i & 7);
    entry(ratio, 4 * MIB, 6);
  }
  for (let index = 0; index < count; index++) {
    const data = block(disk, MIB, index);
    if (parent === undefined && isZero(data)) continue;
    file.set(data, (5 + index) * MIB);
    entry(index, (5 + index) * MIB, parent === undefined ? 6 : 7);
  }
  return file;
}

export function forgeVhdx(disk: Uint8Array): ForgedImage {
  return { name: "disk.vhdx", files: new Map([["disk.vhdx", vhdxFile(disk)]]), open: openVhdx };
}

export function forgeDifferencingVhdx(disk: Uint8Array): ForgedImage {
  const { child, parent } = halves(disk, SECTOR);
  const files = new Map([
    ["child.vhdx", vhdxFile(child, "parent.vhdx")],
    ["parent.vhdx", vhdxFile(parent)],
  ]);
  return { name: "child.vhdx", files, open: openVhdx };
}

/** One sector of 4096 bytes of the first block stands in the log only. */
export function forgeDirtyVhdx(disk: Uint8Array): ForgedImage {
  const file = vhdxFile(disk);
  const at = 5 * MIB;
  const content = file.slice(at, at + 4096);
  file.fill(0xdd, at, at + 4096);
  const logGuid = guid("01234567-89AB-CDEF-0123-456789ABCDEF");
  const entry = new Uint8Array(8192);
  const view = viewOf(entry);
  entry.set(text("loge"));
  view.setUint32(8, entry.length, true);
  view.setUint32(12, 0, true);
  view.setBigUint64(16, 9n, true);
  view.setUint32(24, 1, true);
  entry.set(logGuid, 32);
  entry.set(text("desc"), 64);
  entry.set(content.subarray(4092), 68);
  entry.set(content.subarray(0, 8), 72);
  view.setBigUint64(80, BigInt(at), true);
  view.setBigUint64(88, 9n, true);
  entry.set(text("data"), 4096);
  entry.set(content.subarray(8, 4092), 4104);
  view.setUint32(8188, 9, true);
  file.set(withCrc(entry), MIB);
  const header = file.subarray(65_536, 65_536 + 4096);
  header.set(logGuid, 48);
  header.fill(0, 4, 8);
  withCrc(header);
  return { name: "disk.vhdx", files: new Map([["disk.vhdx", file]]), open: openVhdx };
}

const GRAIN_SECTORS = 128;
const PER_TABLE = 512;

/** A sparse extent; `packed` as in a stream, with the header's copy at the end. */
function vmdkExtent(disk: Uint8Array, packed: boolean, descriptor: string): Uint8Array {
  const grainSize = GRAIN_SECTORS * SECTOR;
  const grains = Math.ceil(disk.length / grainSize);
  const tables = Math.ceil(grains / PER_TABLE);
  const words = padded(text(descriptor), SECTOR);
  const directoryAt = 1 + words.length / SECTOR;
  const directory = padded(new Uint8Array(4 * tables), SECTOR);
  const table = new Uint8Array(4 * PER_TABLE * tables);
  const tableAt = directoryAt + directory.length / SECTOR;
  for (let i = 0; i < tables; i++)
    viewOf(directory).setUint32(4 * i, tableAt + (i * 4 * PER_TABLE) / SECTOR, true);
  let at = tableAt + table.length / SECTOR;
  const pieces: Uint8Array[] = [];
  for (let grain = 0; grain < grains; grain++) {
    const data = block(disk, grainSize, grain);
    if (isZero(data)) continue;
    let bytes = data;
    if (packed) {
      const deflated = deflateSync(data);
      const marker = new Uint8Array(12);
      viewOf(marker).setBigUint64(0, BigInt(grain * GRAIN_SECTORS), true);
      viewOf(marker).setUint32(8, deflated.length, true);
      bytes = padded(joined(marker, deflated), SECTOR);
    }
    viewOf(table).setUint32(4 * grain, at, true);
    pieces.push(bytes);
    at += bytes.length / SECTOR;
  }
  const header = (atEnd: boolean): Uint8Array => {
    const bytes = new Uint8Array(SECTOR);
    bytes.set(text("KDMV"));
    const view = viewOf(bytes);
    view.setUint32(4, packed ? 3 : 1, true);
    view.setUint32(8, packed ? 0x3_0001 : 3, true);
    view.setBigUint64(12, BigInt(disk.length / SECTOR), true);
    view.setBigUint64(20, BigInt(GRAIN_SECTORS), true);
    view.setBigUint64(28, 1n, true);
    view.setBigUint64(36, BigInt(words.length / SECTOR), true);
    view.setUint32(44, PER_TABLE, true);
    view.setBigUint64(56, atEnd ? 0xffff_ffff_ffff_ffffn : BigInt(directoryAt), true);
    view.setUint16(77, packed ? 1 : 0, true);
    return bytes;
  };
  const end = packed ? [header(false), new Uint8Array(SECTOR)] : [];
  return joined(header(packed), words, directory, table, ...pieces, ...end);
}

export function forgeVmdk(disk: Uint8Array): ForgedImage {
  const bytes = vmdkExtent(disk, false, "# Disk DescriptorFile\nparentCID=ffffffff\n");
  return { name: "disk.vmdk", files: new Map([["disk.vmdk", bytes]]), open: openVmdk };
}

export function forgeStreamVmdk(disk: Uint8Array): ForgedImage {
  const bytes = vmdkExtent(disk, true, "# Disk DescriptorFile\nparentCID=ffffffff\n");
  return { name: "disk.vmdk", files: new Map([["disk.vmdk", bytes]]), open: openVmdk };
}

/** A descriptor with a flat extent, a sparse one, and a hole. */
export function forgeSplitVmdk(disk: Uint8Array): ForgedImage {
  const cut = Math.floor(disk.length / 2 / SECTOR) * SECTOR;
  const descriptor = [
    "# Disk DescriptorFile",
    "version=1",
    "parentCID=ffffffff",
    `RW ${cut / SECTOR} FLAT "disk-flat.vmdk" 0`,
    `RW ${(disk.length - cut) / SECTOR} SPARSE "disk-s002.vmdk"`,
    "",
  ].join("\n");
  const files = new Map([
    ["disk.vmdk", text(descriptor)],
    ["disk-flat.vmdk", disk.slice(0, cut)],
    ["disk-s002.vmdk", vmdkExtent(disk.slice(cut), false, "")],
  ]);
  return { name: "disk.vmdk", files, open: openVmdk };
}

/** Every third cluster packed, every third in the backing file when there is one. */
function qcow2File(disk: Uint8Array, backing?: string): Uint8Array {
  const bits = 16;
  const size = 2 ** bits;
  const clusters = Math.ceil(disk.length / size);
  const name = text(backing ?? "");
  const header = new Uint8Array(size);
  const view = viewOf(header);
  header.set([0x51, 0x46, 0x49, 0xfb]);
  view.setUint32(4, 3);
  if (backing !== undefined) {
    view.setBigUint64(8, 112n);
    view.setUint32(16, name.length);
    header.set(name, 112);
  }
  view.setUint32(20, bits);
  view.setBigUint64(24, BigInt(disk.length));
  view.setUint32(36, 1);
  view.setBigUint64(40, BigInt(size));
  view.setUint32(100, 104);
  const l1 = new Uint8Array(size);
  viewOf(l1).setBigUint64(0, (1n << 63n) | BigInt(2 * size));
  const l2 = new Uint8Array(size);
  const pieces: Uint8Array[] = [];
  let at = 3 * size;
  for (let cluster = 0; cluster < clusters; cluster++) {
    const data = block(disk, size, cluster);
    if (backing !== undefined ? cluster % 3 === 1 : isZero(data)) continue;
    if (cluster % 3 === 2) {
      const packed = padded(deflateRawSync(data), SECTOR);
      const shift = BigInt(62 - (bits - 8));
      const sectors = BigInt(packed.length / SECTOR - 1);
      viewOf(l2).setBigUint64(8 * cluster, (1n << 62n) | (sectors << shift) | BigInt(at));
      pieces.push(padded(packed, size));
      at += padded(packed, size).length;
    } else {
      viewOf(l2).setBigUint64(8 * cluster, (1n << 63n) | BigInt(at));
      pieces.push(data);
      at += size;
    }
  }
  return joined(header, l1, l2, ...pieces);
}

export function forgeQcow2(disk: Uint8Array): ForgedImage {
  return { name: "disk.qcow2", files: new Map([["disk.qcow2", qcow2File(disk)]]), open: openQcow2 };
}

export function forgeBackedQcow2(disk: Uint8Array): ForgedImage {
  const files = new Map([
    ["overlay.qcow2", qcow2File(disk, "base.raw")],
    ["base.raw", disk],
  ]);
  return { name: "overlay.qcow2", files, open: openQcow2 };
}

export const FORGED_IMAGES: Readonly<Record<string, (disk: Uint8Array) => ForgedImage>> = {
  "split raw": forgeSplit,
  "E01 of two segments": forgeEwf,
  "Ex01 of two segments": forgeEwf2,
  "fixed VHD": forgeFixedVhd,
  "dynamic VHD": forgeDynamicVhd,
  "differencing VHD": forgeDifferencingVhd,
  VHDX: forgeVhdx,
  "differencing VHDX": forgeDifferencingVhdx,
  "VHDX that was not closed": forgeDirtyVhdx,
  "sparse VMDK": forgeVmdk,
  "stream-optimised VMDK": forgeStreamVmdk,
  "VMDK of several extents": forgeSplitVmdk,
  "QCOW2 with packed clusters": forgeQcow2,
  "QCOW2 with a backing file": forgeBackedQcow2,
};
