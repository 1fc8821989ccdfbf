import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import { adler32 } from "../../src/sources/disks/adler32.ts";
import { openEwf2 } from "../../src/sources/disks/ewf2.ts";
import type { ForgedImage } from "./forge-disk-image.ts";

const SECTOR = 512;
const SECTORS_A_CHUNK = 64;
const CHUNK = SECTOR * SECTORS_A_CHUNK;
const HEADER = 32;
const DESCRIPTOR = 64;

/** Bytes that stand for an aligned end of a section: its data is a multiple of 16. */
function padded(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(data.length / 16) * 16);
  bytes.set(data);
  return bytes;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** One segment file, written section by section. */
class SegmentWriter {
  readonly #pieces: Uint8Array[] = [];
  #at = HEADER;
  #previous = 0;

  constructor(number: number) {
    const header = new Uint8Array(HEADER);
    header.set(Buffer.from("EVF2\x0d\x0a\x81\x00", "latin1"));
    header[8] = 2;
    header[9] = 1;
    viewOf(header).setUint16(10, 1, true);
    viewOf(header).setUint32(12, number, true);
    header.fill(0x5a, 16);
    this.#pieces.push(header);
  }

  get at(): number {
    return this.#at;
  }

  section(type: number, content: Uint8Array): void {
    const data = padded(content);
    const descriptor = new Uint8Array(DESCRIPTOR);
    const view = viewOf(descriptor);
    view.setUint32(0, type, true);
    view.setUint32(4, 1, true);
    view.setBigUint64(8, BigInt(this.#previous), true);
    view.setBigUint64(16, BigInt(data.length), true);
    view.setUint32(24, DESCRIPTOR, true);
    view.setUint32(28, data.length - content.length, true);
    descriptor.set(createHash("md5").update(data).digest(), 32);
    view.setUint32(60, adler32(descriptor, 0, 60), true);
    this.#pieces.push(data, descriptor);
    this.#at += data.length + DESCRIPTOR;
    this.#previous = this.#at - DESCRIPTOR;
  }

  bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#pieces));
  }
}

function text(names: readonly (readonly [string, string | number])[]): Uint8Array {
  const lines = [
    "1",
    "main",
    names.map(([name]) => name).join("\t"),
    names.map(([, value]) => value).join("\t"),
    "",
    "",
  ];
  return deflateSync(Buffer.from(`\ufeff${lines.join("\n")}`, "utf16le"));
}

/** Sector data and table of some chunks: packed, stored with a checksum, or a pattern, as each is best or in turns. */
function addChunks(segment: SegmentWriter, disk: Uint8Array, first: number, count: number): void {
  const stored: Uint8Array[] = [];
  const entries = new Uint8Array(16 * count + 4);
  let offset = segment.at;
  for (let i = 0; i < count; i++) {
    const data = disk.subarray((first + i) * CHUNK, (first + i + 1) * CHUNK);
    const entry = viewOf(entries.subarray(16 * i, 16 * i + 16));
    if (data.length % 8 === 0 && data.every((byte, at) => byte === data[at % 8])) {
      entries.set(data.subarray(0, 8), 16 * i);
      entry.setUint32(12, 1 | 4, true);
      continue;
    }
    const sum = new Uint8Array(4);
    viewOf(sum).setUint32(0, adler32(data, 0, data.length), true);
    const packed = deflateSync(data);
    const isPacked = i % 2 === 0 && packed.length < data.length;
    const bytes = isPacked ? packed : Buffer.concat([data, sum]);
    entry.setBigUint64(0, BigInt(offset), true);
    entry.setUint32(8, bytes.length, true);
    entry.setUint32(12, isPacked ? 1 : 2, true);
    stored.push(padded(bytes));
    offset += padded(bytes).length;
  }
  segment.section(0x03, Buffer.concat(stored));
  const head = new Uint8Array(32);
  viewOf(head).setBigUint64(0, BigInt(first), true);
  viewOf(head).setUint32(8, count, true);
  viewOf(head).setUint32(16, adler32(head, 0, 16), true);
  viewOf(entries).setUint32(16 * count, adler32(entries, 0, 16 * count), true);
  segment.section(0x04, Buffer.concat([head, entries, new Uint8Array(12)]));
}

/** An Ex01 image of two segment files. */
export function forgeEwf2(disk: Uint8Array): ForgedImage {
  const chunks = Math.ceil(disk.length / CHUNK);
  const half = Math.ceil(chunks / 2);
  const first = new SegmentWriter(1);
  first.section(
    0x01,
    text([
      ["sn", ""],
      ["md", ""],
      ["lb", ""],
      ["ts", disk.length / SECTOR],
      ["hs", ""],
      ["dc", ""],
      ["dt", "f"],
      ["pid", ""],
      ["rs", 0],
      ["ls", 0],
      ["bp", SECTOR],
      ["ph", 1],
    ]),
  );
  first.section(
    0x02,
    text([
      ["nm", "disk"],
      ["cn", "case 7"],
      ["en", "2"],
      ["ex", "user.one"],
      ["nt", ""],
      ["av", "7"],
      ["os", "Linux"],
      ["tt", ""],
      ["at", ""],
      ["tb", chunks],
      ["cp", 1],
      ["sb", SECTORS_A_CHUNK],
      ["gr", 64],
      ["wb", ""],
    ]),
  );
  addChunks(first, disk, 0, half);
  first.section(0x0d, new Uint8Array(0));
  const second = new SegmentWriter(2);
  addChunks(second, disk, half, chunks - half);
  const md5 = new Uint8Array(32);
  md5.set(createHash("md5").update(disk).digest());
  viewOf(md5).setUint32(16, adler32(md5, 0, 16), true);
  second.section(0x08, md5);
  second.section(0x0f, new Uint8Array(0));
  const files = new Map([
    ["disk.Ex01", first.bytes()],
    ["disk.Ex02", second.bytes()],
  ]);
  return { name: "disk.Ex01", files, open: openEwf2 };
}
