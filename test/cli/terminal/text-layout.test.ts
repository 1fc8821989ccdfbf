import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, wrapText } from "../../../src/cli/terminal/text-layout.ts";

describe("wrapping of text for a terminal", () => {
  it("breaks at blanks, and a word longer than a line where the line ends", () => {
    expect(wrapText("one two three", 8)).toEqual(["one two", "three"]);
    expect(wrapText("a abcdefghijkl b", 6)).toEqual(["a abcd", "efghij", "kl b"]);
    expect(wrapText("", 8)).toEqual([""]);
  });

  it("breaks Japanese anywhere but before a mark that may not begin a line", () => {
    expect(wrapText("CORP\\user.one がログを消去しました。", 20)).toEqual([
      "CORP\\user.one がログ",
      "を消去しました。",
    ]);
    expect(wrapText("あいうえお。", 10)).toEqual(["あいうえ", "お。"]);
    expect(wrapText("あいう（え）", 8)).toEqual(["あいう", "（え）"]);
  });

  it("loses no character and keeps every line within the width", () => {
    const text = fc.stringMatching(/^[a-z .\\あいう。（）ー漢字]{0,80}$/);
    fc.assert(
      fc.property(text, fc.integer({ min: 10, max: 40 }), (from, width) => {
        const lines = wrapText(from, width);
        const kept = lines.join("").replace(/ /g, "") === from.replace(/ /g, "");
        return kept && lines.every((line) => columnsOf(line.trimEnd()) <= width);
      }),
    );
  });
});
