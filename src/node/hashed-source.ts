import { createHash } from "node:crypto";
import type { ByteSource } from "../base/byte-source.ts";

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
    const rest = new Uint8Array(1024 * 1024);
    while (this.#hashed < this.size) {
      if (this.read(this.#hashed, rest, 0, rest.length) === 0) break;
    }
    this.#digest = this.#hash.digest("hex");
    return this.#digest;
  }
}
