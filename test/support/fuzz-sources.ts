import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { ByteSource } from "../../src/base/byte-source.ts";
import { spoken } from "../../src/model/phrase.ts";
import { openGzip, openZstd } from "../../src/node/archives/compressed.ts";
import { openSevenZip } from "../../src/node/archives/seven-zip.ts";
import { openTar } from "../../src/node/archives/tar.ts";
import { openZip } from "../../src/node/archives/zip.ts";
import { containerContext, OpenParts } from "../../src/node/container-context.ts";
import type { ArchiveOpener, ContainerContext, DiskOpener } from "../../src/sources/container.ts";
import { adler32 } from "../../src/sources/disks/adler32.ts";
import { crc32cWithHole } from "../../src/sources/disks/crc32c.ts";
import { findNtfsFiles } from "../../src/sources/ntfs/find-ntfs-files.ts";
import { NtfsVolume } from "../../src/sources/ntfs/ntfs-volume.ts";
import { readPartitions } from "../../src/sources/partitions.ts";
import { marvin32 } from "../../src/sources/registry/marvin32.ts";
import { readHostFacts } from "../../src/sources/registry/read-host-facts.ts";
import { RegistryHive } from "../../src/sources/registry/registry-hive.ts";
import { replayHiveLogs } from "../../src/sources/registry/replay-hive-logs.ts";
import { safePath } from "../../src/sources/safe-path.ts";
import { SliceSource } from "../../src/sources/slice-source.ts";
import { isProblem, MediumError } from "../../src/sources/source-problem.ts";
import { openShadowCopies } from "../../src/sources/vss/shadow-source.ts";
import { ntfsImage } from "./evidence-fixture.ts";
import { forgeTar, forgeZip, storedZstd } from "./forge-archive.ts";
import { FORGED_IMAGES } from "./forge-disk-image.ts";
import { forgeHiveLog, forgeHostHives, forgeOldHiveLog, withBaseBlock } from "./forge-hive.ts";
import { forgeShadows } from "./forge-shadows.ts";
import { Dice } from "./mutate-chunk.ts";

/** One structure that is broken: its bytes, how they are read, and how their checksums are made right again. */
export interface FuzzTarget {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Reads all that there is; gives what was said of it, in words. Throws when the reader does what it never may. */
  read(bytes: Uint8Array): Promise<readonly string[]>;
  /** So that damage behind a checksum is reached as well. */
  seal?(bytes: Uint8Array): void;
}

/** Bytes that complain about every read outside themselves. */
export class StrictSource implements ByteSource {
  readonly size: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.size = bytes.length;
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    if (!Number.isInteger(position) || position < 0)
      throw new Error(`a read at ${position}: outside the image`);
    if (length < 0 || targetOffset < 0 || targetOffset + length > target.length)
      throw new Error(`${length} bytes into ${target.length} at ${targetOffset}`);
    const end = Math.min(position + length, this.size);
    if (end <= position) return 0;
    target.set(this.#bytes.subarray(position, end), targetOffset);
    return end - position;
  }
}

const PIECE = 65_536;
/** A claimed disk of terabytes is not read to its end: what is looked at are these many places. */
const MOST_PIECES = 400;

/** Reads a source from end to end, or places all over it; a MediumError is the one thing it may throw. */
function readThrough(source: ByteSource, said: string[]): void {
  const piece = new Uint8Array(PIECE);
  const step = Math.max(PIECE, Math.ceil(source.size / MOST_PIECES));
  for (let at = 0; at < source.size; at += step) {
    try {
      const count = source.read(at, piece, 0, PIECE);
      if (count < 0 || count > PIECE) throw new Error(`${count} bytes of ${PIECE}`);
    } catch (error) {
      if (!(error instanceof MediumError)) throw error;
      said.push(error.message);
    }
  }
}

function context(
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
  said: string[],
): { context: ContainerContext; parts: OpenParts } {
  const parts = new OpenParts();
  return {
    parts,
    context: containerContext({
      name,
      passwords: ["one"],
      onIssue: ({ message }) => said.push(message),
      parts,
      beside: (wanted) => {
        const bytes = files.get(wanted);
        return bytes && new StrictSource(bytes);
      },
    }),
  };
}

