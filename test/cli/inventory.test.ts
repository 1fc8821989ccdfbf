import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eventLine, inFolder, writeLog } from "../support/event-lines.ts";
import { runCli } from "../support/run-cli.ts";

const LINES = [
  eventLine({
    at: "2026-03-02T08:00:00.0000000Z",
    id: 1102,
    host: "HOST-B",
    provider: "Microsoft-Windows-Eventlog",
    data: {},
  }),
  eventLine({
    at: "2026-03-02T07:00:00.0000000Z",
    id: 1102,
    host: "HOST-A",
    provider: "Microsoft-Windows-Eventlog",
    data: {},
  }),
];

describe("an inventory beside a triage", () => {
  it("names the lines that cannot be used on stderr and in the report, and goes on", () => {
    inFolder((folder) => {
      const log = writeLog(folder, "log.jsonl", LINES);
      const file = join(folder, "inventory.csv");
      writeFileSync(file, "cidr,segment,role,host,edr\n10.0.0.0/99,a,,,\n,,server,HOST-B,no\n");
      const text = runCli(["triage", log, "--inventory", file, "--no-cache"]);
      expect(text.stderr).toContain(`${file}:2: "10.0.0.0/99" is no network or address`);
      expect(text.stdout).toContain("1 problems in the inventory");
      expect(text.stdout.replace(/\s+/g, " ")).toContain('"10.0.0.0/99" is no network or address');
      const lines = runCli(["triage", log, "--inventory", file, "--jsonl", "-q"])
        .stdout.trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(lines.at(-1).inventory).toMatchObject({
        hosts: 1,
        problems: [{ code: "inventory-cidr", line: 2 }],
      });
      const cleared = lines.filter(({ title }) => title === "Security log cleared");
      expect(cleared.map(({ hosts }) => hosts[0])).toEqual(["HOST-B", "HOST-A"]);
    });
  });

  it("that is not there is an error at once", () => {
    const { code, stderr } = runCli(["triage", "fixtures/rdp-chain", "--inventory", "nowhere.csv"]);
    expect(code).toBe(2);
    expect(stderr).toContain("nowhere.csv");
  });

  it("is drafted from logs in the form that is read, and checked", () => {
    inFolder((folder) => {
      const file = join(folder, "draft.csv");
      expect(runCli(["inventory", "draft", "fixtures/rdp-chain", "-o", file]).code).toBe(0);
      const checked = runCli(["inventory", "check", file]);
      expect(checked.code, checked.stderr).toBe(0);
      expect(checked.stdout).toMatch(/, [1-9]\d* hosts, 0 problems/);
      writeFileSync(file, "host,role\nHOST-A,king\n");
      expect(runCli(["inventory", "check", file])).toMatchObject({ code: 1 });
    });
  });
});
