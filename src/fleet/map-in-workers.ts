import { statSync } from "node:fs";
import { TextPool } from "../base/text-pool.ts";
import type { ChunkRange } from "../evtx/log-part.ts";
import { SharedCaches } from "../evtx/log-scan.ts";
import { FileSource } from "../node/file-source.ts";
import type { FoundInput } from "../node/find-inputs.ts";
import { tellInputKind } from "../node/input-kind.ts";
import { mapFile, notReached, unread } from "../node/map-file.ts";
import { inputName } from "../node/open-log.ts";
import { reasonOf } from "../node/reason-of.ts";
import type { RunOptions } from "../node/run-triage.ts";
import { compact } from "../triage/compact-result.ts";
import type { MapPlan, MapResult } from "../triage/log-mapper.ts";
import { StretchJoiner } from "../triage/map-evtx.ts";
import { type StretchResult, stretches, unreadStretch } from "../triage/map-stretch.ts";
import { unpackSignals } from "../triage/packed-signals.ts";
import { unpackStretch } from "../triage/packed-stretch.ts";
import type { MapAnswer, MapSetup, MapTask } from "./map-protocol.ts";
import { NoWorkersError, WorkerPool } from "./worker-pool.ts";

export interface WorkersOptions extends RunOptions {
  readonly workers: number;
  readonly setup: MapSetup;
  /** The module that workers run. */
  readonly entry?: URL;
}

/** Stretches a worker of one log that are begun or wait to be joined; more would only take memory. */
const STRETCHES_AHEAD = 3;

/** Beside this module, in the bundle too. */
const ENTRY = new URL("./map-worker.js", import.meta.url);

/**
 * Maps all inputs with worker threads: whole logs, and stretches of large ones. The results are the same, byte for byte,
 * as those of one thread. What lies in containers is read here, by whoever holds them open.
 */
export async function mapInWorkers(
  inputs: readonly FoundInput[],
  plan: MapPlan,
  options: WorkersOptions,
): Promise<MapResult[]> {
  const { workers, setup, entry = ENTRY } = options;
  const pool = new WorkerPool<MapTask, MapAnswer>(entry, setup, workers);
  const mapper = new InputMapper(pool, plan, options);
  const results = new Array<MapResult | undefined>(inputs.length);
  const sized = inputs.map((input, index) => ({ input, index, size: fileSize(input) }));
  // Large ones first: whoever is ready early then finds small ones to do.
  const onDisk = sized.filter(({ size }) => size !== undefined);
  onDisk.sort((a, b) => (b.size ?? 0) - (a.size ?? 0) || a.index - b.index);
  let done = 0;
  const finish = (index: number, result: MapResult | undefined): void => {
    results[index] = result && compact(result);
    options.onProgress?.(++done, inputs.length, inputs[index]?.path ?? "");
  };
  try {
    await Promise.all([
      inTurns(onDisk, 2 * workers, async ({ input, index, size }) => {
        if (!options.cancelled?.()) finish(index, await mapper.map(input.path, size ?? 0));
      }),
      inTurns(
        sized.filter(({ size }) => size === undefined),
        1,
        async ({ input, index }) => {
          if (options.cancelled?.()) return;
          if ("problem" in input) finish(index, unread(input.path, input.problem));
          else finish(index, await mapper.mapHere(input.path));
          await new Promise((resolve) => setImmediate(resolve));
        },
      ),
    ]);
  } finally {
    await pool.close();
  }
  return results.map((result, index) => result ?? notReached(inputs[index]!));
}

/** The size of a plain file; undefined for anything that is none. */
function fileSize(input: FoundInput): number | undefined {
  if ("problem" in input || input.path === "-") return undefined;
  const stat = statSync(input.path, { throwIfNoEntry: false });
  return stat?.isFile() ? stat.size : undefined;
}

