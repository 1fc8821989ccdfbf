import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { ntfsImage } from "../support/evidence-fixture.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const MAIN = fileURLToPath(new URL("../../dist/bin/main.js", import.meta.url));
const inputs = ["fixtures/rdp-chain", "fixtures/clean"];

function counts(stderr: string): { mapped: number; reused: number } {
  const [, mapped, reused] = /(\d+) logs read.*, (\d+) taken from an earlier run/.exec(stderr)!;
  return { mapped: Number(mapped), reused: Number(reused) };
}

function kept(folder: string): number {
  const results = join(folder, "map-results");
  return existsSync(results)
    ? readdirSync(results).filter((name) => name.endsWith(".json.gz")).length
    : 0;
}

it("a killed run goes on where it was: what was finished is not done again, and the report is the same", async () => {
  const folder = join(temporaryFolder(), "case");
  const args = ["triage", ...inputs, "--format", "json"];
  const plain = runCli(args);
  const child = spawn(process.execPath, [MAIN, ...args, "--case", folder], { stdio: "ignore" });
  const ended = once(child, "exit");
  while (child.exitCode === null && kept(folder) < 3)
    await new Promise((resolve) => setTimeout(resolve, 2));
  child.kill("SIGKILL");
  await ended;
  const finished = kept(folder);
  expect(finished).toBeGreaterThanOrEqual(3);
  const second = runCli([...args, "--case", folder]);
  expect(second.stdout).toBe(plain.stdout);
  const first = counts(second.stderr);
  expect(first.reused).toBe(finished);
  const third = counts(runCli([...args, "--case", folder]).stderr);
  expect(third).toEqual({ mapped: 0, reused: first.mapped + first.reused });
});

it("results are told apart by content, rules and filter, and found again under another path", () => {
  const base = temporaryFolder();
  const folder = join(base, "case");
  const log = "fixtures/rdp-chain/WS-01/Security.evtx";
  const run = (path: string, ...more: string[]) =>
    runCli(["triage", path, "--format", "json", "--case", folder, ...more]);
  expect(counts(run(log).stderr)).toEqual({ mapped: 1, reused: 0 });
  mkdirSync(join(base, "copy"));
  cpSync(log, join(base, "copy", "renamed.evtx"));
  const moved = run(join(base, "copy"));
  expect(counts(moved.stderr)).toEqual({ mapped: 0, reused: 1 });
  expect(moved.stdout).toContain("renamed.evtx");
  expect(moved.stdout).not.toContain("rdp-chain");
  expect(counts(run(log, "--event-id", "4624").stderr)).toEqual({ mapped: 1, reused: 0 });
  expect(counts(run(log, "--no-builtin-rules").stderr)).toEqual({ mapped: 1, reused: 0 });
  // A damaged result is no result.
  for (const name of readdirSync(join(folder, "map-results")))
    writeFileSync(join(folder, "map-results", name), "damaged");
  expect(counts(run(log).stderr)).toEqual({ mapped: 1, reused: 0 });
});

it("a log that lies on an image and in a folder is read once, and both are told of", () => {
  const base = temporaryFolder();
  writeFileSync(join(base, "disk.dd"), ntfsImage());
  const run = runCli([
    "triage",
    join(base, "disk.dd"),
    "fixtures/rdp-chain/DC-01",
    "--format",
    "json",
    "--case",
    join(base, "case"),
  ]);
  expect(counts(run.stderr).reused).toBeGreaterThanOrEqual(5);
  expect(run.stdout).toContain("disk.dd!/Windows/System32/winevt/Logs/System.evtx");
  expect(run.stdout).toContain("DC-01/System.evtx");
});

it("a case folder inside the evidence is refused", () => {
  const base = temporaryFolder();
  cpSync("fixtures/rdp-chain/WS-01", join(base, "evidence"), { recursive: true });
  const run = runCli(["triage", join(base, "evidence"), "--case", join(base, "evidence", "case")]);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain("lies in the evidence");
  expect(existsSync(join(base, "evidence", "case"))).toBe(false);
});
