import { describe, expect, it } from "vitest";
import { JA_DELETION } from "../../../src/report/i18n/ja-deletion.ts";
import { JA_RULE_CHECKS } from "../../../src/report/i18n/ja-rule-checks.ts";
import { JA_RULE_LOOK_ALIKES } from "../../../src/report/i18n/ja-rule-look-alikes.ts";
import { JA_RULE_STATEMENTS } from "../../../src/report/i18n/ja-rule-statements.ts";
import { JA_SENTENCES } from "../../../src/report/i18n/ja-sentences.ts";
import { placesOf } from "../../../src/report/i18n/phrase-match.ts";
import { inLanguage, sentence, statementIn } from "../../../src/report/i18n/sentence.ts";
import { limitSentences } from "../../../src/triage/limits.ts";
import { ownRules } from "../../support/own-rules.ts";
import { sampleReport } from "../../support/sample-report.ts";

function ruleTitles(folder: string): string[] {
  return ownRules(folder).map(({ title }) => title);
}

describe("Japanese sentences", () => {
  it("has a translation of every limit that a report can state", () => {
    const { inputs } = sampleReport(0, 0);
    const filtered = { ...inputs[1]!, origin: "filtered-export" as const };
    for (const of of [inputs, [filtered], [], inputs.map((i) => ({ ...i, channels: [] }))]) {
      for (const limit of limitSentences(of)) expect(sentence("ja", limit)).not.toBe(limit);
    }
  });

  it("has a translation of every title of konseki's own rules", () => {
    const titles = ruleTitles("rules");
    expect(titles.length).toBeGreaterThan(200);
    expect(titles.filter((title) => sentence("ja", title) === title)).toEqual([]);
  });

  it("translates titles that rules have: no more than a few may have been renamed since", () => {
    const titles = new Set(ruleTitles("rules"));
    const translated = Object.keys(JA_SENTENCES).filter(
      (key) => !/[.]$|say|read in part/.test(key) && !Object.hasOwn(JA_DELETION, key),
    );
    expect(translated.length).toBeGreaterThan(100);
    const stale = translated.filter((title) => !titles.has(title));
    expect(stale.length, stale.join("; ")).toBeLessThan(translated.length / 10);
  });

  it("puts numbers where the Japanese order wants them", () => {
    expect(sentence("ja", "3 of 13 inputs could not be read at all.")).toBe(
      "入力13件中3件はまったく読み取れませんでした。",
    );
    expect(sentence("ja", "12 records say so")).toBe("12件のレコードに記録されています");
  });

  it("leaves what it does not know, and English, as it is", () => {
    expect(sentence("ja", "Rule 7 from elsewhere")).toBe("Rule 7 from elsewhere");
    expect(sentence("ja", "constructor")).toBe("constructor");
    expect(sentence("en", "Security log cleared")).toBe("Security log cleared");
    const report = sampleReport(3, 3);
    expect(inLanguage(report, "en")).toBe(report);
    const japanese = inLanguage(report, "ja");
    expect(japanese.findings[0]!.title).toBe("セキュリティログの消去");
  });

  it("has a translation of every statement of konseki's own rules, with the same places", () => {
    const rules = ownRules("rules").filter((rule) => rule.konseki?.statement !== undefined);
    expect(rules.length).toBeGreaterThan(200);
    for (const { title, konseki } of rules) {
      const [template, ja, words = {}] = JA_RULE_STATEMENTS[title] ?? [];
      expect(Object.keys(words).sort(), title).toEqual(
        [...new Set(Object.values(konseki?.event ?? {}))].sort(),
      );
      expect(template, title).toBe(konseki!.statement);
      expect([...placesOf(ja!)].sort(), title).toEqual([...placesOf(template!)].sort());
      expect(/[\u3040-\u30ff\u4e00-\u9fff]/.test(ja!), title).toBe(true);
    }
    const titles = new Set(rules.map(({ title }) => title));
    expect(Object.keys(JA_RULE_STATEMENTS).filter((title) => !titles.has(title))).toEqual([]);
  });

  it("has a translation of every look-alike and every advice of konseki's own rules, and no stale one", () => {
    const rules = ownRules("rules");
    const lookAlikes = new Set(rules.flatMap((rule) => rule.falsepositives ?? []));
    const checks = new Set(rules.flatMap((rule) => rule.konseki?.checkNext ?? []));
    for (const text of [...lookAlikes, ...checks]) expect(sentence("ja", text)).not.toBe(text);
    expect(Object.keys(JA_RULE_LOOK_ALIKES).sort()).toEqual([...lookAlikes].sort());
    expect(Object.keys(JA_RULE_CHECKS).sort()).toEqual([...checks].sort());
  });

  it("says every number, event id and code word of an English text in Japanese too", () => {
    const words = (text: string): string[] =>
      text.match(/[A-Za-z_]*\d[\w]*|[A-Z]{4,}\w*|\w+\.(?:exe|dit|xml|ini|sdb)/g) ?? [];
    for (const [text, ja] of Object.entries({ ...JA_RULE_CHECKS, ...JA_RULE_LOOK_ALIKES })) {
      const said = words(ja);
      expect(
        words(text).filter((word) => !said.includes(word)),
        text,
      ).toEqual([]);
    }
    for (const [title, [template, ja]] of Object.entries(JA_RULE_STATEMENTS)) {
      const said = words(ja);
      expect(
        words(template).filter((word) => !said.includes(word)),
        title,
      ).toEqual([]);
    }
  });

  it("says in Japanese why an input was not read, and how somebody moved", () => {
    const report = sampleReport(2, 2);
    const reason = "the file ends inside a chunk; 2 of 3 chunks are damaged";
    const inputs = [{ ...report.inputs[0]!, reason }];
    const move = { from: "A", to: "B", time: report.first!, method: "network logon" };
    const findings = [{ ...report.findings[0]!, movements: [move] }];
    const japanese = inLanguage({ ...report, inputs, findings }, "ja");
    expect(japanese.inputs[0]!.reason).toBe(
      "ファイルがチャンクの途中で終わっています; 3個中2個のチャンクが破損しています",
    );
    expect(japanese.findings[0]!.movements![0]!.method).toBe("ネットワークログオン");
  });

  it("puts the values of a hit into the Japanese statement", () => {
    expect(
      statementIn(
        "ja",
        "Security log cleared",
        "CORP\\user.one cleared the Security log (logon (not recorded)).",
      ),
    ).toBe("CORP\\user.one がセキュリティログを消去しました (ログオン (記録なし))。");
    const other = "Something else was said.";
    expect(statementIn("ja", "Security log cleared", other)).toBe(other);
    expect(statementIn("ja", "Rule from elsewhere", other)).toBe(other);
    expect(statementIn("ja", "constructor", other)).toBe(other);
  });
});
