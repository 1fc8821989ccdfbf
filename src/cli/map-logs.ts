import type { FoundInput } from "../node/find-inputs.ts";
import { growHeapSlowly, keepHeapSmall } from "../node/heap.ts";
import type { LoadedRules } from "../node/load-rules.ts";
import type { RunOptions } from "../node/run-triage.ts";
import type { MapPlan, MapResult } from "../triage/log-mapper.ts";
import { UsageError } from "./usage-error.ts";
import { VERSION } from "./version.ts";

/** No machine that reads logs has more cores; each worker takes memory. */
const MOST_WORKERS = 64;
/**
 * From here on garbage would add up to more than the logs' own results, so a small heap is worth what it costs: a third
 * more CPU time on several hundred small logs, a tenth on one of 1 GiB.
 */
const LARGE_INPUT = 256 * 1024 * 1024;

/** From here on joining them takes long enough that a heap kept small would cost more time than it is worth. */
const MANY_SIGNALS = 200_000;

/** The value of `--workers`. */
export function workerCount(value: string): number {
  const count = Number(value);
  if (!/^\d+$/.test(value) || count < 1 || count > MOST_WORKERS)
    throw new UsageError(`--workers ${value}: write a number from 1 to ${MOST_WORKERS}`);
  return count;
}

/** What mapping in other threads takes. */
interface MapMeans {
  readonly rules: Pick<LoadedRules, "key" | "pack">;
  readonly caseFolder: string | undefined;
}

/** Maps logs in this thread or, where it is worth their start, in several; the results are the same. */
export async function mapLogs(
  inputs: readonly FoundInput[],
  plan: MapPlan,
  options: RunOptions,
  more: MapMeans & { readonly workers: number | undefined },
): Promise<MapResult[]> {
  const { bytesUpTo, worthwhileWorkers } = await import("../fleet/worker-count.ts");
  const workers = more.workers ?? worthwhileWorkers(inputs);
  const isLarge = bytesUpTo(LARGE_INPUT, inputs) > LARGE_INPUT;
  if (isLarge) keepHeapSmall();
  const { WaitingRecoveries } = await import("../triage/waiting-recoveries.ts");
  const { shareTemplates } = await import("../node/share-templates.ts");
  // Other threads and stores have to hold whole results.
  const waiting =
    workers === 1 && options.store === undefined ? new WaitingRecoveries() : undefined;
  const mapped = await mapWith(
    workers,
    inputs,
    plan,
    { ...options, ...(waiting && { waiting }) },
    more,
  );
  const results = await shareTemplates(mapped, plan, options.evidence, waiting);
  if (isLarge && haveManySignals(results)) growHeapSlowly();
  return results;
}

/** Whether joining them takes long and much memory. */
export function haveManySignals(results: readonly MapResult[]): boolean {
  return results.reduce((sum, { signals }) => sum + signals.length, 0) > MANY_SIGNALS;
}

async function mapWith(
  workers: number,
  inputs: readonly FoundInput[],
  plan: MapPlan,
  options: RunOptions,
  more: MapMeans,
): Promise<MapResult[]> {
  if (workers === 1) {
    const { mapInputs } = await import("../node/run-triage.ts");
    return mapInputs(inputs, plan, options);
  }
  const { mapInWorkers } = await import("../fleet/map-in-workers.ts");
  const { rules, caseFolder } = more;
  const { engine: _, visit, ...rest } = plan;
  if (visit !== undefined) throw new Error("a visitor cannot follow into other threads");
  return mapInWorkers(inputs, plan, {
    ...options,
    workers,
    setup: {
      pack: shared(rules.pack()),
      key: rules.key,
      plan: rest,
      ...(caseFolder !== undefined && { store: { folder: caseFolder, version: VERSION } }),
    },
  });
}

/** The same bytes where all threads see them. */
function shared(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
