import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readLog } from "../support/read-log.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const SCENARIO = `
start: 2026-03-02T08:00:00Z
hosts: { WS-01: { domain: corp.example } }
events:
  - { at: +5m, host: WS-01, channel: Microsoft-Windows-TaskScheduler/Operational, id: 100, data: { TaskName: one } }
  - { at: +6m, host: WS-01, channel: Security, id: 4634 }
`;
const TASKS = "Microsoft-Windows-TaskScheduler%4Operational.evtx";

function scenarioFile(text = SCENARIO): { folder: string; file: string } {
  const folder = temporaryFolder();
  const file = join(folder, "scenario.yml");
  writeFileSync(file, text);
  return { folder, file };
}

describe("konseki forge", () => {
  it("writes the logs of each host beside the scenario, or into the folder named", () => {
    const { folder, file } = scenarioFile();
    const { code, stdout } = runCli(["forge", file]);
    expect(code).toBe(0);
    expect(stdout.trim().split("\n")).toHaveLength(2);
    expect(readLog(readFileSync(join(folder, "WS-01", TASKS))).ids).toEqual(["1"]);
    const out = join(folder, "out");
    expect(runCli(["forge", file, "-o", out, "-q"])).toMatchObject({ code: 0, stdout: "" });
    expect(readFileSync(join(out, "WS-01", "Security.evtx"))).toEqual(
      readFileSync(join(folder, "WS-01", "Security.evtx")),
    );
  });

  it("keeps several scenarios apart by case", () => {
    const { folder, file } = scenarioFile();
    const other = join(folder, "other.yml");
    writeFileSync(other, SCENARIO);
    const out = join(folder, "out");
    expect(runCli(["forge", file, other, "-o", out, "-q"]).code).toBe(0);
    expect(existsSync(join(out, "other", "WS-01", "Security.evtx"))).toBe(true);
    expect(existsSync(join(out, folder.split(/[\\/]/u).at(-1)!, "WS-01", TASKS))).toBe(true);
  });

  it("overwrites only when told to", () => {
    const { file } = scenarioFile();
    expect(runCli(["forge", file, "-q"]).code).toBe(0);
    const again = runCli(["forge", file, "-q"]);
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/exists already \(-C overwrites it\)/u);
    expect(runCli(["forge", file, "-q", "-C"]).code).toBe(0);
  });

  it("says what is wrong with a scenario and where, and still forges the others", () => {
    const { folder, file } = scenarioFile();
    const bad = join(folder, "bad.yml");
    writeFileSync(bad, SCENARIO.replace("+6m", "soon"));
    const { code, stderr } = runCli(["forge", bad, join(folder, "none.yml"), file, "-q"]);
    expect(code).toBe(2);
    const lines = stderr.trim().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/bad\.yml:6: "soon" is no time/u);
    expect(lines[1]).toMatch(/none\.yml: not found/u);
    expect(existsSync(join(folder, "WS-01", "Security.evtx"))).toBe(true);
  });
});
