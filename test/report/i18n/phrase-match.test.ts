import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placesOf, refilled } from "../../../src/report/i18n/phrase-match.ts";

const TEMPLATE = "{User} opened {Share}{Path} from {Address}.";
const OTHER = "{Address}: {Share}{Path} / {User}";

describe("a filled template told with the words of another", () => {
  it("takes the values over, wherever the other wants them", () => {
    expect(refilled("user.one opened C$ from 10.0.0.1.", TEMPLATE, OTHER)).toBe(
      "10.0.0.1: C$ / user.one",
    );
    expect(placesOf(TEMPLATE)).toEqual(["{User}", "{Share}{Path}", "{Address}"]);
  });

  it("takes a value for what it is, also when it looks like a place or a replacement pattern", () => {
    expect(refilled("$& opened {User} from $1.", TEMPLATE, OTHER)).toBe("$1: {User} / $&");
  });

  it("leaves a text that can be read in two ways", () => {
    expect(refilled("x opened y opened z from a.", TEMPLATE, OTHER)).toBeUndefined();
    expect(refilled("x opened y from a from b.", TEMPLATE, OTHER)).toBeUndefined();
    expect(refilled("{A} and {A}", "{A} and {A}", "{A}")).toBe("{A}");
    expect(refilled("one and two", "{A} and {A}", "{A}")).toBeUndefined();
  });

  it("leaves a text of another template", () => {
    for (const text of ["", "opened", "x opened y from", " opened  from", "x opened y to b."]) {
      expect(refilled(text, TEMPLATE, OTHER)).toBeUndefined();
    }
    expect(refilled("ab", "ab{X}b", "{X}")).toBeUndefined();
  });

  it("takes a template without places as it is", () => {
    expect(refilled("It stopped.", "It stopped.", "停止")).toBe("停止");
    expect(refilled("It stopped!", "It stopped.", "停止")).toBeUndefined();
  });

  it("gives back what was put in, or nothing, whatever the values are", () => {
    const value = fc.stringMatching(/^[ a-z{}$.]{0,12}$/);
    fc.assert(
      fc.property(value, value, value, (user, share, address) => {
        const text = `${user} opened ${share} from ${address}.`;
        const found = refilled(text, TEMPLATE, OTHER);
        return found === undefined || found === `${address}: ${share} / ${user}`;
      }),
    );
    fc.assert(
      fc.property(value, value, value, (user, share, address) => {
        fc.pre(![user, share, address].some((text) => /opened|from/.test(text)));
        const text = `${user} opened ${share} from ${address}.`;
        return refilled(text, TEMPLATE, OTHER) === `${address}: ${share} / ${user}`;
      }),
    );
  });
});
