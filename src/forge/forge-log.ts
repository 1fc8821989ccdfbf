import { CHUNK_SIZE } from "./chunk-buffer.ts";
import type { ForgeEvent } from "./forge-event.ts";
import { HEADER_BLOCK_SIZE, type LogOptions, LogWriter } from "./log-writer.ts";

/** Writes events, in the order given, as the bytes of one EVTX file. Large logs go through LogWriter. */
export function forgeLog(events: Iterable<ForgeEvent>, options: LogOptions = {}): Uint8Array {
  const chunks: Uint8Array[] = [];
  const writer = new LogWriter((chunk, slot) => {
    chunks[slot] = chunk.slice();
  }, options);
  for (const event of events) writer.add(event);
  const header = writer.finish();
  const log = new Uint8Array(HEADER_BLOCK_SIZE + CHUNK_SIZE * chunks.length);
  log.set(header);
  for (const [index, chunk] of chunks.entries())
    log.set(chunk, HEADER_BLOCK_SIZE + CHUNK_SIZE * index);
  return log;
}
