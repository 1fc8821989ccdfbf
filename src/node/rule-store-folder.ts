import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where imported rules lie: the user's place for data. `KONSEKI_RULES` names another. */
export function ruleStoreFolder(): string {
  const base =
    process.env.XDG_DATA_HOME ||
    (process.platform === "win32" && process.env.LOCALAPPDATA) ||
    join(homedir(), ".local", "share");
  return process.env.KONSEKI_RULES || join(base, "konseki", "rules");
}

/** True for a name that a collection may have: it becomes a folder. */
export function isCollectionName(name: string): boolean {
  return /^[a-z0-9][a-z0-9_-]{0,63}$/.test(name);
}

/** The folder of an imported collection; undefined when there is none of this name. */
export function storedCollection(name: string): string | undefined {
  if (!isCollectionName(name)) return undefined;
  const folder = join(ruleStoreFolder(), name);
  return existsSync(folder) ? folder : undefined;
}
