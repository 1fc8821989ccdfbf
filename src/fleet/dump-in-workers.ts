import { statSync } from "node:fs";
import { type ChunkRange, finishLog, joinParts, type LogPart } from "../evtx/log-part.ts";
import { SharedCaches } from "../evtx/log-scan.ts";
import type { InputLedger } from "../model/ledger.ts";
import { type DumpOptions, dumpLog } from "../node/dump-log.ts";
import type { EvidenceCache } from "../node/evidence-cache.ts";
import { FileSource } from "../node/file-source.ts";
import { tellInputKind } from "../node/input-kind.ts";
import { inputName } from "../node/open-log.ts";
import { reasonOf } from "../node/reason-of.ts";
import { RecordPrinter } from "../node/record-printer.ts";
import { evtxLedger } from "../triage/map-evtx.ts";
import { stretches, unreadStretch } from "../triage/map-stretch.ts";
import type { DumpAnswer, DumpTask } from "./dump-protocol.ts";
import { dumpStretch } from "./dump-stretch.ts";
import { NoWorkersError, WorkerPool } from "./worker-pool.ts";

/** 1 MiB of a log, about twice that as text: what waits for its turn stays small. */
const STRETCH_CHUNKS = 16;
/** The text of nearly every such stretch fits in. */
const SPACE_BYTES = 4 * 1024 * 1024;
/** Stretches a worker that are begun or wait to be written. */
const STRETCHES_AHEAD = 3;

/** Beside this module, in the bundle too. */
const ENTRY = new URL("./dump-worker.js", import.meta.url);

export interface DumpWorkersOptions extends Omit<DumpOptions, "recover" | "onIssue"> {
  readonly workers: number;
  /** The module that workers run. */
  readonly entry?: URL;
}

/**
 * Writes the records of all logs in the order of the logs and, in each, of the file: the same bytes as `dumpLog` gives
 * log by log. Yields what was read of each. What is no plain .evtx file is dumped in this thread when its turn comes.
 */
export async function* dumpInWorkers(
  paths: Iterable<string>,
  options: DumpWorkersOptions,
  cache?: EvidenceCache,
): AsyncGenerator<InputLedger> {
  const { plan, workers, entry = ENTRY, write, stopped } = options;
  const pool = new WorkerPool<DumpTask, DumpAnswer>(entry, plan, workers);
  const shared = options.shared ?? new SharedCaches();
  const pieces = piecesOf(paths);
  const begun: Begun[] = [];
  const spaces = Array.from(
    { length: STRETCHES_AHEAD * workers },
    () => new SharedArrayBuffer(SPACE_BYTES),
  );
  const begin = (): void => {
    for (let space = spaces.pop(); space !== undefined; space = spaces.pop()) {
      const { value: piece } = pieces.next();
      if (piece === undefined) return;
      if (!("range" in piece)) {
        spaces.push(space);
        begun.push({ piece });
        return; // no stretch bounds how many of these wait
      }
      const answer = pool.run({ path: piece.path, ...piece.range, space });
      // One that fails while another is awaited must not end the process.
      answer.catch(() => {});
      begun.push({ piece, answer, space });
    }
  };
  let log: LogPart | undefined;
  try {
    for (begin(); begun.length > 0 && !stopped?.(); begin()) {
      const next = begun.shift()!;
      if (!("answer" in next)) {
        yield await dumpLog(next.piece.path, { ...options, shared }, cache);
        continue;
      }
      const { piece, answer, space } = next;
      const { path, range, size } = piece;
      const { text, log: part } = await answerOf(piece, answer, () => {
        const printer = new RecordPrinter(plan);
        const here = dumpStretch({ path, ...range }, printer, shared);
        return { log: here, text: printer.out.written };
      });
      write(typeof text === "number" ? new Uint8Array(space, 0, text) : text);
      spaces.push(space);
      log = log === undefined ? part : joinParts(log, part);
      if (!piece.isLast) continue;
      const name = inputName(path);
      yield evtxLedger(finishLog(name, log, size), name, "");
      log = undefined;
    }
  } finally {
    await pool.close();
  }
}

/** A stretch of a log on disk. */
interface Stretch {
  readonly path: string;
  readonly size: number;
  readonly range: ChunkRange;
  readonly isLast: boolean;
}

/** What waits for its turn to be written: a stretch, or a log that is dumped as a whole. */
type Begun =
  | {
      readonly piece: Stretch;
      readonly answer: Promise<DumpAnswer>;
      readonly space: SharedArrayBuffer;
    }
  | { readonly piece: { readonly path: string } };

function* piecesOf(
  paths: Iterable<string>,
): Generator<Stretch | { readonly path: string }, undefined> {
  for (const path of paths) {
    const size = evtxSize(path);
    if (size === undefined) {
      yield { path };
      continue;
    }
    const ranges = stretches(size, STRETCH_CHUNKS);
    for (const range of ranges) yield { path, size, range, isLast: range === ranges.at(-1) };
  }
}

/** The size of an .evtx file on disk; undefined for anything else. */
function evtxSize(path: string): number | undefined {
  try {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
    const file = new FileSource(path);
    try {
      return tellInputKind(file) === "evtx" ? file.size : undefined;
    } finally {
      file.close();
    }
  } catch {
    return undefined; // whoever dumps it says why it cannot be read
  }
}

/** The answer; `here` when no worker can be had; nothing but the loss, told, of a stretch on which workers died. */
async function answerOf(
  { path, range }: Stretch,
  answer: Promise<DumpAnswer>,
  here: () => DumpAnswer,
): Promise<DumpAnswer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NoWorkersError) return here();
    const file = new FileSource(path);
    try {
      const { log } = unreadStretch(file, inputName(path), range, reasonOf(error));
      return { text: 0, log };
    } finally {
      file.close();
    }
  }
}
