import { describe, expect, it } from "vitest";
import { distinctTexts, ownWords, PhraseBook, row, say, spoken } from "../../src/model/phrase.ts";

const JAPANESE: Readonly<Record<string, string>> = {
  "{0} cleared {1}": "{0}が{1}を消去",
  "the log of {0}": "{0}のログ",
  ", ": "、",
  "a tool": "ツール",
};
const japanese = (key: string): string => JAPANESE[key] ?? key;

describe("say", () => {
  it("is English as it is written", () => {
    expect(spoken(say`${"a"} cleared ${2} of ${undefined}.`)).toBe("a cleared 2 of .");
    expect(spoken("plain")).toBe("plain");
  });

  it("takes a line break with its indent as one space", () => {
    expect(
      spoken(say`one
        two ${3}`),
    ).toBe("one two 3");
  });

  it("puts values, and phrases within it, into the words of another language", () => {
    const text = say`${"user.one"} cleared ${say`the log of ${"HOST-A"}`}`;
    expect(spoken(text, japanese)).toBe("user.oneがHOST-Aのログを消去");
    expect(spoken(row(["a", ownWords("a tool")]), japanese)).toBe("a、ツール");
  });

  it("never takes a value for words, holes or replacement patterns", () => {
    const hostile = ["{1}", "a tool", "$&", "{0} cleared {1}", "__proto__"];
    for (const value of hostile)
      expect(spoken(say`${value} cleared ${"x"}`, japanese)).toBe(`${value}がxを消去`);
    expect(spoken(row(["a tool", "{0}"]), japanese)).toBe("a tool、{0}");
  });

  it("leaves a title from elsewhere with braces in it as it is", () => {
    expect(spoken(ownWords("rule {0} of {1}"), japanese)).toBe("rule {0} of {1}");
  });
});

describe("texts of a finding", () => {
  it("keep the phrases among them, each once", () => {
    const book = new PhraseBook();
    expect(book.all(["plain", say`${1} log`, say`${1} log`])).toEqual(["plain", "1 log", "1 log"]);
    expect(book.kept.phrases).toEqual([{ key: "{0} log", values: ["1"] }]);
    expect(new PhraseBook().kept).toEqual({});
  });

  it("are distinct by what they say", () => {
    expect(distinctTexts([say`${1} log`, "a", say`${1} log`, "a"])).toHaveLength(2);
  });
});
