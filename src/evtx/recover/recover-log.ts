import type { ByteSource } from "../../base/byte-source.ts";
import type { RecoveryCounts } from "../../model/ledger.ts";
import type { RecoveryNote } from "../../model/record-ref.ts";
import { BinXmlError } from "../binxml/binxml-error.ts";
import { CHUNK_HEADER_SIZE, hasChunkMagic } from "../chunk-header.ts";
import { isFramed, RECORD_HEADER_SIZE, SMALLEST_RECORD } from "../chunk-walker.ts";
import { EvtxRecord } from "../evtx-record.ts";
import { CHUNK_SIZE, FILE_HEADER_SIZE } from "../file-header.ts";
import type { SharedCaches } from "../log-scan.ts";
import { recordIdAt } from "../record-id.ts";
import { CandidateFinder } from "./find-candidates.ts";
import { learnResidentTemplates, learnTemplates } from "./learn-templates.ts";
import {
  bestOfEach,
  type LiveTwin,
  type LocatedRecord,
  type LocatedRecords,
  markRepeated,
} from "./located-records.ts";
import type { LogResidue } from "./log-residue.ts";
import { noteOf, RecoveredReader } from "./recovered-record.ts";
import { type LibraryLimits, TemplateLibrary } from "./template-library.ts";
import { TemplateProof } from "./template-proof.ts";
import { valueDigest } from "./value-digest.ts";

/** Candidates of one log that are looked at; a hostile log can hold 2,300 a chunk. */
const MOST_CANDIDATES = 1_000_000;
const FREE_SPACE_AT = 48;

export interface RecoveryVisitor {
  /**
   * A record that is not live, with `state`, `completeness` and `recovery` set; a cursor. Copies of live records are told
   * too (`recovery.copyOf`).
   */
  onRecord(record: EvtxRecord): void;
  /** The record told last would have said more with these templates, which nothing at hand proves. */
  onMissingTemplates?(ids: ReadonlySet<number>): void;
}

export interface RecoveryOptions {
  readonly shared: SharedCaches;
  /** Templates of other logs, to be used where the log itself has none. */
  readonly library?: TemplateLibrary;
  /** How many templates of the log itself are kept. */
  readonly limits?: LibraryLimits;
}

/** Brings back what the live walk of a log does not reach. The source is read again at the residue's places only. */
export function recoverLog(
  source: ByteSource,
  residue: LogResidue,
  visitor: RecoveryVisitor,
  options: RecoveryOptions,
): RecoveryCounts {
  const recovery = new LogRecovery(source, residue, options);
  return recovery.tell(recovery.locate(), visitor);
}

/**
 * {@link recoverLog} in its steps, for who wants something in between. `templates`: the log's own, where it was located
 * before.
 */
export class LogRecovery {
  readonly #source: ByteSource;
  readonly #residue: LogResidue;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #live;
  readonly #proof: TemplateProof;
  readonly #liveRecord: EvtxRecord;
  readonly #strict;
  readonly #reader: RecoveredReader;
  readonly #finder: CandidateFinder;
  /** The log's own. */
  readonly #templates: TemplateLibrary;
  readonly #library: TemplateLibrary | undefined;
  /** The chunk that is loaded, and its bytes that exist. */
  #slot = -1;
  #length = 0;
  #limited = false;
  #unproved: readonly number[] = [];

  constructor(
    source: ByteSource,
    residue: LogResidue,
    options: RecoveryOptions,
    templates = new TemplateLibrary(options.limits),
  ) {
    this.#source = source;
    this.#residue = residue;
    this.#templates = templates;
    this.#library = options.library;
    this.#proof = new TemplateProof(this.#templates, options.library);
    this.#bytes = options.shared.recoveryBuffer;
    this.#view = new DataView(this.#bytes.buffer);
    this.#live = options.shared.reader;
    this.#liveRecord = new EvtxRecord(this.#live);
    this.#strict = options.shared.recoveryReader(this.#proof);
    this.#reader = new RecoveredReader(this.#strict, this.#proof);
    this.#finder = new CandidateFinder(this.#live, this.#strict);
  }

