import { realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

/** Refuses a place to write to that lies inside a folder of evidence: nothing is ever written beside evidence. */
export function outsideEvidence(place: string, inputs: readonly string[], option: string): void {
  const target = realPlace(place);
  for (const input of inputs) {
    if (!statSync(input, { throwIfNoEntry: false })?.isDirectory()) continue;
    const way = relative(realpathSync(input), target);
    if (way === "" || (!way.startsWith("..") && !isAbsolute(way)))
      throw new UsageError(`${option} ${place} lies in the evidence ${input}: name another place`);
  }
}

/** Where a path leads that need not exist yet: links in the part that does are followed. */
function realPlace(path: string): string {
  const full = resolve(path);
  try {
    return realpathSync(full);
  } catch {
    const parent = dirname(full);
    return parent === full ? full : resolve(realPlace(parent), relative(parent, full));
  }
}
