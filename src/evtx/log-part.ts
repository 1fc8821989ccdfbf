import { LIMITS } from "../base/limits.ts";
import type { IssueSink } from "../model/issue.ts";
import { IssueLog } from "../model/issue-log.ts";
import type { ByteAccount, HiddenRecords, InputStatus } from "../model/ledger.ts";
import type { RecordRef } from "../model/record-ref.ts";
import { CHUNK_HEADER_SIZE } from "./chunk-header.ts";
import { CHUNK_SIZE, FILE_HEADER_SIZE, type FileHeader } from "./file-header.ts";
import { joinStatistics, LogStatistics, type LogStatisticsPart } from "./log-statistics.ts";
import type { ChunkSummary, LogSummary } from "./log-summary.ts";
import { isForwardedName, tellOrigin } from "./origin.ts";
import type { ChunkResidue } from "./recover/log-residue.ts";

/** A template's id, and the slot of a chunk that defines it. */
export type TemplatePlace = readonly [id: number, slot: number];

/** Hosts of hidden records that are told one by one. */
export const MOST_HIDDEN = 100;

/** Chunks of a log, by their place in the file: `from` to before `to`. */
export interface ChunkRange {
  readonly from: number;
  readonly to: number;
}

/**
 * What the scan of one stretch of a log learnt: chunks that lie one behind the other, the first stretch with the
 * file header too. Plain data. Neighbours join with {@link joinParts}; {@link finishLog} judges the whole.
 */
export interface LogPart {
  readonly header: FileHeader;
  readonly chunks: readonly ChunkSummary[];
  readonly records: {
    readonly expected: number;
    readonly expectedKnown: boolean;
    readonly read: number;
    readonly repaired: number;
    readonly partial: number;
    readonly lost: number;
    readonly recovered: number;
  };
  readonly bytes: ByteAccount;
  readonly statistics: LogStatisticsPart;
  readonly hidden: readonly HiddenRecords[];
  /** Where records may lie that the live walk does not reach. */
  readonly residue: readonly ChunkResidue[];
  /** Ids of the templates that it defines, each with the first chunk that does; absent unless asked for. */
  readonly definitions?: readonly TemplatePlace[];
  readonly issues: IssueLog["issues"];
  readonly issueCounts: IssueLog["counts"];
}

/** The two as one stretch. */
export function joinParts(before: LogPart, after: LogPart): LogPart {
  const issues = new IssueLog();
  issues.addAll(before);
  issues.addAll(after);
  const { records, bytes } = before;
  return {
    header: before.header,
    chunks: before.chunks.concat(after.chunks),
    records: {
      expected: records.expected + after.records.expected,
      expectedKnown: records.expectedKnown && after.records.expectedKnown,
      read: records.read + after.records.read,
      repaired: records.repaired + after.records.repaired,
      partial: records.partial + after.records.partial,
      lost: records.lost + after.records.lost,
      recovered: records.recovered + after.records.recovered,
    },
    bytes: {
      header: bytes.header + after.bytes.header,
      chunkHeaders: bytes.chunkHeaders + after.bytes.chunkHeaders,
      records: bytes.records + after.bytes.records,
      slack: bytes.slack + after.bytes.slack,
      empty: bytes.empty + after.bytes.empty,
      damaged: bytes.damaged + after.bytes.damaged,
      unknown: bytes.unknown + after.bytes.unknown,
    },
    statistics: joinStatistics(before.statistics, after.statistics),
    hidden: before.hidden.concat(after.hidden).slice(0, MOST_HIDDEN),
    residue: before.residue.concat(after.residue),
    ...((before.definitions ?? after.definitions) && {
      definitions: joinDefinitions(before.definitions ?? [], after.definitions ?? []),
    }),
    issues: issues.issues,
    issueCounts: issues.counts,
  };
}

/** The first chunk that defines a template counts. */
function joinDefinitions(
  before: readonly TemplatePlace[],
  after: readonly TemplatePlace[],
): readonly TemplatePlace[] {
  const known = new Set(before.map(([id]) => id));
  const more = after.filter(([id]) => !known.has(id));
  return more.length === 0 ? before : before.concat(more).slice(0, LIMITS.notedTemplates);
}

/** The part for a range that no one could read: their bytes are damaged, their records not known. */
export function unreadPart(
  name: string,
  header: FileHeader,
  { from, to }: ChunkRange,
  size: number,
  reason: string,
): LogPart {
  const issues = new IssueLog();
  const statistics = new LogStatistics();
  statistics.interrupt("damage");
  const start = FILE_HEADER_SIZE + from * CHUNK_SIZE;
  const bytes = Math.min(size, FILE_HEADER_SIZE + to * CHUNK_SIZE) - start;
  const isFirst = from === 0;
  issues.add({
    code: "stretch-unread",
    severity: "error",
    message: `chunks ${from} to ${to - 1} could not be read: ${reason}`,
    source: name,
    fileOffset: start,
    chunk: from,
    bytes,
  });
  return {
    header,
    chunks: Array.from({ length: Math.ceil(bytes / CHUNK_SIZE) }, (_, i) => ({
      slot: from + i,
      fileOffset: start + i * CHUNK_SIZE,
      state: "damaged",
      firstId: null,
      lastId: null,
      expected: null,
      records: 0,
      freeSpaceOffset: 0,
      headerCrcOk: null,
      dataCrcOk: null,
    })),
    records: {
      expected: 0,
      expectedKnown: false,
      read: 0,
      repaired: 0,
      partial: 0,
      lost: 0,
      recovered: 0,
    },
    bytes: {
      header: isFirst ? Math.min(size, FILE_HEADER_SIZE) : 0,
      chunkHeaders: 0,
      records: 0,
      slack: 0,
      empty: 0,
      damaged: bytes,
      unknown: 0,
    },
    statistics: statistics.part(),
    hidden: [],
    residue: [],
    issues: issues.issues,
    issueCounts: issues.counts,
  };
}

