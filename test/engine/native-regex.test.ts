import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { isAscii, nativeRegex } from "../../src/engine/native-regex.ts";
import { regexFlags } from "../../src/rules/regex-flags.ts";

const atoms = fc.constantFrom(
  ...["a", "B", "k", "S", "0", "_", " ", ".", "-", "/", "%", "]", "}", "^", "$"],
  ...[
    "\\.",
    "\\\\",
    "\\d",
    "\\D",
    "\\w",
    "\\W",
    "\\s",
    "\\S",
    "\\b",
    "\\B",
    "\\t",
    "\\n",
    "\\x41",
    "\\-",
  ],
  ...[
    "[ab]",
    "[^ab]",
    "[a-k]",
    "[^\\w]",
    "[\\s\\S]",
    "[\\w-]",
    "[-\\d]",
    "[\\w.-]",
    "[a\\-k]",
    "[^\\n]",
    "[+-\\w]",
    "[\\d-z]",
  ],
);
const repeats = fc.constantFrom(
  "",
  "",
  "",
  "*",
  "+",
  "?",
  "*?",
  "+?",
  "??",
  "{2}",
  "{0,2}",
  "{1,}",
  "{2,3}?",
);
const pattern = fc.letrec<{ regex: string }>((tie) => ({
  regex: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.tuple(atoms, repeats).map((parts) => parts.join("")),
    fc.array(tie("regex"), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
    fc.tuple(tie("regex"), tie("regex")).map(([a, b]) => `(${a}|${b})`),
    fc.tuple(tie("regex"), repeats).map(([a, repeat]) => `(?:${a})${repeat}`),
  ),
})).regex;
const text = fc.string({
  unit: fc.constantFrom(..."aAbBkKsS019_ .-/%\\\t\n\r\v\f]}^$+z"),
  maxLength: 24,
});

describe("expressions that JavaScript's own engine may run", () => {
  it("match exactly what the linear-time engine matches", () => {
    let compared = 0;
    let matched = 0;
    fc.assert(
      fc.property(
        pattern,
        fc.constantFrom("", "i", "s", "is"),
        fc.array(text, { minLength: 5, maxLength: 10 }),
        (source, flags, texts) => {
          let linear: RE2JS;
          try {
            linear = RE2JS.compile(source, regexFlags(flags));
          } catch {
            return;
          }
          const native = nativeRegex(source, flags);
          if (native === undefined) return;
          for (const one of texts) {
            compared++;
            if (linear.test(one)) matched++;
            expect(native.regex.test(one), `/${source}/${flags} on ${JSON.stringify(one)}`).toBe(
              linear.test(one),
            );
          }
        },
      ),
      { numRuns: 6000 },
    );
    expect(compared).toBeGreaterThan(5000);
    expect(matched).toBeGreaterThan(500);
  });

  it.each([
    "(a+)+$",
    "(a|a)*b",
    "(a|ab)+c",
    "(.*)*x",
    "(a?){40}a{40}",
    "(x+x+)+y",
    "([a-z]+)*=",
    "(?:a|b|ab){12}c",
    "a{2,}+",
    "(?m)^a",
    "(?i:a)b",
    "(?P<n>a)",
    "\\Qa*\\E",
    "\\pL",
    "[[:alpha:]]",
    "[]a]",
    "é",
    "\\x{41}",
    "\\Aa",
    "a\\z",
  ])("%s is left to the linear-time engine", (source) => {
    expect(nativeRegex(source, "")).toBeUndefined();
  });

  it("the longer the text, the fewer repeats without end a pattern may have", () => {
    const longest = (source: string): number => nativeRegex(source, "")?.longest ?? 0;
    expect(longest("powershell\\.exe")).toBeGreaterThan(100_000);
    expect(longest("^[a-z]*x")).toBeGreaterThan(100_000);
    expect(longest("a.*b")).toBeLessThan(5_000);
    expect(longest("a.*b")).toBeGreaterThan(500);
    expect(longest("a.*b.*c")).toBeLessThan(200);
    expect(longest("a.*b.*c.*d.*e.*f")).toBeLessThan(20);
  });

  it("letters beyond ASCII are told", () => {
    expect(isAscii("plain \x7f text")).toBe(true);
    expect(isAscii("\u212a")).toBe(false);
  });
});
