import type { ByteSource } from "../../base/byte-source.ts";
import type { ContainerContext, DiskOpener } from "../container.ts";
import { MediumError } from "../source-problem.ts";
import { adler32 } from "./adler32.ts";
import { BlockDisk } from "./block-disk.ts";
import {
  EWF2_SECTION,
  type Ewf2Section,
  ewf2SegmentName,
  readEwf2Header,
  readEwf2Sections,
} from "./ewf2-segments.ts";
import { guarded, readStructure, u64, viewOf } from "./read-structure.ts";

const DEFLATE = 1;
const BZIP2 = 2;
const MOST_SEGMENTS = 2_127;
const MOST_CHUNK_BYTES = 16 * 1024 * 1024;
const MOST_TEXT = 1024 * 1024;

/**
 * Expert Witness Compression Format, version 2 (`.Ex01`): chunks packed with deflate, stored with an Adler-32 behind them, or
 * given as a pattern, spread over segment files (libyal, Expert Witness Compression Format 2).
 */
export const openEwf2: DiskOpener = guarded((source, context) => {
  const damage = (message: string, fileOffset?: number): void =>
    context.onIssue({
      code: "image-damaged",
      severity: "warning",
      message,
      source: context.name,
      ...(fileOffset !== undefined && { fileOffset }),
    });
  const header = readEwf2Header(source);
  if (header === undefined) return { problem: "has no sound header" };
  if (header.segmentNumber !== 1)
    return { problem: `is segment ${header.segmentNumber} of an image: name its first one, .Ex01` };
  if (header.compression === BZIP2)
    return {
      problem: "is packed with bzip2, which is not read",
      fix: "export it again with deflate or without compression",
    };
  const segments = findSegments(source, context, damage);
  const sections = segments.flatMap(({ segment, name }) => readEwf2Sections(segment, name, damage));
  if (sections.some(({ type, isEncrypted }) => isEncrypted || type === EWF2_SECTION.encryptionKeys))
    return {
      problem: "is encrypted",
      fix: "decrypt it with the program that made it, and give the decrypted image",
    };
  const texts = (type: number): ReadonlyMap<string, string> =>
    namedValues(
      sections.find((section) => section.type === type),
      header.compression,
      context,
    );
  const device = texts(EWF2_SECTION.deviceInformation);
  const caseData = texts(EWF2_SECTION.caseData);
  const sectorBytes = Number(device.get("bp"));
  const size = Number(device.get("ts")) * sectorBytes;
  const chunkSize = Number(caseData.get("sb")) * sectorBytes;
  if (!(Number.isSafeInteger(size) && size > 0 && chunkSize > 0 && chunkSize <= MOST_CHUNK_BYTES))
    return { problem: "does not tell the size of its disk: its first segment is damaged" };
  const tables = new ChunkTables(sections, damage);
  const chunkCount = Math.ceil(size / chunkSize);
  if (tables.end < chunkCount)
    damage(
      `${tables.end} of ${chunkCount} chunks are in the ${segments.length} segments at hand: a later segment file is missing or damaged`,
    );
  return {
    disk: new BlockDisk(size, chunkSize, (chunk) => ({
      unpack: () =>
        readChunk(tables, chunk, Math.min(chunkSize, size - chunk * chunkSize), context),
    })),
    facts: factsOf(sections, caseData, segments.length),
  };
});

interface Segment {
  readonly segment: ByteSource;
  readonly name: string;
}

function findSegments(
  source: ByteSource,
  { name, sibling }: ContainerContext,
  damage: (message: string) => void,
): Segment[] {
  const set = readEwf2Header(source)?.set;
  const segments: Segment[] = [{ segment: source, name }];
  for (let number = 2; number <= MOST_SEGMENTS; number++) {
    const next = ewf2SegmentName(name, number);
    const segment = next === undefined ? undefined : sibling(next);
    if (next === undefined || segment === undefined) break;
    const own = readEwf2Header(segment);
    if (own?.segmentNumber !== number || own.set !== set) {
      const what =
        own === undefined
          ? "no segment file"
          : own.set === set
            ? `segment ${own.segmentNumber}`
            : "a segment of another image";
      damage(`${next} is ${what}, not segment ${number}`);
      break;
    }
    segments.push({ segment, name: next });
  }
  return segments;
}

