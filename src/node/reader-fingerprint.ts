import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Set by the bundler, which has the code at hand. */
declare const KONSEKI_FINGERPRINT: string | undefined;

let known: string | undefined;

/**
 * Names the code that reads logs and rules. What it has made and kept is used by the same code only: a change of the
 * rule reader must never meet what an earlier one understood, whether anyone thought of raising a number or not.
 */
export function readerFingerprint(): string {
  known ??=
    typeof KONSEKI_FINGERPRINT === "string"
      ? KONSEKI_FINGERPRINT
      : fingerprintOf(fileURLToPath(new URL("..", import.meta.url)));
  return known;
}

/** Rooms whose code decides what is kept. */
const ROOMS = ["base", "model", "evtx", "input", "rules", "engine", "triage"];

/** Over the modules of these rooms below `folder`, sources or built ones. */
export function fingerprintOf(folder: string): string {
  const hash = createHash("sha256");
  for (const room of ROOMS) {
    const names = readdirSync(join(folder, room), { recursive: true, encoding: "utf8" });
    for (const name of names.filter((file) => /(?<!\.d)\.[jt]s$/.test(file)).sort()) {
      const code = readFileSync(join(folder, room, name));
      hash.update(`${room}/${name} ${code.length} `).update(code);
    }
  }
  return hash.digest("hex");
}
