import { buffer } from "node:stream/consumers";
import { ZipWriter, type ZipWriterConstructorOptions } from "@zip.js/zip.js";
import { pack } from "tar-stream";

/** Archives by the libraries' own writers; names go in as they are. */
export type Files = Readonly<Record<string, Uint8Array>>;

export async function forgeZip(
  files: Files,
  options: ZipWriterConstructorOptions = {},
): Promise<Uint8Array> {
  const { Uint8ArrayReader, Uint8ArrayWriter } = await import("@zip.js/zip.js");
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, ...options });
  for (const [name, bytes] of Object.entries(files))
    await writer.add(name, new Uint8ArrayReader(bytes));
  return writer.close();
}

export async function forgeTar(files: Files, links: Readonly<Record<string, string>> = {}) {
  const tar = pack();
  for (const [name, bytes] of Object.entries(files)) tar.entry({ name }, Buffer.from(bytes));
  for (const [name, linkname] of Object.entries(links))
    tar.entry({ name, type: "symlink", linkname });
  tar.finalize();
  return new Uint8Array(await buffer(tar));
}

const ZSTD_MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

function zstdBlock(type: number, size: number, isLast: boolean): number[] {
  const header = (size << 3) | (type << 1) | (isLast ? 1 : 0);
  return [header & 0xff, (header >> 8) & 0xff, (header >> 16) & 0xff];
}

/** A zstd frame of one stored block (RFC 8878): below 128 KiB. */
export function storedZstd(bytes: Uint8Array): Uint8Array {
  const size = [bytes.length & 0xff, (bytes.length >> 8) & 0xff, (bytes.length >> 16) & 0xff, 0];
  return Uint8Array.from([
    ...ZSTD_MAGIC,
    0xa0,
    ...size,
    ...zstdBlock(0, bytes.length, true),
    ...bytes,
  ]);
}

/** A zstd frame that says "so many KiB of zeros" in four bytes each 128 KiB. */
export function zstdBomb(blocks: number): Uint8Array {
  const frame = [...ZSTD_MAGIC, 0x00, 0x38];
  for (let i = 1; i <= blocks; i++) frame.push(...zstdBlock(1, 128 * 1024, i === blocks), 0);
  return Uint8Array.from(frame);
}
