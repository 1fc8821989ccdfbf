import type { ByteSource } from "../../base/byte-source.ts";
import { startsWith } from "../source-kinds.ts";
import { MediumError } from "../source-problem.ts";
import { adler32 } from "./adler32.ts";
import { readStructure, u64, viewOf } from "./read-structure.ts";

/** One section of an EWF segment file: its name, and where its data lies. */
export interface EwfSection {
  readonly type: string;
  readonly segment: ByteSource;
  readonly dataAt: number;
  readonly dataSize: number;
}

const SIGNATURE = "EVF\x09\x0d\x0a\xff\x00";
const HEADER_SIZE = 13;
const DESCRIPTOR_SIZE = 76;
const MOST_SECTIONS = 100_000;

/** The number a segment file gives itself, 1 = first; undefined when it is none. */
export function segmentNumber(source: ByteSource): number | undefined {
  const header = new Uint8Array(HEADER_SIZE);
  if (source.read(0, header, 0, HEADER_SIZE) < HEADER_SIZE || !startsWith(header, 0, SIGNATURE))
    return undefined;
  return viewOf(header).getUint16(9, true);
}

/**
 * The sections of one segment file in order (libyal, Expert Witness Compression Format, section 3). A broken descriptor
 * ends the list; `onDamage` says so.
 */
export function readSections(
  segment: ByteSource,
  name: string,
  onDamage: (message: string, at: number) => void,
): EwfSection[] {
  const sections: EwfSection[] = [];
  for (let at = HEADER_SIZE; sections.length < MOST_SECTIONS; ) {
    let bytes: Uint8Array;
    try {
      bytes = readStructure(segment, at, DESCRIPTOR_SIZE, `a section of ${name}`);
    } catch (error) {
      if (!(error instanceof MediumError)) throw error;
      onDamage(error.message, at);
      break;
    }
    const view = viewOf(bytes);
    if (view.getUint32(72, true) !== adler32(bytes, 0, 72)) {
      onDamage(`the checksum of the section at ${at} of ${name} is wrong`, at);
      break;
    }
    const type = new TextDecoder("latin1").decode(bytes.subarray(0, 16)).replace(/\0.*$/s, "");
    const next = u64(view, 16, true);
    const size = u64(view, 24, true);
    const dataAt = at + DESCRIPTOR_SIZE;
    // Some writers leave the size of the last sections 0; the next one then says where they end.
    const end = size >= DESCRIPTOR_SIZE ? at + size : next > at ? next : segment.size;
    sections.push({
      type,
      segment,
      dataAt,
      dataSize: Math.max(Math.min(end, segment.size) - dataAt, 0),
    });
    if (type === "done" || type === "next" || next <= at) break;
    at = next;
  }
  return sections;
}

/** The name of the segment file after this one: E01 … E99, EAA … EZZ, FAA … ZZZ, in the case of the first. */
export function segmentName(first: string, number: number): string | undefined {
  const match = /^(.*\.)([a-z])(01)$/is.exec(first);
  if (match === null) return undefined;
  const [, stem, letter] = match as unknown as [string, string, string];
  if (number < 100) return `${stem}${letter}${String(number).padStart(2, "0")}`;
  const index = number - 100;
  const isLower = letter === letter.toLowerCase();
  const base = isLower ? 97 : 65;
  const head = letter.charCodeAt(0) + Math.floor(index / 676);
  if (head > base + 25) return undefined;
  return (
    stem + String.fromCharCode(head, base + (Math.floor(index / 26) % 26), base + (index % 26))
  );
}
