import { configure, ERR_INVALID_PASSWORD, type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import type { ByteSource } from "../../base/byte-source.ts";
import type { ArchiveEntry, ArchiveOpener, ContainerContext } from "../../sources/container.ts";
import { SliceSource } from "../../sources/slice-source.ts";
import type { SourceProblem } from "../../sources/source-problem.ts";
import { reasonOf } from "../reason-of.ts";
import { mostUnpacked, tooLarge } from "./unpack-limits.ts";

configure({ useWebWorkers: false });

/** Zip archives, also with 64-bit sizes and with the passwords of both kinds (ZipCrypto, AES). */
export const openZip: ArchiveOpener = async (source, context) => {
  // Names are labels here, never paths: one that tries to lead out of the folder must not cost the whole archive.
  const reader = new ZipReader(new SourceReader(source), {
    useWebWorkers: false,
    filenameValidation: "tolerant",
  });
  const entries: ArchiveEntry[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory || isLink(entry)) continue;
      entries.push({
        path: entry.filename.replaceAll("\\", "/"),
        size: entry.uncompressedSize,
        ...(isDate(entry.lastModDate) && { modified: entry.lastModDate.toISOString() }),
        open: () => openEntry(entry, source, context),
      });
    }
  } catch (error) {
    if (entries.length === 0) return { problem: `is damaged: ${reasonOf(error)}` };
    context.onIssue({
      code: "archive-damaged",
      severity: "warning",
      message: `the list of its files breaks off after ${entries.length}: ${reasonOf(error)}`,
      source: context.name,
    });
  }
  return { entries };
};

class SourceReader extends Reader<ByteSource> {
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    super(source);
    this.#source = source;
    this.size = source.size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(Math.max(Math.min(length, this.#source.size - index), 0));
    return bytes.subarray(0, this.#source.read(index, bytes, 0, bytes.length));
  }
}

const UNIX_LINK = 0o120_000;

function isLink({ externalFileAttributes }: FileEntry): boolean {
  return (((externalFileAttributes ?? 0) >>> 16) & 0o170_000) === UNIX_LINK;
}

function isDate(date: Date | undefined): date is Date {
  return date !== undefined && !Number.isNaN(date.getTime());
}

async function openEntry(
  entry: FileEntry,
  source: ByteSource,
  context: ContainerContext,
): Promise<ByteSource | SourceProblem> {
  const { compressedSize, uncompressedSize, encrypted } = entry;
  const problem = tooLarge(uncompressedSize, compressedSize);
  if (problem !== undefined) return problem;
  const passwords: (string | undefined)[] = encrypted ? [...context.passwords] : [undefined];
  if (passwords.length === 0) return { problem: "is encrypted", fix: "give its --password" };
  let reason: unknown;
  for (const password of passwords) {
    try {
      return await unpack(
        entry,
        password,
        context,
        mostUnpacked(Math.min(compressedSize, source.size)),
      );
    } catch (error) {
      reason = error;
      if (!encrypted) break;
    }
  }
  return encrypted && (reason as Error | undefined)?.message === ERR_INVALID_PASSWORD
    ? { problem: "is encrypted, and no password given opens it", fix: "give its --password" }
    : { problem: `does not unpack: ${reasonOf(reason)}` };
}

async function unpack(
  entry: FileEntry,
  password: string | undefined,
  context: ContainerContext,
  most: number,
): Promise<ByteSource> {
  const pipe = new Pipe();
  const written = entry.getData(pipe.writable, {
    checkSignature: true,
    useWebWorkers: false,
    ...(password !== undefined && { password }),
  });
  // What fails before the first byte does not end the stream by itself.
  written.catch((error) => pipe.fail(error));
  const [spooled, done] = await Promise.allSettled([context.spool(pipe.readable, most), written]);
  if (spooled.status === "rejected") throw spooled.reason;
  if (done.status === "rejected") throw done.reason;
  return new SliceSource(spooled.value, 0, spooled.value.size);
}

/** What is written at one end is read at the other; either end can break it. */
class Pipe {
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #ended = false;
  readonly readable = new ReadableStream<Uint8Array>({
    start: (controller) => {
      this.#controller = controller;
    },
    cancel: () => {
      this.#ended = true;
    },
  });
  readonly writable = new WritableStream<Uint8Array>({
    write: async (piece) => {
      if (this.#ended) throw new Error("nobody reads on");
      this.#controller?.enqueue(piece);
      // Lets the reader take it before the next comes.
      await new Promise((resolve) => setImmediate(resolve));
    },
    close: () => {
      if (!this.#ended) this.#controller?.close();
      this.#ended = true;
    },
    abort: (reason) => this.fail(reason),
  });

  fail(reason: unknown): void {
    if (!this.#ended) this.#controller?.error(reason);
    this.#ended = true;
  }
}
