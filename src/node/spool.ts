import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ByteSource, MemorySource } from "../base/byte-source.ts";
import { readAt } from "./read-at.ts";

/** What is kept in memory at most; larger content goes to a file. */
const IN_MEMORY = 64 * 1024 * 1024;

/** Bytes that came front to back, now to be read anywhere. */
export interface Spool extends ByteSource {
  close(): void;
}

/**
 * Takes in a stream: in memory while it is small, else in a file of a folder of its own below the system's temporary
 * folder, readable by nobody else and removed on close. Throws when more than `mostBytes` come.
 */
export async function spoolStream(
  pieces: AsyncIterable<Uint8Array>,
  mostBytes: number,
): Promise<Spool> {
  const kept: Uint8Array[] = [];
  let size = 0;
  let file: SpoolFile | undefined;
  try {
    for await (const piece of pieces) {
      size += piece.length;
      if (size > mostBytes) throw new Error(`more than ${mostBytes} bytes come out of it`);
      if (file === undefined && size > IN_MEMORY) {
        file = new SpoolFile();
        for (const earlier of kept.splice(0)) file.append(earlier);
      }
      if (file === undefined) kept.push(piece.slice());
      else file.append(piece);
    }
  } catch (error) {
    file?.close();
    throw error;
  }
  if (file !== undefined) return file;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of kept) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return Object.assign(new MemorySource(bytes), { close: () => {} });
}

/** Temporary files still open; a process that ends takes them away. */
const open = new Set<SpoolFile>();
let cleaning = false;

class SpoolFile implements Spool {
  size = 0;
  readonly #folder: string;
  readonly #fd: number;
  #closed = false;

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), "konseki-"));
    this.#fd = openSync(join(this.#folder, "spool"), "wx+", 0o600);
    open.add(this);
    if (!cleaning) {
      cleaning = true;
      process.once("exit", () => {
        for (const file of open) file.close();
      });
    }
  }

  append(piece: Uint8Array): void {
    for (let done = 0; done < piece.length; )
      done += writeSync(this.#fd, piece, done, piece.length - done);
    this.size += piece.length;
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    return readAt(this.#fd, position, target, targetOffset, length);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    open.delete(this);
    closeSync(this.#fd);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
