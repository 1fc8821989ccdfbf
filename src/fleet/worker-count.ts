import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { FoundInput } from "../node/find-inputs.ts";

/** A worker has to load the rules and warm its code, which costs about as much as reading this many bytes. */
const BYTES_A_WORKER = 32 * 1024 * 1024;
/** More threads than this wait for the disk and for the one that joins. */
const MOST_WORKERS = 8;
/**
 * The thread that joins keeps about half a core busy, and each thread's garbage is collected beside it: on two cores two workers
 * take a third more CPU time than this thread alone, and end no sooner.
 */
const CORES_BESIDE_WORKERS = 1;

/** How many workers are worth their start for these inputs: 1 = none but this thread. Containers do not count. */
export function worthwhileWorkers(
  inputs: readonly FoundInput[],
  cores = availableParallelism(),
): number {
  const most = Math.min(cores - CORES_BESIDE_WORKERS, MOST_WORKERS);
  const bytes = bytesUpTo(most * BYTES_A_WORKER, inputs);
  return Math.max(1, Math.min(most, Math.floor(bytes / BYTES_A_WORKER)));
}

/** Bytes of the inputs that are files, or some number above `most`. */
export function bytesUpTo(most: number, inputs: readonly FoundInput[]): number {
  let bytes = 0;
  for (const input of inputs) {
    if ("problem" in input) continue;
    const stat = statSync(input.path, { throwIfNoEntry: false });
    if (stat?.isFile()) bytes += stat.size;
    if (bytes > most) break;
  }
  return bytes;
}
