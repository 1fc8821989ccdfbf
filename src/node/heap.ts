import * as v8 from "node:v8";

/**
 * Keeps memory near what is really used. Left alone, V8 lets garbage grow to several times of that before it looks:
 * fine for a server, not for a triage that runs beside others on an analyst's machine. Affects all threads.
 */
export function keepHeapSmall(): void {
  v8.setFlagsFromString("--optimize-for-size");
}