/** One that fails while another is awaited must not end the process. */
function watched<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** At most `most` at a time, begun in their order. */
async function inTurns<T>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const turn = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: most }, turn));
}

class InputMapper {
  readonly #pool: WorkerPool<MapTask, MapAnswer>;
  readonly #plan: MapPlan;
  readonly #options: WorkersOptions;
  readonly #shared = new SharedCaches();
  readonly #texts = new TextPool();

  constructor(pool: WorkerPool<MapTask, MapAnswer>, plan: MapPlan, options: WorkersOptions) {
    this.#pool = pool;
    this.#plan = plan;
    this.#options = options;
  }

  /** In this thread. */
  mapHere(path: string): Promise<MapResult> {
    return mapFile(path, this.#plan, this.#options, this.#shared);
  }

  async map(path: string, size: number): Promise<MapResult> {
    try {
      const result = isLargeEvtx(path, size)
        ? await this.#mapStretches(path, size)
        : await this.#mapWhole(path);
      for (const issue of result.ledger.issues) this.#options.onIssue?.(issue);
      return result;
    } catch (error) {
      // Without workers it takes longer, nothing else.
      if (error instanceof NoWorkersError) return await this.mapHere(path);
      return unread(inputName(path), reasonOf(error), size);
    }
  }

  async #mapWhole(path: string): Promise<MapResult> {
    const answer = await this.#pool.run({ do: "log", path });
    if (answer.of !== "log") throw new Error(`a worker answered with ${answer.of}`);
    this.#options.store?.add(answer.counts);
    const { result } = answer;
    return { ...result, signals: unpackSignals(result.signals, this.#texts) };
  }

  async #mapStretches(path: string, size: number): Promise<MapResult> {
    const name = inputName(path);
    const { store } = this.#options;
    const hashed = watched(this.#hash(path));
    if (store !== undefined) {
      const known = store.take(await hashed, name);
      if (known !== undefined) return known;
    }
    const joiner = new StretchJoiner(this.#plan, name);
    const ranges = stretches(size);
    const begun: Promise<StretchResult>[] = [];
    for (let next = 0; next < ranges.length || begun.length > 0; ) {
      while (next < ranges.length && begun.length < STRETCHES_AHEAD * this.#options.workers) {
        begun.push(watched(this.#stretch(path, ranges[next++]!, joiner.hasMany)));
      }
      joiner.add(await begun.shift()!);
    }
    const result = this.#finish(joiner, path, size, await hashed);
    store?.keep(result);
    return result;
  }

  #finish(joiner: StretchJoiner, path: string, size: number, sha256: string): MapResult {
    const source = new FileSource(path);
    try {
      return joiner.finish(size, sha256, { source, shared: this.#shared });
    } finally {
      source.close();
    }
  }

  async #hash(path: string): Promise<string> {
    const answer = await this.#pool.run({ do: "hash", path }, { isLong: true });
    if (answer.of !== "hash") throw new Error(`a worker answered with ${answer.of}`);
    return answer.sha256;
  }

  async #stretch(path: string, range: ChunkRange, manyBefore: boolean): Promise<StretchResult> {
    try {
      const answer = await this.#pool.run({ do: "stretch", path, ...range, manyBefore });
      if (answer.of !== "stretch") throw new Error(`a worker answered with ${answer.of}`);
      return unpackStretch(answer.result, this.#texts);
    } catch (error) {
      if (error instanceof NoWorkersError) throw error;
      const file = new FileSource(path);
      try {
        return unreadStretch(file, inputName(path), range, reasonOf(error));
      } finally {
        file.close();
      }
    }
  }
}

/** Whether it is worth cutting. By its signature: what is an .evtx by its name alone is read as a whole. */
function isLargeEvtx(path: string, size: number): boolean {
  if (stretches(size).length < 2) return false;
  const file = new FileSource(path);
  try {
    return tellInputKind(file) === "evtx";
  } finally {
    file.close();
  }
}
