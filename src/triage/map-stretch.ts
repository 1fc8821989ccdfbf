import type { ByteSource } from "../base/byte-source.ts";
import { CHUNK_SIZE, FILE_HEADER_SIZE, parseFileHeader } from "../evtx/file-header.ts";
import { type ChunkRange, type LogPart, unreadPart } from "../evtx/log-part.ts";
import type { SharedCaches } from "../evtx/log-scan.ts";
import { scanPart } from "../evtx/scan-log.ts";
import { LogMapper, type MapPart, type MapPlan } from "./log-mapper.ts";

/** 8 MiB: large enough that joining costs nothing, small enough that little waits to be joined. */
const STRETCH_CHUNKS = 128;

/**
 * How a log of this size is cut; at least one stretch. It depends on nothing else: whoever reads them, and in whatever
 * order, the joined result is the same.
 */
export function stretches(size: number, length = STRETCH_CHUNKS): ChunkRange[] {
  const chunks = Math.max(1, Math.ceil((size - FILE_HEADER_SIZE) / CHUNK_SIZE));
  return Array.from({ length: Math.ceil(chunks / length) }, (_, i) => ({
    from: i * length,
    to: Math.min((i + 1) * length, chunks),
  }));
}

/** What one stretch of a log gives to the joiner. Plain data. */
export interface StretchResult {
  readonly log: LogPart;
  readonly map: MapPart;
}

/** `manyBefore`: what the stretches before it gave is so much that repeats are folded where it is joined. */
export function mapStretch(
  source: ByteSource,
  file: string,
  range: ChunkRange,
  plan: MapPlan,
  options: { readonly shared?: SharedCaches; readonly manyBefore?: boolean } = {},
): StretchResult {
  const { shared, manyBefore = false } = options;
  const mapper = new LogMapper(plan, file);
  const log = scanPart(
    source,
    file,
    range,
    { onRecord: (record) => mapper.event(record) },
    { noteTemplates: plan.recover === true, ...(shared && { shared }) },
  );
  return { log, map: mapper.part(manyBefore) };
}

/** A stretch that could not be read, for whatever reason: its bytes are told as damaged. */
export function unreadStretch(
  source: ByteSource,
  file: string,
  range: ChunkRange,
  reason: string,
): StretchResult {
  const header = new Uint8Array(FILE_HEADER_SIZE);
  const length = source.read(0, header, 0, FILE_HEADER_SIZE);
  return {
    log: unreadPart(file, parseFileHeader(header.subarray(0, length)), range, source.size, reason),
    map: new LogMapper({}, file).part(),
  };
}
