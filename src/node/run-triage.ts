import { SharedCaches } from "../evtx/log-scan.ts";
import { compact } from "../triage/compact-result.ts";
import type { MapPlan, MapResult } from "../triage/log-mapper.ts";
import type { FoundInput } from "./find-inputs.ts";
import { type MapFileOptions, mapFile, notReached, unread } from "./map-file.ts";

export interface RunOptions extends MapFileOptions {
  /** Called before each input. */
  readonly onProgress?: (done: number, total: number, path: string) => void;
  /** True stops before the next input; those behind it are told as not read. */
  readonly cancelled?: () => boolean;
}

/** Maps all inputs, one after the other. An input that fails is a ledger line, never an exception. */
export async function mapInputs(
  inputs: readonly FoundInput[],
  plan: MapPlan,
  options: RunOptions,
): Promise<MapResult[]> {
  const results: MapResult[] = [];
  const shared = options.waiting?.shared ?? new SharedCaches();
  for (const [index, input] of inputs.entries()) {
    if (options.cancelled?.()) {
      results.push(...inputs.slice(index).map(notReached));
      return results;
    }
    options.onProgress?.(index, inputs.length, input.path);
    if ("problem" in input) results.push(unread(input.path, input.problem));
    else results.push(compact(await mapFile(input.path, plan, options, shared)));
    // Lets signals and progress through between files.
    await new Promise((resolve) => setImmediate(resolve));
  }
  options.onProgress?.(inputs.length, inputs.length, "");
  return results;
}
