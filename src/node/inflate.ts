import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

/** Unpacks at most `mostBytes`; throws on damage and on more than that. */
export function inflate(
  bytes: Uint8Array,
  form: "raw" | "gzip" | "zlib",
  mostBytes: number,
): Uint8Array {
  const unpack = form === "raw" ? inflateRawSync : form === "gzip" ? gunzipSync : inflateSync;
  return unpack(bytes, { maxOutputLength: mostBytes });
}