const TABLE_HEADER = 32;
const ENTRY_SIZE = 16;
/** Entries of one table; writers make a table for each stretch of some thousand chunks. */
const MOST_ENTRIES = 4 * 1024 * 1024;
/** Tables that are kept: a disk of a terabyte has half a gigabyte of them. */
const CACHED_BYTES = 8 * 1024 * 1024;

interface ChunkTable {
  readonly first: number;
  readonly count: number;
  readonly segment: ByteSource;
  readonly at: number;
}

interface ChunkEntry {
  readonly segment: ByteSource;
  readonly flags: number;
  readonly offset: number;
  readonly size: number;
  /** The eight bytes of the offset, which a chunk of one pattern repeats. */
  readonly pattern: Uint8Array;
}

/** Where each chunk lies. Tables are read when a chunk of theirs is first wanted. */
class ChunkTables {
  /** The first chunk behind those that tables without a hole between them tell of. */
  readonly end: number;
  readonly #tables: ChunkTable[] = [];
  readonly #kept = new Map<ChunkTable, Uint8Array>();
  readonly #damage: (message: string, at?: number) => void;
  #keptBytes = 0;

  constructor(sections: readonly Ewf2Section[], damage: (message: string, at?: number) => void) {
    this.#damage = damage;
    for (const { type, segment, dataAt, dataSize } of sections) {
      if (type !== EWF2_SECTION.sectorTable || dataSize < TABLE_HEADER) continue;
      const bytes = readStructure(segment, dataAt, TABLE_HEADER, "a chunk table");
      const view = viewOf(bytes);
      const count = view.getUint32(8, true);
      if (
        view.getUint32(16, true) !== adler32(bytes, 0, 16) ||
        count > MOST_ENTRIES ||
        count * ENTRY_SIZE > dataSize - TABLE_HEADER
      ) {
        damage("a chunk table is damaged: its chunks cannot be read", dataAt);
        continue;
      }
      this.#tables.push({ first: u64(view, 0, true), count, segment, at: dataAt + TABLE_HEADER });
    }
    this.#tables.sort((a, b) => a.first - b.first);
    let end = 0;
    for (const { first, count } of this.#tables)
      if (first <= end) end = Math.max(end, first + count);
    this.end = end;
  }

  entry(chunk: number): ChunkEntry | undefined {
    const table = this.#tableOf(chunk);
    if (table === undefined) return undefined;
    const bytes = this.#entries(table);
    const at = ENTRY_SIZE * (chunk - table.first);
    const view = viewOf(bytes);
    return {
      segment: table.segment,
      offset: u64(view, at, true),
      size: view.getUint32(at + 8, true),
      flags: view.getUint32(at + 12, true),
      pattern: bytes.subarray(at, at + 8),
    };
  }

  #tableOf(chunk: number): ChunkTable | undefined {
    let low = 0;
    let high = this.#tables.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#tables[middle]!.first <= chunk) low = middle + 1;
      else high = middle;
    }
    const table = this.#tables[low - 1];
    return table !== undefined && chunk < table.first + table.count ? table : undefined;
  }

  #entries(table: ChunkTable): Uint8Array {
    const known = this.#kept.get(table);
    if (known !== undefined) return known;
    const length = ENTRY_SIZE * table.count;
    const bytes = readStructure(table.segment, table.at, length + 4, "a chunk table");
    if (viewOf(bytes).getUint32(length, true) !== adler32(bytes, 0, length))
      this.#damage("a chunk table does not fit its checksum", table.at);
    for (const [old, kept] of this.#kept) {
      if (this.#keptBytes + length <= CACHED_BYTES) break;
      this.#kept.delete(old);
      this.#keptBytes -= kept.length;
    }
    this.#kept.set(table, bytes);
    this.#keptBytes += bytes.length;
    return bytes;
  }
}

const PACKED = 1;
const HAS_CHECKSUM = 2;
const PATTERN = 4;

