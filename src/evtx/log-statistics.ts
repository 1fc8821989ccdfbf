import type { RecordBehind, RecordIdGap, TimeStepBack } from "../model/ledger.ts";
import type { RecordId } from "../model/record-ref.ts";
import type { EvtxRecord } from "./evtx-record.ts";
import { KeptTime } from "./kept-time.ts";

const MOST_GAPS = 1000;
const MOST_STEPS = 200;
/** Threads of one host write their records in the wrong order by seconds, not by minutes. */
const LEAST_STEP_MS = 120_000;
/** Hosts and channels kept by name; a hostile log could make up one a record. */
const MOST_NAMES = 10_000;

type Cause = RecordIdGap["cause"];

/** What a stretch's first record says if its EventRecordID does not follow on the one before. */
interface Opening {
  readonly id: RecordId;
  readonly time: string;
  readonly ms: number;
  readonly fileOffset: number;
  readonly next: RecordBehind;
  /** What lay between the stretch's begin and this record. */
  readonly cause: Cause;
}

/** What the live records of one stretch of a log add up to. Plain data; neighbours join with {@link joinStatistics}. */
export interface LogStatisticsPart {
  readonly gaps: readonly RecordIdGap[];
  readonly timeSteps: readonly TimeStepBack[];
  readonly hosts: readonly string[];
  readonly channels: readonly (readonly [channel: string, records: number])[];
  readonly renumbered: number;
  readonly jumps: number;
  readonly rendered: number;
  /** ISO 8601 of the earliest and latest event, and the same in ms. */
  readonly first: string | null;
  readonly last: string | null;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly eventIds: IdRange | null;
  readonly headerIds: IdRange | null;
  readonly opening: Opening | null;
  readonly closing: { readonly id: RecordId; readonly ms: number } | null;
  /** What lay behind the last record; in the whole stretch when it has none. */
  readonly cause: Cause;
}

interface IdRange {
  readonly first: RecordId;
  readonly last: RecordId;
}

/** What a log's live records add up to: period, channels, hosts, record ids and where they jump. */
export class LogStatistics {
  readonly gaps: RecordIdGap[] = [];
  readonly timeSteps: TimeStepBack[] = [];
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
  #sinceRecord: Cause = "none";
  #opening: Opening | null = null;

  /** Something other than records lay between the last record and the next. Damage outweighs an empty slot. */
  interrupt(cause: "damage" | "empty-slot"): void {
    this.#sinceRecord = heavier(this.#sinceRecord, cause);
  }

  get channels(): ReadonlyMap<string, number> {
    this.#flushChannel();
    return this.#channels;
  }

