import { filetimeText } from "../base/filetime.ts";
import { LIMITS } from "../base/limits.ts";
import { TextCache } from "../base/text-cache.ts";
import type { Issue, IssueSink } from "../model/issue.ts";
import { IssueLog } from "../model/issue-log.ts";
import type { HiddenRecords } from "../model/ledger.ts";
import type { Completeness, RecordId, RecordRef, RecordState } from "../model/record-ref.ts";
import { BinXmlError } from "./binxml/binxml-error.ts";
import { type Body, BodyReader, type InstanceProof } from "./binxml/body-reader.ts";
import { NameTable } from "./binxml/names.ts";
import { TemplateCache } from "./binxml/template-cache.ts";
import { CHUNK_HEADER_SIZE, hasChunkMagic, parseChunkHeader } from "./chunk-header.ts";
import { ChunkWalker, holdsRecord, isZero, RECORD_HEADER_SIZE } from "./chunk-walker.ts";
import { EvtxRecord } from "./evtx-record.ts";
import { CHUNK_SIZE, FILE_HEADER_SIZE, type FileHeader, parseFileHeader } from "./file-header.ts";
import { recordsWithin } from "./hidden-records.ts";
import { finishLog, type LogPart, MOST_HIDDEN } from "./log-part.ts";
import { LogStatistics } from "./log-statistics.ts";
import type { ChunkSummary, LogSummary } from "./log-summary.ts";
import {
  forEachDefinition,
  learnResidentTemplates,
  learnTemplates,
} from "./recover/learn-templates.ts";
import type { ChunkResidue } from "./recover/log-residue.ts";
import { TemplateLibrary } from "./recover/template-library.ts";
import { TemplateProof } from "./recover/template-proof.ts";

/** Bytes of the size that stands at a record's end. */
const SIZE_COPY = 4;

export interface LogVisitor {
  /** The record is a cursor: copy what you keep. */
  onRecord(record: EvtxRecord): void;
  /** Called for the first issues of each code; the summary counts all. */
  onIssue?: IssueSink;
}

export interface ScanOptions {
  /** Verify checksums (default). A bad one marks the chunk; it never skips records. */
  readonly checksums?: boolean;
  /** Put every template of the log into the shared library, also those that no record needs yet (costs time). */
  readonly learnTemplates?: boolean;
  /** Tell in which chunk the log first defines each template: {@link LogPart.definitions}. */
  readonly noteTemplates?: boolean;
  /** Compiled templates and decoded strings to share with other scans of the same run. */
  readonly shared?: SharedCaches;
}

