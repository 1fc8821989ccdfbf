/**
 * The part of a 7z header that says how files are packed: which streams lie in the file, and through which coders they go
 * (7zFormat.txt of the LZMA SDK, which is in the public domain).
 */

export interface Coder {
  readonly id: string;
  readonly inStreams: number;
  readonly outStreams: number;
  readonly properties: Uint8Array;
}

/** Coders and how they are joined: `outIndex` feeds `inIndex`; `packed` are the in streams that come from the file. */
export interface Folder {
  readonly coders: readonly Coder[];
  readonly pairs: readonly { readonly inIndex: number; readonly outIndex: number }[];
  readonly packed: readonly number[];
  /** By out stream. */
  readonly sizes: readonly number[];
  readonly crc: number | undefined;
}

export interface Streams {
  /** Where the first packed stream begins, from behind the signature header. */
  readonly position: number;
  readonly packSizes: readonly number[];
  readonly folders: readonly Folder[];
}

export const SIGNATURE_SIZE = 32;
export const KIND = { header: 0x01, mainStreams: 0x04, encodedHeader: 0x17 } as const;

const END = 0x00;
const PACK_INFO = 0x06;
const UNPACK_INFO = 0x07;
const SUB_STREAMS = 0x08;
const SIZE = 0x09;
const CRC = 0x0a;
const FOLDER = 0x0b;
const UNPACK_SIZES = 0x0c;
const FILES_INFO = 0x05;
const NAMES = 0x11;

/** Real archives have one folder for many files; each takes some ten bytes of header. */
const MOST_FOLDERS = 100_000;
const MOST_CODERS = 32;

export class SevenZipError extends Error {}

export class HeaderReader {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  byte(): number {
    const byte = this.#bytes[this.at++];
    if (byte === undefined) throw new SevenZipError("its header ends too early");
    return byte;
  }

  take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.at) throw new SevenZipError("its header ends too early");
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  /** Leading ones of the first byte say how many bytes follow, low ones first; the rest of it are the highest bits. */
  number(): number {
    const first = this.byte();
    let value = 0;
    for (let i = 0, mask = 0x80; i < 8; i++, mask >>= 1) {
      if ((first & mask) === 0) {
        value += (first & (mask - 1)) * 2 ** (8 * i);
        break;
      }
      value += this.byte() * 2 ** (8 * i);
    }
    if (!Number.isSafeInteger(value))
      throw new SevenZipError("its header holds a number too large");
    return value;
  }

  count(most: number): number {
    const count = this.number();
    if (count > most) throw new SevenZipError(`its header counts ${count} where ${most} are read`);
    return count;
  }

  /** Stands behind the streams' own lists; what follows (sub-streams, files) is left as it is. */
  streams(): Streams {
    let position = 0;
    let packSizes: number[] = [];
    let kind = this.byte();
    if (kind === PACK_INFO) {
      position = this.number();
      const count = this.count(MOST_FOLDERS);
      for (kind = this.byte(); kind !== END; kind = this.byte()) {
        if (kind === SIZE) packSizes = Array.from({ length: count }, () => this.number());
        else if (kind === CRC) this.#digests(count);
        else throw new SevenZipError("its header lists packed streams in an unknown way");
      }
      if (packSizes.length !== count) throw new SevenZipError("its header lacks sizes");
      kind = this.byte();
    }
    if (kind !== UNPACK_INFO) throw new SevenZipError("its header lists no folders");
    return { position, packSizes, folders: this.#folders() };
  }

  #folders(): Folder[] {
    if (this.byte() !== FOLDER) throw new SevenZipError("its header lists no folders");
    const count = this.count(MOST_FOLDERS);
    if (this.byte() !== 0) throw new SevenZipError("its folders are described elsewhere");
    const joined = Array.from({ length: count }, () => this.#folder());
    if (this.byte() !== UNPACK_SIZES) throw new SevenZipError("its header lacks sizes");
    const sizes = joined.map(({ coders }) =>
      coders.flatMap(({ outStreams }) => Array.from({ length: outStreams }, () => this.number())),
    );
    let crcs: (number | undefined)[] = [];
    for (let kind = this.byte(); kind !== END; kind = this.byte()) {
      if (kind !== CRC) throw new SevenZipError("its header describes folders in an unknown way");
      crcs = this.#digests(count);
    }
    return joined.map((folder, at) => ({ ...folder, sizes: sizes[at]!, crc: crcs[at] }));
  }

  #folder(): Pick<Folder, "coders" | "pairs" | "packed"> {
    const coders: Coder[] = [];
    for (let left = this.count(MOST_CODERS); left > 0; left--) {
      const flags = this.byte();
      const id = hex(this.take(flags & 0x0f));
      const isComplex = (flags & 0x10) !== 0;
      const inStreams = isComplex ? this.count(MOST_CODERS) : 1;
      const outStreams = isComplex ? this.count(MOST_CODERS) : 1;
      const properties =
        (flags & 0x20) !== 0 ? this.take(this.number()).slice() : new Uint8Array(0);
      coders.push({ id, inStreams, outStreams, properties });
    }
    const ins = coders.reduce((sum, { inStreams }) => sum + inStreams, 0);
    const outs = coders.reduce((sum, { outStreams }) => sum + outStreams, 0);
    const pairs = Array.from({ length: Math.max(outs - 1, 0) }, () => ({
      inIndex: this.number(),
      outIndex: this.number(),
    }));
    const open = ins - pairs.length;
    const packed =
      open === 1
        ? Array.from({ length: ins }, (_, at) => at).filter(
            (at) => !pairs.some(({ inIndex }) => inIndex === at),
          )
        : Array.from({ length: Math.max(open, 0) }, () => this.number());
    return { coders, pairs, packed };
  }

  #digests(count: number): (number | undefined)[] {
    const isAll = this.byte() !== 0;
    const defined: boolean[] = [];
    for (let at = 0, bits = 0; at < count; at++) {
      if (!isAll && at % 8 === 0) bits = this.byte();
      defined.push(isAll || (bits & (0x80 >> (at % 8))) !== 0);
    }
    return defined.map((is) => {
      if (!is) return undefined;
      const bytes = this.take(4);
      return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    });
  }
}

