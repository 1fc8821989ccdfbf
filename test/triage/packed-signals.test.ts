import { describe, expect, it } from "vitest";
import { TextPool } from "../../src/base/text-pool.ts";
import type { Signal } from "../../src/model/signal.ts";
import { packSignals, unpackSignals } from "../../src/triage/packed-signals.ts";
import { plainSignal } from "../../src/triage/signal-columns.ts";
import { fixtureScenario, mapScenario } from "../support/triage-scenario.ts";

/** As another thread has them: what is moved is gone here. */
function sent(signals: readonly Signal[], pool = new TextPool()): Signal[] {
  const moved = new Set<ArrayBuffer>();
  const packed = packSignals(signals, moved, 0);
  return unpackSignals(structuredClone(packed, { transfer: [...moved] }), pool);
}

const logs = ["clean", "rdp-chain", "deleted-logs", "vpn-way-in"].flatMap((name) =>
  mapScenario(fixtureScenario(name)),
);

describe("signals sent to another thread", () => {
  it("say the same there, in the same order", () => {
    for (const { signals } of logs) {
      expect(sent(signals).map(plainSignal)).toEqual(signals.map(plainSignal));
      expect(sent(sent(signals)).map(plainSignal)).toEqual(signals.map(plainSignal));
    }
  });

  it("keep their places among those that have no row", () => {
    const { signals } = logs.find((log) => log.signals.length > 5)!;
    const loose = (signal: Signal): Signal => ({ ...signal, ref: { ...signal.ref, line: 3 } });
    for (const places of [[0], [0, 1], [2, 4], [signals.length - 1], [...signals.keys()]]) {
      const mixed = signals.map((signal, at) => (places.includes(at) ? loose(signal) : signal));
      expect(sent(mixed).map(plainSignal)).toEqual(mixed.map(plainSignal));
    }
    expect(sent([])).toEqual([]);
  });

  it("move their numbers instead of copying them", () => {
    const moved = new Set<ArrayBuffer>();
    const { data } = packSignals(logs[0]!.signals, moved, 0);
    structuredClone(data, { transfer: [...moved] });
    expect(data.timeLow.length).toBe(0);
    expect(data.cells.length).toBe(0);
  });
});
