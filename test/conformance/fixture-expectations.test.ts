import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Severity, severityRank } from "../../src/model/severity.ts";

interface Expected {
  readonly says: string;
  readonly severity: Severity;
  /** Record ids by log, the path as in the case's folder. */
  readonly evidence: Readonly<Record<string, readonly number[]>>;
}

interface Refused {
  readonly says: string;
  /** No finding of this severity or a worse one … */
  readonly severity: Severity;
  /** … of this technique (or one below it) … */
  readonly attack?: string;
  /** … with evidence in a log whose path begins with one of these. */
  readonly logs?: readonly string[];
}

interface Expectations {
  readonly must: readonly Expected[];
  readonly mustNot: readonly Refused[];
}

interface JsonFinding {
  readonly type: string;
  readonly severity: Severity;
  readonly title: string;
  readonly attack: readonly string[];
  readonly evidence: readonly { readonly file: string; readonly recordId: number }[];
}

const cases = readdirSync("fixtures").filter((name) =>
  existsSync(join("fixtures", name, "expect.yml")),
);

function triage(folder: string): JsonFinding[] {
  const inventory = join(folder, "inventory.csv");
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      "dist/bin/main.js",
      "triage",
      folder,
      ...(existsSync(inventory) ? ["--inventory", inventory] : []),
      "--format",
      "jsonl",
      "-q",
    ],
    { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  expect(status, stderr).toBe(0);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as JsonFinding)
    .filter(({ type }) => type === "finding");
}

test("every case says what it expects", () => {
  const scenarios = readdirSync("fixtures").filter((name) =>
    existsSync(join("fixtures", name, "scenario.yml")),
  );
  expect(cases).toEqual(scenarios);
  expect(cases.length).toBeGreaterThanOrEqual(5);
});

describe.each(cases)("fixtures/%s", (name) => {
  const folder = join("fixtures", name);
  const { must, mustNot } = parse(readFileSync(join(folder, "expect.yml"), "utf8")) as Expectations;
  const findings = triage(folder);
  const cited = (finding: JsonFinding) =>
    finding.evidence.map(
      ({ file, recordId }) => `${file.replaceAll("\\", "/").slice(folder.length + 1)} #${recordId}`,
    );
  const reaches = (finding: JsonFinding, severity: Severity) =>
    severityRank(finding.severity) <= severityRank(severity);

  test.each(must.map((entry) => [entry.says, entry] as const))("must say: %s", (_, entry) => {
    const wanted = Object.entries(entry.evidence).flatMap(([log, ids]) =>
      ids.map((id) => `${log} #${id}`),
    );
    expect(wanted.length).toBeGreaterThan(0);
    const telling = findings.filter(
      (finding) =>
        reaches(finding, entry.severity) &&
        wanted.every((record) => cited(finding).includes(record)),
    );
    expect(telling.length, `no finding cites ${wanted.join(", ")}`).toBeGreaterThan(0);
  });

  test.each(mustNot.map((entry) => [entry.says, entry] as const))(
    "must not say: %s",
    (_, entry) => {
      const wrong = findings.filter(
        (finding) =>
          reaches(finding, entry.severity) &&
          (entry.attack === undefined ||
            finding.attack.some(
              (id) => id === entry.attack || id.startsWith(`${entry.attack}.`),
            )) &&
          (entry.logs === undefined ||
            cited(finding).some((record) => entry.logs!.some((log) => record.startsWith(log)))),
      );
      expect(wrong.map(({ severity, title }) => `${severity}: ${title}`)).toEqual([]);
    },
  );
});
