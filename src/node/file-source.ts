import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { ByteSource } from "../base/byte-source.ts";

/** A file on disk, opened for reading only. Hashes what is read from front to back as it goes by. */
export class FileSource implements ByteSource {
  readonly size: number;
  readonly #fd: number;
  readonly #hash = createHash("sha256");
  #hashed = 0;
  #digest: string | undefined;

  constructor(path: string) {
    this.#fd = openSync(path, constants.O_RDONLY);
    this.size = fstatSync(this.#fd).size;
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    const done = this.readOnly(position, target, targetOffset, length);
    if (position === this.#hashed && done > 0) {
      this.#hash.update(target.subarray(targetOffset, targetOffset + done));
      this.#hashed += done;
    }
    return done;
  }

  /** As `read`, without hashing. */
  readOnly(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    let done = 0;
    while (done < length) {
      const count = readSync(this.#fd, target, targetOffset + done, length - done, position + done);
      if (count === 0) break;
      done += count;
    }
    return done;
  }

  /** Hex SHA-256 of the whole file; reads what has not gone by yet. */
  sha256(): string {
    if (this.#digest !== undefined) return this.#digest;
    const rest = new Uint8Array(1024 * 1024);
    while (this.#hashed < this.size) {
      if (this.read(this.#hashed, rest, 0, rest.length) === 0) break;
    }
    this.#digest = this.#hash.digest("hex");
    return this.#digest;
  }

  close(): void {
    closeSync(this.#fd);
  }
}
