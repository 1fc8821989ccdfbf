import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { MemorySource } from "../../src/base/byte-source.ts";
import { TextPool } from "../../src/base/text-pool.ts";
import { signalWants } from "../../src/correlate/analyzers.ts";
import { mapStretch, type StretchResult, stretches } from "../../src/triage/map-stretch.ts";
import { packStretch, unpackStretch } from "../../src/triage/packed-stretch.ts";
import { plainSignal } from "../../src/triage/signal-columns.ts";
import { shippedEngine } from "../support/triage-scenario.ts";

const file = "fixtures/rdp-chain/WS-01/Security.evtx";
const source = new MemorySource(readFileSync(file));
const plan = { engine: shippedEngine(), wants: signalWants(), recover: true };

function plain({ log, map }: StretchResult): unknown {
  const { hits, wanted, ...rest } = map;
  const signals = wanted?.signals.map(plainSignal);
  return { log, ...rest, hits: hits.map(plainSignal), wanted: { ...wanted, signals } };
}

it.each([false, true])(
  "a stretch sent to another thread gives the same there: %s",
  (manyBefore) => {
    for (const range of stretches(source.size, 2)) {
      const stretch = () => mapStretch(source, file, range, plan, { manyBefore });
      const moved = new Set<ArrayBuffer>();
      const packed = packStretch(stretch(), moved);
      const there = structuredClone(packed, { transfer: [...moved] });
      expect(plain(unpackStretch(there, new TextPool()))).toEqual(plain(stretch()));
    }
  },
);

it("a stretch after many says of each signal what it is folded by", () => {
  const [range] = stretches(source.size);
  const keys = (manyBefore: boolean) =>
    mapStretch(source, file, range!, plan, { manyBefore }).map.wanted?.foldKeys ?? [];
  expect(keys(false)).toContain(undefined);
  expect(keys(true)).not.toContain(undefined);
  expect(keys(true).length).toBe(keys(false).length);
});
