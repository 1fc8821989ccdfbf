import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where the public sample logs lie; set KONSEKI_SAMPLES to use another copy. */
export const samplesRoot = resolve(process.env.KONSEKI_SAMPLES ?? "../shared");

export const haveSamples = existsSync(join(samplesRoot, "samples"));

/** Shown beside tests that are skipped because the sample logs are not on this machine. */
export const noSamplesReason = "sample logs absent (set KONSEKI_SAMPLES)";

export function samplePath(...parts: string[]): string {
  return join(samplesRoot, ...parts);
}
