import * as zlib from "node:zlib";
import { installPlatform } from "../base/platform.ts";

/** Node's native forms of the core's primitives; `zlib.crc32` exists since Node 20.15. */
export function installNodePlatform(): void {
  const crc32 = (zlib as { crc32?: (data: Uint8Array, value?: number) => number }).crc32;
  installPlatform({
    utf16: (bytes, start, end) => chunkView.of(bytes).ucs2Slice(start, end),
    indexOf: (bytes, pattern, from) => blockView.of(bytes).indexOf(pattern, from),
    ...(crc32 && {
      crc32: (bytes: Uint8Array, start: number, end: number, seed: number) =>
        crc32(bytes.subarray(start, end), seed),
    }),
  });
}

type NativeBuffer = Buffer & { ucs2Slice(start: number, end: number): string };

/** A Buffer over the same memory, remembered: callers ask for the same few arrays again and again. */
class BufferView {
  #bytes: Uint8Array | undefined;
  #buffer: NativeBuffer | undefined;

  of(bytes: Uint8Array): NativeBuffer {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) as NativeBuffer;
    }
    return this.#buffer!;
  }
}

const chunkView = new BufferView();
const blockView = new BufferView();
