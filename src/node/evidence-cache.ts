import { statSync } from "node:fs";
import { type Evidence, type EvidenceOptions, openEvidence } from "./evidence-reader.ts";

/** Containers kept open at once. Their logs are read one after the other; each costs a few file handles. */
const MOST_OPEN = 16;

/**
 * Containers of one run, opened once and kept open while their logs are read; the one used longest ago is closed when there
 * are many.
 */
export class EvidenceCache {
  readonly #options: EvidenceOptions;
  readonly #open = new Map<string, Promise<Evidence | undefined>>();

  constructor(options: EvidenceOptions = {}) {
    this.#options = options;
  }

  /** The container at a path of the file system, undefined when it is none. Rejects when the file cannot be opened. */
  at(path: string): Promise<Evidence | undefined> {
    const known = this.#open.get(path);
    if (known !== undefined) {
      this.#open.delete(path);
      this.#open.set(path, known);
      return known;
    }
    const opened = openEvidence(path, this.#options);
    this.#open.set(path, opened);
    opened.catch(() => this.#open.delete(path));
    for (const oldest of [...this.#open.keys()].slice(0, -MOST_OPEN)) this.#close(oldest);
    return opened;
  }

  close(): void {
    for (const path of [...this.#open.keys()]) this.#close(path);
  }

  #close(path: string): void {
    const opened = this.#open.get(path);
    this.#open.delete(path);
    opened?.then((evidence) => evidence?.close()).catch(() => {});
  }
}

/** For callers that bring no cache of their own; open until the process ends. */
export const sharedEvidence = new EvidenceCache();

/** `disk.dd!/p1/x.evtx` -> the file `disk.dd` and the whole label; undefined when the path names a file or nothing. */
export function splitEvidencePath(path: string): { readonly file: string } | undefined {
  for (let at = path.indexOf("!"); at >= 0; at = path.indexOf("!", at + 1)) {
    if (path[at + 1] !== undefined && path[at + 1] !== "/" && path[at + 1] !== "\\") continue;
    const file = path.slice(0, at);
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) return { file };
  }
  return undefined;
}
