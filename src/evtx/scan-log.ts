import type { ByteSource } from "../base/byte-source.ts";
import { CHUNK_SIZE, FILE_HEADER_SIZE, parseFileHeader } from "./file-header.ts";
import type { ChunkRange, LogPart } from "./log-part.ts";
import { LogScan, type LogVisitor, type ScanOptions } from "./log-scan.ts";
import type { LogSummary } from "./log-summary.ts";

/**
 * Reads a whole log from random-access bytes, one chunk in memory at a time. Records arrive at the visitor in
 * file order; damage arrives as issues and never stops the scan.
 */
export function scanLog(
  source: ByteSource,
  name: string,
  visitor: LogVisitor,
  options: ScanOptions = {},
): LogSummary {
  const scan = new LogScan(name, visitor, options);
  const header = new Uint8Array(FILE_HEADER_SIZE);
  const headerLength = source.read(0, header, 0, FILE_HEADER_SIZE);
  scan.fileHeader(header, headerLength);
  for (let at = FILE_HEADER_SIZE; at < source.size; at += CHUNK_SIZE) {
    const length = source.read(at, scan.chunkBuffer, 0, CHUNK_SIZE);
    if (length === 0) break;
    scan.chunk(length);
  }
  return scan.finish(source.size);
}

/** Reads some chunks of a log and nothing else of it but its header. All ranges joined say what {@link scanLog} says. */
export function scanPart(
  source: ByteSource,
  name: string,
  { from, to }: ChunkRange,
  visitor: LogVisitor,
  options: ScanOptions = {},
): LogPart {
  const scan = new LogScan(name, visitor, options);
  const header = new Uint8Array(FILE_HEADER_SIZE);
  const headerLength = source.read(0, header, 0, FILE_HEADER_SIZE);
  if (from === 0) scan.fileHeader(header, headerLength);
  else scan.startAt(from, parseFileHeader(header.subarray(0, headerLength)));
  for (let slot = from; slot < to; slot++) {
    const length = source.read(
      FILE_HEADER_SIZE + slot * CHUNK_SIZE,
      scan.chunkBuffer,
      0,
      CHUNK_SIZE,
    );
    if (length === 0) break;
    scan.chunk(length);
  }
  return scan.part();
}

/** The same from a stream of byte pieces of any size. */
export async function scanStream(
  pieces: AsyncIterable<Uint8Array>,
  name: string,
  visitor: LogVisitor,
  options: ScanOptions = {},
): Promise<LogSummary> {
  const scan = new LogScan(name, visitor, options);
  const header = new Uint8Array(FILE_HEADER_SIZE);
  let size = 0;
  let filled = 0;
  const complete = (): void => {
    if (size <= FILE_HEADER_SIZE) scan.fileHeader(header, filled);
    else scan.chunk(filled);
    filled = 0;
  };
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const target = size < FILE_HEADER_SIZE ? header : scan.chunkBuffer;
      const take = Math.min(target.length - filled, piece.length - at);
      target.set(piece.subarray(at, at + take), filled);
      filled += take;
      at += take;
      size += take;
      if (filled === target.length) complete();
    }
  }
  if (filled > 0 || size === 0) complete();
  return scan.finish(size);
}
