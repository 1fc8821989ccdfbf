import type { ByteSource } from "../base/byte-source.ts";

/** Part of another source: a partition of a disk, a stored entry of an archive. Never reads outside itself. */
export class SliceSource implements ByteSource {
  readonly size: number;
  readonly #source: ByteSource;
  readonly #start: number;

  /** What lies beyond the end of `source` is not part of the slice. */
  constructor(source: ByteSource, start: number, size: number) {
    this.#source = source;
    this.#start = Math.min(Math.max(start, 0), source.size);
    this.size = Math.max(Math.min(size, source.size - this.#start), 0);
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    if (position < 0 || position >= this.size) return 0;
    const count = Math.min(length, this.size - position);
    return this.#source.read(this.#start + position, target, targetOffset, count);
  }
}
