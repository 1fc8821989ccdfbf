import type { ByteSource } from "../../base/byte-source.ts";
import { MediumError } from "../source-problem.ts";
import type { DataRun } from "./data-runs.ts";
import { decompressLznt1 } from "./lznt1.ts";
import { type ClusterReader, RunSource } from "./run-source.ts";

/**
 * A stream that NTFS compressed: units of (mostly) 16 clusters, each stored as it is, compressed into fewer clusters, or
 * not at all (zeros). Keeps the unit last read.
 */
export class CompressedSource implements ByteSource {
  readonly size: number;
  readonly #stored: RunSource;
  readonly #runs: readonly DataRun[];
  readonly #unitClusters: number;
  readonly #clusterSize: number;
  readonly #initialized: number;
  readonly #unit: Uint8Array;
  readonly #packed: Uint8Array;
  #unitAt = -1;
  #search = 0;

  constructor(
    clusters: ClusterReader,
    runs: readonly DataRun[],
    size: number,
    initializedSize: number,
    unitClusters: number,
  ) {
    const bytes = unitClusters * clusters.clusterSize;
    const end = Math.ceil(size / bytes) * bytes;
    this.size = size;
    this.#stored = new RunSource(clusters, runs, end, end);
    this.#runs = runs;
    this.#unitClusters = unitClusters;
    this.#clusterSize = clusters.clusterSize;
    this.#initialized = Math.min(initializedSize, size);
    this.#unit = new Uint8Array(bytes);
    this.#packed = new Uint8Array(bytes);
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    if (position < 0 || position >= this.size) return 0;
    const total = Math.min(length, this.size - position);
    const stored = Math.min(Math.max(this.#initialized - position, 0), total);
    for (let done = 0; done < stored; ) {
      const at = position + done;
      const number = Math.floor(at / this.#unit.length);
      this.#load(number);
      const within = at - number * this.#unit.length;
      const count = Math.min(stored - done, this.#unit.length - within);
      target.set(this.#unit.subarray(within, within + count), targetOffset + done);
      done += count;
    }
    target.fill(0, targetOffset + stored, targetOffset + total);
    return total;
  }

  #load(number: number): void {
    if (number === this.#unitAt) return;
    this.#unitAt = -1;
    const first = number * this.#unitClusters;
    const kept = this.#storedClusters(first);
    const start = number * this.#unit.length;
    if (kept === 0) this.#unit.fill(0);
    else if (kept === this.#unitClusters)
      this.#stored.read(start, this.#unit, 0, this.#unit.length);
    else {
      const length = kept * this.#clusterSize;
      this.#stored.read(start, this.#packed, 0, length);
      if (decompressLznt1(this.#packed.subarray(0, length), this.#unit) === undefined)
        throw new MediumError(`compressed data is damaged at byte ${start} of ${this.size}`);
    }
    this.#unitAt = number;
  }

  /** How many clusters of a unit are stored: they stand at its start. */
  #storedClusters(first: number): number {
    const end = first + this.#unitClusters;
    const runs = this.#runs;
    // Mostly read front to back: go on from the run found last.
    let at = (runs[this.#search]?.first ?? 0) <= first ? this.#search : 0;
    while (at < runs.length && runs[at]!.first + runs[at]!.count <= first) at++;
    this.#search = Math.min(at, Math.max(runs.length - 1, 0));
    let kept = 0;
    for (; at < runs.length && runs[at]!.first < end; at++) {
      const run = runs[at]!;
      if (run.cluster < 0) break;
      kept += Math.min(run.first + run.count, end) - Math.max(run.first, first);
    }
    return kept;
  }
}
