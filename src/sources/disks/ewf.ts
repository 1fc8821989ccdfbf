import type { ByteSource } from "../../base/byte-source.ts";
import type { ContainerContext, DiskOpener } from "../container.ts";
import { MediumError } from "../source-problem.ts";
import { adler32 } from "./adler32.ts";
import { BlockDisk } from "./block-disk.ts";
import { type EwfSection, readSections, segmentName, segmentNumber } from "./ewf-segments.ts";
import { guarded, readStructure, u64, viewOf } from "./read-structure.ts";

/**
 * Expert Witness Compression Format, version 1 (`.E01`, also `.s01`): chunks of 32 KiB, packed with zlib or stored with an
 * Adler-32 behind them, spread over segment files (libyal, Expert Witness Compression Format).
 */
export const openEwf: DiskOpener = guarded((source, context) => {
  const damage = (message: string, fileOffset?: number): void =>
    context.onIssue({
      code: "image-damaged",
      severity: "warning",
      message,
      source: context.name,
      ...(fileOffset !== undefined && { fileOffset }),
    });
  const segments = findSegments(source, context, damage);
  const sections = segments.flatMap(({ segment, name }) => readSections(segment, name, damage));
  const volume = readVolume(sections);
  if (volume === undefined)
    return { problem: "has no volume section: its first segment is damaged" };
  const { chunkCount, chunkSize, size } = volume;
  const chunks = readTables(sections, chunkCount, damage);
  const known = chunks.starts.length;
  if (known < chunkCount) {
    damage(
      `${known} of ${chunkCount} chunks are in the ${segments.length} segments at hand: a later segment file is missing or damaged`,
    );
  }
  return {
    disk: new BlockDisk(size, chunkSize, (chunk) => ({
      unpack: () => readChunk(chunks, chunk, chunkSize, context),
    })),
    facts: readFacts(sections, context, segments.length),
  };
});

interface Segment {
  readonly segment: ByteSource;
  readonly name: string;
}

const MOST_SEGMENTS = 14_971;

function findSegments(
  source: ByteSource,
  { name, sibling }: ContainerContext,
  damage: (message: string) => void,
): Segment[] {
  const segments: Segment[] = [{ segment: source, name }];
  for (let number = 2; number <= MOST_SEGMENTS; number++) {
    const next = segmentName(name, number);
    const segment = next === undefined ? undefined : sibling(next);
    if (next === undefined || segment === undefined) break;
    const own = segmentNumber(segment);
    if (own !== number) {
      damage(
        `${next} is ${own === undefined ? "no segment file" : `segment ${own}`}, not segment ${number}`,
      );
      break;
    }
    segments.push({ segment, name: next });
  }
  return segments;
}

interface Volume {
  readonly chunkCount: number;
  readonly chunkSize: number;
  readonly size: number;
}

const MOST_CHUNK_BYTES = 16 * 1024 * 1024;

function readVolume(sections: readonly EwfSection[]): Volume | undefined {
  for (const { type, segment, dataAt, dataSize } of sections) {
    if (type !== "volume" && type !== "disk" && type !== "data") continue;
    if (dataSize < 94) continue;
    const view = viewOf(readStructure(segment, dataAt, 94, "the volume section"));
    const chunkCount = view.getUint32(4, true);
    const bytesPerSector = view.getUint32(12, true);
    const chunkSize = view.getUint32(8, true) * bytesPerSector;
    // The short form of SMART images has 32 bits for the number of sectors.
    const sectors = dataSize >= 1052 ? u64(view, 16, true) : view.getUint32(16, true);
    const size = sectors * bytesPerSector;
    if (chunkSize === 0 || chunkSize > MOST_CHUNK_BYTES || size > chunkCount * chunkSize)
      throw new MediumError(
        `the volume section counts ${chunkCount} chunks of ${chunkSize} bytes for a disk of ${size}`,
      );
    return { chunkCount, chunkSize, size };
  }
  return undefined;
}

/** Where each chunk lies; lists of numbers, for a large disk has millions. */
interface Chunks {
  /** Segment of the chunk, as an index of `sources`. */
  readonly sources: ByteSource[];
  readonly segments: number[];
  readonly starts: number[];
  readonly ends: number[];
  readonly packed: boolean[];
}

const TABLE_HEADER = 24;

function readTables(
  sections: readonly EwfSection[],
  chunkCount: number,
  damage: (message: string, at?: number) => void,
): Chunks {
  const chunks: Chunks = { sources: [], segments: [], starts: [], ends: [], packed: [] };
  for (const [index, section] of sections.entries()) {
    if (section.type !== "table") continue;
    const copy = sections[index + 1]?.type === "table2" ? sections[index + 1] : undefined;
    const table = soundTable(section) ?? (copy && soundTable(copy));
    if (table === undefined) {
      damage("a chunk table and its copy are damaged", section.dataAt);
      // Without it the numbers of all later chunks would be wrong.
      break;
    }
    const sectors = sections
      .slice(0, index)
      .findLast(({ type, segment }) => type === "sectors" && segment === section.segment);
    const end = sectors ? sectors.dataAt + sectors.dataSize : section.dataAt;
    addEntries(chunks, section.segment, table, end, chunkCount);
  }
  return chunks;
}

interface Table {
  readonly base: number;
  readonly entries: readonly number[];
}

