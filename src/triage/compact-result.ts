import { inColumns } from "./columns-writer.ts";
import type { MapResult } from "./log-mapper.ts";
import { plainSignal } from "./signal-columns.ts";

/** What a log gave, while others are still read. */
export function compact(result: MapResult): MapResult {
  return { ...result, signals: inColumns(result.signals) };
}

/** The result as plain data, to be kept or sent. */
export function plainResult(result: MapResult): MapResult {
  return { ...result, signals: result.signals.map(plainSignal) };
}
