import type { EventView } from "../model/event.ts";
import type { EvidenceOptions } from "../node/evidence-reader.ts";
import type { EventFilter } from "../triage/event-filter.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { progressLine } from "./progress.ts";
import { warn } from "./warn.ts";

export interface VisitOptions {
  readonly filter: EventFilter;
  readonly quiet: boolean;
  readonly evidence: EvidenceOptions;
  /** True ends the run early (the reader of a pipe has gone). */
  readonly stopped?: () => boolean;
}

/** Shows every event of the inputs that passes the filter; says on stderr what could not be read. */
export async function visitEvents(
  paths: readonly string[],
  options: VisitOptions,
  visit: (event: EventView, file: string) => void,
): Promise<ExitCode> {
  const { installNodePlatform } = await import("../node/platform.ts");
  installNodePlatform();
  const { findInputs } = await import("../node/find-inputs.ts");
  const { mapInputs } = await import("../node/run-triage.ts");
  const { EvidenceCache } = await import("../node/evidence-cache.ts");
  const evidence = new EvidenceCache(options.evidence);
  let interrupted = false;
  const onInterrupt = (): void => {
    interrupted = true;
  };
  process.once("SIGINT", onInterrupt);
  const results = await mapInputs(
    await findInputs(paths, evidence),
    { filter: options.filter, visit },
    {
      evidence,
      onProgress: progressLine(options.quiet),
      cancelled: () => interrupted || options.stopped?.() === true,
    },
  );
  evidence.close();
  process.removeListener("SIGINT", onInterrupt);
  const incomplete = results.map(({ ledger }) => ledger).filter(({ status }) => status !== "read");
  if (!options.quiet) {
    for (const { path, status, reason } of incomplete) warn(`${path}: ${status}: ${reason}`);
  }
  if (interrupted) return EXIT.interrupted;
  return incomplete.length > 0 ? EXIT.incomplete : EXIT.done;
}