/** A table whose checksums fit; undefined when they do not. */
function soundTable({ segment, dataAt, dataSize }: EwfSection): Table | undefined {
  const head = viewOf(readStructure(segment, dataAt, TABLE_HEADER, "a chunk table"));
  const bytes = new Uint8Array(head.buffer);
  if (head.getUint32(20, true) !== adler32(bytes, 0, 20)) return undefined;
  const count = head.getUint32(0, true);
  if (count * 4 > dataSize - TABLE_HEADER) return undefined;
  const list = readStructure(segment, dataAt + TABLE_HEADER, 4 * count, "a chunk table");
  if (dataSize >= TABLE_HEADER + 4 * count + 4) {
    const stored = readStructure(segment, dataAt + TABLE_HEADER + 4 * count, 4, "a chunk table");
    if (viewOf(stored).getUint32(0, true) !== adler32(list, 0, list.length)) return undefined;
  }
  const view = viewOf(list);
  const entries: number[] = new Array(count);
  for (let i = 0; i < count; i++) entries[i] = view.getUint32(4 * i, true);
  return { base: u64(head, 8, true), entries };
}

function addEntries(
  chunks: Chunks,
  segment: ByteSource,
  { base, entries }: Table,
  end: number,
  chunkCount: number,
): void {
  let source = chunks.sources.indexOf(segment);
  if (source < 0) source = chunks.sources.push(segment) - 1;
  // Segments above 2 GiB: EnCase 6 lets the offset run into the bit that means packed. Offsets only grow.
  let overflown = false;
  const starts = entries.map((entry, i) => {
    const offset = entry & 0x7fff_ffff;
    if (i > 0 && !overflown && offset < (entries[i - 1]! & 0x7fff_ffff)) overflown = true;
    return base + (overflown ? entry : offset);
  });
  let isOver = false;
  for (const [i, entry] of entries.entries()) {
    if (chunks.starts.length >= chunkCount) return;
    if (i > 0 && (entry & 0x7fff_ffff) < (entries[i - 1]! & 0x7fff_ffff)) isOver = true;
    chunks.segments.push(source);
    chunks.starts.push(starts[i]!);
    chunks.ends.push(starts[i + 1] ?? Math.max(end, starts[i]!));
    chunks.packed.push(!isOver && entry > 0x7fff_ffff);
  }
}

function readChunk(
  chunks: Chunks,
  chunk: number,
  chunkSize: number,
  context: ContainerContext,
): Uint8Array {
  const start = chunks.starts[chunk];
  if (start === undefined)
    throw new MediumError(`chunk ${chunk} of the image is in no segment file at hand`);
  const segment = chunks.sources[chunks.segments[chunk]!]!;
  const where = `chunk ${chunk} of the image, at ${start} of its segment file,`;
  const length = chunks.ends[chunk]! - start;
  // A packed chunk is hardly ever larger than a stored one.
  if (length <= 0 || length > 2 * chunkSize + 1024)
    throw new MediumError(`${where} is said to have ${length} bytes`);
  const bytes = readStructure(segment, start, length, where);
  if (chunks.packed[chunk]) {
    try {
      return context.inflate(bytes, "zlib", chunkSize);
    } catch (error) {
      throw new MediumError(
        `${where} does not unpack: ${error instanceof Error ? error.message : "damaged"}`,
      );
    }
  }
  const data = Math.min(length - 4, chunkSize);
  if (data <= 0 || viewOf(bytes).getUint32(data, true) !== adler32(bytes, 0, data))
    throw new MediumError(`${where} does not fit its checksum`);
  return bytes.subarray(0, data);
}

/** Letters of the header section, and what they are called here. */
const HEADER_FIELDS: Readonly<Record<string, string>> = {
  c: "case",
  n: "evidence number",
  e: "examiner",
  a: "description",
  m: "acquired",
  ov: "acquired on",
};

function readFacts(
  sections: readonly EwfSection[],
  context: ContainerContext,
  segments: number,
): Record<string, string> {
  const facts: Record<string, string> = { segments: String(segments) };
  const data = (type: string, most: number): Uint8Array | undefined => {
    const section = sections.find((one) => one.type === type);
    return section && section.dataSize > 0
      ? readStructure(section.segment, section.dataAt, Math.min(section.dataSize, most), type)
      : undefined;
  };
  try {
    const packed = data("header2", 65_536) ?? data("header", 65_536);
    if (packed !== undefined)
      Object.assign(facts, headerFacts(context.inflate(packed, "zlib", 1_048_576)));
  } catch {
    // Who made the image is of use, not needed.
  }
  const hash = data("hash", 16);
  const digest = data("digest", 36);
  if (hash?.length === 16) facts["stored md5"] = hex(hash);
  if (digest?.length === 36) facts["stored sha1"] = hex(digest.subarray(16, 36));
  return facts;
}

/** Lines: version, `main`, field letters, values; the last two separated by tabs. */
function headerFacts(bytes: Uint8Array): Record<string, string> {
  const isUtf16 = bytes[0] === 0xff || bytes[1] === 0;
  const text = new TextDecoder(isUtf16 ? "utf-16le" : "latin1").decode(bytes);
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const letters = lines[2]?.split("\t") ?? [];
  const values = lines[3]?.split("\t") ?? [];
  const facts: Record<string, string> = {};
  for (const [i, letter] of letters.entries()) {
    const name = HEADER_FIELDS[letter.trim()];
    const value = values[i]?.trim();
    if (name !== undefined && value) facts[name] = value.slice(0, 200);
  }
  return facts;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
