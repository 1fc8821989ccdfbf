import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  csvCell,
  csvText,
  inertJson,
  markupText,
  visibleText,
} from "../../src/report/inert-text.ts";
import { readCsv } from "../support/csv-reader.ts";
import { expectInert, expectNoFormula } from "../support/inert.ts";
import { HOSTILE } from "../support/sample-report.ts";

const anyText = fc.string({ unit: "binary", maxLength: 40 });
const roughText = fc
  .array(fc.constantFrom(...HOSTILE.split(""), "=", "+", "\ud83d", "\ude00", "日"), {
    maxLength: 30,
  })
  .map((parts) => parts.join(""));
const text = fc.oneof(anyText, roughText);

describe("inert text", () => {
  it("shows what a terminal would obey", () => {
    expect(visibleText("a\u001b[31mb\u0000c\u202ed\ud800e\r\n\tf")).toBe(
      "a\\u001b[31mb\\u0000c\\u202ed\\ud800e\\r\\n\\tf",
    );
  });

  it("leaves ordinary text of any script alone", () => {
    expect(visibleText("削除された記録 😀 é")).toBe("削除された記録 😀 é");
  });

  it("gives a JSON reader exactly the same value back, with nothing active in the bytes", () => {
    fc.assert(
      fc.property(text, (value) => {
        const json = inertJson({ [value]: value });
        expectInert(json);
        expect(json).not.toContain("<");
        expect(JSON.parse(json)).toEqual({ [value]: value });
      }),
    );
  });

  it("gives one CSV cell for any text, and never a formula", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (cells) => {
        const csv = csvText(cells, [cells]);
        expectInert(csv);
        const rows = readCsv(csv);
        expect(rows.map((row) => row.length)).toEqual([cells.length, cells.length]);
        expectNoFormula(rows);
      }),
    );
    expect(csvCell("-1+1")).toBe('"\'-1+1"');
    expect(csvCell(-1)).toBe("-1");
  });

  it("leaves no markup in markup", () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(markupText(value)).not.toMatch(/[<>"']/);
      }),
    );
  });
});
