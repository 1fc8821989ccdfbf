import { createHash } from "node:crypto";
import type { ByteSource } from "../base/byte-source.ts";

/** What has not gone by is read in pieces of this size. */
const REST_BYTES = 256 * 1024;

/** Another source, hashed: what is read from front to back goes into the hash as it goes by. */
export class HashedSource implements ByteSource {
  readonly size: number;
  readonly #source: ByteSource;
  readonly #hash = createHash("sha256");
  #hashed = 0;
  #digest: string | undefined;

  constructor(source: ByteSource) {
    this.#source = source;
    this.size = source.size;
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    const done = this.#source.read(position, target, targetOffset, length);
    const known = this.#hashed - position;
    if (known >= 0 && done > known) {
      this.#hash.update(target.subarray(targetOffset + known, targetOffset + done));
      this.#hashed = position + done;
    }
    return done;
  }

  /** Hex SHA-256 of the whole; reads what has not gone by yet. */
  sha256(): string {
    if (this.#digest !== undefined) return this.#digest;
    if (this.#hashed < this.size) this.#readRest(new Uint8Array(REST_BYTES));
    this.#digest = this.#hash.digest("hex");
    return this.#digest;
  }

  #readRest(buffer: Uint8Array): void {
    while (this.#hashed < this.size) {
      if (this.read(this.#hashed, buffer, 0, buffer.length) === 0) break;
    }
  }
}
