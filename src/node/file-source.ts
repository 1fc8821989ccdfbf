import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { ByteSource } from "../base/byte-source.ts";

/** A file on disk, opened for reading only. */
export class FileSource implements ByteSource {
  readonly size: number;
  readonly #fd: number;

  constructor(path: string) {
    this.#fd = openSync(path, constants.O_RDONLY);
    this.size = fstatSync(this.#fd).size;
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    let done = 0;
    while (done < length) {
      const count = readSync(this.#fd, target, targetOffset + done, length - done, position + done);
      if (count === 0) break;
      done += count;
    }
    return done;
  }

  close(): void {
    closeSync(this.#fd);
  }
}
