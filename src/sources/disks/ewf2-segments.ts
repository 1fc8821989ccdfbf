import type { ByteSource } from "../../base/byte-source.ts";
import { startsWith } from "../source-kinds.ts";
import { MediumError } from "../source-problem.ts";
import { adler32 } from "./adler32.ts";
import { readStructure, u64, viewOf } from "./read-structure.ts";

/** Section types (libyal, Expert Witness Compression Format 2, section descriptor). */
export const EWF2_SECTION = {
  deviceInformation: 0x01,
  caseData: 0x02,
  sectorData: 0x03,
  sectorTable: 0x04,
  md5: 0x08,
  sha1: 0x09,
  encryptionKeys: 0x0b,
  next: 0x0d,
  done: 0x0f,
} as const;

/** One section of an EWF 2 segment file. Its descriptor stands behind its data. */
export interface Ewf2Section {
  readonly type: number;
  readonly isEncrypted: boolean;
  readonly segment: ByteSource;
  readonly dataAt: number;
  readonly dataSize: number;
}

/** What a segment file says of itself. */
export interface Ewf2Header {
  readonly segmentNumber: number;
  /** 0 = stored, 1 = deflate, 2 = bzip2. */
  readonly compression: number;
  /** The same in all segments of an image. */
  readonly set: string;
}

const SIGNATURE = "EVF2\x0d\x0a\x81\x00";
export const EWF2_HEADER_SIZE = 32;
const DESCRIPTOR_SIZE = 64;
const ENCRYPTED = 2;
const MOST_SECTIONS = 1_000_000;
/** Descriptors lie at multiples of this. */
const ALIGNMENT = 16;
/** How far before the end of a torn segment its last sound descriptor is looked for. */
const MOST_SEARCHED = 64 * 1024 * 1024;
const BLOCK = 1024 * 1024;

/** Undefined when it is no segment file. */
export function readEwf2Header(source: ByteSource): Ewf2Header | undefined {
  const bytes = new Uint8Array(EWF2_HEADER_SIZE);
  if (source.read(0, bytes, 0, bytes.length) < bytes.length || !startsWith(bytes, 0, SIGNATURE))
    return undefined;
  const view = viewOf(bytes);
  return {
    compression: view.getUint16(10, true),
    segmentNumber: view.getUint32(12, true),
    set: Array.from(bytes.subarray(16), (byte) => byte.toString(16).padStart(2, "0")).join(""),
  };
}

/**
 * The sections of one segment file, first to last. They are chained backwards from the file's end; where that is torn off,
 * from the last sound descriptor before it, and `onDamage` says so.
 */
export function readEwf2Sections(
  segment: ByteSource,
  name: string,
  onDamage: (message: string, at?: number) => void,
): Ewf2Section[] {
  const sections: Ewf2Section[] = [];
  let at = segment.size - DESCRIPTOR_SIZE;
  if (descriptorAt(segment, at) === undefined) {
    onDamage(`the end of ${name} is torn off or damaged: its last section is missing`, at);
    at = lastSound(segment, at);
  }
  while (at >= EWF2_HEADER_SIZE && sections.length < MOST_SECTIONS) {
    const view = descriptorAt(segment, at);
    if (view === undefined) {
      onDamage(`the section of ${name} whose description is at ${at} is damaged`, at);
      break;
    }
    const previous = u64(view, 8, true);
    const dataAt = previous === 0 ? EWF2_HEADER_SIZE : previous + DESCRIPTOR_SIZE;
    if (dataAt > at || (previous !== 0 && previous < EWF2_HEADER_SIZE)) {
      onDamage(`the section of ${name} whose description is at ${at} names no section before it`);
      break;
    }
    sections.push({
      type: view.getUint32(0, true),
      isEncrypted: (view.getUint32(4, true) & ENCRYPTED) !== 0,
      segment,
      dataAt,
      dataSize: Math.min(u64(view, 16, true), at - dataAt),
    });
    if (previous === 0) break;
    at = previous;
  }
  return sections.reverse();
}

/** The descriptor at a place; undefined when what stands there is none. */
function descriptorAt(segment: ByteSource, at: number): DataView | undefined {
  if (at < EWF2_HEADER_SIZE) return undefined;
  let bytes: Uint8Array;
  try {
    bytes = readStructure(segment, at, DESCRIPTOR_SIZE, "a section");
  } catch (error) {
    if (!(error instanceof MediumError)) throw error;
    return undefined;
  }
  return isDescriptor(bytes, 0) ? viewOf(bytes) : undefined;
}

function isDescriptor(bytes: Uint8Array, at: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, DESCRIPTOR_SIZE);
  return (
    view.getUint32(24, true) === DESCRIPTOR_SIZE &&
    view.getUint32(60, true) === adler32(bytes, at, at + 60)
  );
}

function lastSound(segment: ByteSource, end: number): number {
  const least = Math.max(EWF2_HEADER_SIZE, end - MOST_SEARCHED);
  for (let top = end; top > least; top -= BLOCK) {
    const from = Math.max(least, Math.floor((top - BLOCK) / ALIGNMENT) * ALIGNMENT);
    const bytes = new Uint8Array(top - from + DESCRIPTOR_SIZE);
    const length = segment.read(from, bytes, 0, bytes.length);
    const last = Math.floor((length - DESCRIPTOR_SIZE) / ALIGNMENT) * ALIGNMENT;
    for (let at = last; at >= 0; at -= ALIGNMENT) if (isDescriptor(bytes, at)) return from + at;
  }
  return -1;
}

/** The name of the segment file of a number: Ex01 … Ex99, ExAA … ExZZ, EyAA … EzZZ, in the case of the first. */
export function ewf2SegmentName(first: string, number: number): string | undefined {
  const match = /^(.*\.e)(x)01$/is.exec(first);
  if (match === null) return undefined;
  const [, stem, letter] = match as unknown as [string, string, string];
  if (number < 100) return `${stem}${letter}${String(number).padStart(2, "0")}`;
  const index = number - 100;
  const head = letter.charCodeAt(0) + Math.floor(index / 676);
  if (head > letter.charCodeAt(0) + 2) return undefined;
  // EnCase keeps the last two in capitals whatever the rest is: Ex99, ExAA.
  const base = first.endsWith(".ex01") ? 97 : 65;
  return (
    stem + String.fromCharCode(head, base + (Math.floor(index / 26) % 26), base + (index % 26))
  );
}
