import { readdirSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type CliRun, runCli, temporaryFolder } from "../support/run-cli.ts";
import { writeTwelveSources } from "../support/twelve-sources.ts";

const HOOK = new URL("../support/stop-while-keeping.mjs", import.meta.url).href;
const folder = temporaryFolder();
/** What a run that nobody stops reports, and what it does. */
let whole: CliRun;
let all: Counts;

interface Counts {
  readonly mapped: number;
  readonly reused: number;
}

function counts({ stderr }: CliRun): Counts {
  const found = /: (\d+) logs read.*, (\d+) taken from an earlier run/.exec(stderr);
  return { mapped: Number(found?.[1]), reused: Number(found?.[2]) };
}

function triage(place: string, stop: Record<string, string> = {}, workers = "1"): CliRun {
  const args = ["triage", folder, "--format", "json", "--case", place, "--workers", workers];
  const env = stop.STOP_BY === undefined ? {} : { ...stop, NODE_OPTIONS: `--import ${HOOK}` };
  return runCli(args, undefined, env);
}

function results(place: string): string[] {
  return readdirSync(join(place, "map-results")).sort();
}

beforeAll(async () => {
  await writeTwelveSources(folder);
  const place = join(temporaryFolder(), "case");
  whole = triage(place);
  all = counts(whole);
  // Twelve sources, seven of them the same disk.
  expect(all.mapped).toBeGreaterThan(15);
  expect(all.reused).toBeGreaterThan(30);
  expect(runCli(["triage", folder, "--format", "json"]).stdout).toBe(whole.stdout);
});

describe("a run over twelve sources that is stopped", () => {
  it.each([1, 7])("by SIGKILL after %i logs repeats none of them and reports the same", (done) => {
    const place = join(temporaryFolder(), "case");
    const killed = triage(place, { STOP_AFTER: String(done), STOP_BY: "SIGKILL" });
    expect([killed.code, killed.stdout]).toEqual([null, ""]);
    expect(results(place)).toHaveLength(done);
    const second = triage(place);
    expect(second.stdout).toBe(whole.stdout);
    expect(counts(second)).toEqual({ mapped: all.mapped - done, reused: all.reused + done });
    const third = triage(place);
    expect(third.stdout).toBe(whole.stdout);
    expect(counts(third)).toEqual({ mapped: 0, reused: all.mapped + all.reused });
  });

  it("while it writes a result leaves none that counts: the half one is told and removed", () => {
    const place = join(temporaryFolder(), "case");
    expect(triage(place, { STOP_AFTER: "3", STOP_BY: "half" }).code).toBeNull();
    expect(results(place).filter((name) => name.endsWith(".tmp"))).toHaveLength(1);
    const second = triage(place);
    expect(second.stderr).toContain("1 half-written results of a killed run were removed");
    expect(second.stdout).toBe(whole.stdout);
    expect(counts(second)).toEqual({ mapped: all.mapped - 3, reused: all.reused + 3 });
    expect(results(place).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("with results that were cut off reads these again and says so", () => {
    const place = join(temporaryFolder(), "case");
    triage(place);
    const [first, second] = results(place).map((name) => join(place, "map-results", name));
    truncateSync(first!, 0);
    truncateSync(second!, Math.floor(readFileSync(second!).length / 2));
    const again = triage(place);
    expect(again.stderr).toContain("2 logs read (2 of them again: what was kept is damaged)");
    expect(again.stdout).toBe(whole.stdout);
  });

  it("by Ctrl-C ends in order: what was read is kept and reported, what was not is named", () => {
    const place = join(temporaryFolder(), "case");
    const stopped = triage(place, { STOP_AFTER: "4", STOP_BY: "SIGINT" });
    expect(stopped.code).toBe(130);
    const objects: { type: string; status?: string; reason?: string }[] = JSON.parse(
      stopped.stdout,
    );
    const inputs = objects.filter(({ type }) => type === "input");
    const missed = inputs.filter(
      ({ reason }) => reason === "the run was stopped before this was read",
    );
    expect(missed.length).toBeGreaterThan(0);
    const told = JSON.parse(whole.stdout) as typeof objects;
    expect(inputs).toHaveLength(told.filter(({ type }) => type === "input").length);
    expect(stopped.stderr).toContain(
      `stopped: ${inputs.length - missed.length} of ${inputs.length} inputs were read`,
    );
    expect(stopped.stderr).toContain(`kept in ${place}`);
    expect(counts(stopped).mapped).toBe(results(place).length);
    const second = triage(place);
    expect(second.stdout).toBe(whole.stdout);
    expect(counts(second).mapped).toBe(all.mapped - counts(stopped).mapped);
  });

  it("by SIGKILL in a worker thread goes on the same way", () => {
    const place = join(temporaryFolder(), "case");
    expect(triage(place, { STOP_AFTER: "2", STOP_BY: "SIGKILL" }, "3").code).toBeNull();
    const kept = results(place).filter((name) => name.endsWith(".json.gz")).length;
    expect(kept).toBeGreaterThanOrEqual(2);
    const second = triage(place, {}, "3");
    expect(second.stdout).toBe(whole.stdout);
    expect(counts(second).reused).toBeGreaterThanOrEqual(kept);
    expect(counts(triage(place, {}, "3"))).toEqual({
      mapped: 0,
      reused: all.mapped + all.reused,
    });
  });
});
