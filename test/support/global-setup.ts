import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Builds dist/ once: the command-line and worker-thread tests run what a user runs. All temporary folders of tests and
 * of the programs they start lie in one, which is removed at the end.
 */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "konseki-tests-"));
  for (const name of ["TMPDIR", "TMP", "TEMP"]) process.env[name] = folder;
  if (process.env.KONSEKI_SKIP_BUILD !== "1")
    execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
  return () => rmSync(folder, { recursive: true, force: true });
}
