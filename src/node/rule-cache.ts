import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where packs lie: the system's place for caches. Nothing is ever written beside evidence or rules. */
function cacheFolder(): string {
  const base =
    process.env.XDG_CACHE_HOME ||
    (process.platform === "win32" && process.env.LOCALAPPDATA) ||
    join(homedir(), ".cache");
  return join(base, "konseki", "rules");
}

/** The pack under this key as it lies there, not yet checked; undefined when there is none. */
export function readCachedPack(key: string): Uint8Array | undefined {
  try {
    return readFileSync(join(cacheFolder(), `${key}.pack`));
  } catch {
    return undefined; // no pack: the caller prepares the rules from their files
  }
}

/** Keeps a pack. A cache that cannot be written costs time, nothing else. */
export function writeCachedPack(key: string, pack: () => Uint8Array): void {
  try {
    const folder = cacheFolder();
    mkdirSync(folder, { recursive: true });
    // Written aside and renamed, so that no reader ever sees half a pack.
    const aside = join(folder, `${key}.${process.pid}.tmp`);
    writeFileSync(aside, pack());
    renameSync(aside, join(folder, `${key}.pack`));
  } catch {
    // a read-only home is no reason to fail
  }
}
