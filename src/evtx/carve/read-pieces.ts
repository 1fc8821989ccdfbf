import type { ByteSource } from "../../base/byte-source.ts";
import { stableHash } from "../../base/stable-hash.ts";
import type { BodyReader } from "../binxml/body-reader.ts";
import { CHUNK_HEADER_SIZE, parseChunkHeader } from "../chunk-header.ts";
import { ChunkWalker, holdsRecord, RECORD_HEADER_SIZE, RECORD_MAGIC } from "../chunk-walker.ts";
import { EvtxRecord } from "../evtx-record.ts";
import { CHUNK_SIZE } from "../file-header.ts";
import type { SharedCaches } from "../log-scan.ts";
import { type Candidate, CandidateFinder } from "../recover/find-candidates.ts";
import { learnResidentTemplates, learnTemplates } from "../recover/learn-templates.ts";
import { noteOf, RecoveredReader } from "../recover/recovered-record.ts";
import { TemplateLibrary } from "../recover/template-library.ts";
import { TemplateProof } from "../recover/template-proof.ts";
import { valueDigest } from "../recover/value-digest.ts";
import { type Piece, recordSizeAt } from "./find-pieces.ts";

/** Fragment header before a record's template instance. */
const FRAGMENT_HEADER = 4;
const INSTANCE_HEADER = 10;

/** A piece and the source it lies in. */
export interface PlacedPiece {
  readonly source: ByteSource;
  readonly piece: Piece;
}

/** An intact chunk; `bytes` is good until the next call. */
export interface CarvedChunk {
  readonly place: PlacedPiece;
  readonly bytes: Uint8Array;
  /** Of its first record; "" when it holds none. */
  readonly computer: string;
  readonly channel: string;
  readonly firstId: string;
  readonly lastId: string;
  readonly records: number;
  /**
   * `new`: holds records that no chunk before it held; `duplicate`: holds none; `known`: all are in logs that were given
   * as known; `empty`: holds no record.
   */
  readonly fate: "new" | "duplicate" | "known" | "empty";
}

/** A record outside the chunks that are written whole. `record` is a cursor; `chunk` and `at` are good until the next call. */
export interface CarvedRecord {
  readonly place: PlacedPiece;
  readonly record: EvtxRecord;
  /** Where its chunk began or would have, with what is left of it; the record stands at `at`. */
  readonly chunk: Uint8Array;
  readonly at: number;
  readonly size: number;
  /** All its templates and names stand in `chunk`: it can be copied as it is. */
  readonly selfContained: boolean;
}

export interface PieceVisitor {
  onChunk(chunk: CarvedChunk): void;
  onRecord(record: CarvedRecord): void;
}

/** How the pieces ended; `repeats` are records already told of, `unreadable` those with a header and no content. */
export interface CarveCounts {
  readonly chunks: Readonly<Record<CarvedChunk["fate"], number>>;
  /** Records of new chunks. */
  readonly chunkRecords: number;
  readonly records: number;
  readonly repeats: number;
  readonly unreadable: number;
}

/** The keys of records that need not be brought back. */
export class KnownRecords {
  readonly #known = new Set<string>();

  /** A record of a log at hand. */
  add(record: EvtxRecord): void {
    this.#known.add(keyOf(record, valueDigest(record.reader, record.body)));
  }

  has(key: string): boolean {
    return this.#known.has(key);
  }
}

/** Reads the pieces of all sources: intact chunks first, fullest first, then single records. */
export function readPieces(
  pieces: readonly PlacedPiece[],
  known: KnownRecords,
  visitor: PieceVisitor,
  shared: SharedCaches,
): CarveCounts {
  return new PieceReading(pieces, known, visitor, shared).run();
}

class PieceReading {
  readonly #pieces: readonly PlacedPiece[];
  readonly #known: KnownRecords;
  readonly #visitor: PieceVisitor;
  readonly #live: BodyReader;
  readonly #liveRecord: EvtxRecord;
  readonly #strict: BodyReader;
  readonly #reader: RecoveredReader;
  readonly #templates = new TemplateLibrary();
  readonly #finder: CandidateFinder;
  readonly #seen = new Set<string>();
  #bytes = new Uint8Array(CHUNK_SIZE);
  #view = new DataView(this.#bytes.buffer);
  /** Where they were loaded from. */
  #source: ByteSource | undefined;
  #base = Number.NaN;

