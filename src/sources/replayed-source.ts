import type { ByteSource } from "../base/byte-source.ts";

/** A file as it would be once its log is written into it: whole sectors are replaced, `null` by zeros. The file stays as it is. */
export class ReplayedSource implements ByteSource {
  readonly size: number;
  readonly #source: ByteSource;
  readonly #changes: ReadonlyMap<number, Uint8Array | null>;
  readonly #sector: number;

  /** `changes` by the number of the sector, `sector` bytes each. */
  constructor(source: ByteSource, changes: ReadonlyMap<number, Uint8Array | null>, sector: number) {
    this.#source = source;
    this.#changes = changes;
    this.#sector = sector;
    let size = source.size;
    for (const number of changes.keys()) size = Math.max(size, (number + 1) * sector);
    this.size = size;
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    const size = this.#sector;
    const count = Math.max(Math.min(length, this.size - position), 0);
    const done = this.#source.read(position, target, targetOffset, count);
    target.fill(0, targetOffset + done, targetOffset + count);
    for (let sector = Math.floor(position / size); sector * size < position + count; sector++) {
      const change = this.#changes.get(sector);
      if (change === undefined) continue;
      const from = Math.max(sector * size, position);
      const to = Math.min((sector + 1) * size, position + count);
      const at = targetOffset + from - position;
      if (change === null) target.fill(0, at, at + to - from);
      else target.set(change.subarray(from - sector * size, to - sector * size), at);
    }
    return count;
  }
}
