import { Readable } from "node:stream";
import type { ByteSource } from "../../base/byte-source.ts";

const PIECE = 256 * 1024;

/** A source from front to back. */
export function* piecesOf(source: ByteSource): Generator<Uint8Array> {
  for (let at = 0; at < source.size; ) {
    const bytes = new Uint8Array(Math.min(PIECE, source.size - at));
    const count = source.read(at, bytes, 0, bytes.length);
    if (count === 0) return;
    at += count;
    yield bytes.subarray(0, count);
  }
}

export function streamOf(source: ByteSource): Readable {
  return Readable.from(piecesOf(source), { objectMode: false });
}
