import { describe, expect, it } from "vitest";
import { requiredLiteral } from "../../src/engine/regex-literal.ts";

describe("the literal that a regular expression requires", () => {
  it.each([
    ["abc", "abc"],
    ["^\\\\Device\\\\x.*y", "\\Device\\x"],
    ["(?i)net\\s+user", "user"],
    ["a{2}bcd", "bcd"],
    ["ab+cd", "ab"],
    ["ab?cde", "cde"],
    ["(x|y)longer(z)?", "longer"],
    ["[a-z]{3}\\.exe", ".exe"],
    ["\\d{4}-\\w+tail", "tail"],
    ["[]x]both[^]]", "both"],
    ["\\w+`(?:x|-)`", "`"],
  ])("of %s is %s", (source, literal) => {
    expect(requiredLiteral(source)).toBe(literal);
  });

  it.each([
    "a|bcd",
    "abc|",
    "(abc)",
    "(?:abc)*",
    "a*b*",
    ".",
    "(?s:x)abc",
    "\\Qa.b\\E",
    "é+xy",
    "x{0}",
  ])("of %s is not claimed", (source) => {
    expect(requiredLiteral(source)).toBeUndefined();
  });
});
