import type { ByteSource } from "../../base/byte-source.ts";
import { platform } from "../../base/platform.ts";
import { startsWith } from "../source-kinds.ts";
import { MediumError, type SourceProblem } from "../source-problem.ts";
import { isDirty, readBaseBlock } from "./replay-hive-logs.ts";

const HIVE_BINS = 4096;
const NONE = 0xffffffff;
const LIMITS = {
  /** SOFTWARE hives of old machines reach 200 MiB; larger cells than this hold no settings. */
  valueBytes: 1024 * 1024,
  subkeys: 100_000,
  values: 100_000,
  /** Lists of subkeys of one key: each names up to 1000 subkeys in real hives. */
  lists: 1000,
  /** Index roots point to index leaves: two levels, and no more. */
  listDepth: 2,
} as const;

/** Types of values that are read as more than bytes. */
const TYPE = { text: 1, expandable: 2, number: 4, numberBigEndian: 5, texts: 7, long: 11 } as const;

/**
 * A registry hive (`regf`), read only, cell by cell. Damage is met as absence: what a cell outside the hive would hold is not there. Layout:
 * "Windows NT Registry File (REGF) format", libregf project.
 */
export class RegistryHive {
  readonly root: RegistryKey;
  /** False when the hive was in use when it was copied: the last changes may be in its log only. */
  readonly isClean: boolean;

  private constructor(source: ByteSource, root: number, isClean: boolean) {
    this.root = new RegistryKey(new Cells(source), root);
    this.isClean = isClean;
  }

  static open(source: ByteSource): RegistryHive | SourceProblem {
    const header = new Uint8Array(512);
    let length = 0;
    try {
      length = source.read(0, header, 0, header.length);
    } catch (error) {
      return { problem: (error as Error).message };
    }
    if (length < header.length || !startsWith(header, 0, "regf"))
      return { problem: "no registry hive: no regf signature" };
    const view = new DataView(header.buffer);
    const base = readBaseBlock(header);
    return new RegistryHive(source, view.getUint32(36, true), base !== undefined && !isDirty(base));
  }
}

