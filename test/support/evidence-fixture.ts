import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { ByteSource } from "../../src/base/byte-source.ts";

/** One file of the fixture volume, as The Sleuth Kit reads it. */
export interface FixtureFile {
  readonly entry: number;
  readonly path: string;
  readonly deleted: boolean;
  readonly size: number;
  readonly sha256: string;
}

const folder = fileURLToPath(new URL("../../fixtures/evidence/", import.meta.url));

/** The bytes of an NTFS volume that ntfs-3g wrote (fixtures/evidence/make-ntfs.py); yours to change. */
export function ntfsImage(): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(`${folder}ntfs.dd.gz`)));
}

export function ntfsFiles(): FixtureFile[] {
  return JSON.parse(readFileSync(`${folder}ntfs.json`, "utf8"));
}

export function readAll(source: ByteSource): Uint8Array {
  const bytes = new Uint8Array(source.size);
  source.read(0, bytes, 0, bytes.length);
  return bytes;
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
