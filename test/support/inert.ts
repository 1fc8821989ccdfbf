import { expect } from "vitest";

/** Characters that act in a terminal, reorder a line or break a reader; line feed and CR end lines. */
const ACTIVE =
  /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/u;

export function expectInert(text: string): void {
  expect(ACTIVE.exec(text)?.[0].charCodeAt(0).toString(16)).toBeUndefined();
}

/** No cell starts a formula, as spreadsheets decide it. */
export function expectNoFormula(rows: readonly (readonly string[])[]): void {
  const formulas = rows.flat().filter((cell) => /^\s*[=+\-@|%]/.test(cell) && cell !== "-");
  expect(formulas).toEqual([]);
}
