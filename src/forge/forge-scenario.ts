import { ForgeError } from "./forge-error.ts";
import { forgeLog } from "./forge-log.ts";
import type { Scenario } from "./scenario.ts";

export interface ForgedFile {
  /** `HOST/File name as Windows has it.evtx`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly events: number;
}

/** Writes the logs of a scenario, one after the other. Errors name the log. */
export function* forgeScenario(scenario: Scenario): Generator<ForgedFile> {
  for (const { path, events, options } of scenario.logs) {
    try {
      yield { path, bytes: forgeLog(events, options), events: events.length };
    } catch (error) {
      if (!(error instanceof ForgeError)) throw error;
      throw new ForgeError(error.code, error.what, `${path}: ${error.where}`, error.fix);
    }
  }
}
