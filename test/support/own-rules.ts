import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export interface OwnRule {
  readonly title: string;
  readonly falsepositives?: readonly string[];
  readonly konseki?: {
    readonly statement?: string;
    readonly event?: Readonly<Record<string, string>>;
    readonly checkNext?: readonly string[];
  };
}

/** Rules of a folder and those below it, as they are written. */
export function ownRules(folder: string): OwnRule[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return ownRules(path);
    if (!/\.ya?ml$/.test(name)) return [];
    const rule = parse(readFileSync(path, "utf8"));
    return typeof rule?.title === "string" ? [rule] : [];
  });
}
