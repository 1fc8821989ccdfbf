import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/model/finding.ts";
import { haveSamples, noSamplesReason, samplePath } from "../../support/samples.ts";
import { triageLogs } from "../../support/triage-logs.ts";

/** Findings from what is absent, not from a record that says it. */
const BY_ABSENCE = (finding: Finding): boolean =>
  finding.rule.id.startsWith("konseki-") && finding.kind === "hypothesis";

describe.skipIf(!haveSamples)(`deletion in public logs (${noSamplesReason})`, () => {
  it("is concluded from absence in no log that nobody edited", () => {
    const root = samplePath("samples");
    const found: string[] = [];
    let logs = 0;
    for (const name of readdirSync(root, { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".evtx")) continue;
      logs++;
      const { findings } = triageLogs(
        [{ path: name, bytes: readFileSync(join(root, name)) }],
        "none",
      );
      for (const finding of findings.filter(BY_ABSENCE))
        found.push(`${name}: ${finding.severity} ${finding.title}: ${finding.statement}`);
    }
    expect(logs).toBe(399);
    expect(found).toEqual([]);
  }, 120_000);
});
