import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { renderRuleList } from "../../src/cli/terminal/rules-text.ts";
import { columnsOf } from "../../src/cli/terminal/text-layout.ts";
import { forgeLog } from "../../src/forge/forge-log.ts";
import type { RuleMeta } from "../../src/rules/checked-rule.ts";
import { rdpLogon, securityCleared } from "../support/forged-events.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const folder = temporaryFolder();
const log = join(folder, "Security.evtx");
writeFileSync(log, forgeLog([rdpLogon(1, "user.one", "10.1.0.9"), securityCleared(2, "user.one")]));

const own = join(folder, "own.yml");
writeFileSync(
  own,
  `title: First of two
id: 11111111-1111-4111-8111-111111111111
logsource: { product: windows, service: security }
detection:
  selection: { EventID: 4624, LogonType: 3 }
  condition: selection
level: low
---
title: Second of two
id: 22222222-2222-4222-8222-222222222222
logsource: { product: windows, service: security }
detection:
  selection: { EventID: 4624 }
  address: { IpAddress|cidr: 10.0.0.0/8 }
  condition: selection and not address
level: high
`,
);

describe("konseki rules", () => {
  it("list gives a whole line a rule, worst first, and --min-severity leaves the lesser out", () => {
    const all = runCli(["rules", "list", "-r", own]).stdout.trim().split("\n");
    expect(all.filter((line) => line.endsWith(own))).toHaveLength(2);
    const levels = all.map((line) => line.split(" ")[0]);
    expect(new Set(levels).size).toBe(5);
    const high = runCli(["rules", "list", "-r", own, "--min-severity", "high"]).stdout;
    expect(high).toContain("Second of two");
    expect(high).not.toContain("First of two");
    const json = JSON.parse(
      runCli(["rules", "list", "-r", own, "--no-builtin-rules", "--format", "json"]).stdout,
    );
    expect(json).toMatchObject([
      { title: "Second of two", line: 9, looksIn: [{ channels: ["Security"], eventIds: [4624] }] },
      { title: "First of two", line: 1 },
    ]);
  });

  it("show prints the one document of a file that was asked for, by title, id or file", () => {
    const second = runCli(["rules", "show", "second of two", "-r", own]).stdout;
    expect(second).toContain("IpAddress|cidr: 10.0.0.0/8");
    expect(second).not.toContain("First of two");
    const byId = runCli(["rules", "show", "11111111-1111-4111-8111-111111111111", "-r", own]);
    expect(byId.stdout).toContain("First of two");
    expect(runCli(["rules", "show", "own.yml", "-r", own]).stdout).toContain("Second of two");
    const { code, stderr } = runCli(["rules", "show", "no such rule"]);
    expect(code).toBe(2);
    expect(stderr).toContain('no rule "no such rule"');
  });

  it("lint finds no error and no warning in konseki's own rules", () => {
    const { code, stdout } = runCli(["rules", "lint"]);
    expect(stdout).toMatch(/^\d+ rules can be read, 0 errors, 0 warnings$/m);
    expect(code).toBe(0);
  });

  it("lint names file, line, code and fix of each problem, and says by its exit code that there are some", () => {
    const bad = join(folder, "bad.yml");
    writeFileSync(
      bad,
      "title: Bad\nid: 33333333-3333-4333-8333-333333333333\nlogsource: {product: windows, service: security}\ndetection:\n  a:\n    EventID|contians: 1\n  condition: a\nlevel: high\n",
    );
    const { code, stdout } = runCli(["rules", "lint", bad]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/bad\.yml:6:\d+: error rule-unknown-modifier: .*contains/);
    expect(stdout).toContain("0 rules can be read, 1 errors");
    expect(runCli(["rules", "lint", join(folder, "absent.yml")]).code).toBe(2);
  });

  it("explain says line by line why a record matches or not", () => {
    const matching = runCli(["rules", "explain", "Security log cleared", log]);
    expect(matching.code).toBe(0);
    expect(matching.stdout).toContain("matches: Security log cleared");
    expect(matching.stdout).toContain('+ EventID: 1102; the event has "1102"');
    expect(matching.stdout).toMatch(/2 events read, .* 1 match/);

    const not = runCli(["rules", "explain", "Second of two", log, "-r", own, "--records", "1"]);
    expect(not.stdout).toContain("does not match: Second of two");
    expect(not.stdout).toMatch(/\+ address \(line 14\)/);
    expect(not.stdout).toContain('+ IpAddress|cidr: in 10.0.0.0/8; the event has "10.1.0.9"');

    const elsewhere = runCli(["rules", "explain", "First of two", log, "-r", own, "--records=2"]);
    expect(elsewhere.stdout).toContain(`- EventID: 4624; the event has "1102"`);
  });

  it("explain names inputs that could not be read, with exit code 3", () => {
    const { code, stderr } = runCli([
      "rules",
      "explain",
      "Security log cleared",
      log,
      join(folder, "absent.evtx"),
    ]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/absent\.evtx: no such file/);
  });

  it("on a narrow terminal no line of the list is wider than it, however wide the characters", () => {
    const rules = ["侵入の痕跡を調べる規則の長い題名の例", "plain\u001b[31m"].map((title) => ({
      level: "high",
      title,
      source: "builtin/some/where.yml",
    })) as unknown as RuleMeta[];
    for (const line of renderRuleList(rules, 40).split("\n")) {
      expect(columnsOf(line)).toBeLessThanOrEqual(40);
      expect(line).not.toContain("\u001b");
    }
  });
});
