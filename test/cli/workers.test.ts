import { join } from "node:path";
import { expect, it } from "vitest";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

it("--workers changes nothing of what triage says, and a case folder is shared by them", () => {
  const args = ["triage", "fixtures/rdp-chain", "fixtures/clean", "--format", "json"];
  const alone = runCli([...args, "--workers", "1"]);
  expect(alone.stdout.length).toBeGreaterThan(1000);
  const folder = join(temporaryFolder(), "case");
  for (const more of [
    ["--workers", "2"],
    ["--workers", "3", "--case", folder],
    ["--workers", "2", "--case", folder],
  ]) {
    const run = runCli([...args, ...more]);
    expect(run.stdout).toBe(alone.stdout);
    expect(run.code).toBe(alone.code);
  }
  const again = runCli([...args, "--workers", "2", "--case", folder]);
  expect(again.stderr).toMatch(/ 0 logs read, [1-9]\d* taken from an earlier run/);
});

it("--workers takes whole numbers from 1 on", () => {
  for (const value of ["0", "-1", "two", "1.5", "1000"]) {
    const run = runCli(["triage", "fixtures/clean", "--workers", value]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("--workers");
  }
});
