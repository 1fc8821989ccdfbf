import { describe, expect, it } from "vitest";
import { TextMemory } from "../../src/engine/text-memory.ts";

describe("a text memory", () => {
  it("holds a bounded amount over all its maps", () => {
    const memory = new TextMemory();
    const [first, second] = [memory.map(), memory.map()];
    memory.keep(first, "early", [1]);
    let most = 0;
    for (let i = 0; i < 30_000; i++) {
      memory.keep(second, `${i}`.padEnd(1000, "x"), [i]);
      most = Math.max(most, second.size);
    }
    expect(first.size).toBe(0);
    expect(most).toBeLessThan(8000);
    expect(second.get("29999".padEnd(1000, "x"))).toEqual([29_999]);
  });

  it("does not keep very long texts", () => {
    const memory = new TextMemory();
    const map = memory.map();
    memory.keep(map, "x".repeat(5000), [1]);
    expect(map.size).toBe(0);
  });
});