  constructor(
    pieces: readonly PlacedPiece[],
    known: KnownRecords,
    visitor: PieceVisitor,
    shared: SharedCaches,
  ) {
    this.#pieces = pieces;
    this.#known = known;
    this.#visitor = visitor;
    // Pieces of any number of logs: what they teach is a library, never the log's own.
    const proof = new TemplateProof(undefined, this.#templates);
    this.#live = shared.reader;
    this.#liveRecord = new EvtxRecord(this.#live);
    this.#strict = shared.provingReader(proof);
    this.#reader = new RecoveredReader(this.#strict, proof);
    this.#finder = new CandidateFinder(this.#live, this.#strict);
  }

  run(): CarveCounts {
    const chunks = { new: 0, duplicate: 0, known: 0, empty: 0 };
    const counts = { chunkRecords: 0, records: 0, repeats: 0, unreadable: 0 };
    /** Chunks that hold more than their live records: those that are written whole, and the others. */
    const written: PlacedPiece[] = [];
    const left: PlacedPiece[] = [];
    const intact: { place: PlacedPiece; expected: number }[] = [];
    for (const place of this.#pieces) {
      if (place.piece.kind !== "chunk") continue;
      this.#load(place.source, place.piece.offset);
      if (place.piece.intact) {
        learnTemplates(this.#strict, this.#templates);
        const { expected } = parseChunkHeader(this.#bytes, this.#view, false);
        intact.push({ place, expected: expected ?? 0 });
      }
      learnResidentTemplates(this.#strict, this.#templates);
    }
    this.#learnFromRecords();
    // A chunk that was written on holds all that its earlier state held.
    intact.sort((a, b) => b.expected - a.expected);
    for (const { place } of intact) {
      const chunk = this.#readChunk(place);
      chunks[chunk.fate]++;
      if (chunk.fate === "new") counts.chunkRecords += chunk.records;
      if (chunk.holdsMore) (chunk.fate === "new" ? written : left).push(place);
      this.#visitor.onChunk(chunk);
    }
    for (const place of written) this.#noteRest(place);
    for (const place of left)
      for (const candidate of this.#restOf(place))
        counts[this.#readCandidate(place.source, place.piece.offset, candidate)]++;
    const bases = new BaseFinder();
    for (const place of this.#pieces) {
      if (place.piece.kind === "chunk" && !place.piece.intact)
        bases.chunkAt(place.source, place.piece.offset);
      if (place.piece.kind !== "record") continue;
      const { offset, size } = place.piece;
      const base = bases.of(place.source, offset, size);
      for (const candidate of this.#within(place.source, base, offset - base, size))
        counts[this.#readCandidate(place.source, base, candidate)]++;
    }
    return { chunks, ...counts };
  }

  /** A template may lie behind the records that need it, so all are known before the first is told. */
  #learnFromRecords(): void {
    const bases = new BaseFinder();
    for (const { source, piece } of this.#pieces) {
      if (piece.kind === "chunk" && !piece.intact) bases.chunkAt(source, piece.offset);
      if (piece.kind !== "record") continue;
      const base = bases.of(source, piece.offset, piece.size);
      this.#load(source, base);
      this.#reader.read(single(piece.offset - base, piece.size), false);
    }
  }

  /** What lies in an intact chunk beside its live records: behind them, between them, or swallowed by one. */
  #restOf({ source, piece }: PlacedPiece): readonly Candidate[] {
    this.#load(source, piece.offset);
    return this.#finder.find(CHUNK_SIZE);
  }

  /** A chunk that is written whole takes the rest along: its records need not be brought back from elsewhere. */
  #noteRest(place: PlacedPiece): void {
    for (const candidate of this.#restOf(place)) {
      const content = this.#reader.read(candidate, true);
      if (content?.completeness === "full" || content?.completeness === "repaired")
        this.#seen.add(keyOf(this.#reader.record, content.digest));
    }
  }

  /** The record at `at`, and those that it has swallowed: a content that ends before its record does leaves room for them. */
  #within(source: ByteSource, base: number, at: number, size: number): Candidate[] {
    this.#load(source, base);
    const found = [single(at, size)];
    const content = this.#reader.read(found[0]!, false);
    if (content?.checks.includes("value-sizes")) return found;
    const end = at + size;
    const from = content === undefined ? at + 8 : this.#reader.record.body.end;
    for (let inner = (from + 7) & ~7; inner + RECORD_HEADER_SIZE < end; ) {
      // The swallower's own size stands where the last one's had been.
      const isRecord = this.#view.getUint32(inner, true) === RECORD_MAGIC;
      const own = isRecord ? recordSizeAt(this.#view, inner, end) : 0;
      const swallowed = isRecord && own === 0 ? recordSizeAt(this.#view, inner, end, size) : own;
      if (swallowed > 0) found.push(single(inner, swallowed));
      inner += swallowed > 0 ? swallowed : 8;
    }
    return found;
  }

  #readChunk(place: PlacedPiece): CarvedChunk & { readonly holdsMore: boolean } {
    this.#load(place.source, place.piece.offset);
    const view = this.#view;
    const header = parseChunkHeader(this.#bytes, view, false);
    let computer = "";
    let channel = "";
    let records = 0;
    let fresh = 0;
    let isKnown = true;
    let isHost = false;
    const record = this.#liveRecord;
    const walker = new ChunkWalker(this.#live, {
      record: (offset, size, body) => {
        record.moveTo(body);
        record.chunkOffset = offset;
        record.size = size;
        if (records++ === 0) {
          computer = record.computer;
          channel = record.channel;
        }
        const key = keyOf(record, valueDigest(this.#live, body));
        if (this.#known.has(key)) return;
        isKnown = false;
        if (this.#seen.has(key)) return;
        this.#seen.add(key);
        fresh++;
      },
      damage: () => {},
      hidden: () => {
        isHost = true;
      },
    });
    const { end } = walker.walk(header, CHUNK_SIZE);
    const hasSlack = holdsRecord(view, end, CHUNK_SIZE);
    const isEmpty = records === 0 && !hasSlack;
    const fate = isEmpty
      ? "empty"
      : fresh > 0 || records === 0
        ? "new"
        : isKnown
          ? "known"
          : "duplicate";
    const { firstId, lastId } = header;
    return {
      place,
      bytes: this.#bytes,
      computer,
      channel,
      firstId: String(firstId),
      lastId: String(lastId),
      records,
      fate,
      holdsMore: isHost || hasSlack,
    };
  }

  /** `base`: where the chunk began that the reader stands on. */
  #readCandidate(
    source: ByteSource,
    base: number,
    candidate: Candidate,
  ): "records" | "repeats" | "unreadable" {
    const content = this.#reader.read(candidate, true);
    const { offset: at, size } = candidate;
    if (content === undefined) return "unreadable";
    const { record } = this.#reader;
    const key = keyOf(record, content.digest);
    if (this.#seen.has(key) || this.#known.has(key)) return "repeats";
    this.#seen.add(key);
    record.state = "carved";
    record.fileOffset = base + at;
    record.chunk = -1;
    record.completeness = content.completeness;
    record.recovery = noteOf(content, {});
    this.#visitor.onRecord({
      place: { source, piece: { kind: "record", offset: base + at, size } },
      record,
      chunk: this.#bytes,
      at,
      size,
      selfContained:
        (content.templates === "own-chunk" || content.templates === "literal") &&
        content.completeness === "full",
    });
    return "records";
  }

  /** Loads 64 KiB that begin at `base`, which may lie before the source. A new array for each place: copiers remember theirs. */
  #load(source: ByteSource, base: number): void {
    if (source === this.#source && base === this.#base) return;
    this.#source = source;
    this.#base = base;
    this.#bytes = new Uint8Array(CHUNK_SIZE);
    this.#view = new DataView(this.#bytes.buffer);
    const skipped = Math.max(0, -base);
    source.read(base + skipped, this.#bytes, skipped, CHUNK_SIZE - skipped);
    this.#live.startChunk(this.#bytes, this.#view);
    this.#strict.startChunk(this.#bytes, this.#view);
  }
}

function single(offset: number, size: number): Candidate {
  return { offset, size, state: "carved", framed: true };
}

/** Tells where the chunk of a single record began: its own template says it, or the header before it, or its neighbour. */
class BaseFinder {
  readonly #bytes = new Uint8Array(RECORD_HEADER_SIZE + 64);
  readonly #view = new DataView(this.#bytes.buffer);
  #source: ByteSource | undefined;
  #header = Number.NaN;
  #last = Number.NaN;

  chunkAt(source: ByteSource, offset: number): void {
    this.#source = source;
    this.#header = offset;
    this.#last = Number.NaN;
  }

  of(source: ByteSource, offset: number, size: number): number {
    if (source !== this.#source) {
      this.#source = source;
      this.#header = Number.NaN;
      this.#last = Number.NaN;
    }
    const base = this.#byTemplate(source, offset) ?? this.#near(offset, size);
    this.#last = base;
    return base;
  }

  /** Where a definition stands inside the record, its offset in the chunk is written before it. */
  #byTemplate(source: ByteSource, offset: number): number | undefined {
    this.#bytes.fill(0);
    source.read(offset, this.#bytes, 0, this.#bytes.length);
    const at = RECORD_HEADER_SIZE + FRAGMENT_HEADER;
    const view = this.#view;
    const behind = at + INSTANCE_HEADER;
    if (
      this.#bytes[at] !== 0x0c ||
      view.getUint32(at + 2, true) !== view.getUint32(behind + 4, true)
    )
      return undefined;
    const base = offset + behind - view.getUint32(at + 6, true);
    return fits(base, offset) ? base : undefined;
  }

  #near(offset: number, size: number): number {
    for (const base of [this.#last, this.#header])
      if (fits(base, offset) && offset + size - base <= CHUNK_SIZE) return base;
    return offset - CHUNK_HEADER_SIZE;
  }
}

function fits(base: number, offset: number): boolean {
  const at = offset - base;
  return at >= 512 && at <= CHUNK_SIZE - 28 && at % 8 === 0;
}

/** The same record wherever it lies: header id, time written, and values. */
function keyOf(record: EvtxRecord, digest: string | undefined): string {
  return stableHash([
    String(record.recordId),
    record.written,
    digest ?? `${record.fileOffset}/${record.chunkOffset}`,
  ]);
}
