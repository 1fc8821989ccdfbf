import type { RecordIdGap } from "../model/ledger.ts";
import type { RecordId } from "../model/record-ref.ts";
import type { EvtxRecord } from "./evtx-record.ts";
import { KeptTime } from "./kept-time.ts";

const MOST_GAPS = 1000;
/** Hosts and channels kept by name; a hostile log could make up one a record. */
const MOST_NAMES = 10_000;

/** What a log's live records add up to: period, channels, hosts, record ids and where they jump. */
export class LogStatistics {
  readonly gaps: RecordIdGap[] = [];
  readonly hosts = new Set<string>();
  /** Records whose header id is not their EventRecordID. */
  renumbered = 0;
  /** Steps between neighbouring records where EventRecordID does not go up by one. */
  jumps = 0;
  /** Records with RenderingInfo. */
  rendered = 0;
  readonly #channels = new Map<string, number>();
  #firstMs = Number.POSITIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;
  readonly #first = new KeptTime();
  readonly #last = new KeptTime();
  #lastChannel = "";
  #lastChannelCount = 0;
  #lastHost = "";
  #lowId: RecordId | null = null;
  #highId: RecordId | null = null;
  #lowHeaderId: RecordId | null = null;
  #highHeaderId: RecordId | null = null;
  #previousId: RecordId | null = null;
  #previousMs = 0;
  #sinceRecord: RecordIdGap["cause"] = "none";

  /** Something other than records lay between the last record and the next. Damage outweighs an empty slot. */
  interrupt(cause: "damage" | "empty-slot"): void {
    if (cause === "damage" || this.#sinceRecord === "none") this.#sinceRecord = cause;
  }

  get channels(): ReadonlyMap<string, number> {
    this.#flushChannel();
    return this.#channels;
  }

  /** ISO 8601 of the earliest and latest event. */
  get first(): string | null {
    return this.#first.text;
  }

  get last(): string | null {
    return this.#last.text;
  }

  get eventIds(): { readonly first: RecordId; readonly last: RecordId } | null {
    return range(this.#lowId, this.#highId);
  }

  get headerIds(): { readonly first: RecordId; readonly last: RecordId } | null {
    return range(this.#lowHeaderId, this.#highHeaderId);
  }

  /** Counts a record; `firstOfChunk` tells a ring's seam from other steps back. */
  add(record: EvtxRecord, firstOfChunk: boolean): void {
    const ms = record.timeMs;
    if (ms < this.#firstMs) {
      this.#firstMs = ms;
      record.keepTime(this.#first);
    }
    if (ms > this.#lastMs) {
      this.#lastMs = ms;
      record.keepTime(this.#last);
    }
    const { channel, computer } = record;
    if (channel !== this.#lastChannel) {
      this.#flushChannel();
      this.#lastChannel = channel;
    }
    this.#lastChannelCount++;
    if (computer !== this.#lastHost) {
      this.#lastHost = computer;
      if (this.hosts.size < MOST_NAMES) this.hosts.add(computer);
    }
    if (record.body.roots[0]!.program.hasRenderingInfo) this.rendered++;
    this.#addIds(record, ms, firstOfChunk);
  }

  #addIds(record: EvtxRecord, ms: number, firstOfChunk: boolean): void {
    const id = record.recordId;
    const headerId = record.headerRecordId;
    if (id !== headerId) this.renumbered++;
    if (this.#lowId === null || less(id, this.#lowId)) this.#lowId = id;
    if (this.#highId === null || less(this.#highId, id)) this.#highId = id;
    if (this.#lowHeaderId === null || less(headerId, this.#lowHeaderId))
      this.#lowHeaderId = headerId;
    if (this.#highHeaderId === null || less(this.#highHeaderId, headerId))
      this.#highHeaderId = headerId;
    const previous = this.#previousId;
    if (
      previous !== null &&
      !(typeof id === "number" && typeof previous === "number" && id === previous + 1)
    ) {
      this.jumps++;
      if (this.gaps.length < MOST_GAPS) {
        const forward = typeof id === "number" && typeof previous === "number" && id > previous;
        this.gaps.push({
          after: previous,
          before: id,
          missing: forward ? id - previous - 1 : 0,
          lastTime: new Date(clampDate(this.#previousMs)).toISOString(),
          nextTime: record.time,
          fileOffset: record.fileOffset,
          cause:
            this.#sinceRecord === "none" && !forward && firstOfChunk
              ? "ring-seam"
              : this.#sinceRecord,
          next: {
            channel: record.channel,
            provider: record.provider,
            eventId: record.eventId,
            host: record.computer,
            headerRecordId: headerId,
            chunk: record.chunk,
            firstOfChunk,
          },
        });
      }
    }
    this.#previousId = id;
    this.#previousMs = ms;
    this.#sinceRecord = "none";
  }

  #flushChannel(): void {
    if (
      this.#lastChannelCount > 0 &&
      (this.#channels.size < MOST_NAMES || this.#channels.has(this.#lastChannel))
    ) {
      this.#channels.set(
        this.#lastChannel,
        (this.#channels.get(this.#lastChannel) ?? 0) + this.#lastChannelCount,
      );
    }
    this.#lastChannelCount = 0;
  }
}

/** Order of record ids; texts stand for numbers above 2^53. */
function less(a: RecordId, b: RecordId): boolean {
  if (typeof a === "number" && typeof b === "number") return a < b;
  if (typeof a === "string" && typeof b === "string")
    return a.length === b.length ? a < b : a.length < b.length;
  return typeof a === "number";
}

function range(
  first: RecordId | null,
  last: RecordId | null,
): { first: RecordId; last: RecordId } | null {
  return first === null || last === null ? null : { first, last };
}

function clampDate(ms: number): number {
  return Math.min(Math.max(ms, -8.64e15), 8.64e15);
}