/** The content of a chunk, of `length` bytes. */
function readChunk(
  tables: ChunkTables,
  chunk: number,
  length: number,
  context: ContainerContext,
): Uint8Array {
  const entry = tables.entry(chunk);
  if (entry === undefined)
    throw new MediumError(`chunk ${chunk} of the image is in no segment file at hand`);
  const { segment, offset, size, flags, pattern } = entry;
  if ((flags & PATTERN) !== 0) {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 8)
      bytes.set(pattern.subarray(0, Math.min(8, length - at)), at);
    return bytes;
  }
  const where = `chunk ${chunk} of the image, at ${offset} of its segment file,`;
  // A packed chunk is hardly ever larger than a stored one.
  if (size <= 0 || size > 2 * MOST_CHUNK_BYTES)
    throw new MediumError(`${where} is said to have ${size} bytes`);
  if ((flags & PACKED) !== 0) {
    const packed = readStructure(segment, offset, size, where);
    let bytes: Uint8Array;
    try {
      bytes = context.inflate(packed, "zlib", MOST_CHUNK_BYTES);
    } catch (error) {
      throw new MediumError(
        `${where} does not unpack: ${error instanceof Error ? error.message : "damaged"}`,
      );
    }
    if (bytes.length < length)
      throw new MediumError(`${where} gives ${bytes.length} of ${length} bytes`);
    return bytes.subarray(0, length);
  }
  const hasChecksum = (flags & HAS_CHECKSUM) !== 0;
  const bytes = readStructure(segment, offset, hasChecksum ? length + 4 : length, where);
  if (hasChecksum && viewOf(bytes).getUint32(length, true) !== adler32(bytes, 0, length))
    throw new MediumError(`${where} does not fit its checksum`);
  return bytes.subarray(0, length);
}

/** Fields of the case data, and what they are called here. */
const CASE_FIELDS: Readonly<Record<string, string>> = {
  cn: "case",
  en: "evidence number",
  ex: "examiner",
  nt: "notes",
  at: "acquired",
  os: "acquired on",
};

function factsOf(
  sections: readonly Ewf2Section[],
  caseData: ReadonlyMap<string, string>,
  segments: number,
): Record<string, string> {
  const facts: Record<string, string> = { segments: String(segments) };
  for (const [field, name] of Object.entries(CASE_FIELDS)) {
    const value = caseData.get(field)?.trim();
    if (value) facts[name] = value.slice(0, 200);
  }
  for (const [type, name, length] of [
    [EWF2_SECTION.md5, "stored md5", 16],
    [EWF2_SECTION.sha1, "stored sha1", 20],
  ] as const) {
    const section = sections.find((one) => one.type === type && one.dataSize >= length);
    if (section !== undefined)
      facts[name] = Array.from(
        readStructure(section.segment, section.dataAt, length, name),
        (byte) => byte.toString(16).padStart(2, "0"),
      ).join("");
  }
  return facts;
}

/** Text of UTF-16: behind the line `main` a line of names and one of values, both separated by tabs. */
function namedValues(
  section: Ewf2Section | undefined,
  compression: number,
  context: ContainerContext,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  if (section === undefined || section.dataSize === 0) return values;
  const { segment, dataAt, dataSize } = section;
  const stored = readStructure(segment, dataAt, Math.min(dataSize, MOST_TEXT), "a header section");
  let bytes = stored;
  if (compression === DEFLATE) {
    try {
      bytes = context.inflate(stored, "zlib", MOST_TEXT);
    } catch (error) {
      throw new MediumError(
        `a header section does not unpack: ${error instanceof Error ? error.message : "damaged"}`,
      );
    }
  }
  const lines = new TextDecoder("utf-16le")
    .decode(bytes)
    .replace(/^\ufeff/, "")
    .split(/\r?\n/);
  const main = lines.findIndex((line) => line.trim() === "main");
  const names = lines[main + 1]?.split("\t") ?? [];
  const given = lines[main + 2]?.split("\t") ?? [];
  for (const [at, name] of names.entries()) {
    const value = given[at];
    if (main >= 0 && value !== undefined) values.set(name.trim(), value);
  }
  return values;
}
