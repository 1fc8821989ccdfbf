import type { ByteSource } from "../../base/byte-source.ts";
import { MediumError } from "../source-problem.ts";
import type { DataRun } from "./data-runs.ts";

/** The clusters of a volume by number. */
export interface ClusterReader {
  readonly volume: ByteSource;
  readonly clusterSize: number;
}

/**
 * A non-resident stream: its runs in order, zeros where nothing is stored and beyond its initialised size. Throws a
 * MediumError where the image ends before the stream does, or where an extent is lost.
 */
export class RunSource implements ByteSource {
  readonly size: number;
  readonly #clusters: ClusterReader;
  readonly #runs: readonly DataRun[];
  readonly #initialized: number;
  #last = 0;

  constructor(
    clusters: ClusterReader,
    runs: readonly DataRun[],
    size: number,
    initializedSize: number,
  ) {
    this.#clusters = clusters;
    this.#runs = runs;
    this.size = size;
    this.#initialized = Math.min(initializedSize, size);
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    if (position < 0 || position >= this.size) return 0;
    const total = Math.min(length, this.size - position);
    const stored = Math.min(Math.max(this.#initialized - position, 0), total);
    for (let done = 0; done < stored; )
      done += this.#piece(position + done, target, targetOffset + done, stored - done);
    target.fill(0, targetOffset + stored, targetOffset + total);
    return total;
  }

  /** Reads from one run; returns how much. */
  #piece(position: number, target: Uint8Array, at: number, length: number): number {
    const { volume, clusterSize } = this.#clusters;
    const run = this.#runAt(Math.floor(position / clusterSize));
    if (run === undefined)
      throw new MediumError(`no cluster is known for byte ${position} of ${this.size}`);
    const within = position - run.first * clusterSize;
    const count = Math.min(length, run.count * clusterSize - within);
    if (run.cluster < 0) {
      target.fill(0, at, at + count);
      return count;
    }
    const from = run.cluster * clusterSize + within;
    const got = volume.read(from, target, at, count);
    if (got < count)
      throw new MediumError(`the image ends at byte ${from + got}, before the file does`);
    return count;
  }

  /** The run that holds a cluster of the stream. */
  #runAt(vcn: number): DataRun | undefined {
    const runs = this.#runs;
    const last = runs[this.#last];
    if (last !== undefined && vcn >= last.first && vcn < last.first + last.count) return last;
    let low = 0;
    let high = runs.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const run = runs[middle]!;
      if (vcn < run.first) high = middle - 1;
      else if (vcn >= run.first + run.count) low = middle + 1;
      else {
        this.#last = middle;
        return run;
      }
    }
    return undefined;
  }
}
