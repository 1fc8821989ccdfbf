import { expect, it } from "vitest";
import { MemorySource } from "../../../src/base/byte-source.ts";
import { findPieces, type Piece } from "../../../src/evtx/carve/find-pieces.ts";
import { KnownRecords, readPieces } from "../../../src/evtx/carve/read-pieces.ts";
import { SharedCaches } from "../../../src/evtx/log-scan.ts";
import { forgeLog } from "../../../src/forge/forge-log.ts";
import { SAMPLE_TIME, sampleEvent } from "../../support/forge-sample.ts";
import { Dice, mutateChunk } from "../../support/mutate-chunk.ts";
import { readWholeLog } from "../../support/read-whole-log.ts";

const HEADER = 4096;
const CHUNK = 65_536;
const ROUNDS = 150;

const log = forgeLog(
  Array.from({ length: 260 }, (_, i) =>
    sampleEvent({
      time: SAMPLE_TIME + BigInt(i) * 10_000_000n,
      ...(i % 3 === 0 && { channel: "System", provider: "Service Control Manager", id: 7036 }),
      payload:
        i % 5 === 0
          ? { kind: "data", fields: [["param1", "x".repeat(i)]] }
          : {
              kind: "data",
              fields: [
                ["TargetUserName", `user.${i}`],
                ["IpAddress", "192.0.2.1"],
              ],
            },
    }),
  ),
);
const chunks = Array.from({ length: (log.length - HEADER) / CHUNK }, (_, i) =>
  log.slice(HEADER + i * CHUNK, HEADER + (i + 1) * CHUNK),
);

function logOf(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(HEADER + CHUNK * parts.length);
  bytes.set(log.subarray(0, HEADER));
  for (const [i, part] of parts.entries()) bytes.set(part, HEADER + i * CHUNK);
  return bytes;
}

it("damaged chunks never stop live reading or recovery, nor cost the chunk beside them a record", () => {
  const sound = chunks[1]!;
  const expected = readWholeLog(logOf(sound)).live.map(({ json }) => json);
  const shared = new SharedCaches();
  for (let seed = 0; seed < ROUNDS; seed++) {
    const dice = new Dice(seed);
    const damaged = mutateChunk(dice.pick(chunks), chunks, dice);
    const { live, recovered, counts } = readWholeLog(logOf(damaged, sound), { shared });
    const beside = live.filter(({ fileOffset }) => fileOffset >= HEADER + CHUNK);
    expect(
      beside.map(({ json }) => json),
      `seed ${seed}`,
    ).toEqual(expected);
    expect(counts!.records + counts!.copies, `seed ${seed}`).toBe(recovered.length);
    for (const { state, fileOffset, size } of recovered) {
      expect(state, `seed ${seed}`).not.toBe("live");
      expect(fileOffset + size, `seed ${seed}`).toBeLessThanOrEqual(HEADER + CHUNK);
    }
  }
});

it("no live record's bytes are given again as another record's", () => {
  for (let seed = 0; seed < 60; seed++) {
    const dice = new Dice(10_000 + seed);
    const damaged = mutateChunk(dice.pick(chunks), chunks, dice);
    const { live, recovered } = readWholeLog(logOf(damaged));
    for (const one of recovered) {
      if (one.state === "unlinked") continue;
      const other = live.find(
        ({ fileOffset, size }) =>
          one.fileOffset < fileOffset + size && fileOffset < one.fileOffset + one.size,
      );
      expect(other, `seed ${seed}, offset ${one.fileOffset}`).toBeUndefined();
    }
  }
});

it("carving survives the same damage at any alignment, and finds the sound chunk whole", () => {
  const shared = new SharedCaches();
  for (let seed = 0; seed < 60; seed++) {
    const dice = new Dice(20_000 + seed);
    const damaged = mutateChunk(dice.pick(chunks), chunks, dice);
    const shift = dice.below(5000);
    const bytes = new Uint8Array(shift + 2 * CHUNK);
    bytes.set(damaged, shift);
    bytes.set(chunks[1]!, shift + CHUNK);
    const source = new MemorySource(bytes);
    const pieces: Piece[] = [];
    findPieces(source, (piece) => pieces.push(piece));
    const whole: number[] = [];
    readPieces(
      pieces.map((piece) => ({ source, piece })),
      new KnownRecords(),
      {
        onChunk: ({ place }) => whole.push(place.piece.offset),
        onRecord: ({ record }) => record.toJson(),
      },
      shared,
    );
    expect(whole, `seed ${seed}`).toContain(shift + CHUNK);
  }
});
