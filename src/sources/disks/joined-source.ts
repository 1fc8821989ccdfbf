import type { ByteSource } from "../../base/byte-source.ts";

/** Several sources one after the other. */
export class JoinedSource implements ByteSource {
  readonly size: number;
  readonly #pieces: readonly ByteSource[];
  readonly #starts: readonly number[];

  constructor(pieces: readonly ByteSource[]) {
    const starts: number[] = [];
    let size = 0;
    for (const piece of pieces) {
      starts.push(size);
      size += piece.size;
    }
    this.#pieces = pieces;
    this.#starts = starts;
    this.size = size;
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    let done = 0;
    for (let i = this.#pieceAt(position); i < this.#pieces.length && done < length; i++) {
      const piece = this.#pieces[i]!;
      const within = position + done - this.#starts[i]!;
      const count = Math.min(length - done, piece.size - within);
      if (count <= 0) continue;
      const read = piece.read(within, target, targetOffset + done, count);
      done += read;
      if (read < count) break;
    }
    return done;
  }

  #pieceAt(position: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= position) low = middle;
      else high = middle - 1;
    }
    return Math.max(low, 0);
  }
}

/** Zeros of a given length. */
export class ZeroSource implements ByteSource {
  readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    const count = Math.max(Math.min(length, this.size - position), 0);
    target.fill(0, targetOffset, targetOffset + count);
    return count;
  }
}
