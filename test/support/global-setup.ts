import { execFileSync } from "node:child_process";

/** Builds dist/ once: the command-line and worker-thread tests run what a user runs. */
export default function setup(): void {
  if (process.env.KONSEKI_SKIP_BUILD === "1") return;
  execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
}