  /** Finds the records and all that the log itself says of them. */
  locate(): LocatedRecords {
    const records = this.#find();
    if (records.length > 0) {
      markRepeated(records);
      this.#readAll(records);
      this.#passLive(records);
      for (const one of records) if (!one.isRepeated) one.key = "";
      this.#readAll(records);
    }
    return {
      ...{ records, templates: this.#templates, library: this.#library },
      limited: this.#limited,
    };
  }

  /** The ids that {@link RecoveryVisitor.onMissingTemplates} would be told, in their order. */
  missing({ records }: LocatedRecords): Set<number> {
    const missing = new Set<number>();
    const best = bestOfEach(records);
    for (const one of records) {
      if (one.unproved === undefined || !best.has(one) || this.#isCopy(one)) continue;
      for (const id of one.unproved) missing.add(id);
    }
    return missing;
  }

  /** Of a record that is not read in full: its values alone decide. */
  #isCopy({ slot, candidate, twin }: LocatedRecord): boolean {
    if (twin === undefined) return false;
    this.#load(slot);
    const digest = this.#reader.read(candidate, true)?.digest;
    return digest === undefined || twin.digest === undefined || digest === twin.digest;
  }

  /** Reads what was located with the templates of other logs, where these are others now, and tells it. */
  tell(located: LocatedRecords, visitor: RecoveryVisitor): RecoveryCounts {
    const { records, limited } = located;
    const counts = { records: 0, copies: 0, repeats: 0, unreadable: 0 };
    const byCompleteness = { full: 0, repaired: 0, partial: 0, positional: 0 };
    if (located.library !== this.#library)
      for (const one of records) if (one.unproved !== undefined) this.#read(one);
    const best = bestOfEach(records);
    for (const one of records) {
      if (one.content === undefined) {
        counts.unreadable++;
        continue;
      }
      if (!best.has(one)) {
        counts.repeats++;
        continue;
      }
      this.#load(one.slot);
      this.#proof.unproved.clear();
      const told = this.#emit(one, visitor);
      if (told === "gone") counts.unreadable++;
      else if (told === "copy") counts.copies++;
      else {
        counts.records++;
        if (this.#proof.unproved.size > 0) visitor.onMissingTemplates?.(this.#proof.unproved);
        byCompleteness[one.content.completeness]++;
      }
    }
    const { leftOut } = this.#templates;
    return {
      ...{ ...counts, byCompleteness, limited },
      ...(leftOut > 0 && { templatesLeftOut: leftOut }),
    };
  }

  /** Lists the candidates and learns the definitions that lie in their chunks. */
  #find(): LocatedRecord[] {
    const found: LocatedRecord[] = [];
    for (const { slot, slackFrom } of this.#residue.chunks) {
      const length = this.#load(slot);
      const candidates = this.#finder.find(length, slackFrom);
      if (candidates.length > 0) learnResidentTemplates(this.#strict, this.#templates);
      for (const candidate of candidates) {
        if (found.length >= MOST_CANDIDATES) {
          this.#limited = true;
          return found;
        }
        const key = this.#key(candidate.offset);
        const timeLow = this.#view.getUint32(candidate.offset + 16, true);
        found.push({
          ...{ slot, candidate, key, timeLow },
          ...{
            content: undefined,
            unproved: undefined,
            templates: -1,
            twin: undefined,
            isRepeated: false,
          },
        });
      }
    }
    return found;
  }

  /** Goes over the live records once: for templates that candidates want, and for those written at their times under their ids. */
  #passLive(found: readonly LocatedRecord[]): void {
    const wanted = new Map<string, LocatedRecord[]>();
    const times = new Set<number>();
    for (const one of found) {
      times.add(one.timeLow);
      const same = wanted.get(one.key);
      if (same === undefined) wanted.set(one.key, [one]);
      else same.push(one);
    }
    const view = this.#view;
    const templates = this.#proof.wanted;
    for (let slot = 0; slot < this.#residue.slotCount; slot++) {
      const length = this.#load(slot);
      if (length < CHUNK_HEADER_SIZE || !hasChunkMagic(view)) continue;
      if (templates.size > 0) learnTemplates(this.#strict, this.#templates, templates);
      const free = view.getUint32(FREE_SPACE_AT, true);
      const limit = free >= CHUNK_HEADER_SIZE && free <= length ? free : length;
      for (let at = CHUNK_HEADER_SIZE; at + SMALLEST_RECORD <= limit; ) {
        if (!isFramed(view, at, limit)) {
          at += 8;
          continue;
        }
        if (times.has(view.getUint32(at + 16, true))) this.#takeTwin(slot, at, wanted);
        at += view.getUint32(at + 4, true);
      }
    }
  }

  #takeTwin(slot: number, at: number, wanted: ReadonlyMap<string, LocatedRecord[]>): void {
    const end = at + this.#view.getUint32(at + 4, true) - 4;
    try {
      const body = this.#live.readRecord(at + RECORD_HEADER_SIZE, end);
      if (body.roots.length === 0) return;
      const record = this.#liveRecord;
      record.moveTo(body);
      record.chunkOffset = at;
      // Exports number headers anew and keep the event's own id.
      const time = timeKey(this.#view, at);
      const keys = new Set([`${time}:${record.headerRecordId}`, `${time}:${record.recordId}`]);
      let twin: LiveTwin | undefined;
      for (const key of keys) {
        for (const one of wanted.get(key) ?? []) {
          if (one.slot === slot && one.candidate.offset === at) continue;
          twin ??= {
            fileOffset: FILE_HEADER_SIZE + slot * CHUNK_SIZE + at,
            digest: valueDigest(this.#live, body),
            json: record.toJson(),
          };
          one.twin ??= twin;
        }
      }
    } catch (error) {
      if (!(error instanceof BinXmlError)) throw error;
    }
  }

  /** Reads those that the templates known by now may give another content. */
  #readAll(found: readonly LocatedRecord[]): void {
    for (const one of found) if (one.templates !== this.#templates.version) this.#read(one);
  }

  #read(one: LocatedRecord): void {
    this.#load(one.slot);
    // As it was before: reading teaches templates itself.
    one.templates = this.#templates.version;
    const { unproved } = this.#proof;
    unproved.clear();
    one.content = this.#reader.read(one.candidate, one.isRepeated);
    one.unproved = unproved.size > 0 ? this.#listOf(unproved) : undefined;
  }

  /** Record after record lacks the same: they share one list. */
  #listOf(ids: ReadonlySet<number>): readonly number[] {
    let i = 0;
    let isSame = this.#unproved.length === ids.size;
    for (const id of ids) isSame &&= this.#unproved[i++] === id;
    if (!isSame) this.#unproved = [...ids];
    return this.#unproved;
  }

  /** Tells the visitor, unless the bytes are others by now; `copy`: an unchanged one of a live record. */
  #emit(
    { slot, candidate, twin }: LocatedRecord,
    visitor: RecoveryVisitor,
  ): "record" | "copy" | "gone" {
    const content = this.#reader.read(candidate, twin !== undefined);
    if (content === undefined) return "gone";
    const { record } = this.#reader;
    const chunkAt = FILE_HEADER_SIZE + slot * CHUNK_SIZE;
    record.chunk = slot;
    record.fileOffset = chunkAt + candidate.offset;
    record.completeness = content.completeness;
    const assumed = record.assume(this.#residue);
    let copyOf: RecoveryNote["copyOf"];
    if (twin !== undefined) {
      const sameText =
        content.completeness === "partial" ||
        content.completeness === "positional" ||
        assumed.length > 0 ||
        record.toJson() === twin.json;
      const isReadable = content.digest !== undefined && twin.digest !== undefined;
      const equal = !isReadable || (content.digest === twin.digest && sameText);
      copyOf = { fileOffset: twin.fileOffset, equal };
    }
    record.recovery = noteOf(content, {
      ...(assumed.length > 0 && { assumed }),
      ...(copyOf && { copyOf }),
      ...(candidate.host !== undefined && { hostOffset: chunkAt + candidate.host }),
    });
    visitor.onRecord(record);
    return copyOf?.equal === true ? "copy" : "record";
  }

  /** Stands on the chunk; returns its length. */
  #load(slot: number): number {
    if (slot === this.#slot) return this.#length;
    const length = this.#source.read(
      FILE_HEADER_SIZE + slot * CHUNK_SIZE,
      this.#bytes,
      0,
      CHUNK_SIZE,
    );
    this.#bytes.fill(0, length);
    this.#live.startChunk(this.#bytes, this.#view);
    this.#strict.startChunk(this.#bytes, this.#view);
    this.#slot = slot;
    this.#length = length;
    return length;
  }

  #key(at: number): string {
    return `${timeKey(this.#view, at)}:${recordIdAt(this.#view, at + 8)}`;
  }
}

function timeKey(view: DataView, at: number): string {
  return `${view.getUint32(at + 20, true)}.${view.getUint32(at + 16, true)}`;
}