/** What scans that follow one another share: nothing in it depends on a particular log. Not for two at a time. */
export class SharedCaches {
  readonly chunkBuffer = new Uint8Array(CHUNK_SIZE);
  /** Templates of the logs scanned with `learnTemplates`. */
  readonly library = new TemplateLibrary();
  readonly #texts = new TextCache();
  readonly #templates = new TemplateCache();
  readonly #names = new NameTable();
  #recoveryReader: BodyReader | undefined;
  #recoveryBuffer: Uint8Array<ArrayBuffer> | undefined;
  readonly reader = new BodyReader(this.#texts, this.#names, this.#templates);

  /** A chunk that the recovery of one log after the other stands on. */
  get recoveryBuffer(): Uint8Array<ArrayBuffer> {
    this.#recoveryBuffer ??= new Uint8Array(CHUNK_SIZE);
    return this.#recoveryBuffer;
  }

  /** A reader for bytes that may be old: it uses no template or name that they do not prove. */
  provingReader(proof: InstanceProof): BodyReader {
    return new BodyReader(this.#texts, this.#names, this.#templates, proof);
  }

  /** As `provingReader`, the same one for log after log: its tables take longer to make than most logs to recover. */
  recoveryReader(proof: InstanceProof): BodyReader {
    this.#recoveryReader ??= this.provingReader(proof);
    this.#recoveryReader.prove(proof);
    return this.#recoveryReader;
  }
}

/** The state of one log's scan: feed it the file header, then chunk after chunk through `chunkBuffer`. */
export class LogScan {
  readonly chunkBuffer: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  readonly #name: string;
  readonly #visitor: LogVisitor;
  readonly #checksums: boolean;
  readonly #issues: IssueLog;
  readonly #reader: BodyReader;
  readonly #record: EvtxRecord;
  readonly #walker: ChunkWalker;
  readonly #chunks: ChunkSummary[] = [];
  readonly #statistics = new LogStatistics();
  readonly #bytes = {
    header: 0,
    chunkHeaders: 0,
    records: 0,
    slack: 0,
    empty: 0,
    damaged: 0,
    unknown: 0,
  };
  #header: FileHeader = parseFileHeader(new Uint8Array(0));
  #slot = 0;
  #fileOffset = FILE_HEADER_SIZE;
  #expected = 0;
  #expectedKnown = true;
  #read = 0;
  #repaired = 0;
  #partial = 0;
  #recovered = 0;
  #lost = 0;
  #chunkLive = 0;
  readonly #hidden: HiddenRecords[] = [];
  readonly #residue: ChunkResidue[] = [];
  readonly #definitions: Map<number, number> | undefined;
  readonly #library: TemplateLibrary;
  readonly #learner: BodyReader | undefined;

  constructor(name: string, visitor: LogVisitor, options: ScanOptions) {
    this.#name = name;
    this.#visitor = visitor;
    this.#checksums = options.checksums ?? true;
    this.#issues = new IssueLog(visitor.onIssue?.bind(visitor));
    const shared = options.shared ?? new SharedCaches();
    this.chunkBuffer = shared.chunkBuffer;
    this.#view = new DataView(this.chunkBuffer.buffer);
    this.#reader = shared.reader;
    this.#library = shared.library;
    if (options.noteTemplates) this.#definitions = new Map();
    this.#library.source = name;
    if (options.learnTemplates)
      this.#learner = shared.provingReader(new TemplateProof(this.#library));
    this.#record = new EvtxRecord(this.#reader);
    this.#walker = new ChunkWalker(this.#reader, {
      record: (offset, size, body, completeness, state) =>
        this.#onRecord(offset, size, body, completeness, state),
      damage: (code, offset, bytes, message, id) =>
        this.#onDamage(code, offset, bytes, message, id),
      hidden: (offset, bytes, id) => this.#onHidden(offset, bytes, id),
    });
  }

  /** The first 4096 bytes, or fewer when the file is shorter. */
  fileHeader(bytes: Uint8Array, length: number): void {
    this.#bytes.header = length;
    if (length === 0) {
      this.#issue("empty-file", "error", "the file is empty", 0);
      return;
    }
    const header = parseFileHeader(bytes.subarray(0, length));
    this.#header = header;
    if (!header.hasMagic) {
      this.#issue(
        "file-header-bad",
        "error",
        "no ElfFile signature: this is not an .evtx file, or its header is overwritten",
        0,
      );
      return;
    }
    if (length < FILE_HEADER_SIZE) {
      this.#issue(
        "file-truncated",
        "error",
        `the file ends inside its header, after ${length} of ${FILE_HEADER_SIZE} bytes`,
        0,
      );
    }
    if (header.crcOk === false)
      this.#issue("file-crc", "warning", "the file header's checksum is wrong", 120);
    if (header.unknownFlags) {
      this.#issue(
        "flags-unknown",
        "warning",
        `file flags 0x${header.flagBits.toString(16)} hold bits that Windows does not set`,
        120,
      );
    }
    if (header.majorVersion !== 3 || header.minorVersion > 2) {
      this.#issue(
        "version-unknown",
        "warning",
        `format version ${header.majorVersion}.${header.minorVersion} is not known; reading it as 3.x`,
        36,
      );
    }
    if (header.blockSize !== FILE_HEADER_SIZE) {
      this.#issue(
        "header-size",
        "warning",
        `header block size ${header.blockSize}, expected ${FILE_HEADER_SIZE}`,
        40,
      );
    }
  }

  /** Goes on behind the first `slots` chunks, which another scan of the same log reads. */
  startAt(slots: number, header: FileHeader): void {
    this.#header = header;
    this.#slot = slots;
    this.#fileOffset = FILE_HEADER_SIZE + slots * CHUNK_SIZE;
  }

  /** The chunk now in `chunkBuffer`, of which the file holds `length` bytes. */
  chunk(length: number): void {
    const slot = this.#slot++;
    const fileOffset = this.#fileOffset;
    this.#fileOffset += length;
    if (length < CHUNK_SIZE) {
      this.chunkBuffer.fill(0, length);
      this.#issue(
        "file-truncated",
        "error",
        `the file ends inside chunk ${slot}, after ${length} of ${CHUNK_SIZE} bytes`,
        fileOffset,
        { chunk: slot },
      );
    }
    if (length < CHUNK_HEADER_SIZE || !hasChunkMagic(this.#view)) {
      this.#withoutHeader(slot, fileOffset, length);
      return;
    }
    this.#walk(slot, fileOffset, length);
  }

  /** What the chunks so far have said. */
  part(): LogPart {
    return {
      header: this.#header,
      chunks: this.#chunks,
      records: {
        expected: this.#expected,
        expectedKnown: this.#expectedKnown,
        read: this.#read,
        repaired: this.#repaired,
        partial: this.#partial,
        lost: this.#lost,
        recovered: this.#recovered,
      },
      bytes: this.#bytes,
      statistics: this.#statistics.part(),
      hidden: this.#hidden,
      residue: this.#residue,
      ...(this.#definitions && { definitions: [...this.#definitions] }),
      issues: this.#issues.issues,
      issueCounts: this.#issues.counts,
    };
  }

  finish(size: number): LogSummary {
    return finishLog(this.#name, this.part(), size, this.#visitor.onIssue?.bind(this.#visitor));
  }

  #withoutHeader(slot: number, fileOffset: number, length: number): void {
    const isEmpty = isZero(this.#view, 0, length);
    const state = isEmpty ? "empty" : "junk";
    if (isEmpty) {
      this.#bytes.empty += length;
      this.#statistics.interrupt("empty-slot");
    } else {
      this.#residue.push({ slot, slackFrom: 0 });
      this.#bytes.unknown += length;
      this.#statistics.interrupt("damage");
      this.#issue(
        "chunk-header-bad",
        "error",
        `chunk ${slot} has no ElfChnk signature`,
        fileOffset,
        { chunk: slot, bytes: length },
      );
    }
    this.#chunks.push({
      slot,
      fileOffset,
      state,
      firstId: null,
      lastId: null,
      expected: null,
      records: 0,
      freeSpaceOffset: 0,
      headerCrcOk: null,
      dataCrcOk: null,
    });
  }

  #walk(slot: number, fileOffset: number, length: number): void {
    const view = this.#view;
    const checksums = this.#checksums && (this.#header.flagBits & 4) === 0;
    const header = parseChunkHeader(this.chunkBuffer, view, checksums);
    this.#reader.startChunk(this.chunkBuffer, view);
    this.#chunkLive = 0;
    if (this.#definitions !== undefined) this.#noteTemplates(this.#definitions, slot);
    const readBefore = this.#read;
    const repairedBefore = this.#repaired;
    if (this.#learner !== undefined) {
      this.#learner.startChunk(this.chunkBuffer, view);
      learnTemplates(this.#learner, this.#library);
      learnResidentTemplates(this.#learner, this.#library);
    }
    const before = { hidden: this.#issues.counts["hidden-bytes"], recovered: this.#recovered };
    const result = this.#walker.walk(header, length);
    const isMixed =
      result.damagedBytes > 0 ||
      before.hidden !== this.#issues.counts["hidden-bytes"] ||
      before.recovered !== this.#recovered;
    if (isMixed || holdsRecord(view, result.end, length))
      this.#residue.push({ slot, slackFrom: isMixed ? 0 : result.end });
    const at = { chunk: slot };
    if (header.headerCrcOk === false)
      this.#issue(
        "chunk-header-crc",
        "warning",
        `chunk ${slot}: header checksum is wrong`,
        fileOffset + 124,
        at,
      );
    if (header.dataCrcOk === false)
      this.#issue(
        "chunk-data-crc",
        "warning",
        `chunk ${slot}: checksum of the records is wrong`,
        fileOffset + 52,
        at,
      );
    if (header.freeSpaceOffset < CHUNK_HEADER_SIZE || header.freeSpaceOffset > CHUNK_SIZE) {
      this.#issue(
        "free-space-bad",
        "warning",
        `chunk ${slot}: free space offset ${header.freeSpaceOffset} is outside the chunk`,
        fileOffset + 48,
        at,
      );
    }
    for (const offset of this.#reader.names.mismatches) {
      this.#issue(
        "name-hash",
        "warning",
        `chunk ${slot}: a name does not fit its stored hash`,
        fileOffset + offset,
        at,
      );
    }
    for (const offset of this.#reader.sizeMismatches) {
      this.#issue(
        "structure-size",
        "info",
        `chunk ${slot}: an element's declared size is wrong`,
        fileOffset + offset,
        at,
      );
    }
    if (header.expected === null) {
      this.#expectedKnown = false;
      this.#issue(
        "record-range-bad",
        "warning",
        `chunk ${slot}: record numbers ${header.firstNumber} to ${header.lastNumber} make no sense`,
        fileOffset + 8,
        at,
      );
    } else {
      this.#expected += header.expected;
      const lost = header.expected - this.#chunkLive - result.partial;
      if (lost > 0) {
        this.#lost += lost;
        this.#issue(
          "records-lost",
          "error",
          `chunk ${slot}: ${lost} of ${header.expected} records could not be read`,
          fileOffset,
          at,
        );
      }
    }
    this.#partial += result.partial;
    this.#bytes.chunkHeaders += CHUNK_HEADER_SIZE;
    this.#bytes.records += result.recordBytes;
    this.#bytes.damaged += result.damagedBytes;
    this.#bytes.slack += length - CHUNK_HEADER_SIZE - result.recordBytes - result.damagedBytes;
    const isDamaged = result.damagedBytes > 0 || length < CHUNK_SIZE;
    if (isDamaged) this.#statistics.interrupt("damage");
    this.#chunks.push({
      slot,
      fileOffset,
      state: isDamaged ? "damaged" : "read",
      firstId: header.firstId,
      lastId: header.lastId,
      expected: header.expected,
      records: this.#read - readBefore + (this.#repaired - repairedBefore),
      freeSpaceOffset: header.freeSpaceOffset,
      headerCrcOk: header.headerCrcOk,
      dataCrcOk: header.dataCrcOk,
    });
  }

  #noteTemplates(definitions: Map<number, number>, slot: number): void {
    forEachDefinition(this.#view, (id) => {
      if (!definitions.has(id) && definitions.size < LIMITS.notedTemplates)
        definitions.set(id, slot);
    });
  }

  #onRecord(
    offset: number,
    size: number,
    body: Body,
    completeness: Completeness,
    state: RecordState,
  ): void {
    const record = this.#record;
    record.moveTo(body);
    record.state = state;
    record.completeness = completeness;
    record.chunk = this.#slot - 1;
    record.chunkOffset = offset;
    record.fileOffset = FILE_HEADER_SIZE + record.chunk * CHUNK_SIZE + offset;
    record.size = size;
    if (state !== "live") {
      this.#recovered++;
      return;
    }
    this.#chunkLive++;
    if (completeness === "repaired") {
      this.#repaired++;
      this.#issue(
        "record-repaired",
        "warning",
        `record ${record.headerRecordId}: its size fields were wrong and have been rebuilt`,
        record.fileOffset,
        {
          chunk: record.chunk,
          recordId: String(record.headerRecordId),
        },
      );
    } else this.#read++;
    this.#statistics.add(record, this.#chunkLive === 1);
    this.#visitor.onRecord(record);
    if (record.fieldErrors.length > 0) this.#reportFieldErrors(record);
  }

  #reportFieldErrors(record: EvtxRecord): void {
    for (const error of record.fieldErrors) {
      this.#issue(
        error.code,
        "warning",
        `record ${record.headerRecordId}: ${error.message}`,
        record.fileOffset,
        {
          chunk: record.chunk,
          recordId: String(record.recordId),
        },
      );
    }
    record.fieldErrors.length = 0;
  }

  #onDamage(
    code: string,
    offset: number,
    bytes: number,
    message: string,
    id: RecordId | undefined,
  ): void {
    const chunk = this.#slot - 1;
    const at = FILE_HEADER_SIZE + chunk * CHUNK_SIZE + offset;
    this.#statistics.interrupt("damage");
    if (id === undefined) {
      this.#issue(code, "error", `chunk ${chunk}: ${message} (${bytes} bytes)`, at, {
        chunk,
        bytes,
      });
      return;
    }
    const view = this.#view;
    const written = filetimeText(
      view.getUint32(offset + 16, true),
      view.getUint32(offset + 20, true),
    );
    this.#issue(code, "error", `record ${id}, written ${written}: ${message}`, at, {
      chunk,
      bytes,
      recordId: String(id),
    });
  }

  #onHidden(offset: number, bytes: number, id: RecordId): void {
    const chunk = this.#slot - 1;
    this.#issue(
      "hidden-bytes",
      "warning",
      `record ${id} holds ${bytes} bytes behind the end of its content: a record may have been hidden in it`,
      FILE_HEADER_SIZE + chunk * CHUNK_SIZE + offset,
      { chunk, bytes, recordId: String(id) },
    );
    if (this.#hidden.length >= MOST_HIDDEN) return;
    this.#hidden.push({
      host: this.#refOf(this.#record),
      fileOffset: FILE_HEADER_SIZE + chunk * CHUNK_SIZE + offset,
      bytes,
      records: this.#unlinked(offset, offset + bytes + SIZE_COPY),
    });
  }

  /** What can be read of records that another one swallowed. */
  #unlinked(from: number, to: number): RecordRef[] {
    const refs: RecordRef[] = [];
    for (const { offset, size } of recordsWithin(this.#view, from, to)) {
      let body: Body;
      try {
        body = this.#reader.readRecord(offset + RECORD_HEADER_SIZE, offset + size - SIZE_COPY);
      } catch (error) {
        if (!(error instanceof BinXmlError)) throw error;
        continue;
      }
      if (body.roots.length === 0 || !body.terminated) continue;
      const record = new EvtxRecord(this.#reader);
      record.moveTo(body);
      record.state = "unlinked";
      record.chunk = this.#slot - 1;
      record.chunkOffset = offset;
      record.fileOffset = FILE_HEADER_SIZE + record.chunk * CHUNK_SIZE + offset;
      record.size = size;
      refs.push(this.#refOf(record));
    }
    return refs;
  }

  #refOf(record: EvtxRecord): RecordRef {
    return {
      file: this.#name,
      channel: record.channel,
      provider: record.provider,
      eventId: record.eventId,
      recordId: record.recordId,
      headerRecordId: record.headerRecordId,
      time: record.time,
      host: record.computer,
      state: record.state,
      fileOffset: record.fileOffset,
      chunk: record.chunk,
    };
  }

  #issue(
    code: string,
    severity: Issue["severity"],
    message: string,
    fileOffset: number,
    more: Partial<Issue> = {},
  ): void {
    this.#issues.add({
      code,
      severity,
      message: `${message} (at 0x${fileOffset.toString(16)})`,
      source: this.#name,
      fileOffset,
      ...more,
    });
  }
}