function diskTarget(
  name: string,
  main: string,
  files: ReadonlyMap<string, Uint8Array>,
  open: DiskOpener,
): FuzzTarget {
  return {
    name,
    bytes: files.get(main)!,
    async read(bytes) {
      const said: string[] = [];
      const { context: own, parts } = context(main, files, said);
      try {
        const opened = await open(new StrictSource(bytes), own);
        if (isProblem(opened)) said.push(opened.problem);
        else {
          said.push(`a disk of ${opened.disk.size} bytes`);
          readThrough(opened.disk, said);
        }
      } finally {
        parts.close();
      }
      return said;
    },
  };
}

function archiveTarget(name: string, bytes: Uint8Array, open: ArchiveOpener): FuzzTarget {
  return {
    name,
    bytes,
    async read(changed) {
      const said: string[] = [];
      const { context: own, parts } = context(name, new Map(), said);
      try {
        const opened = await open(new StrictSource(changed), own);
        if (isProblem(opened)) return [opened.problem];
        parts.add(opened);
        for (const entry of opened.entries) {
          if (/(^|\/)\.\.(\/|$)|^\/|\\|:/.test(safePath(entry.path)))
            throw new Error(`${entry.path} leads out of its folder`);
          try {
            const source = await entry.open();
            if (isProblem(source)) said.push(source.problem);
            else readThrough(source, said);
          } catch (error) {
            // What a library throws is told as the reason of the one entry.
            if (error instanceof TypeError || error instanceof ReferenceError) throw error;
            said.push((error as Error).message);
          }
        }
      } finally {
        parts.close();
      }
      return said;
    },
  };
}

function readVolume(volume: ByteSource, said: string[]): void {
  const opened = NtfsVolume.open(volume, "image", ({ message }) => said.push(message));
  if (isProblem(opened)) {
    said.push(opened.problem);
    return;
  }
  const files = findNtfsFiles(opened, {
    wantsName: (name) => /\.evtx$/i.test(name),
    wants: () => true,
    byContent: true,
  });
  for (const file of files) {
    const source = file.open();
    if (isProblem(source)) said.push(source.problem);
    else readThrough(source, said);
  }
}

function hiveTarget(name: "SYSTEM" | "SOFTWARE" | "SECURITY", bytes: Uint8Array): FuzzTarget {
  return {
    name: `registry hive ${name}`,
    bytes,
    seal: sealBaseBlock,
    async read(changed) {
      const hive = RegistryHive.open(new StrictSource(changed));
      if (isProblem(hive)) return [hive.problem];
      const key = name.toLowerCase() as "system";
      const facts = readHostFacts({ [key]: hive }, [], []);
      const intact = facts.channels.length + facts.audit.length > 0;
      return [...facts.problems.map((text) => spoken(text)), ...(intact ? [] : ["less is in it"])];
    },
  };
}