export function number(value: number): number[] {
  let first = 0;
  const bytes: number[] = [];
  for (let i = 0, mask = 0x80; i < 8; i++, mask >>= 1) {
    if (value < 2 ** (7 * (i + 1))) return [first | Math.floor(value / 2 ** (8 * i)), ...bytes];
    bytes.length = 0;
    for (let at = 0; at <= i; at++) bytes.push(Math.floor(value / 2 ** (8 * at)) & 0xff);
    first |= mask;
  }
  return [first, ...bytes];
}

/** The lists that {@link HeaderReader.streams} reads. */
export function writtenStreams({ position, packSizes, folders }: Streams): number[] {
  const packed = folders.map(({ coders, pairs, packed: open }) => [
    ...number(coders.length),
    ...coders.flatMap(writtenCoder),
    ...pairs.flatMap(({ inIndex, outIndex }) => [...number(inIndex), ...number(outIndex)]),
    ...(open.length === 1 ? [] : open.flatMap(number)),
  ]);
  const hasAll = folders.every(({ crc }) => crc !== undefined);
  const hasSome = folders.some(({ crc }) => crc !== undefined);
  return [
    ...[PACK_INFO, ...number(position), ...number(packSizes.length)],
    ...[SIZE, ...packSizes.flatMap(number), END],
    ...[UNPACK_INFO, FOLDER, ...number(folders.length), 0, ...packed.flat()],
    ...[UNPACK_SIZES, ...folders.flatMap(({ sizes }) => sizes.flatMap(number))],
    ...(hasSome ? [CRC, ...(hasAll ? [1] : [0, ...bitsOf(folders)])] : []),
    ...folders.flatMap(({ crc }) =>
      crc === undefined ? [] : [0, 8, 16, 24].map((shift) => (crc >>> shift) & 0xff),
    ),
    END,
  ];
}

function writtenCoder({ id, inStreams, outStreams, properties }: Coder): number[] {
  const isComplex = inStreams !== 1 || outStreams !== 1;
  const flags = id.length / 2 + (isComplex ? 0x10 : 0) + (properties.length > 0 ? 0x20 : 0);
  const bytes = Array.from({ length: id.length / 2 }, (_, at) =>
    Number.parseInt(id.slice(2 * at, 2 * at + 2), 16),
  );
  return [
    ...[flags, ...bytes],
    ...(isComplex ? [...number(inStreams), ...number(outStreams)] : []),
    ...(properties.length > 0 ? [...number(properties.length), ...properties] : []),
  ];
}

function bitsOf(folders: readonly Folder[]): number[] {
  const bytes = new Array<number>(Math.ceil(folders.length / 8)).fill(0);
  for (const [at, { crc }] of folders.entries())
    if (crc !== undefined) bytes[at >> 3]! |= 0x80 >> (at % 8);
  return bytes;
}

/** A header for an archive of one file, which is what the only folder unpacks to. */
export function headerOfOneFile(streams: Streams): Uint8Array {
  const name = [0, 0x68, 0, 0, 0];
  return Uint8Array.from([
    ...[KIND.header, KIND.mainStreams, ...writtenStreams(streams), SUB_STREAMS, END, END],
    ...[FILES_INFO, 1, NAMES, name.length, ...name, END, END],
  ]);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
