import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LiteralScanner } from "../../src/engine/literal-scanner.ts";

const text = (maxLength: number) =>
  fc
    .array(fc.constantFrom("a", "b", "c", "\\", "é", "\u{1F600}"), { maxLength })
    .map((p) => p.join(""));

describe("a literal scanner", () => {
  it("finds exactly the literals that the text includes", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(text(9).filter((literal) => literal !== "")),
        text(60),
        (literals, searched) => {
          const found = new Set<number>();
          new LiteralScanner(literals).scan(searched, (literal) => found.add(literal));
          expect([...found].sort((a, b) => a - b)).toEqual(
            literals.flatMap((literal, i) => (searched.includes(literal) ? [i] : [])),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it("keeps thousands of literals apart", () => {
    const literals = Array.from({ length: 5000 }, (_, i) => `literal-${i.toString(36)}-end`);
    const found: number[] = [];
    new LiteralScanner(literals).scan(`x ${literals[77]} y ${literals[4999]}`, (i) =>
      found.push(i),
    );
    expect(found).toEqual([77, 4999]);
  });
});