  part(): LogStatisticsPart {
    const previous = this.#previousId;
    return {
      gaps: this.gaps,
      timeSteps: this.timeSteps,
      hosts: [...this.hosts],
      channels: [...this.channels],
      renumbered: this.renumbered,
      jumps: this.jumps,
      rendered: this.rendered,
      first: this.#first.text,
      last: this.#last.text,
      firstMs: this.#firstMs,
      lastMs: this.#lastMs,
      eventIds: range(this.#lowId, this.#highId),
      headerIds: range(this.#lowHeaderId, this.#highHeaderId),
      opening: this.#opening,
      closing: previous === null ? null : { id: previous, ms: this.#previousMs },
      cause: this.#sinceRecord,
    };
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
    if (previous === null)
      this.#opening = openingOf(record, id, headerId, firstOfChunk, this.#sinceRecord);
    else if (!follows(previous, id)) {
      this.jumps++;
      if (this.gaps.length < MOST_GAPS) {
        const opening = openingOf(record, id, headerId, firstOfChunk, this.#sinceRecord);
        this.gaps.push(gapBetween(previous, this.#previousMs, opening));
      }
    } else if (this.#previousMs - ms > LEAST_STEP_MS && this.timeSteps.length < MOST_STEPS) {
      const opening = openingOf(record, id, headerId, firstOfChunk, this.#sinceRecord);
      this.timeSteps.push(stepBetween(previous, this.#previousMs, opening));
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

/** What two neighbouring stretches of one log add up to: what one pass over both would have said. */
export function joinStatistics(
  before: LogStatisticsPart,
  after: LogStatisticsPart,
): LogStatisticsPart {
  const opening = after.opening && {
    ...after.opening,
    cause: heavier(before.cause, after.opening.cause),
  };
  const { closing } = before;
  const gaps = [...before.gaps];
  const jumped = closing !== null && opening !== null && !follows(closing.id, opening.id);
  if (jumped) gaps.push(gapBetween(closing.id, closing.ms, opening));
  const timeSteps = [...before.timeSteps];
  // Where ids jump as well, other blocks or a ring's seam lie between: their times need not follow.
  const follow = closing !== null && opening !== null && !jumped;
  if (follow && closing.ms - opening.ms > LEAST_STEP_MS)
    timeSteps.push(stepBetween(closing.id, closing.ms, opening));
  const isFirst = before.firstMs <= after.firstMs;
  const isLast = before.lastMs >= after.lastMs;
  return {
    gaps: gaps.concat(after.gaps).slice(0, MOST_GAPS),
    timeSteps: timeSteps.concat(after.timeSteps).slice(0, MOST_STEPS),
    hosts: [...new Set([...before.hosts, ...after.hosts])].slice(0, MOST_NAMES),
    channels: joinCounts(before.channels, after.channels),
    renumbered: before.renumbered + after.renumbered,
    jumps: before.jumps + after.jumps + (jumped ? 1 : 0),
    rendered: before.rendered + after.rendered,
    first: isFirst ? before.first : after.first,
    last: isLast ? before.last : after.last,
    firstMs: isFirst ? before.firstMs : after.firstMs,
    lastMs: isLast ? before.lastMs : after.lastMs,
    eventIds: joinRanges(before.eventIds, after.eventIds),
    headerIds: joinRanges(before.headerIds, after.headerIds),
    opening: before.opening ?? opening,
    closing: after.closing ?? closing,
    cause: after.closing === null ? heavier(before.cause, after.cause) : after.cause,
  };
}

function joinCounts(
  before: LogStatisticsPart["channels"],
  after: LogStatisticsPart["channels"],
): LogStatisticsPart["channels"] {
  const counts = new Map(before);
  for (const [name, count] of after) {
    const known = counts.get(name);
    if (known !== undefined || counts.size < MOST_NAMES) counts.set(name, (known ?? 0) + count);
  }
  return [...counts];
}

function joinRanges(before: IdRange | null, after: IdRange | null): IdRange | null {
  if (before === null || after === null) return before ?? after;
  return {
    first: less(after.first, before.first) ? after.first : before.first,
    last: less(before.last, after.last) ? after.last : before.last,
  };
}

/** Damage outweighs an empty slot. */
function heavier(one: Cause, other: Cause): Cause {
  return other === "damage" || one === "none" ? other : one;
}

function follows(previous: RecordId, id: RecordId): boolean {
  return typeof id === "number" && typeof previous === "number" && id === previous + 1;
}

function openingOf(
  record: EvtxRecord,
  id: RecordId,
  headerRecordId: RecordId,
  firstOfChunk: boolean,
  cause: Cause,
): Opening {
  return {
    id,
    time: record.time,
    ms: record.timeMs,
    fileOffset: record.fileOffset,
    next: {
      channel: record.channel,
      provider: record.provider,
      eventId: record.eventId,
      host: record.computer,
      headerRecordId,
      chunk: record.chunk,
      firstOfChunk,
    },
    cause,
  };
}

function stepBetween(after: RecordId, lastMs: number, opening: Opening): TimeStepBack {
  return {
    after,
    before: opening.id,
    lastTime: new Date(clampDate(lastMs)).toISOString(),
    nextTime: opening.time,
    fileOffset: opening.fileOffset,
    next: opening.next,
  };
}

function gapBetween(after: RecordId, lastMs: number, opening: Opening): RecordIdGap {
  const { id, time, fileOffset, next, cause } = opening;
  const forward = typeof id === "number" && typeof after === "number" && id > after;
  return {
    after,
    before: id,
    missing: forward ? id - after - 1 : 0,
    lastTime: new Date(clampDate(lastMs)).toISOString(),
    nextTime: time,
    fileOffset,
    cause: cause === "none" && !forward && next.firstOfChunk ? "ring-seam" : cause,
    next,
  };
}

/** Order of record ids; texts stand for numbers above 2^53. */
function less(a: RecordId, b: RecordId): boolean {
  if (typeof a === "number" && typeof b === "number") return a < b;
  if (typeof a === "string" && typeof b === "string")
    return a.length === b.length ? a < b : a.length < b.length;
  return typeof a === "number";
}

function range(first: RecordId | null, last: RecordId | null): IdRange | null {
  return first === null || last === null ? null : { first, last };
}

function clampDate(ms: number): number {
  return Math.min(Math.max(ms, -8.64e15), 8.64e15);
}