function hiveLogTarget(name: string, log: Uint8Array, dirty: Uint8Array): FuzzTarget {
  return {
    name,
    bytes: log,
    seal: sealHiveLog,
    async read(changed) {
      const { source, problems, applied } = replayHiveLogs(new StrictSource(dirty), [
        { name, source: new StrictSource(changed) },
      ]);
      const said = [...problems, ...(applied === 0 ? ["nothing applied"] : [])];
      readThrough(source, said);
      const hive = RegistryHive.open(source);
      if (isProblem(hive)) said.push(hive.problem);
      else readHostFacts({ system: hive }, [], []);
      return said;
    },
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function sealBaseBlock(bytes: Uint8Array): void {
  if (bytes.length < 512) return;
  const view = viewOf(bytes);
  let sum = 0;
  for (let at = 0; at < 508; at += 4) sum ^= view.getUint32(at, true);
  view.setUint32(508, sum, true);
}

function sealHiveLog(bytes: Uint8Array): void {
  sealBaseBlock(bytes);
  const view = viewOf(bytes);
  for (let at = 512; at + 40 <= bytes.length && view.getUint32(at, true) === 0x454c_7648; ) {
    const size = view.getUint32(at + 4, true);
    if (size < 40 || at + size > bytes.length) return;
    for (const [to, from, end] of [
      [24, at + 40, at + size],
      [32, at, at + 32],
    ] as const) {
      const [low, high] = marvin32(bytes, from, end, [0x884d_ef82, 0xc555_4e7a]);
      view.setUint32(at + to, low, true);
      view.setUint32(at + to + 4, high, true);
    }
    at += size;
  }
}

function sealVhd(bytes: Uint8Array): void {
  for (const at of [0, bytes.length - 512]) {
    if (at < 0 || bytes.length < 512 || bytes[at] !== 0x63) continue;
    let sum = 0;
    for (let i = 0; i < 512; i++) if (i < 64 || i >= 68) sum += bytes[at + i]!;
    viewOf(bytes).setUint32(at + 64, ~sum >>> 0);
  }
}

function sealVhdx(bytes: Uint8Array): void {
  for (const [at, size] of [
    [65_536, 4096],
    [131_072, 4096],
    [196_608, 65_536],
    [262_144, 65_536],
    // The one log entry of a disk that was not closed.
    [1_048_576, 0],
  ] as const) {
    if (at + 4096 > bytes.length || bytes[at] === 0) continue;
    const length = size || viewOf(bytes).getUint32(at + 8, true);
    if (length < 64 || at + length > bytes.length) continue;
    const part = bytes.subarray(at, at + length);
    viewOf(part).setUint32(4, crc32cWithHole(part, 4), true);
  }
}

/** Section descriptors of an E01 segment, followed as they stand. */
function sealEwf(bytes: Uint8Array): void {
  const view = viewOf(bytes);
  for (let at = 13, sections = 0; at + 76 <= bytes.length && sections < 100; sections++) {
    view.setUint32(at + 72, adler32(bytes, at, at + 72), true);
    const data = at + 76;
    if (bytes[at] === 0x74 && data + 28 <= bytes.length) {
      view.setUint32(data + 20, adler32(bytes, data, data + 20), true);
      const end = data + 24 + 4 * view.getUint32(data, true);
      if (end + 4 <= bytes.length) view.setUint32(end, adler32(bytes, data + 24, end), true);
    }
    const next = view.getUint32(at + 16, true);
    if (next <= at) return;
    at = next;
  }
}

/** Section descriptors of an Ex01 segment, chained backwards from the end, and the tables they tell of. */
function sealEwf2(bytes: Uint8Array): void {
  const view = viewOf(bytes);
  let at = bytes.length - 64;
  for (let sections = 0; at >= 32 && at + 64 <= bytes.length && sections < 100; sections++) {
    view.setUint32(at + 60, adler32(bytes, at, at + 60), true);
    const previous = view.getUint32(at + 8, true);
    const data = previous === 0 ? 32 : previous + 64;
    if (bytes[at] === 4 && data + 36 <= bytes.length) {
      view.setUint32(data + 16, adler32(bytes, data, data + 16), true);
      const end = data + 32 + 16 * view.getUint32(data + 8, true);
      if (end + 4 <= bytes.length) view.setUint32(end, adler32(bytes, data + 32, end), true);
    }
    if (previous >= at) return;
    at = previous;
  }
}

const SEALS: readonly (readonly [RegExp, (bytes: Uint8Array) => void])[] = [
  [/VHDX/, sealVhdx],
  [/VHD/, sealVhd],
  [/E01/, sealEwf],
  [/Ex01/, sealEwf2],
];

/** A disk of noise with holes, small enough to be broken thousands of times. */
function smallDisk(): Uint8Array {
  const disk = new Uint8Array(512 * 1024 + 37 * 512);
  const dice = new Dice(7);
  for (let at = 0; at < disk.length; at++)
    if (Math.floor(at / 100_000) % 3 !== 1) disk[at] = dice.below(256);
  return disk;
}

/** A volume with a GPT in front of it. */
function partitioned(): Uint8Array {
  const bytes = new Uint8Array(2 * 1024 * 1024);
  const view = viewOf(bytes);
  bytes[450] = 0xee;
  view.setUint32(454, 1, true);
  view.setUint32(458, 4095, true);
  view.setUint16(510, 0xaa55, true);
  bytes.set(new TextEncoder().encode("EFI PART"), 512);
  view.setUint32(512 + 12, 92, true);
  view.setBigUint64(512 + 72, 2n, true);
  view.setUint32(512 + 80, 128, true);
  view.setUint32(512 + 84, 128, true);
  for (let i = 0; i < 3; i++) {
    const at = 1024 + i * 128;
    bytes.fill(i + 1, at, at + 32);
    view.setBigUint64(at + 32, BigInt(64 + i * 1000), true);
    view.setBigUint64(at + 40, BigInt(64 + i * 1000 + 999), true);
  }
  return bytes;
}

/** An extended partition whose tables lead from one to the next. */
function extended(): Uint8Array {
  const bytes = new Uint8Array(2 * 1024 * 1024);
  const view = viewOf(bytes);
  const entry = (at: number, type: number, start: number, size: number): void => {
    bytes[at + 4] = type;
    view.setUint32(at + 8, start, true);
    view.setUint32(at + 12, size, true);
  };
  entry(446, 7, 63, 1000);
  entry(462, 5, 1100, 2900);
  view.setUint16(510, 0xaa55, true);
  for (let i = 0; i < 3; i++) {
    const at = (1100 + i * 600) * 512;
    entry(at + 446, 7, 10, 500);
    if (i < 2) entry(at + 462, 5, (i + 1) * 600, 600);
    view.setUint16(at + 510, 0xaa55, true);
  }
  return bytes;
}

function partitionTarget(name: string, bytes: Uint8Array): FuzzTarget {
  return {
    name,
    bytes,
    async read(changed) {
      const said: string[] = [];
      const source = new StrictSource(changed);
      const found = readPartitions(source, name, ({ message }) => said.push(message));
      if (found === undefined) said.push("no partition table");
      for (const { start, size } of found ?? [])
        readThrough(new SliceSource(source, start, size), said);
      return said;
    },
  };
}

/** Every structure that evidence comes in. */
export async function fuzzTargets(): Promise<FuzzTarget[]> {
  const disk = smallDisk();
  const volume = ntfsImage();
  const hives = forgeHostHives();
  const dirty = withBaseBlock(hives.SYSTEM, { primary: 8, secondary: 7 });
  const grown = hives.SYSTEM.map((byte, at) => (at > 6000 && at % 700 === 0 ? byte ^ 1 : byte));
  const log = readFileSync("fixtures/rdp-chain/WS-01/Security.evtx");
  const files = { "C/Windows/Security.evtx": new Uint8Array(log), "../../etc/a.evtx": disk };
  const earlier = volume.slice(0, 2 * 1024 * 1024);
  const shadows = forgeShadows([earlier, earlier.map((byte, at) => (at > 1e6 ? byte ^ 1 : byte))]);
  return [
    ...Object.entries(FORGED_IMAGES).map(([name, forge]): FuzzTarget => {
      const { name: main, files: made, open } = forge(disk);
      const seal = SEALS.find(([pattern]) => pattern.test(name))?.[1];
      return { ...diskTarget(name, main, made, open), ...(seal !== undefined && { seal }) };
    }),
    diskTarget("gzip", "a.gz", new Map([["a.gz", new Uint8Array(gzipSync(disk))]]), openGzip),
    diskTarget("zstd", "a.zst", new Map([["a.zst", storedZstd(disk.slice(0, 60_000))]]), openZstd),
    archiveTarget("zip", await forgeZip(files), openZip),
    archiveTarget("encrypted zip", await forgeZip(files, { password: "one" }), openZip),
    archiveTarget("tar", await forgeTar(files, { "b.evtx": "/etc/passwd" }), openTar),
    archiveTarget("7z", sevenZip(), openSevenZip),
    partitionTarget("GPT", partitioned()),
    partitionTarget("MBR", extended()),
    {
      name: "NTFS",
      bytes: volume,
      async read(bytes) {
        const said: string[] = [];
        readVolume(new StrictSource(bytes), said);
        return said;
      },
    },
    {
      name: "shadow copies",
      bytes: shadows,
      async read(bytes) {
        const said: string[] = [];
        const copies = openShadowCopies(new StrictSource(bytes), "image", ({ message }) =>
          said.push(message),
        );
        if (copies.length === 0) said.push("no shadow copy");
        for (const copy of copies) {
          readThrough(copy.volume, said);
          readVolume(copy.volume, said);
        }
        return said;
      },
    },
    hiveTarget("SYSTEM", hives.SYSTEM),
    hiveTarget("SOFTWARE", hives.SOFTWARE),
    hiveTarget("SECURITY", hives.SECURITY),
    hiveLogTarget("registry log", forgeHiveLog([hives.SYSTEM, grown], 8), dirty),
    hiveLogTarget("registry log of the older form", forgeOldHiveLog(hives.SYSTEM, grown), dirty),
  ];
}

/** A file in LZMA2, by py7zr. */
function sevenZip(): Uint8Array {
  return new Uint8Array(
    Buffer.from(
      "N3q8ryccAASLOf2WmQAAAAAAAAAWAAAAAAAAAAZoA6sBABBFbGZGaWxlAG5vdCBtdWNoeADgAKAAfF0AAIEzB64Pz0tvjAeww9oq11hkrLN4zlTdpEpvgspP6XWOM57HGs9Gm3GRtQKbnZ/h4+dLO7VS5udrgA+2v8zeoZmHXWHwDKeBJOqZH9sMpQiGCPC98c8oNA5fUzV7KW70Kk7a+55bphV4Inhm8Rz4MgUBPrwkmn7Bs8AAAAAXBhUBCYCEAAcLAQABISEBGAyAoQAA",
      "base64",
    ),
  );
}

/** Numbers that readers get wrong. */
const EVIL = [0, 1, 3, 0x7f, 0xff, 0x1ff, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];
const SECTOR = 512;

/** Sectors that hold something, most of them near the front or the end: structures lie there. */
function places(bytes: Uint8Array): number[] {
  const used: number[] = [];
  for (let at = 0; at < bytes.length; at += SECTOR)
    if (bytes.subarray(at, at + SECTOR).some((byte) => byte !== 0)) used.push(at);
  return used;
}

const knownPlaces = new WeakMap<FuzzTarget, number[]>();

/** The structure, broken as the seed says: cut, flipped, zeroed, swapped, or with numbers that lie. */
export function broken(target: FuzzTarget, seed: number): Uint8Array {
  const dice = new Dice(seed);
  const used = knownPlaces.get(target) ?? places(target.bytes);
  knownPlaces.set(target, used);
  if (dice.below(8) === 0) return target.bytes.slice(0, dice.below(target.bytes.length));
  const bytes = target.bytes.slice();
  const view = viewOf(bytes);
  const sector = (): number => {
    const where = dice.below(10);
    if (where < 6) return used[dice.below(Math.min(used.length, 24))]!;
    return where < 8 ? used.at(-1 - dice.below(Math.min(used.length, 8)))! : dice.pick(used);
  };
  for (let count = 1 + dice.below(6); count > 0; count--) {
    const at = sector();
    const size = Math.min(SECTOR, bytes.length - at);
    const within = at + dice.below(size);
    switch (dice.below(6)) {
      case 0:
        bytes[within]! ^= 1 << dice.below(8);
        break;
      case 1:
        bytes[within] = dice.below(256);
        break;
      case 2:
        bytes.fill(0, at, at + size);
        break;
      case 3:
        copySector(bytes, sector(), at);
        break;
      default: {
        const aligned = Math.min(within - (within % 4), bytes.length - 4);
        if (aligned >= 0) view.setUint32(aligned, dice.pick(EVIL), dice.below(4) > 0);
      }
    }
  }
  if (target.seal !== undefined && dice.below(2) === 0) target.seal(bytes);
  return bytes;
}

function copySector(bytes: Uint8Array, from: number, to: number): void {
  bytes.copyWithin(to, from, Math.min(from + SECTOR, bytes.length));
}