/** Reads cells; their offsets count from the first hive bin. */
class Cells {
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** The content of a cell, at most `most` bytes of it; undefined where there is none. */
  at(offset: number, most: number): DataView | undefined {
    const head = new Uint8Array(4);
    if (offset === NONE || !this.#read(HIVE_BINS + offset, head)) return undefined;
    const size = Math.abs(new DataView(head.buffer).getInt32(0, true)) - 4;
    if (size <= 0) return undefined;
    const bytes = new Uint8Array(Math.min(size, most, this.#source.size));
    if (!this.#read(HIVE_BINS + offset + 4, bytes)) return undefined;
    return new DataView(bytes.buffer);
  }

  #read(position: number, target: Uint8Array): boolean {
    try {
      return this.#source.read(position, target, 0, target.length) === target.length;
    } catch (error) {
      if (error instanceof MediumError) return false;
      throw error;
    }
  }
}

/** A key of a hive. Names are compared without regard to case, as Windows does. */
export class RegistryKey {
  readonly name: string;
  readonly #cells: Cells;
  readonly #node: DataView | undefined;

  constructor(cells: Cells, offset: number) {
    this.#cells = cells;
    const node = cells.at(offset, 76 + 512);
    this.#node =
      node !== undefined && node.byteLength >= 76 && signature(node) === "nk" ? node : undefined;
    this.name = this.#node === undefined ? "" : nameAt(this.#node, 72, 76, 2, 0x20);
  }

  /** The key below this one at `A\B\C`. */
  key(path: string): RegistryKey | undefined {
    let key: RegistryKey | undefined = this;
    for (const part of path.split("\\")) {
      const wanted = part.toLowerCase();
      key = key?.keys().find(({ name }) => name.toLowerCase() === wanted);
    }
    return key;
  }

  keys(): RegistryKey[] {
    if (this.#node === undefined || this.#node.getUint32(20, true) === 0) return [];
    const offsets: number[] = [];
    this.#list(this.#node.getUint32(28, true), 0, offsets, { left: LIMITS.lists });
    return offsets
      .map((offset) => new RegistryKey(this.#cells, offset))
      .filter((key) => key.#node !== undefined);
  }

  /** A string value. */
  text(name: string): string | undefined {
    const found = this.#value(name);
    if (found === undefined || (found.type !== TYPE.text && found.type !== TYPE.expandable))
      return undefined;
    return decoded(found.bytes).replace(/\0.*$/s, "");
  }

  /** A list of strings; a plain string counts as a list of one. */
  texts(name: string): string[] {
    const found = this.#value(name);
    if (found === undefined) return [];
    if (found.type !== TYPE.texts && found.type !== TYPE.text) return [];
    return decoded(found.bytes)
      .split("\0")
      .filter((text) => text !== "");
  }

  /** A number of 32 or 64 bits; above 2^53 not exact. */
  number(name: string): number | undefined {
    const found = this.#value(name);
    if (found === undefined) return undefined;
    const { type, bytes } = found;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (type === TYPE.number && bytes.length >= 4) return view.getUint32(0, true);
    if (type === TYPE.numberBigEndian && bytes.length >= 4) return view.getUint32(0, false);
    if (type === TYPE.long && bytes.length >= 8) return Number(view.getBigUint64(0, true));
    return undefined;
  }

  /** The bytes of a value of any type. */
  bytes(name: string): Uint8Array | undefined {
    return this.#value(name)?.bytes;
  }

  #value(name: string): { type: number; bytes: Uint8Array } | undefined {
    if (this.#node === undefined) return undefined;
    const count = Math.min(this.#node.getUint32(36, true), LIMITS.values);
    const list =
      count === 0 ? undefined : this.#cells.at(this.#node.getUint32(40, true), count * 4);
    if (list === undefined) return undefined;
    const wanted = name.toLowerCase();
    for (let at = 0; at + 4 <= list.byteLength; at += 4) {
      const value = this.#cells.at(list.getUint32(at, true), 20 + 512);
      if (value === undefined || value.byteLength < 20 || signature(value) !== "vk") continue;
      if (nameAt(value, 2, 20, 16, 0x01).toLowerCase() !== wanted) continue;
      const bytes = this.#data(value);
      return bytes === undefined ? undefined : { type: value.getUint32(12, true), bytes };
    }
    return undefined;
  }

  #data(value: DataView): Uint8Array | undefined {
    const size = value.getUint32(4, true);
    // Up to four bytes stand where the offset would.
    if (size & 0x80000000)
      return new Uint8Array(value.buffer, value.byteOffset + 8, Math.min(size & 0x7fffffff, 4));
    if (size > LIMITS.valueBytes) return undefined;
    const cell = this.#cells.at(value.getUint32(8, true), size);
    if (cell === undefined) return undefined;
    if (size > 16_344 && signature(cell) === "db") return this.#bigData(cell, size);
    return new Uint8Array(cell.buffer, 0, Math.min(size, cell.byteLength));
  }

  /** Large values lie in segments of 16,344 bytes. */
  #bigData(cell: DataView, size: number): Uint8Array | undefined {
    const list = this.#cells.at(cell.getUint32(4, true), cell.getUint16(2, true) * 4);
    if (list === undefined) return undefined;
    const bytes = new Uint8Array(size);
    let at = 0;
    for (let i = 0; i + 4 <= list.byteLength && at < size; i += 4) {
      const segment = this.#cells.at(list.getUint32(i, true), Math.min(16_344, size - at));
      if (segment === undefined) return undefined;
      bytes.set(new Uint8Array(segment.buffer), at);
      at += segment.byteLength;
    }
    return bytes;
  }

  /** Gathers the offsets of subkeys from a list or a list of lists. */
  #list(offset: number, depth: number, offsets: number[], budget: { left: number }): void {
    // Lists that name each other could be walked without end.
    if (budget.left-- <= 0) return;
    const list = this.#cells.at(offset, 4 + LIMITS.subkeys * 8);
    if (list === undefined || list.byteLength < 4 || depth > LIMITS.listDepth) return;
    const kind = signature(list);
    const step = kind === "lf" || kind === "lh" ? 8 : kind === "li" || kind === "ri" ? 4 : 0;
    if (step === 0) return;
    const count = list.getUint16(2, true);
    for (let i = 0; i < count && 4 + (i + 1) * step <= list.byteLength; i++) {
      if (offsets.length >= LIMITS.subkeys) return;
      const entry = list.getUint32(4 + i * step, true);
      if (kind === "ri") this.#list(entry, depth + 1, offsets, budget);
      else offsets.push(entry);
    }
  }
}

function signature(view: DataView): string {
  return view.byteLength < 4 ? "" : String.fromCharCode(view.getUint8(0), view.getUint8(1));
}

/** A name whose length, place and flags stand at these offsets; a set flag means one byte a character. */
function nameAt(
  view: DataView,
  lengthAt: number,
  at: number,
  flagsAt: number,
  flag: number,
): string {
  const length = view.getUint16(lengthAt, true);
  if (at + length > view.byteLength) return "";
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  if ((view.getUint16(flagsAt, true) & flag) === 0) return platform.utf16(bytes, at, at + length);
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

function decoded(bytes: Uint8Array): string {
  return platform.utf16(bytes, 0, bytes.length & ~1);
}
