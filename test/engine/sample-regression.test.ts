import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { MemorySource } from "../../src/base/byte-source.ts";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { scanLog } from "../../src/evtx/scan-log.ts";
import { readRuleFolder, shippedLogsources } from "../support/rule-files.ts";
import { haveSamples, noSamplesReason, samplePath } from "../support/samples.ts";

interface Info {
  readonly rule_metadata: readonly { readonly id: string }[];
  readonly regression_tests_info: readonly {
    readonly path: string;
    readonly match_count?: number;
  }[];
}

/** Logs whose stated count the rule's own text contradicts. */
const STATED_WRONGLY: Readonly<Record<string, { readonly count: number; readonly why: string }>> = {
  "0b9ad457-2554-44c1-82c2-d56a99c42377": {
    count: 3,
    why: "states 1, but records 14985, 14988 and 14990 all hold \\AppData\\Roaming\\AnyDesk\\user.conf",
  },
};

describe.skipIf(!haveSamples)(`rule regression logs (${noSamplesReason})`, () => {
  it("match their rule exactly as often as they say", () => {
    const engine = compileRules(readRuleFolder(samplePath("sigma")), shippedLogsources());
    const folder = samplePath("samples", "regression");
    const infos = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith("info.yml"),
    );
    expect(infos).toHaveLength(97);
    const wrong: string[] = [];
    for (const name of infos) {
      const info = parse(readFileSync(join(folder, name), "utf8")) as Info;
      const id = info.rule_metadata[0]?.id ?? "";
      for (const { path, match_count } of info.regression_tests_info) {
        const log = path.replace("regression_data/", "");
        const bytes = readFileSync(join(folder, log));
        let matches = 0;
        scanLog(new MemorySource(bytes), log, {
          onRecord: (event) =>
            engine.match(event, (rule) => {
              if (rule.id === id) matches++;
            }),
          onIssue: () => {},
        });
        // Without a stated count the log is there to show that the rule matches at all.
        const expected = STATED_WRONGLY[id]?.count ?? match_count;
        if (expected === undefined ? matches === 0 : matches !== expected)
          wrong.push(`${log}: ${matches} instead of ${expected ?? "some"}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
