import { crc32Table } from "../../src/base/crc32.ts";

const CHUNK = 65_536;
const PAGE = 4096;
const FIRST_RECORD = 512;
const FREE_SPACE = 48;

/** The same numbers for the same seed (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * limit);
  }

  pick<T>(of: readonly T[]): T {
    return of[this.below(of.length)]!;
  }
}

type Mutation = (
  bytes: Uint8Array,
  view: DataView,
  dice: Dice,
  others: readonly Uint8Array[],
) => void;

/** Numbers that parsers get wrong. */
const EVIL = [0, 1, 7, 27, 28, 0x7f, 0xff, 0xfff, 0xffff, 0x1_0000, 0x7fff_ffff, 0xffff_ffff];

/** What happens to chunks on real disks, and what those who want a reader to fall do to them. */
const MUTATIONS: readonly Mutation[] = [
  // Flipped bits, anywhere.
  (bytes, _view, dice) => {
    for (let i = 1 + dice.below(40); i > 0; i--) bytes[dice.below(CHUNK)]! ^= 1 << dice.below(8);
  },
  // Flipped bits in the header and its tables.
  (bytes, _view, dice) => {
    for (let i = 1 + dice.below(8); i > 0; i--) bytes[dice.below(512)] = dice.below(256);
  },
  // Pages of another chunk: a torn write.
  (bytes, _view, dice, others) => {
    const page = PAGE * dice.below(CHUNK / PAGE);
    const to = page + PAGE * (1 + dice.below((CHUNK - page) / PAGE));
    bytes.set(dice.pick(others).subarray(page, to), page);
  },
  // Zeroed pages.
  (bytes, _view, dice) => {
    const page = PAGE * dice.below(CHUNK / PAGE);
    bytes.fill(0, page, Math.min(CHUNK, page + PAGE * (1 + dice.below(3))));
  },
  // Evil numbers in counts, sizes and offsets of records.
  (bytes, view, dice) => {
    const used = usedBytes(view);
    for (let i = 1 + dice.below(12); i > 0; i--) {
      const at = FIRST_RECORD + dice.below(Math.max(1, used - FIRST_RECORD - 4));
      if (dice.below(2) === 0) view.setUint32(at, dice.pick(EVIL), true);
      else view.setUint16(at, dice.pick(EVIL) & 0xffff, true);
    }
    bytes[FIRST_RECORD]! |= 0;
  },
  // References to definitions and names led elsewhere, in circles too.
  (_bytes, view, dice) => {
    for (let i = 1 + dice.below(20); i > 0; i--) {
      const at = 128 + 4 * dice.below(96);
      view.setUint32(at, 8 * dice.below(CHUNK / 8), true);
    }
    for (let i = 1 + dice.below(20); i > 0; i--)
      view.setUint32(FIRST_RECORD + dice.below(CHUNK - 600), 8 * dice.below(CHUNK / 8), true);
  },
  // The free-space offset moved: live records become slack, or slack live.
  (_bytes, view, dice) => {
    view.setUint32(FREE_SPACE, dice.below(3) === 0 ? dice.pick(EVIL) : 8 * dice.below(8200), true);
  },
  // Records that swallow their neighbours.
  (_bytes, view, dice) => {
    const starts = recordStarts(view);
    for (let i = 1 + dice.below(4); i > 0 && starts.length > 3; i--) {
      const first = dice.below(starts.length - 2);
      const from = starts[first]!;
      const to = starts[Math.min(first + 1 + dice.below(4), starts.length - 1)]!;
      view.setUint32(from + 4, to - from, true);
      view.setUint32(to - 4, to - from, true);
    }
  },
  // Record headers sown everywhere, their sizes overlapping.
  (_bytes, view, dice) => {
    for (let i = 1 + dice.below(400); i > 0; i--) {
      const at = FIRST_RECORD + 8 * dice.below((CHUNK - FIRST_RECORD) / 8 - 8);
      const size = 8 * (4 + dice.below(Math.min(2000, (CHUNK - at) / 8 - 4)));
      view.setUint32(at, 0x2a2a, true);
      view.setUint32(at + 4, size, true);
      view.setUint32(at + 20, 0x01dc_0000, true);
      view.setUint32(at + size - 4, size, true);
    }
  },
  // A stretch moved within the chunk.
  (bytes, _view, dice) => {
    const length = 8 * dice.below(1000);
    const from = 8 * dice.below((CHUNK - length) / 8);
    bytes.copyWithin(8 * dice.below((CHUNK - length) / 8), from, from + length);
  },
  // The header gone.
  (bytes) => {
    bytes.fill(0, 0, 128);
  },
];

/** A copy of `chunk` with one to three kinds of damage; half of the time its checksums fit again. */
export function mutateChunk(
  chunk: Uint8Array,
  others: readonly Uint8Array[],
  dice: Dice,
): Uint8Array {
  const bytes = Uint8Array.from(chunk);
  const view = new DataView(bytes.buffer);
  for (let i = 1 + dice.below(3); i > 0; i--) dice.pick(MUTATIONS)(bytes, view, dice, others);
  if (dice.below(2) === 0) seal(bytes, view);
  return bytes;
}

function usedBytes(view: DataView): number {
  return Math.min(Math.max(view.getUint32(FREE_SPACE, true), FIRST_RECORD + 8), CHUNK);
}

function recordStarts(view: DataView): number[] {
  const starts: number[] = [];
  const used = usedBytes(view);
  for (let at = FIRST_RECORD; at + 28 <= used && view.getUint32(at, true) === 0x2a2a; ) {
    starts.push(at);
    const size = view.getUint32(at + 4, true);
    if (size < 28 || at + size > used) break;
    at += size;
  }
  return starts;
}

function seal(bytes: Uint8Array, view: DataView): void {
  view.setUint32(52, crc32Table(bytes, FIRST_RECORD, usedBytes(view), 0), true);
  view.setUint32(124, crc32Table(bytes, 128, 512, crc32Table(bytes, 0, 120, 0)), true);
}
