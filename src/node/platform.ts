import * as zlib from "node:zlib";
import { installPlatform } from "../base/platform.ts";

/** Node's native forms of the core's primitives; `zlib.crc32` exists since Node 20.15. */
export function installNodePlatform(): void {
  const crc32 = (zlib as { crc32?: (data: Uint8Array, value?: number) => number }).crc32;
  installPlatform({
    utf16: (bytes, start, end) => asBuffer(bytes).ucs2Slice(start, end),
    equal: (a, aStart, b, bStart, length) =>
      asBuffer(a).compare(b, bStart, bStart + length, aStart, aStart + length) === 0,
    ...(crc32 && {
      crc32: (bytes: Uint8Array, start: number, end: number, seed: number) =>
        crc32(bytes.subarray(start, end), seed),
    }),
  });
}

type NativeBuffer = Buffer & { ucs2Slice(start: number, end: number): string };

let lastBytes: Uint8Array | undefined;
let lastBuffer: NativeBuffer | undefined;

/** A Buffer over the same memory; the one chunk buffer of a scan is asked for again and again. */
function asBuffer(bytes: Uint8Array): NativeBuffer {
  if (bytes !== lastBytes) {
    lastBytes = bytes;
    lastBuffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) as NativeBuffer;
  }
  return lastBuffer!;
}
