import { realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

/** Refuses a place to write to that is evidence or lies inside a folder of it: nothing is ever written beside evidence. */
export function outsideEvidence(place: string, inputs: readonly string[], option: string): void {
  const target = realPlace(place);
  for (const input of inputs) {
    const file = fileOf(input);
    if (file !== undefined && realpathSync(file) === target)
      throw new UsageError(`${option} ${place} is the evidence itself: name another place`);
    if (file !== undefined || statSync(input, { throwIfNoEntry: false }) === undefined) continue;
    const way = relative(realpathSync(input), target);
    if (way === "" || (!way.startsWith("..") && !isAbsolute(way)))
      throw new UsageError(`${option} ${place} lies in the evidence ${input}: name another place`);
  }
}

/** The file that an input is, or that holds it (`disk.dd!/p1/x.evtx`); undefined for folders and what is not there. */
function fileOf(input: string): string | undefined {
  for (let at = input.length; at > 0; at = input.lastIndexOf("!", at - 1)) {
    const stat = statSync(input.slice(0, at), { throwIfNoEntry: false });
    if (stat !== undefined) return stat.isDirectory() ? undefined : input.slice(0, at);
  }
  return undefined;
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
