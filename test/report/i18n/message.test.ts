import { describe, expect, it } from "vitest";
import { CATALOGUES, LANGS, langOfLocale, message } from "../../../src/report/i18n/message.ts";

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe("message catalogues", () => {
  for (const lang of LANGS) {
    it(`${lang} has every key of English, none more, none empty, with the same placeholders`, () => {
      const catalogue = CATALOGUES[lang];
      expect(Object.keys(catalogue).sort()).toEqual(Object.keys(CATALOGUES.en).sort());
      for (const [key, text] of Object.entries(CATALOGUES.en)) {
        const translated = catalogue[key as keyof typeof catalogue];
        expect(translated.trim(), key).not.toBe("");
        expect(placeholders(translated), key).toEqual(placeholders(text));
      }
    });
  }

  it("states fact, hypothesis and confidence in Japanese as incident reports do", () => {
    expect(message("ja", "kind.fact")).toBe("事実");
    expect(message("ja", "kind.hypothesis")).toBe("仮説");
    expect(message("ja", "confidence")).toBe("確度");
  });

  it("fills in parameters and leaves a placeholder without one visible", () => {
    expect(message("en", "timeline.shown", { shown: 3, total: 9 })).toBe("3 of 9");
    expect(message("en", "timeline.shown", { shown: "$&" })).toBe("$& of {total}");
    expect(message("en", "timeline.shown", Object.create({ shown: 1 }))).toBe("{shown} of {total}");
  });

  it("takes the language from a locale name", () => {
    expect(["ja_JP.UTF-8", "ja-JP", "JA", "C", "", undefined, "fr_FR"].map(langOfLocale)).toEqual([
      "ja",
      "ja",
      "ja",
      "en",
      "en",
      "en",
      "en",
    ]);
  });
});
