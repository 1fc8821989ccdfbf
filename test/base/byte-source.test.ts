import { expect, it } from "vitest";
import { MemorySource } from "../../src/base/byte-source.ts";

it("copies only the bytes that exist past the end of the source", () => {
  const source = new MemorySource(Uint8Array.of(1, 2, 3, 4));
  const target = new Uint8Array(4);
  expect(source.read(2, target, 1, 10)).toBe(2);
  expect([...target]).toEqual([0, 3, 4, 0]);
  expect(source.read(9, target, 0, 1)).toBe(0);
});
