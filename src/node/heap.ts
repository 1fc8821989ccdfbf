import * as v8 from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Keeps memory near what is really used while large logs are read. Left alone, V8 lets garbage grow to several times of
 * that before it looks: fine for a server, not for a triage that runs beside others on an analyst's machine. Affects
 * all threads.
 */
export function keepHeapSmall(): void {
  v8.setFlagsFromString("--optimize-for-size");
}

/**
 * The same for what is joined afterwards: little of that is garbage, so that V8 need not look at each step, but by how
 * much memory may grow before it does is bounded.
 */
export function growHeapSlowly(): void {
  v8.setFlagsFromString("--no-optimize-for-size");
  v8.setFlagsFromString("--heap-growing-percent=30");
}

/**
 * Frees what nothing holds any more, now: V8 looks only when much has been added, and would let what is written next stand
 * beside what it was written from. Takes 0.1 s for 300 MiB.
 */
export function freeHeap(): void {
  v8.setFlagsFromString("--expose-gc");
  collect ??= runInNewContext("gc") as () => void;
  collect();
}

let collect: (() => void) | undefined;
