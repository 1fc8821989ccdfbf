import { describe, expect, it } from "vitest";
import { freeHeap } from "../../src/node/heap.ts";

describe("the heap", () => {
  it("is freed of what nothing holds, at once", async () => {
    const held = { kept: true };
    const refs = [new WeakRef(held), new WeakRef({ kept: false })];
    // References made in this turn of the event loop hold what they point to.
    await new Promise((done) => setImmediate(done));
    freeHeap();
    expect(refs.map((ref) => ref.deref()?.kept)).toEqual([true, undefined]);
    expect(held.kept).toBe(true);
  });
});
