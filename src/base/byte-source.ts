/**
 * Random access to the bytes of one piece of evidence: a file, an entry of an archive, a file inside
 * a disk image, a buffer in a browser. Everything that reads evidence reads through this.
 */
export interface ByteSource {
  /** Length in bytes. */
  readonly size: number;
  /**
   * Copies up to `length` bytes from `position` into `target` at `targetOffset`; returns how many were
   * copied, fewer than `length` only at the end of the source. Throws when the medium fails.
   */
  read(position: number, target: Uint8Array, targetOffset: number, length: number): number;
}

/** A ByteSource over bytes already in memory. */
export class MemorySource implements ByteSource {
  readonly size: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.size = bytes.length;
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    const from = Math.min(Math.max(position, 0), this.size);
    const end = Math.min(from + length, this.size);
    target.set(this.#bytes.subarray(from, end), targetOffset);
    return end - from;
  }
}
