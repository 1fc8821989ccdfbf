import { filetimeText } from "../../base/filetime.ts";
import { platform } from "../../base/platform.ts";
import { NTFS_LIMITS } from "./ntfs-limits.ts";

/** Attribute types that konseki reads. */
export const ATTRIBUTE = {
  standardInformation: 0x10,
  attributeList: 0x20,
  fileName: 0x30,
  volumeName: 0x60,
  data: 0x80,
  bitmap: 0xb0,
  reparsePoint: 0xc0,
} as const;

/** Flags of an attribute. */
export const COMPRESSED = 0x00ff;
export const ENCRYPTED = 0x4000;

/** A pointer to an MFT record that knows which use of the record it means. */
export interface RecordReference {
  readonly entry: number;
  readonly sequence: number;
}

export interface MftAttribute {
  readonly type: number;
  readonly id: number;
  /** Empty for the unnamed stream. */
  readonly name: string;
  readonly flags: number;
  /** The value of a resident attribute. */
  readonly content?: Uint8Array;
  /** Where a non-resident attribute (or one extent of it) lies; sizes are only good in the extent with `firstVcn` 0. */
  readonly extent?: {
    readonly firstVcn: number;
    readonly lastVcn: number;
    readonly mapping: Uint8Array;
    /** Clusters of a compression unit, 1 when not compressed. */
    readonly unitClusters: number;
    readonly size: number;
    readonly initializedSize: number;
  };
}

export interface MftRecord {
  readonly entry: number;
  readonly sequence: number;
  readonly inUse: boolean;
  readonly isFolder: boolean;
  /** The record this one extends; entry 0 and sequence 0 when it is a base record. */
  readonly base: RecordReference;
  readonly attributes: readonly MftAttribute[];
  /** What is wrong with it: a torn write, a length outside the record. What comes before could be read. */
  readonly damage?: string;
}

/** The stride of update sequences, whatever the sector size. */
const STRIDE = 512;

/**
 * Reads one MFT record in place: the bytes are mended by their update sequence and kept by the attributes, so give
 * each record bytes of its own. Undefined when there is no record (never used, or zeroed).
 */
export function parseMftRecord(bytes: Uint8Array, entry: number): MftRecord | undefined {
  if (bytes.length < 48) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0, false);
  if (magic !== 0x46494c45 && magic !== 0x42414144) return undefined; // FILE, BAAD
  let damage = mend(bytes, view);
  const flags = view.getUint16(22, true);
  const attributes: MftAttribute[] = [];
  const used = Math.min(view.getUint32(24, true), bytes.length);
  let at = view.getUint16(20, true);
  while (true) {
    if (at + 4 > used) {
      damage ??= "its attributes have no end";
      break;
    }
    const type = view.getUint32(at, true);
    if (type === 0xffffffff) break;
    const length = at + 8 <= used ? view.getUint32(at + 4, true) : 0;
    if (length < 16 || length % 8 !== 0 || at + length > used) {
      damage ??= `an attribute of ${length} bytes at byte ${at}`;
      break;
    }
    const attribute = parseAttribute(bytes.subarray(at, at + length));
    if (attribute === undefined) damage ??= `an attribute that points outside itself at byte ${at}`;
    else attributes.push(attribute);
    if (attributes.length > NTFS_LIMITS.attributesPerRecord) {
      damage ??= `more than ${NTFS_LIMITS.attributesPerRecord} attributes`;
      break;
    }
    at += length;
  }
  return {
    entry,
    sequence: view.getUint16(16, true),
    inUse: (flags & 1) !== 0,
    isFolder: (flags & 2) !== 0,
    base: readReference(view, 32),
    attributes,
    ...(damage !== undefined && { damage }),
  };
}

/** Puts the last two bytes of every 512 back; says what is wrong when they are not from one write. */
function mend(bytes: Uint8Array, view: DataView): string | undefined {
  const at = view.getUint16(4, true);
  const count = view.getUint16(6, true);
  if (count === 0) return undefined;
  if (at < 40 || at + count * 2 > bytes.length || (count - 1) * STRIDE > bytes.length)
    return "its update sequence lies outside it";
  const check = view.getUint16(at, true);
  let torn = false;
  for (let i = 1; i < count; i++) {
    const end = i * STRIDE - 2;
    if (view.getUint16(end, true) !== check) torn = true;
    else view.setUint16(end, view.getUint16(at + i * 2, true), true);
  }
  return torn ? "its sectors are from different writes" : undefined;
}

function parseAttribute(bytes: Uint8Array): MftAttribute | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const nameLength = bytes[9]! * 2;
  const nameAt = view.getUint16(10, true);
  if (nameLength > 0 && nameAt + nameLength > bytes.length) return undefined;
  const common = {
    type: view.getUint32(0, true),
    id: view.getUint16(14, true),
    name: nameLength === 0 ? "" : platform.utf16(bytes, nameAt, nameAt + nameLength),
    flags: view.getUint16(12, true),
  };
  if (bytes[8] === 0) {
    if (bytes.length < 24) return undefined;
    const length = view.getUint32(16, true);
    const start = view.getUint16(20, true);
    if (start + length > bytes.length) return undefined;
    return { ...common, content: bytes.subarray(start, start + length) };
  }
  if (bytes.length < 64) return undefined;
  const mappingAt = view.getUint16(32, true);
  const firstVcn = Number(view.getBigUint64(16, true));
  const size = Number(view.getBigUint64(48, true));
  const initializedSize = Number(view.getBigUint64(56, true));
  const unit = view.getUint16(34, true);
  if (mappingAt > bytes.length || unit > 16) return undefined;
  if (![firstVcn, size, initializedSize].every(Number.isSafeInteger)) return undefined;
  return {
    ...common,
    extent: {
      firstVcn,
      // An empty stream says -1.
      lastVcn: Number(view.getBigInt64(24, true)),
      mapping: bytes.subarray(mappingAt),
      unitClusters: 2 ** unit,
      size,
      initializedSize,
    },
  };
}

export function readReference(view: DataView, at: number): RecordReference {
  return {
    entry: view.getUint32(at, true) + view.getUint16(at + 4, true) * 2 ** 32,
    sequence: view.getUint16(at + 6, true),
  };
}

/** Created, modified, MFT entry changed, accessed: ISO 8601 UTC with seven digits. */
export interface FileTimes {
  readonly created: string;
  readonly modified: string;
  readonly changed: string;
  readonly accessed: string;
}

export interface FileName {
  readonly parent: RecordReference;
  readonly name: string;
  /** 0 POSIX, 1 Win32, 2 DOS (8.3 only), 3 both. */
  readonly namespace: number;
  readonly times: FileTimes;
}

/** The value of a $FILE_NAME attribute. */
export function parseFileName(content: Uint8Array): FileName | undefined {
  if (content.length < 66) return undefined;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const length = content[64]! * 2;
  if (66 + length > content.length) return undefined;
  return {
    parent: readReference(view, 0),
    name: platform.utf16(content, 66, 66 + length),
    namespace: content[65]!,
    times: readTimes(view, 8),
  };
}

/** The times at the start of a $STANDARD_INFORMATION attribute. */
export function parseStandardTimes(content: Uint8Array): FileTimes | undefined {
  if (content.length < 32) return undefined;
  return readTimes(new DataView(content.buffer, content.byteOffset, content.byteLength), 0);
}

function readTimes(view: DataView, at: number): FileTimes {
  const time = (offset: number): string =>
    filetimeText(view.getUint32(at + offset, true), view.getUint32(at + offset + 4, true));
  return { created: time(0), modified: time(8), changed: time(16), accessed: time(24) };
}
