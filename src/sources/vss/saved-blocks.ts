import type { ByteSource } from "../../base/byte-source.ts";
import { MediumError } from "../source-problem.ts";
import {
  BLOCK_HEADER_SIZE,
  DESCRIPTOR,
  DESCRIPTOR_SIZE,
  isVssBlock,
  RECORD,
  VSS_BLOCK,
  VSS_LIMITS,
} from "./vss-format.ts";

/** Where a block of a copy lies. */
export interface SavedBlock {
  /** On the volume; of a forwarder the block of the next younger copy that holds it. */
  readonly offset: number;
  readonly isForwarder: boolean;
}

/** Sectors of a block that were saved apart: one bit each 512 bytes, the lowest is the first. */
export interface SavedOverlay {
  readonly offset: number;
  readonly bitmap: number;
}

/** The blocks that one shadow copy saved, by block number. Read when the first is asked for. */
export class SavedBlocks {
  readonly #volume: ByteSource;
  readonly #listAt: number;
  #blocks: Map<number, SavedBlock> | undefined;
  #overlays = new Map<number, SavedOverlay>();

  constructor(volume: ByteSource, listAt: number) {
    this.#volume = volume;
    this.#listAt = listAt;
  }

  /** Throws a MediumError when the list of blocks is damaged: what it does not name may have changed. */
  block(number: number): SavedBlock | undefined {
    return this.#load().get(number);
  }

  overlay(number: number): SavedOverlay | undefined {
    this.#load();
    return this.#overlays.get(number);
  }

  #load(): Map<number, SavedBlock> {
    if (this.#blocks !== undefined) return this.#blocks;
    const blocks = new Map<number, SavedBlock>();
    /** By the block that a forwarder points to: which block it stands for. */
    const forwarded = new Map<number, number>();
    const bytes = new Uint8Array(VSS_BLOCK);
    const view = new DataView(bytes.buffer);
    const seen = new Set<number>();
    for (let at = this.#listAt; at !== 0; at = Number(view.getBigUint64(40, true))) {
      if (
        seen.has(at) ||
        !Number.isSafeInteger(at) ||
        this.#volume.read(at, bytes, 0, VSS_BLOCK) < VSS_BLOCK ||
        !isVssBlock(bytes, RECORD.blockList)
      )
        throw new MediumError(`the shadow copy's list of blocks is damaged at byte ${at}`);
      seen.add(at);
      for (
        let entry = BLOCK_HEADER_SIZE;
        entry + DESCRIPTOR_SIZE <= VSS_BLOCK;
        entry += DESCRIPTOR_SIZE
      )
        this.#take(view, entry, blocks, forwarded);
      if (blocks.size > VSS_LIMITS.descriptors)
        throw new MediumError(`the shadow copy saved more than ${VSS_LIMITS.descriptors} blocks`);
    }
    this.#blocks = blocks;
    return blocks;
  }

  #take(
    view: DataView,
    at: number,
    blocks: Map<number, SavedBlock>,
    forwarded: Map<number, number>,
  ): void {
    const original = Number(view.getBigUint64(at, true));
    const relative = Number(view.getBigUint64(at + 8, true));
    const offset = Number(view.getBigUint64(at + 16, true));
    const flags = view.getUint32(at + 24, true);
    if (flags & DESCRIPTOR.unused || (original === 0 && relative === 0 && offset === 0)) return;
    let number = Math.floor(original / VSS_BLOCK);
    if (flags & DESCRIPTOR.overlay) {
      const known = this.#overlays.get(number);
      const bitmap = view.getUint32(at + 28, true);
      this.#overlays.set(
        number,
        known === undefined ? { offset, bitmap } : { ...known, bitmap: known.bitmap | bitmap },
      );
      return;
    }
    // A descriptor for the block that a forwarder points to says where that forwarder's data is now.
    const standsFor = forwarded.get(number);
    if (standsFor !== undefined) {
      forwarded.delete(number);
      number = standsFor;
    }
    const isForwarder = (flags & DESCRIPTOR.forwarder) !== 0;
    if (isForwarder && Math.floor(relative / VSS_BLOCK) === number) return;
    blocks.set(number, { offset: isForwarder ? relative : offset, isForwarder });
    if (isForwarder) forwarded.set(Math.floor(relative / VSS_BLOCK), number);
  }
}
