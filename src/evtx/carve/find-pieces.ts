import type { ByteSource } from "../../base/byte-source.ts";
import { platform } from "../../base/platform.ts";
import { CHUNK_HEADER_SIZE, hasChunkMagic, parseChunkHeader } from "../chunk-header.ts";
import { CHUNK_SIZE, FILE_HEADER_SIZE, parseFileHeader } from "../file-header.ts";
import { isPlausibleHeader } from "../recover/find-candidates.ts";

/** Something of a log that stands at a place in any bytes. Offsets are absolute in the source; plain data. */
export type Piece =
  /** A file header with sane fields. */
  | { readonly kind: "file"; readonly offset: number }
  /**
   * A chunk's header. `intact`: both checksums fit, so the whole chunk is as it was written; else its bytes end or
   * change somewhere behind `offset`.
   */
  | { readonly kind: "chunk"; readonly offset: number; readonly intact: boolean }
  /** A record outside all intact chunks whose two size fields agree. */
  | { readonly kind: "record"; readonly offset: number; readonly size: number };

/** Read at a time; pieces at its end are looked at with what follows. */
const BLOCK = 4 * 1024 * 1024;
const LARGEST_RECORD = 65_024;
const SMALLEST_RECORD = 28;
/** What both file and chunk signatures begin with. */
const ELF = Uint8Array.of(0x45, 0x6c, 0x66);
const RECORD = Uint8Array.of(0x2a, 0x2a, 0x00, 0x00);
const FILE_SIGNATURE = [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65, 0x00];

export interface FindPiecesOptions {
  /** Where to begin; pieces before it are not told. */
  readonly from?: number;
  /** Where the last intact chunk found before `from` ends. */
  readonly behindChunk?: number;
  /** Called behind each block: everything before `position` has been told. True stops the search. */
  readonly onBlock?: (position: number) => boolean | undefined;
}

/** Finds the pieces of logs in any bytes, at any alignment, in the order of their offsets. Returns where it ended. */
export function findPieces(
  source: ByteSource,
  onPiece: (piece: Piece) => void,
  options: FindPiecesOptions = {},
): number {
  const block = new Uint8Array(BLOCK + CHUNK_SIZE);
  const view = new DataView(block.buffer);
  let position = options.from ?? 0;
  let behindChunk = Math.max(position, options.behindChunk ?? 0);
  while (position < source.size) {
    const length = source.read(position, block, 0, block.length);
    if (length === 0) break;
    const isLast = position + length >= source.size;
    // A piece that begins behind `limit` may go on behind the block: the next one holds it whole.
    const limit = isLast ? length : BLOCK;
    const bytes = length === block.length ? block : block.subarray(0, length);
    let elf = next(bytes, ELF, 0, limit);
    let record = next(bytes, RECORD, 0, limit);
    while (elf < limit || record < limit) {
      const at = Math.min(elf, record);
      if (elf <= record) {
        const piece = headerAt(bytes, view, at, position);
        if (piece !== undefined && position + at >= behindChunk) {
          onPiece(piece);
          if (piece.kind === "chunk" && piece.intact) behindChunk = piece.offset + CHUNK_SIZE;
        }
        elf = next(bytes, ELF, at + 1, limit);
      } else {
        const size = position + at >= behindChunk ? recordSizeAt(view, at, length) : 0;
        if (size > 0) onPiece({ kind: "record", offset: position + at, size });
        record = next(bytes, RECORD, at + Math.max(size, 1), limit);
      }
      // Nothing is looked for inside an intact chunk: it is read as a whole.
      const inside = behindChunk - position;
      if (elf < inside) elf = next(bytes, ELF, Math.min(inside, limit), limit);
      if (record < inside) record = next(bytes, RECORD, Math.min(inside, limit), limit);
    }
    position += limit;
    if (options.onBlock?.(Math.min(position, source.size))) break;
  }
  return Math.min(position, source.size);
}

/** Where the pattern next begins before `limit`, else `limit`. */
function next(bytes: Uint8Array, pattern: Uint8Array, from: number, limit: number): number {
  const at = platform.indexOf(bytes, pattern, from);
  return at < 0 || at > limit ? limit : at;
}

function headerAt(
  block: Uint8Array,
  view: DataView,
  at: number,
  position: number,
): Piece | undefined {
  if (at + CHUNK_HEADER_SIZE > block.length) return undefined;
  const offset = position + at;
  if (FILE_SIGNATURE.every((byte, i) => block[at + i] === byte)) {
    const header = parseFileHeader(block.subarray(at, at + 128));
    const isSane = header.majorVersion === 3 && header.blockSize === FILE_HEADER_SIZE;
    return isSane ? { kind: "file", offset } : undefined;
  }
  if (view.getUint32(at + 4, true) >>> 0 !== 0x00_6b_6e_68 || block[at + 3] !== 0x43)
    return undefined;
  return { kind: "chunk", offset, intact: isIntact(block.subarray(at, at + CHUNK_SIZE)) };
}

/** True when the bytes are a whole chunk whose checksums fit (or which carries none and whose records end where it says). */
function isIntact(bytes: Uint8Array): boolean {
  if (bytes.length < CHUNK_SIZE) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!hasChunkMagic(view)) return false;
  const header = parseChunkHeader(bytes, view, true);
  const free = header.freeSpaceOffset;
  return (
    header.headerCrcOk === true &&
    header.dataCrcOk === true &&
    header.expected !== null &&
    free >= CHUNK_HEADER_SIZE &&
    free <= CHUNK_SIZE
  );
}

/**
 * The size of the record at `at` whose two size fields agree; 0 when there is none before `length`. `copy`: what stands
 * in the second one.
 */
export function recordSizeAt(view: DataView, at: number, length: number, copy?: number): number {
  if (at + SMALLEST_RECORD > length) return 0;
  const size = view.getUint32(at + 4, true);
  const fits =
    size >= SMALLEST_RECORD &&
    size <= LARGEST_RECORD &&
    (size & 7) === 0 &&
    at + size <= length &&
    view.getUint32(at + size - 4, true) === (copy ?? size) &&
    isPlausibleHeader(view, at);
  return fits ? size : 0;
}
