import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../dist/bin/main.js", import.meta.url));

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line as a user would; the rule cache is a folder of the test's own. */
export function runCli(
  args: readonly string[],
  input?: string | Uint8Array,
  more: Readonly<Record<string, string>> = {},
): CliRun {
  const run = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: "utf8",
    input,
    maxBuffer: 512 * 1024 * 1024,
    env: {
      ...process.env,
      XDG_CACHE_HOME: cacheFolder,
      NO_COLOR: "1",
      LANG: "C",
      LC_ALL: "C",
      ...more,
    },
  });
  return { code: run.status, stdout: run.stdout, stderr: run.stderr };
}

const cacheFolder = mkdtempSync(join(tmpdir(), "konseki-cache-"));

/** An empty folder for one test. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "konseki-test-"));
}
