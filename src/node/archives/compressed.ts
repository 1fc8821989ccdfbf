import { createGunzip } from "node:zlib";
import { Decompress } from "fzstd";
import type { ByteSource } from "../../base/byte-source.ts";
import type { DiskOpener } from "../../sources/container.ts";
import { reasonOf } from "../reason-of.ts";
import { piecesOf, streamOf } from "./source-stream.ts";
import { mostUnpacked } from "./unpack-limits.ts";

const PUSHED = 512;

/** One file in gzip. */
export const openGzip: DiskOpener = unpacker((source) => {
  const input = streamOf(source);
  const output = createGunzip();
  input.on("error", (error) => output.destroy(error));
  return input.pipe(output);
});

/** One file in zstd. */
export const openZstd: DiskOpener = unpacker(async function* (source) {
  const ready: Uint8Array[] = [];
  const stream = new Decompress((piece) => {
    ready.push(piece);
  });
  for (const piece of piecesOf(source)) {
    // Little by little: three bytes can stand for 128 KiB, and what a push gives is all in memory at once.
    for (let at = 0; at < piece.length; at += PUSHED) {
      stream.push(piece.subarray(at, at + PUSHED));
      yield* ready.splice(0);
    }
  }
  stream.push(new Uint8Array(0), true);
  yield* ready;
});

function unpacker(unpack: (source: ByteSource) => AsyncIterable<Uint8Array>): DiskOpener {
  return async (source, context) => {
    try {
      return { disk: await context.spool(unpack(source), mostUnpacked(source.size)) };
    } catch (error) {
      return { problem: `does not unpack: ${reasonOf(error)}` };
    }
  };
}
