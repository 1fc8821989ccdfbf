import type { ByteSource } from "../../base/byte-source.ts";
import { MediumError } from "../source-problem.ts";

/** Where the content of a block is: nowhere (zeros), at a place of a source, or made by unpacking. */
export type BlockPlace =
  | undefined
  | { readonly source: ByteSource; readonly position: number }
  | { unpack(): Uint8Array };

/** Unpacked blocks that are kept: enough for the MFT and a log to be read side by side. */
const CACHED_BYTES = 16 * 1024 * 1024;

/** A virtual disk made of blocks of one size that are looked up one by one. */
export class BlockDisk implements ByteSource {
  readonly size: number;
  readonly #blockSize: number;
  readonly #placeOf: (block: number) => BlockPlace;
  readonly #unpacked = new Map<number, Uint8Array>();
  readonly #mostCached: number;

  constructor(size: number, blockSize: number, placeOf: (block: number) => BlockPlace) {
    this.size = size;
    this.#blockSize = blockSize;
    this.#placeOf = placeOf;
    this.#mostCached = Math.max(Math.floor(CACHED_BYTES / blockSize), 2);
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    if (position < 0 || position >= this.size) return 0;
    const wanted = Math.min(length, this.size - position);
    for (let done = 0; done < wanted; ) {
      const at = position + done;
      const block = Math.floor(at / this.#blockSize);
      const within = at - block * this.#blockSize;
      const count = Math.min(this.#blockSize - within, wanted - done);
      this.#readBlock(block, within, target, targetOffset + done, count);
      done += count;
    }
    return wanted;
  }

  #readBlock(block: number, within: number, target: Uint8Array, to: number, count: number): void {
    const kept = this.#unpacked.get(block);
    const place = kept === undefined ? this.#placeOf(block) : undefined;
    if (kept === undefined && (place === undefined || "source" in place)) {
      let done = 0;
      if (place !== undefined) {
        const { source, position } = place;
        // The last block of a disk may end with its file.
        done = source.read(position + within, target, to, count);
        if (done < count && block < Math.floor(this.size / this.#blockSize))
          throw new MediumError(
            `block ${block} is cut off at ${position + within + done} by the end of the file`,
          );
      }
      target.fill(0, to + done, to + count);
      return;
    }
    const bytes = kept ?? this.#unpack(block, place as { unpack(): Uint8Array });
    const part = bytes.subarray(within, within + count);
    target.set(part, to);
    target.fill(0, to + part.length, to + count);
  }

  #unpack(block: number, place: { unpack(): Uint8Array }): Uint8Array {
    const bytes = place.unpack();
    if (this.#unpacked.size >= this.#mostCached) {
      const oldest = this.#unpacked.keys().next();
      if (!oldest.done) this.#unpacked.delete(oldest.value);
    }
    this.#unpacked.set(block, bytes);
    return bytes;
  }
}
