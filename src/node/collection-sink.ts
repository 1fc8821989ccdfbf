import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { createDeflateRaw } from "node:zlib";
import { platform } from "../base/platform.ts";

/** Where a collection is written to, file by file. */
export interface CollectionSink {
  /** Writes one file; `pieces` are only good until the next is asked for. `size` is what they add up to. */
  add(name: string, size: number, pieces: Iterable<Uint8Array>): Promise<void>;
  close(): void;
}

/** A new or empty folder. Throws when it holds anything or cannot be made. */
export function folderSink(folder: string): CollectionSink {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) throw new Error("the folder is not empty");
  return {
    async add(name, _size, pieces) {
      const path = join(folder, ...name.split("/"));
      mkdirSync(dirname(path), { recursive: true });
      // Never over an existing file, never through a link.
      const fd = openSync(path, "wx");
      try {
        for (const piece of pieces) writeAll(fd, piece, null);
      } catch (error) {
        rmSync(path);
        throw error;
      } finally {
        closeSync(fd);
      }
    },
    close() {},
  };
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const MOST_32 = 0xffffffff;
/** From this size on, sizes are written in 64 bits: room is left for data that deflate makes larger. */
const LARGE = 0xf0000000;
/** 1980-01-01: times are in the manifest, with all their digits. */
const DOS_DATE = 0x0021;
const UTF8_NAMES = 0x0800;
const DEFLATE = 8;

/** A new zip file (deflate, zip64 where needed). Throws when it exists. Layout: PKWARE APPNOTE 6.3. */
export function zipSink(path: string): CollectionSink {
  const fd = openSync(path, "wx");
  const central: Uint8Array[] = [];
  let at = 0;
  const append = (bytes: Uint8Array): void => {
    writeAll(fd, bytes, at);
    at += bytes.length;
  };
  return {
    async add(name, size, pieces) {
      const start = at;
      const large = size >= LARGE;
      const encoded = new TextEncoder().encode(name);
      const head = (crc: number, packed: number, plain: number): Uint8Array => {
        const { bytes, view } = blank(30 + encoded.length + (large ? 20 : 0));
        view.setUint32(0, LOCAL, true);
        view.setUint16(4, large ? 45 : 20, true);
        view.setUint16(6, UTF8_NAMES, true);
        view.setUint16(8, DEFLATE, true);
        view.setUint16(12, DOS_DATE, true);
        view.setUint32(14, crc, true);
        view.setUint32(18, large ? MOST_32 : packed, true);
        view.setUint32(22, large ? MOST_32 : plain, true);
        view.setUint16(26, encoded.length, true);
        view.setUint16(28, large ? 20 : 0, true);
        bytes.set(encoded, 30);
        if (large) writeExtra64(view, 30 + encoded.length, [plain, packed]);
        return bytes;
      };
      append(head(0, 0, 0));
      const dataAt = at;
      let crc = 0;
      let plain = 0;
      const deflate = createDeflateRaw();
      deflate.on("data", (packed: Buffer) => append(packed));
      const ended = new Promise<void>((resolve, reject) => {
        deflate.once("end", resolve);
        deflate.once("error", reject);
      });
      for (const piece of pieces) {
        crc = platform.crc32(piece, 0, piece.length, crc);
        plain += piece.length;
        await new Promise<void>((resolve, reject) =>
          deflate.write(piece.slice(), (error) => (error ? reject(error) : resolve())),
        );
      }
      deflate.end();
      await ended;
      const packed = at - dataAt;
      writeAll(fd, head(crc, packed, plain), start);
      central.push(centralEntry(encoded, crc, packed, plain, start));
    },
    close() {
      const centralAt = at;
      for (const entry of central) append(entry);
      append(endOf(central.length, at - centralAt, centralAt));
      closeSync(fd);
    },
  };
}

function centralEntry(
  name: Uint8Array,
  crc: number,
  packed: number,
  plain: number,
  start: number,
): Uint8Array {
  const large = plain >= LARGE || start >= MOST_32;
  const { bytes, view } = blank(46 + name.length + (large ? 28 : 0));
  view.setUint32(0, CENTRAL, true);
  view.setUint16(4, 45, true);
  view.setUint16(6, large ? 45 : 20, true);
  view.setUint16(8, UTF8_NAMES, true);
  view.setUint16(10, DEFLATE, true);
  view.setUint16(14, DOS_DATE, true);
  view.setUint32(16, crc, true);
  view.setUint32(20, large ? MOST_32 : packed, true);
  view.setUint32(24, large ? MOST_32 : plain, true);
  view.setUint16(28, name.length, true);
  view.setUint16(30, large ? 28 : 0, true);
  view.setUint32(42, large ? MOST_32 : start, true);
  bytes.set(name, 46);
  if (large) writeExtra64(view, 46 + name.length, [plain, packed, start]);
  return bytes;
}

function endOf(count: number, size: number, centralAt: number): Uint8Array {
  const large = count >= 0xffff || centralAt >= MOST_32 || size >= MOST_32;
  const { bytes, view } = blank(large ? 56 + 20 + 22 : 22);
  let at = 0;
  if (large) {
    view.setUint32(0, END64, true);
    view.setBigUint64(4, 44n, true);
    view.setUint16(12, 45, true);
    view.setUint16(14, 45, true);
    view.setBigUint64(24, BigInt(count), true);
    view.setBigUint64(32, BigInt(count), true);
    view.setBigUint64(40, BigInt(size), true);
    view.setBigUint64(48, BigInt(centralAt), true);
    view.setUint32(56, LOCATOR64, true);
    view.setBigUint64(64, BigInt(centralAt + size), true);
    view.setUint32(72, 1, true);
    at = 76;
  }
  view.setUint32(at, END, true);
  view.setUint16(at + 8, Math.min(count, 0xffff), true);
  view.setUint16(at + 10, Math.min(count, 0xffff), true);
  view.setUint32(at + 12, large ? MOST_32 : size, true);
  view.setUint32(at + 16, large ? MOST_32 : centralAt, true);
  return bytes;
}

function writeExtra64(view: DataView, at: number, values: readonly number[]): void {
  view.setUint16(at, 1, true);
  view.setUint16(at + 2, values.length * 8, true);
  for (const [i, value] of values.entries()) view.setBigUint64(at + 4 + i * 8, BigInt(value), true);
}

function blank(size: number): { bytes: Uint8Array; view: DataView } {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer) };
}

function writeAll(fd: number, bytes: Uint8Array, at: number | null): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(fd, bytes, done, bytes.length - done, at === null ? null : at + done);
}
