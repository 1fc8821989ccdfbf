import { createHash } from "node:crypto";
import { closeSync, createReadStream, mkdirSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { ByteSource } from "../base/byte-source.ts";
import { findPieces, type Piece } from "../evtx/carve/find-pieces.ts";
import { logHeader } from "../evtx/carve/log-header.ts";
import {
  type CarveCounts,
  type CarvedChunk,
  type CarvedRecord,
  KnownRecords,
  type PlacedPiece,
  readPieces,
} from "../evtx/carve/read-pieces.ts";
import { CHUNK_SIZE } from "../evtx/file-header.ts";
import { SharedCaches } from "../evtx/log-scan.ts";
import { recoveredJson } from "../evtx/recover/recovered-text.ts";
import { scanLog } from "../evtx/scan-log.ts";
import { CarveJournal } from "./carve-journal.ts";
import { FileSource } from "./file-source.ts";
import { OutputNames } from "./output-names.ts";
import { reasonOf } from "./reason-of.ts";
import { JOURNAL, MANIFEST, MANIFEST_FORMAT, RECORD_LOG, RECORDS } from "./recovered-folder.ts";

const BLOCKS_A_TURN = 16;

/** A record to be copied into a log of single records: its chunk, and its place there. */
export interface RecordCopy {
  readonly chunk: Uint8Array;
  readonly at: number;
  readonly size: number;
}

/** Writes single records as a log. */
export interface CopyLog {
  /** False when the record cannot be copied. */
  add(record: RecordCopy): boolean;
  close(): void;
}

export interface CarveOptions {
  /** Folder for what is found; made when it is not there. */
  readonly output: string;
  /** Logs at hand whose records need not be brought back. */
  readonly known: readonly string[];
  readonly openCopyLog: (path: string) => CopyLog;
  readonly onProblem: (path: string, reason: string) => void;
  readonly onProgress?: (path: string, position: number, size: number) => void;
  readonly cancelled?: () => boolean;
}

/** One chunk of a file written, or why it was not. */
interface ChunkEntry {
  readonly source: string;
  readonly offset: number;
  readonly sha256: string;
  readonly records: number;
  readonly firstId: string;
  readonly lastId: string;
  readonly checks: readonly string[];
  readonly fate: CarvedChunk["fate"];
  readonly file?: string;
}

interface RecordEntry {
  readonly source: string;
  readonly offset: number;
  readonly size: number;
  readonly sha256: string;
  readonly recordId: number | string;
  readonly written: string;
  readonly completeness: string;
  readonly templates: string;
  readonly checks: readonly string[];
  readonly file?: string;
}

export interface CarveManifest {
  readonly format: typeof MANIFEST_FORMAT;
  readonly sources: readonly {
    readonly path: string;
    readonly size: number;
    readonly searched: number;
  }[];
  readonly counts: CarveCounts;
  readonly fileHeaders: readonly { readonly source: string; readonly offset: number }[];
  readonly files: readonly {
    readonly path: string;
    readonly sha256: string;
    readonly records: number;
  }[];
  readonly chunks: readonly ChunkEntry[];
  readonly records: readonly RecordEntry[];
}

interface OpenSource extends ByteSource {
  readonly path: string;
  searched: number;
  close(): void;
}

/**
 * Searches files of any kind for pieces of logs and writes what is found: a log for each computer and channel of whole
 * chunks, another of single records, the text of all single records, and the manifest. Started again it goes on where it
 * was stopped. Undefined when it was cancelled. Throws when the output cannot be written; a source that cannot be read is a
 * problem, told.
 */
export async function carveFiles(
  paths: readonly string[],
  options: CarveOptions,
): Promise<CarveManifest | undefined> {
  mkdirSync(options.output, { recursive: true });
  const journal = new CarveJournal(join(options.output, JOURNAL));
  const sources: OpenSource[] = [];
  const pieces: PlacedPiece[] = [];
  try {
    for (const path of paths) {
      try {
        const source = openSource(path);
        sources.push(source);
        for (const piece of await search(source, journal, options)) pieces.push({ source, piece });
      } catch (error) {
        options.onProblem(path, reasonOf(error));
      }
    }
    if (options.cancelled?.()) return undefined;
    const shared = new SharedCaches();
    const known = readKnown(options, shared);
    return await new CarveOutput(options, sources).write(pieces, known, shared);
  } finally {
    for (const source of sources) source.close();
  }
}

function openSource(path: string): OpenSource {
  const file = new FileSource(path);
  return {
    path,
    size: file.size,
    searched: 0,
    read: (position, target, offset, length) => file.read(position, target, offset, length),
    close: () => file.close(),
  };
}

async function search(
  source: OpenSource,
  journal: CarveJournal,
  options: CarveOptions,
): Promise<readonly Piece[]> {
  const { path, size } = source;
  const state = journal.of({ path, size, modifiedMs: statSync(path).mtimeMs });
  // Blocks are searched in turns, so that signals come through.
  while (state.position < size && !options.cancelled?.()) {
    let found: Piece[] = [];
    let blocks = 0;
    state.position = findPieces(source, (piece) => found.push(piece), {
      from: state.position,
      behindChunk: behindLastChunk(state.pieces),
      onBlock: (position) => {
        journal.block(found, position);
        state.pieces.push(...found);
        found = [];
        options.onProgress?.(path, position, size);
        return ++blocks >= BLOCKS_A_TURN || options.cancelled?.() === true;
      },
    });
    await new Promise((resolve) => setImmediate(resolve));
  }
  source.searched = state.position;
  return state.pieces;
}

function behindLastChunk(pieces: readonly Piece[]): number {
  const last = pieces.findLast((piece) => piece.kind === "chunk" && piece.intact);
  return last === undefined ? 0 : last.offset + CHUNK_SIZE;
}

function readKnown({ known, onProblem }: CarveOptions, shared: SharedCaches): KnownRecords {
  const records = new KnownRecords();
  for (const path of known) {
    let source: FileSource | undefined;
    try {
      source = new FileSource(path);
      scanLog(source, path, { onRecord: (record) => records.add(record) }, { shared });
    } catch (error) {
      onProblem(path, reasonOf(error));
    } finally {
      source?.close();
    }
  }
  return records;
}

/** One log to be written of whole chunks. */
interface ChunkLog {
  readonly path: string;
  readonly chunks: {
    readonly source: ByteSource;
    readonly offset: number;
    readonly firstId: bigint;
  }[];
  records: number;
  nextId: bigint;
}

class CarveOutput {
  readonly #options: CarveOptions;
  readonly #sources: readonly OpenSource[];
  readonly #names = new OutputNames();
  readonly #chunkLogs = new Map<string, ChunkLog>();
  readonly #copyLogs = new Map<string, { path: string; log: CopyLog; records: number }>();
  readonly #chunks: ChunkEntry[] = [];
  readonly #records: RecordEntry[] = [];

  constructor(options: CarveOptions, sources: readonly OpenSource[]) {
    this.#options = options;
    this.#sources = sources;
  }

  async write(
    pieces: readonly PlacedPiece[],
    known: KnownRecords,
    shared: SharedCaches,
  ): Promise<CarveManifest> {
    const text = openSync(join(this.#options.output, RECORDS), "w");
    let counts: CarveCounts;
    try {
      counts = readPieces(
        pieces,
        known,
        {
          onChunk: (chunk) => this.#chunk(chunk),
          onRecord: (carved) => {
            this.#record(carved);
            writeSync(text, `${recoveredJson(carved.record)}\n`);
          },
        },
        shared,
      );
    } finally {
      closeSync(text);
      for (const { log } of this.#copyLogs.values()) log.close();
    }
    for (const log of this.#chunkLogs.values()) this.#writeChunkLog(log);
    const manifest: CarveManifest = {
      format: MANIFEST_FORMAT,
      sources: this.#sources.map(({ path, size, searched }) => ({ path, size, searched })),
      counts,
      fileHeaders: pieces
        .filter(({ piece }) => piece.kind === "file")
        .map(({ source, piece }) => ({ source: pathOf(source), offset: piece.offset })),
      files: await this.#files(),
      chunks: this.#chunks,
      records: this.#records,
    };
    const file = openSync(join(this.#options.output, MANIFEST), "w");
    writeSync(file, `${JSON.stringify(manifest, null, 1)}\n`);
    closeSync(file);
    return manifest;
  }

  #chunk(chunk: CarvedChunk): void {
    const { place, bytes, computer, channel, firstId, lastId, records, fate } = chunk;
    const { offset } = place.piece;
    let file: string | undefined;
    if (fate === "new") {
      const key = `${computer}\n${channel}`;
      let log = this.#chunkLogs.get(key);
      if (log === undefined) {
        log = {
          path: this.#names.of(computer, channel, ".evtx"),
          chunks: [],
          records: 0,
          nextId: 0n,
        };
        this.#chunkLogs.set(key, log);
      }
      file = log.path;
      log.records += records;
      const next = BigInt(lastId) + 1n;
      if (records > 0 && next > log.nextId) log.nextId = next;
      log.chunks.push({ source: place.source, offset, firstId: BigInt(firstId) });
    }
    this.#chunks.push({
      source: pathOf(place.source),
      offset,
      sha256: sha256(bytes),
      records,
      firstId,
      lastId,
      checks: ["header-checksum", "data-checksum"],
      fate,
      ...(file !== undefined && { file }),
    });
  }

  #record({ place, record, chunk, at, size, selfContained }: CarvedRecord): void {
    let file: string | undefined;
    if (selfContained) {
      const key = `${record.computer}\n${record.channel}`;
      let copy = this.#copyLogs.get(key);
      if (copy === undefined) {
        const path = this.#names.of(record.computer, record.channel, RECORD_LOG);
        const full = join(this.#options.output, path);
        copy = { path, log: this.#options.openCopyLog(full), records: 0 };
        this.#copyLogs.set(key, copy);
      }
      if (copy.log.add({ chunk, at, size })) {
        file = copy.path;
        copy.records++;
      }
    }
    this.#records.push({
      source: pathOf(place.source),
      offset: place.piece.offset,
      size,
      sha256: sha256(chunk.subarray(at, at + size)),
      recordId: record.recordId,
      written: record.written,
      completeness: record.completeness,
      templates: record.recovery?.templates ?? "none",
      checks: record.recovery?.checks ?? [],
      ...(file !== undefined && { file }),
    });
  }

  #writeChunkLog({ path, chunks, nextId }: ChunkLog): void {
    chunks.sort((a, b) => (a.firstId < b.firstId ? -1 : a.firstId > b.firstId ? 1 : 0));
    const file = openSync(join(this.#options.output, path), "w");
    try {
      writeSync(file, logHeader(chunks.length, nextId));
      const bytes = new Uint8Array(CHUNK_SIZE);
      for (const { source, offset } of chunks) {
        source.read(offset, bytes, 0, CHUNK_SIZE);
        writeSync(file, bytes);
      }
    } finally {
      closeSync(file);
    }
  }

  async #files(): Promise<CarveManifest["files"]> {
    const files = [];
    const logs = [...this.#chunkLogs.values(), ...this.#copyLogs.values()];
    for (const { path, records } of logs) {
      const hash = createHash("sha256");
      for await (const piece of createReadStream(join(this.#options.output, path)))
        hash.update(piece);
      files.push({ path, sha256: hash.digest("hex"), records });
    }
    return files;
  }
}

function pathOf(source: ByteSource): string {
  return (source as OpenSource).path;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
