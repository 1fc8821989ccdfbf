import { describe, expect, it } from "vitest";
import { SETTINGS } from "../../src/correlate/log-questions.ts";
import { policyPath } from "../../src/report/sufficiency-text.ts";

const POLICIES = SETTINGS.flatMap(({ policy }) => policy ?? []);
/** Product names, which are the same in every language. */
const SAME = new Set(["Windows PowerShell"]);

describe("where a setting is in the Group Policy editor", () => {
  it("is said in the words of the English Windows as it is", () => {
    for (const policy of POLICIES) expect(policyPath("en", policy)).toBe(policy);
  });

  it("has every step and value of every advised setting in Japanese", () => {
    expect(POLICIES.length).toBeGreaterThan(15);
    for (const policy of POLICIES) {
      const steps = policyPath("ja", policy).split(/ > |: /);
      const english = steps.filter((step) => !/[\u3040-\u30ff\u4e00-\u9fff]/.test(step));
      expect(
        english.filter((step) => !SAME.has(step)),
        policy,
      ).toEqual([]);
    }
  });

  it("keeps channel names and sizes", () => {
    expect(
      policyPath(
        "ja",
        "Computer Configuration > Event Log Service > Microsoft-Windows-Sysmon/Operational > Specify the maximum log file size (KB): 131072",
      ),
    ).toBe(
      "コンピューターの構成 > イベントログサービス > Microsoft-Windows-Sysmon/Operational > ログファイルの最大サイズ (KB) を指定する: 131072",
    );
  });
});
