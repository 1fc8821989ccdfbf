import type { EvidenceCache } from "./evidence-cache.ts";
import { type OpenLog, openLog } from "./open-log.ts";

const CHUNK_SIZE = 65_536;
/** Logs kept open at once. */
const MOST_LOGS = 16;
/** Chunks kept in memory at once: 4 MiB. */
const MOST_CHUNKS = 64;

/** Chunks of many logs in any order. */
export class ChunkReader {
  readonly #cache: EvidenceCache | undefined;
  readonly #logs = new Map<string, OpenLog>();
  readonly #chunks = new Map<string, Uint8Array>();

  constructor(cache?: EvidenceCache) {
    this.#cache = cache;
  }

  /** The bytes from `offset` of a log on, up to 64 KiB; good for as long as they are held. Rejects as `openLog` does. */
  async read(file: string, offset: number): Promise<Uint8Array> {
    const key = `${offset} ${file}`;
    let chunk = this.#chunks.get(key);
    if (chunk === undefined) {
      const { source } = await this.#log(file);
      const bytes = new Uint8Array(CHUNK_SIZE);
      chunk = bytes.subarray(0, source.read(offset, bytes, 0, CHUNK_SIZE));
    }
    this.#chunks.delete(key);
    this.#chunks.set(key, chunk);
    for (const oldest of [...this.#chunks.keys()].slice(0, -MOST_CHUNKS))
      this.#chunks.delete(oldest);
    return chunk;
  }

  close(): void {
    for (const log of this.#logs.values()) log.close();
    this.#logs.clear();
  }

  async #log(file: string): Promise<OpenLog> {
    const log = this.#logs.get(file) ?? (await openLog(file, this.#cache));
    this.#logs.delete(file);
    this.#logs.set(file, log);
    for (const [oldest, old] of [...this.#logs].slice(0, -MOST_LOGS)) {
      old.close();
      this.#logs.delete(oldest);
    }
    return log;
  }
}
