import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { inFolder } from "../support/event-lines.ts";
import { sampleEvent } from "../support/forge-sample.ts";
import { expectInert } from "../support/inert.ts";
import { runCli } from "../support/run-cli.ts";
import { haveSamples, noSamplesReason, samplePath } from "../support/samples.ts";

const RULE = {
  title: "Odd tool started",
  id: "00000000-0000-4000-8000-00000000c4e5",
  status: "test",
  level: "high",
  logsource: { product: "windows", service: "security" },
  detection: { selection: { EventID: 4688, NewProcessName: "*\\odd.exe" }, condition: "selection" },
};

/** Regression data as SigmaHQ lays it out: a description and the log beside it. */
function regressionData(folder: string, stated: number | undefined, title = RULE.title): void {
  const data = join(folder, "regression_data", "rules", "odd_tool");
  mkdirSync(data, { recursive: true });
  const started = (name: string) =>
    sampleEvent({
      id: 4688,
      payload: { kind: "data", fields: [["NewProcessName", `C:\\tools\\${name}.exe`]] },
    });
  writeFileSync(
    join(data, "one.evtx"),
    forgeLog([started("odd"), started("even"), started("odd")]),
  );
  writeFileSync(
    join(data, "info.yml"),
    stringify({
      id: "00000000-0000-4000-8000-000000000001",
      rule_metadata: [{ id: RULE.id, title }],
      regression_tests_info: [
        {
          name: "Positive Detection Test",
          type: "evtx",
          path: "regression_data/rules/odd_tool/one.evtx",
          ...(stated !== undefined && { match_count: stated }),
        },
      ],
    }),
  );
  writeFileSync(join(folder, "rule.yml"), stringify(RULE));
}

const check = (folder: string, ...args: string[]) =>
  runCli(["check", join(folder, "regression_data"), "--rules", join(folder, "rule.yml"), ...args]);

describe("check of SigmaHQ's regression data", () => {
  it("holds the records that a rule matches against the stated count, or against none", () => {
    inFolder((folder) => {
      regressionData(folder, 2);
      expect(check(folder)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("2 passed, 0 failed"),
      });
      regressionData(folder, undefined);
      expect(check(folder).code).toBe(0);
      regressionData(folder, 3);
      const wrong = check(folder);
      expect(wrong.code).toBe(1);
      expect(wrong.stdout).toContain("expected 3 records, found 2");
    });
  });

  it("takes amendments of stated counts, each with its reason", () => {
    inFolder((folder) => {
      regressionData(folder, 1);
      const amend = join(folder, "amend.yml");
      writeFileSync(amend, stringify([{ rule: RULE.id, records: 2, why: "two records hold it" }]));
      const { code, stdout } = check(folder, "--amend", amend);
      expect(code).toBe(0);
      expect(stdout).toContain("amended: two records hold it");
      writeFileSync(amend, stringify([{ rule: RULE.id, records: 2 }]));
      expect(check(folder, "--amend", amend).code).toBe(2);
    });
  });

  it("fails where the rule is not among the rules, and stops where a description is wrong", () => {
    inFolder((folder) => {
      regressionData(folder, 2);
      const data = join(folder, "regression_data");
      expect(runCli(["check", data, "--rules", "rules/defence-evasion"]).code).toBe(1);
      writeFileSync(join(data, "rules", "odd_tool", "info.yml"), "regression_tests_info: [{}]\n");
      expect(check(folder).code).toBe(2);
      expect(runCli(["check", "fixtures/clean"]).stderr).toContain("no case file in it");
    });
  });

  it("shows no control character of a description or a log", () => {
    inFolder((folder) => {
      regressionData(folder, 5, "odd\u001b[31m\u202e<script>%0A::error::x");
      for (const format of ["text", "junit", "github"])
        expectInert(check(folder, "--format", format).stdout);
    });
  });

  it.skipIf(!haveSamples)(
    `finds what the public data states (${noSamplesReason})`,
    () => {
      const { code, stdout } = runCli([
        "check",
        samplePath("samples", "regression"),
        "--rules",
        samplePath("sigma"),
        "--amend",
        "fixtures/sigma-regression-amendments.yml",
      ]);
      expect(stdout.trimEnd().split("\n").at(-1)).toBe("194 passed, 0 failed");
      expect(code).toBe(0);
    },
    60_000,
  );
});

describe("check of the fixtures", () => {
  it("holds every case's promises, and there is a case for each", () => {
    const { code, stdout } = runCli(["check", "fixtures/cases"]);
    expect(stdout).not.toContain("FAILED");
    expect(code).toBe(0);
    const scenarios = readdirSync("fixtures", { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .filter((name) => readdirSync(join("fixtures", name)).includes("scenario.yml"));
    expect(readdirSync("fixtures/cases").sort()).toEqual(
      scenarios.map((name) => `${name}.yml`).sort(),
    );
  });
});
