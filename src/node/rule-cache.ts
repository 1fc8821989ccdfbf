import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  writeFileSync,
} from "node:fs";
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

/** The pack under this key as it lies there, not yet checked, in memory that all threads see; undefined when there is none. */
export function readCachedPack(key: string): Uint8Array | undefined {
  try {
    const file = openSync(join(cacheFolder(), `${key}.pack`), "r");
    try {
      const bytes = new Uint8Array(new SharedArrayBuffer(fstatSync(file).size));
      let length = 0;
      for (let count = 1; count > 0; length += count)
        count = readSync(file, bytes, length, bytes.length - length, null);
      return bytes.subarray(0, length);
    } finally {
      closeSync(file);
    }
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
