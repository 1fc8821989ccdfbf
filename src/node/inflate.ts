import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib";
import { Decompress } from "fzstd";
import type { PackedForm } from "../sources/container.ts";

const UNPACK = { raw: inflateRawSync, gzip: gunzipSync, zlib: inflateSync } as const;

/** Unpacks at most `mostBytes`; throws on damage and on more than that. */
export function inflate(bytes: Uint8Array, form: PackedForm, mostBytes: number): Uint8Array {
  return form === "zstd"
    ? firstOfZstd(bytes, mostBytes)
    : UNPACK[form](bytes, { maxOutputLength: mostBytes });
}

/** Three bytes of zstd can stand for 128 KiB, and what a push gives is all in memory at once. */
const PUSHED = 512;

/** The first `length` bytes of zstd data, behind which anything may lie: clusters of images are padded, or begin where the one before ends. */
function firstOfZstd(bytes: Uint8Array, length: number): Uint8Array {
  const unpacked = new Uint8Array(length);
  let done = 0;
  const stream = new Decompress((piece) => {
    const part = piece.subarray(0, length - done);
    unpacked.set(part, done);
    done += part.length;
  });
  for (let at = 0; at < bytes.length && done < length; at += PUSHED) {
    try {
      stream.push(bytes.subarray(at, at + PUSHED));
    } catch (error) {
      if (done < length) throw error;
    }
  }
  if (done < length) throw new Error(`gives ${done} of ${length} bytes`);
  return unpacked;
}
