import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { forgeScenario } from "../../src/forge/forge-scenario.ts";
import { parseScenario } from "../../src/forge/scenario.ts";
import { readLog } from "../support/read-log.ts";

const cases = readdirSync("fixtures").filter((name) =>
  existsSync(join("fixtures", name, "scenario.yml")),
);

function logsUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".evtx"))
    .map((name) => name.split(sep).join("/"))
    .sort();
}

describe.each(cases)("fixtures/%s", (name) => {
  const folder = join("fixtures", name);
  const scenario = parseScenario(
    readFileSync(join(folder, "scenario.yml"), "utf8"),
    `${name}/scenario.yml`,
  );
  const forged = [...forgeScenario(scenario)];

  test("holds exactly the logs that its scenario makes (npm run fixtures renews them)", () => {
    expect(logsUnder(folder)).toEqual(forged.map((log) => log.path).sort());
    for (const log of forged) {
      const same = Buffer.compare(readFileSync(join(folder, log.path)), log.bytes) === 0;
      expect(same, `${log.path} is not what the scenario makes`).toBe(true);
    }
  });

  test("is read in full and without an issue", () => {
    for (const log of forged) {
      const { ids, issues } = readLog(log.bytes, log.path);
      expect(ids).toHaveLength(log.events);
      expect(issues).toEqual([]);
    }
  });
});

test("all fixtures together stay small enough to be cloned, which packs them", () => {
  let bytes = 0;
  for (const name of cases)
    for (const log of logsUnder(join("fixtures", name)))
      bytes += deflateSync(readFileSync(join("fixtures", name, log))).length;
  expect(bytes).toBeLessThan(2 * 1024 * 1024);
});
