import { expect, it } from "vitest";
import { broken, fuzzTargets } from "../support/fuzz-sources.ts";

const ROUNDS = 24;

it("no container, volume, registry or shadow-copy structure crashes its reader or leads it out of the image, however it is broken", async () => {
  for (const target of await fuzzTargets()) {
    const intact = await target.read(target.bytes);
    let noticed = 0;
    for (let seed = 0; seed < ROUNDS; seed++) {
      const said = await target.read(broken(target, seed)).catch((error: Error) => {
        throw new Error(`${target.name}, seed ${seed}: ${error.stack}`);
      });
      for (const words of said) expect(words, `${target.name}, seed ${seed}`).not.toBe("");
      if (said.join() !== intact.join()) noticed++;
    }
    expect(noticed, `${target.name}: damage that is noticed`).toBeGreaterThan(0);
  }
});
