import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LastText, TextCache } from "../../src/base/text-cache.ts";

/** Texts as records hold them: few, repeated, some longer than the cache keeps. */
const text = fc.oneof(
  fc.constantFrom(
    "HOST-A.corp.example",
    "HOST-B.corp.example",
    "",
    "Security",
    "痕跡",
    "x".repeat(200),
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
);

function utf16(texts: readonly string[]): { bytes: Uint8Array; ends: number[] } {
  const ends: number[] = [];
  const all = texts.join("");
  const bytes = new Uint8Array(2 * all.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < all.length; i++) view.setUint16(2 * i, all.charCodeAt(i), true);
  let end = 0;
  for (const each of texts) {
    end += 2 * each.length;
    ends.push(end);
  }
  return { bytes, ends };
}

describe("texts by their bytes", () => {
  it("are what the bytes say, in any order and from any chunk, looked up or compared with the last", () => {
    fc.assert(
      fc.property(fc.array(fc.array(text, { maxLength: 30 }), { maxLength: 4 }), (chunks) => {
        const cache = new TextCache();
        const last = new LastText();
        for (const texts of chunks) {
          const { bytes, ends } = utf16(texts);
          for (const [at, expected] of texts.entries()) {
            const start = at === 0 ? 0 : ends[at - 1]!;
            expect(cache.usual(bytes, start, ends[at]!, last)).toBe(expected);
            expect(cache.text(bytes, start, ends[at]!)).toBe(expected);
          }
        }
      }),
    );
  });

  it("are found again when others took their place meanwhile", () => {
    const cache = new TextCache();
    const last = new LastText();
    const { bytes, ends } = utf16([
      "HOST-A",
      ...Array.from({ length: 60_000 }, (_, at) => `${at}`),
    ]);
    expect(cache.usual(bytes, 0, 12, last)).toBe("HOST-A");
    for (let at = 1; at < ends.length; at++) cache.text(bytes, ends[at - 1]!, ends[at]!);
    expect(cache.usual(bytes, 0, 12, last)).toBe("HOST-A");
  });
});
