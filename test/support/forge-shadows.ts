/** Writes volume shadow copies as Windows lays them out, so that their reading can be tested without a Windows image. */

const BLOCK = 16_384;
const IDENTIFIER = [
  0x6b, 0x87, 0x08, 0x38, 0x76, 0xc1, 0x48, 0x4e, 0xb7, 0xae, 0x04, 0x04, 0x6e, 0x6c, 0xc7, 0x52,
];
/** 2026-03-02T08:00:00Z in 100 ns since 1601. */
const FIRST_TIME = 134_169_120_000_000_000n;
const HOUR = 36_000_000_000n;

export interface ForgedDescriptor {
  readonly original: number;
  readonly relative?: number;
  readonly offset?: number;
  readonly flags: number;
  readonly bitmap?: number;
}

/** Appends blocks behind a volume and writes into them. */
export class ShadowForge {
  readonly size: number;
  #bytes: Uint8Array;

  constructor(current: Uint8Array) {
    this.size = current.length;
    this.#bytes = current.slice();
  }

  /** A new block with this content; returns its offset. */
  block(content: Uint8Array): number {
    const at = this.#bytes.length;
    const grown = new Uint8Array(at + BLOCK);
    grown.set(this.#bytes);
    grown.set(content.subarray(0, BLOCK), at);
    this.#bytes = grown;
    return at;
  }

  /** A store's block list; returns its offset. At most 500 descriptors a block. */
  blockList(descriptors: readonly ForgedDescriptor[]): number {
    let next = 0;
    for (let from = Math.floor(descriptors.length / 500) * 500; from >= 0; from -= 500) {
      const bytes = new Uint8Array(BLOCK);
      const view = new DataView(bytes.buffer);
      descriptors.slice(from, from + 500).forEach((descriptor, i) => {
        const at = 128 + i * 32;
        view.setBigUint64(at, BigInt(descriptor.original), true);
        view.setBigUint64(at + 8, BigInt(descriptor.relative ?? 0), true);
        view.setBigUint64(at + 16, BigInt(descriptor.offset ?? 0), true);
        view.setUint32(at + 24, descriptor.flags, true);
        view.setUint32(at + 28, descriptor.bitmap ?? 0, true);
      });
      next = this.#headed(bytes, 3, next);
    }
    return next;
  }

  /** Writes header and catalog for these stores (oldest first, given youngest first in the catalog) and returns the volume. */
  finish(blockLists: readonly number[]): Uint8Array {
    const catalog = new Uint8Array(BLOCK);
    const view = new DataView(catalog.buffer);
    const stores = blockLists.map((at, index) => {
      // A store header and an empty bitmap, as readers other than ours want them.
      const header = this.#headed(new Uint8Array(BLOCK), 4, 0);
      const bitmap = this.#headed(new Uint8Array(BLOCK), 6, 0);
      const ranges = this.#headed(new Uint8Array(BLOCK), 5, 0);
      return { at, index, header, bitmap, ranges };
    });
    stores.reverse().forEach(({ at, index, header, bitmap, ranges }, slot) => {
      const first = 128 + slot * 256;
      const id = new Uint8Array(16).fill(index + 1);
      view.setBigUint64(first, 2n, true);
      view.setBigUint64(first + 8, BigInt(this.size), true);
      catalog.set(id, first + 16);
      view.setBigUint64(first + 32, BigInt(index + 1), true);
      view.setBigUint64(first + 48, FIRST_TIME + HOUR * BigInt(index), true);
      view.setBigUint64(first + 128, 3n, true);
      view.setBigUint64(first + 136, BigInt(at), true);
      catalog.set(id, first + 144);
      view.setBigUint64(first + 160, BigInt(header), true);
      view.setBigUint64(first + 168, BigInt(ranges), true);
      view.setBigUint64(first + 176, BigInt(bitmap), true);
    });
    const catalogAt = this.#headed(catalog, 2, 0);
    const header = new DataView(this.#bytes.buffer, 7680, 128);
    this.#bytes.set(IDENTIFIER, 7680);
    header.setUint32(16, 1, true);
    header.setUint32(20, 1, true);
    header.setBigUint64(24, 7680n, true);
    header.setBigUint64(48, BigInt(catalogAt), true);
    return this.#bytes;
  }

  #headed(bytes: Uint8Array, type: number, next: number): number {
    const at = this.#bytes.length;
    const view = new DataView(bytes.buffer);
    bytes.set(IDENTIFIER, 0);
    view.setUint32(16, 1, true);
    view.setUint32(20, type, true);
    view.setBigUint64(32, BigInt(at), true);
    view.setBigUint64(40, BigInt(next), true);
    return this.block(bytes);
  }
}

/** A volume whose shadow copies are `states` without the last, which is how it is now. All of one length. */
export function forgeShadows(states: readonly Uint8Array[]): Uint8Array {
  const forge = new ShadowForge(states.at(-1)!);
  const lists: number[] = [];
  for (const [index, state] of states.slice(0, -1).entries()) {
    const next = states[index + 1]!;
    const descriptors: ForgedDescriptor[] = [];
    for (let at = 0; at < state.length; at += BLOCK) {
      const old = state.subarray(at, at + BLOCK);
      if (old.every((byte, i) => byte === next[at + i])) continue;
      descriptors.push({ original: at, offset: forge.block(old), flags: 0 });
    }
    lists.push(forge.blockList(descriptors));
  }
  return forge.finish(lists);
}
