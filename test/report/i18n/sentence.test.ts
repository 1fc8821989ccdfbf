import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { JA_DELETION } from "../../../src/report/i18n/ja-deletion.ts";
import { JA_SENTENCES } from "../../../src/report/i18n/ja-sentences.ts";
import { inLanguage, sentence } from "../../../src/report/i18n/sentence.ts";
import { limitSentences } from "../../../src/triage/limits.ts";
import { sampleReport } from "../../support/sample-report.ts";

function ruleTitles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return ruleTitles(path);
    if (!/\.ya?ml$/.test(name)) return [];
    const title = parse(readFileSync(path, "utf8"))?.title;
    return typeof title === "string" ? [title] : [];
  });
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
    expect(japanese.findings[0]!.statement).toBe(report.findings[0]!.statement);
  });
});
