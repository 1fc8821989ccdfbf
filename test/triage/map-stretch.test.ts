import { readdirSync, readFileSync, statSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemorySource } from "../../src/base/byte-source.ts";
import { signalWants } from "../../src/correlate/analyzers.ts";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { scanLog } from "../../src/evtx/scan-log.ts";
import { LogMapper, type MapPlan, type MapResult } from "../../src/triage/log-mapper.ts";
import { evtxLedger, StretchJoiner } from "../../src/triage/map-evtx.ts";
import { mapStretch, stretches, unreadStretch } from "../../src/triage/map-stretch.ts";
import { readRuleFolder, shippedLogsources } from "../support/rule-files.ts";
import { haveSamples, samplePath } from "../support/samples.ts";

const CHUNK = 65_536;
const plan: MapPlan = {
  engine: compileRules(readRuleFolder("rules"), shippedLogsources()),
  wants: signalWants(),
};

/** One pass over the log, without cuts. */
function whole(bytes: Uint8Array, file: string): MapResult {
  const mapper = new LogMapper(plan, file);
  const source = new MemorySource(bytes);
  const summary = scanLog(source, file, { onRecord: (record) => mapper.event(record) });
  return mapper.finish(evtxLedger(summary, file, ""));
}

function inStretches(bytes: Uint8Array, file: string, length: number): MapResult {
  const source = new MemorySource(bytes);
  const joiner = new StretchJoiner(plan, file);
  const parts = stretches(bytes.length, length)
    .reverse()
    .map((range) => structuredClone(mapStretch(source, file, range, plan)))
    .reverse();
  for (const part of parts) joiner.add(part);
  return joiner.finish(bytes.length, "");
}

/** Logs of several chunks. */
const largest = haveSamples
  ? readdirSync(samplePath("samples"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".evtx"))
      .sort()
      .map((name) => samplePath("samples", name))
      .filter((path) => statSync(path).size > 5 * CHUNK)
  : [];

describe("a log that is read in stretches", () => {
  it.skipIf(!haveSamples)(
    `gives what one pass over it gives, wherever it is cut`,
    () => {
      expect(largest.length).toBeGreaterThan(10);
      for (const path of largest) {
        const bytes = readFileSync(path);
        const expected = JSON.stringify(whole(bytes, path));
        for (const length of [1, 3])
          expect(JSON.stringify(inStretches(bytes, path, length)), path).toBe(expected);
      }
    },
    60_000,
  );

  it.skipIf(!haveSamples)(
    "gives the same for rings, empty slots, damage and cut ends, issue for issue and gap for gap",
    () => {
      const sample = readFileSync(largest[0]!);
      const chunks = Math.floor((sample.length - 4096) / CHUNK);
      const slot = fc.nat(chunks - 1);
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 4 }),
          fc.array(
            fc.oneof(
              fc.record({ do: fc.constant("empty" as const), slot }),
              fc.record({ do: fc.constant("break" as const), slot, at: fc.nat(CHUNK - 1) }),
              fc.record({ do: fc.constant("swap" as const), slot, with: slot }),
            ),
            { maxLength: 6 },
          ),
          fc.nat(CHUNK),
          (length, edits, cut) => {
            const bytes = new Uint8Array(sample.subarray(0, sample.length - cut));
            const chunk = (n: number): Uint8Array =>
              bytes.subarray(4096 + n * CHUNK, 4096 + (n + 1) * CHUNK);
            for (const edit of edits) {
              if (edit.do === "empty") chunk(edit.slot).fill(0);
              else if (edit.do === "break") chunk(edit.slot).fill(0xa5, edit.at, edit.at + 300);
              else {
                const held = chunk(edit.slot).slice();
                const other = chunk(edit.with).slice();
                chunk(edit.slot).set(other.subarray(0, chunk(edit.slot).length));
                chunk(edit.with).set(held.subarray(0, chunk(edit.with).length));
              }
            }
            expect(JSON.stringify(inStretches(bytes, "ring.evtx", length))).toBe(
              JSON.stringify(whole(bytes, "ring.evtx")),
            );
          },
        ),
        { numRuns: 30 },
      );
    },
    60_000,
  );

  it.skipIf(!haveSamples)("tells a stretch that no one could read, to the byte", () => {
    const path = largest[0]!;
    const bytes = readFileSync(path);
    const source = new MemorySource(bytes);
    const joiner = new StretchJoiner(plan, path);
    for (const range of stretches(bytes.length, 2)) {
      joiner.add(
        range.from === 2
          ? unreadStretch(source, path, range, "the worker stopped")
          : mapStretch(source, path, range, plan),
      );
    }
    const { ledger } = joiner.finish(bytes.length, "");
    expect(ledger.status).toBe("partial");
    expect(ledger.issueCounts["stretch-unread"]).toBe(1);
    expect(ledger.records.expected).toBeNull();
    expect(ledger.bytes?.damaged).toBe(2 * CHUNK);
    expect(Object.values(ledger.bytes ?? {}).reduce((sum, count) => sum + count, 0)).toBe(
      bytes.length,
    );
  });
});
