import type { ByteSource } from "../../base/byte-source.ts";
import type { IssueSink } from "../../model/issue.ts";
import { SavedBlocks } from "./saved-blocks.ts";
import { readShadowCatalog, type ShadowCopy } from "./shadow-catalog.ts";
import { VSS_BLOCK } from "./vss-format.ts";

const SECTOR = 512;

/** A shadow copy and the volume as it was then. */
export interface OpenShadowCopy extends ShadowCopy {
  readonly volume: ByteSource;
}

/** All shadow copies of a volume, oldest first. */
export function openShadowCopies(
  volume: ByteSource,
  name: string,
  onIssue: IssueSink,
): OpenShadowCopy[] {
  const copies = readShadowCatalog(volume, name, onIssue);
  const stores = copies.map(({ blockListAt }) => new SavedBlocks(volume, blockListAt));
  return copies.map((copy, index) => ({
    ...copy,
    volume: new ShadowSource(volume, stores.slice(index), copy.volumeSize),
  }));
}

/**
 * The volume as it was when a shadow copy was made: what this copy saved, else what the next younger one did, …, else the
 * volume as it is. Blocks that were not in use then are not zeroed: they hold what the volume has there now.
 */
class ShadowSource implements ByteSource {
  readonly size: number;
  readonly #volume: ByteSource;
  /** This copy's and all younger ones', in order of age. */
  readonly #stores: readonly SavedBlocks[];

  constructor(volume: ByteSource, stores: readonly SavedBlocks[], size: number) {
    this.#volume = volume;
    this.#stores = stores;
    // A catalog with a wrong size was met in the wild: the volume's own counts then.
    this.size = size > 0 && size <= volume.size ? size : volume.size;
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    if (position < 0 || position >= this.size) return 0;
    const total = Math.min(length, this.size - position);
    let done = 0;
    while (done < total) {
      const at = position + done;
      const within = at % VSS_BLOCK;
      const count = Math.min(total - done, VSS_BLOCK - within);
      const got = this.#piece(
        (at - within) / VSS_BLOCK,
        within,
        target,
        targetOffset + done,
        count,
      );
      done += got;
      if (got < count) break;
    }
    return done;
  }

  /** Reads within one block. */
  #piece(block: number, within: number, target: Uint8Array, at: number, length: number): number {
    const overlay = this.#stores[0]?.overlay(block);
    if (overlay === undefined) return this.#saved(block, within, target, at, length);
    let done = 0;
    while (done < length) {
      const position = within + done;
      const sector = Math.floor(position / SECTOR);
      const count = Math.min(length - done, SECTOR - (position % SECTOR));
      const got =
        (overlay.bitmap >>> sector) & 1
          ? this.#volume.read(overlay.offset + position, target, at + done, count)
          : this.#saved(block, position, target, at + done, count);
      done += got;
      if (got < count) break;
    }
    return done;
  }

  #saved(block: number, within: number, target: Uint8Array, at: number, length: number): number {
    let number = block;
    for (const [index, store] of this.#stores.entries()) {
      const saved = store.block(number);
      if (saved === undefined) continue;
      if (saved.isForwarder && index + 1 < this.#stores.length) {
        number = Math.floor(saved.offset / VSS_BLOCK);
        continue;
      }
      return this.#volume.read(saved.offset + within, target, at, length);
    }
    return this.#volume.read(number * VSS_BLOCK + within, target, at, length);
  }
}
