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
      expect(text.stdout).toContain("1 problem in the inventory");
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

  it("with a bad network, an overlap, a host twice and a wrong encoding gives each line and its fix", () => {
    inFolder((folder) => {
      const log = writeLog(folder, "log.jsonl", LINES);
      const file = join(folder, "inventory.csv");
      const rows = [
        "cidr,segment,role,host,owner,edr",
        "10.1.0.0/33,a,,,,",
        "10.1.0.0/16,b,,,,",
        "10.1.5.0/24,c,,,,",
        ",,server,HOST-B,,no",
        ",,server,host-b,,no",
      ].join("\n");
      // Shift_JIS in the owner's column.
      const spoiled = Buffer.from([0x0a, ...Buffer.from(",,server,HOST-A,"), 0x8c, 0x6f, 0x0a]);
      writeFileSync(file, Buffer.concat([Buffer.from(rows), spoiled]));
      const { stderr, stdout } = runCli([
        ...["triage", log, "--inventory", file, "--no-cache", "--jsonl"],
      ]);
      const lines = stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      const { inventory, limits } = lines.at(-1);
      const problems: { code: string; line: number; fix: string }[] = inventory.problems;
      expect(problems.map(({ line, code }) => `${line} ${code}`).sort()).toEqual([
        "2 inventory-cidr",
        "4 inventory-overlap",
        "6 inventory-duplicate",
        "7 inventory-encoding",
      ]);
      for (const { line, fix } of problems) {
        expect(fix).not.toBe("");
        for (const said of [stderr, limits.join("\n")]) {
          const told = said.split("\n").find((each: string) => each.includes(`${file}:${line}: `));
          expect(told).toContain(fix);
        }
      }
      // The run went on, with the rows that are right.
      expect(inventory).toMatchObject({ segments: 1, hosts: 1 });
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
