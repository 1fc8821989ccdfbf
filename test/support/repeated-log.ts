import { fileHeader, renumberChunk, soundChunks } from "../../bench/repeat-chunks.ts";

const CHUNK = 65_536;

/** A sound log of `count` chunks: those of another log over and over, their records renumbered. */
export function repeatChunks(log: Uint8Array, count: number): Uint8Array {
  const chunks = soundChunks(log);
  const bytes = new Uint8Array(4096 + count * CHUNK);
  let nextId = 1;
  for (let slot = 0; slot < count; slot++) {
    const chunk = chunks[slot % chunks.length]!.slice();
    nextId += renumberChunk(chunk, nextId);
    bytes.set(chunk, 4096 + slot * CHUNK);
  }
  bytes.set(fileHeader(count, nextId));
  return bytes;
}
