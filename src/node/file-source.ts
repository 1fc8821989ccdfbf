import { closeSync, constants, fstatSync, openSync } from "node:fs";
import type { ByteSource } from "../base/byte-source.ts";
import { readAt } from "./read-at.ts";

/** A file on disk, opened for reading only. */
export class FileSource implements ByteSource {
  readonly size: number;
  readonly #fd: number;

  constructor(path: string) {
    this.#fd = openSync(path, constants.O_RDONLY);
    this.size = fstatSync(this.#fd).size;
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    return readAt(this.#fd, position, target, targetOffset, length);
  }

  close(): void {
    closeSync(this.#fd);
  }
}
