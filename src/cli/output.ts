import { closeSync, existsSync, openSync, writeSync } from "node:fs";
import { reasonOf } from "../node/reason-of.ts";
import { outsideEvidence } from "./outside-evidence.ts";
import { UsageError } from "./usage-error.ts";

/** Where a command's answer goes: standard output, or a file that must not exist unless `clobber`. */
export class Output {
  readonly #fd: number;
  readonly #path: string | undefined;
  /** True once the reader of a pipe has gone; further writes are dropped. */
  closed = false;

  /** `evidence`: what the command reads; nothing is written over it or into it. */
  constructor(path: string | undefined, clobber: boolean, evidence: readonly string[] = []) {
    this.#path = path === "-" ? undefined : path;
    if (this.#path === undefined) {
      this.#fd = 1;
      return;
    }
    outsideEvidence(this.#path, evidence, "the output");
    this.#fd = openNewFile(this.#path, clobber);
  }

  get isTerminal(): boolean {
    return this.#path === undefined && process.stdout.isTTY === true;
  }

  write(data: string | Uint8Array): void {
    const bytes = typeof data === "string" ? Buffer.from(data, "utf8") : data;
    for (let at = 0; at < bytes.length && !this.closed; ) {
      try {
        at += writeSync(this.#fd, bytes, at, bytes.length - at);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        // A pipe whose reader is slow says EAGAIN; one whose reader is gone says EPIPE (`| head`).
        if (code === "EAGAIN") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
        else if (code === "EPIPE") this.closed = true;
        else throw error;
      }
    }
  }

  close(): void {
    if (this.#path !== undefined) closeSync(this.#fd);
  }
}

/** Opens a file for writing that must not exist unless `clobber`. */
export function openNewFile(path: string, clobber: boolean): number {
  if (!clobber && existsSync(path))
    throw new UsageError(`${path} exists already: give -C to overwrite it, or another name`);
  try {
    return openSync(path, "w");
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${unwritable(error)}`);
  }
}

/** Plain words for why the system does not let a file be written. */
export function unwritable(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
      return "its folder does not exist";
    case "ENOTDIR":
      return "a part of the path is a file, not a folder";
    case "EACCES":
    case "EPERM":
      return "no permission to write there";
    case "ENOSPC":
      return "the disk is full";
    case "EROFS":
      return "the medium is read-only";
    default:
      return reasonOf(error);
  }
}
