import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { securityCleared } from "../support/forged-events.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const rule = (detection: string): string => `title: Broken
id: 33333333-3333-4333-8333-333333333333
logsource: { product: windows, service: security }
detection:
${detection}
level: low
`;
const cycle = (name: string, of: string): string => `title: ${name}
name: ${name}
correlation:
  type: event_count
  rules: [${of}]
  group-by: [User]
  timespan: 1m
  condition: { gte: 2 }
level: low
`;
/** Each a file of its own, and what is said of it. */
const BROKEN: Readonly<Record<string, readonly [text: string, line: number]>> = {
  "yaml.yml": ["title: a\nlogsource: [windows\nlevel: low\n", 3],
  "modifier.yml": [rule("  s: { F|containz: a }\n  condition: s"), 5],
  "selection.yml": [rule("  s: { F: a }\n  condition: s and t"), 6],
  "regex.yml": [rule(`  s: { F|re: '${"a".repeat(10_000_000)}' }\n  condition: s`), 5],
  "bomb.yml": [
    `a: &a [x, x, x, x, x, x, x, x, x]\n${"bcdefgh"
      .split("")
      .map((name, i) => `${name}: &${name} [${`*${"abcdefg"[i]}, `.repeat(8)}*${"abcdefg"[i]}]`)
      .join("\n")}`,
    1,
  ],
  "cycle.yml": [`${cycle("one", "two")}---\n${cycle("two", "one")}`, 1],
};

it("every broken rule is told with file and line, the others still run, and --strict-rules makes it exit code 2", () => {
  const folder = temporaryFolder();
  const rules = join(folder, "rules");
  mkdirSync(rules);
  for (const [name, [text]] of Object.entries(BROKEN)) writeFileSync(join(rules, name), text);
  writeFileSync(
    join(rules, "good.yml"),
    rule("  s: { EventID: 1102 }\n  condition: s").replace("Broken", "Good rule"),
  );
  const log = join(folder, "Security.evtx");
  writeFileSync(log, forgeLog([securityCleared(1, "user.one")]));
  const args = ["triage", log, "-r", rules, "--no-builtin-rules", "--format", "json"];
  const run = runCli([...args, "-v"]);
  expect(run.code).toBe(0);
  for (const [name, [, line]] of Object.entries(BROKEN))
    expect(run.stderr, name).toContain(`${join(rules, name)}:${line}`);
  const findings = JSON.parse(run.stdout).filter(
    ({ type }: { type: string }) => type === "finding",
  );
  expect(findings.map(({ title }: { title: string }) => title)).toContain("Good rule");
  for (const name of Object.keys(BROKEN)) expect(run.stdout, name).toContain(name);
  const strict = runCli([...args, "--strict-rules"]);
  expect(strict.code).toBe(2);
  expect(strict.stdout).toBe("");
}, 60_000);