/** The verdict on a whole log of `size` bytes; `part` reaches from its begin to its end. */
export function finishLog(
  name: string,
  part: LogPart,
  size: number,
  onIssue?: IssueSink,
): LogSummary {
  const { header, chunks, records, statistics } = part;
  const issues = new IssueLog();
  issues.addAll(part);
  let { expectedKnown } = records;
  const used = chunks.filter((chunk) => chunk.state !== "empty").length;
  const missing = header.chunkCount - chunks.length;
  if (header.hasMagic && missing > 0 && chunks.length < 0xffff) {
    const known = issues.issues.length;
    issues.add({
      code: "chunks-missing",
      severity: "error",
      message: `the header counts ${header.chunkCount} chunks, the file holds ${chunks.length}: the last ${missing} are cut off (at 0x2a)`,
      source: name,
      fileOffset: 42,
    });
    for (const issue of issues.issues.slice(known)) onIssue?.(issue);
    expectedKnown = false;
  }
  const accounted = Object.values(part.bytes).reduce((sum, bytes) => sum + bytes, 0);
  const channels = new Set(statistics.channels.map(([channel]) => channel));
  const { status, reason } = verdict(part, issues.counts, size, used);
  return {
    header,
    size,
    status,
    reason,
    origin: tellOrigin({
      header,
      name,
      records: records.read,
      renumbered: statistics.renumbered,
      jumps: statistics.jumps,
      rendered: statistics.rendered,
      forwardedChannel: channels.has("ForwardedEvents") || isForwardedName(name),
      hosts: statistics.hosts.length,
      emptySlots: chunks.length - used,
      firstHeaderId:
        typeof statistics.headerIds?.first === "number" ? statistics.headerIds.first : 0,
    }),
    chunks,
    records: {
      expected: expectedKnown ? records.expected : null,
      read: records.read,
      repaired: records.repaired,
      partial: records.partial,
      lost: records.lost,
      recovered: records.recovered,
    },
    bytes: { ...part.bytes, unknown: part.bytes.unknown + size - accounted },
    first: statistics.first,
    last: statistics.last,
    hosts: statistics.hosts,
    channels: statistics.channels.map(([channel, count]) => ({ channel, records: count })),
    headerIds: statistics.headerIds,
    eventIds: statistics.eventIds,
    gaps: statistics.gaps,
    firstRecord: firstRecordOf(statistics, name),
    timeSteps: statistics.timeSteps,
    hidden: part.hidden,
    residue: {
      chunks: part.residue,
      slotCount: chunks.length,
      computer: statistics.hosts.length === 1 ? statistics.hosts[0] : undefined,
      channel: statistics.channels.length === 1 ? statistics.channels[0]?.[0] : undefined,
    },
    issues: issues.issues,
    issueCounts: issues.counts,
  };
}

function verdict(
  part: LogPart,
  counts: Readonly<Record<string, number>>,
  size: number,
  used: number,
): { status: InputStatus; reason: string } {
  const { header, chunks } = part;
  const { read, lost, partial } = part.records;
  if (size === 0) return { status: "unread", reason: "the file is empty" };
  if (used === 0 || (read === 0 && !header.hasMagic)) {
    if (!header.hasMagic)
      return { status: "unread", reason: "not an .evtx file: no ElfFile signature and no chunk" };
    if (size < FILE_HEADER_SIZE + CHUNK_HEADER_SIZE && header.chunkCount > 0)
      return { status: "unread", reason: `cut off after ${size} bytes` };
  }
  const reasons: string[] = [];
  const missing = header.chunkCount - chunks.length;
  if (counts["chunks-missing"])
    reasons.push(`${missing} of ${header.chunkCount} chunks are cut off the end of the file`);
  else if (counts["file-truncated"]) reasons.push("the file ends inside a chunk");
  const damaged = chunks.filter((c) => c.state === "damaged" || c.state === "junk").length;
  if (damaged > 0) reasons.push(`${damaged} of ${used} chunks are damaged`);
  if (lost > 0) reasons.push(`${lost} records are lost`);
  if (partial > 0) reasons.push(`${partial} records could be read in part only`);
  if (!header.hasMagic) reasons.push("the file header is missing");
  return reasons.length === 0
    ? { status: "read", reason: "" }
    : { status: "partial", reason: reasons.join("; ") };
}

function firstRecordOf({ opening }: LogStatisticsPart, file: string): RecordRef | null {
  if (opening === null) return null;
  const { id, time, fileOffset, next } = opening;
  const { channel, provider, eventId, host, headerRecordId, chunk } = next;
  return {
    file,
    channel,
    provider,
    eventId,
    recordId: id,
    time,
    host,
    state: "live",
    headerRecordId,
    fileOffset,
    chunk,
  };
}
