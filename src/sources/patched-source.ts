import type { ByteSource } from "../base/byte-source.ts";
import { MediumError } from "./source-problem.ts";

/** Damage is looked at in pieces of this size, so that little is lost around it. */
const PIECE = 4096;

/** Another source whose unreadable places read as zeros; each is told of, and what lies around it is kept. */
export class PatchedSource implements ByteSource {
  readonly size: number;
  readonly #source: ByteSource;
  readonly #onGap: (position: number, bytes: number, reason: string) => void;
  #next = -1;

  constructor(
    source: ByteSource,
    onGap: (position: number, bytes: number, reason: string) => void,
  ) {
    this.#source = source;
    this.size = source.size;
    this.#onGap = onGap;
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    try {
      return this.#source.read(position, target, targetOffset, length);
    } catch (error) {
      if (!(error instanceof MediumError)) throw error;
    }
    const total = Math.max(Math.min(length, this.size - position), 0);
    for (let done = 0; done < total; ) {
      const at = position + done;
      const count = Math.min(PIECE - (at % PIECE), total - done);
      try {
        this.#source.read(at, target, targetOffset + done, count);
      } catch (error) {
        if (!(error instanceof MediumError)) throw error;
        target.fill(0, targetOffset + done, targetOffset + done + count);
        if (at >= this.#next) {
          this.#onGap(at, count, error.message);
          this.#next = at + count;
        }
      }
      done += count;
    }
    return total;
  }
}
