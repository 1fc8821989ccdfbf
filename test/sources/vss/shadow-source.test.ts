import { describe, expect, it } from "vitest";
import { MemorySource } from "../../../src/base/byte-source.ts";
import type { Issue } from "../../../src/model/issue.ts";
import { MediumError } from "../../../src/sources/source-problem.ts";
import { openShadowCopies } from "../../../src/sources/vss/shadow-source.ts";
import { readAll } from "../../support/evidence-fixture.ts";
import { forgeShadows, ShadowForge } from "../../support/forge-shadows.ts";

const BLOCK = 16_384;

/** A volume of `blocks` blocks, each filled with its own number plus `shift`. */
function volume(blocks: number, shift = 0): Uint8Array {
  const bytes = new Uint8Array(blocks * BLOCK);
  for (let i = 0; i < blocks; i++) bytes.fill(i + shift, i * BLOCK, (i + 1) * BLOCK);
  return bytes;
}

function filled(value: number): Uint8Array {
  return new Uint8Array(BLOCK).fill(value);
}

function open(bytes: Uint8Array, issues: Issue[] = []) {
  return openShadowCopies(new MemorySource(bytes), "volume", (issue) => issues.push(issue));
}

/** What each block of a volume is filled with; the header's own block is left out. */
function contents(bytes: Uint8Array): number[] {
  return Array.from({ length: bytes.length / BLOCK - 1 }, (_, i) => bytes[(i + 1) * BLOCK]!);
}

describe("shadow copies", () => {
  it("give the volume as it was at each, the oldest through the younger ones", () => {
    const first = volume(40);
    const second = first.slice();
    second.set(filled(101), 5 * BLOCK);
    const third = second.slice();
    third.set(filled(102), 5 * BLOCK);
    third.set(filled(103), 9 * BLOCK);
    const copies = open(forgeShadows([first, second, third]));
    expect(copies.map(({ created }) => created)).toEqual([
      "2026-03-02T08:00:00.0000000Z",
      "2026-03-02T09:00:00.0000000Z",
    ]);
    expect(copies.map((copy) => contents(readAll(copy.volume)))).toEqual([
      contents(first),
      contents(second),
    ]);
  });

  it("follow forwarders into the next copy and take saved sectors of the copy itself only", () => {
    const forge = new ShadowForge(volume(60));
    const a = forge.block(filled(201));
    const b = forge.block(filled(202));
    const c = forge.block(filled(203));
    const old = forge.blockList([
      { original: 10 * BLOCK, relative: 20 * BLOCK, flags: 1 },
      { original: 11 * BLOCK, offset: a, flags: 0 },
      { original: 11 * BLOCK, relative: 1, offset: c, flags: 2, bitmap: 0b101 },
      { original: 12 * BLOCK, offset: a, flags: 4 },
      // The second descriptor says where the block that the first one forwards to is now.
      { original: 13 * BLOCK, relative: 14 * BLOCK, flags: 1 },
      { original: 14 * BLOCK, offset: b, flags: 0 },
    ]);
    const young = forge.blockList([
      { original: 20 * BLOCK, offset: b, flags: 0 },
      { original: 15 * BLOCK, offset: c, flags: 2, bitmap: 0xff },
      { original: 16 * BLOCK, relative: 17 * BLOCK, flags: 1 },
    ]);
    const [first, second] = open(forge.finish([old, young])).map((copy) => readAll(copy.volume));
    expect(first![10 * BLOCK]).toBe(202);
    const sectors = Array.from({ length: 4 }, (_, i) => first![11 * BLOCK + i * 512]);
    expect(sectors).toEqual([203, 201, 203, 201]);
    expect(first![12 * BLOCK]).toBe(12);
    expect(first![13 * BLOCK]).toBe(202);
    expect(first![14 * BLOCK]).toBe(14);
    // Sectors that a younger copy saved apart are not the older one's.
    expect(first![15 * BLOCK]).toBe(15);
    expect(second![15 * BLOCK]).toBe(203);
    expect(second![15 * BLOCK + 8 * 512]).toBe(15);
    expect(second![16 * BLOCK]).toBe(17);
    expect(second![20 * BLOCK]).toBe(202);
  });

  it("whose list of blocks runs in a circle or is damaged say so when they are read", () => {
    const bytes = forgeShadows([volume(20), volume(20, 1)]);
    const [copy] = open(bytes);
    const list = bytes.findLastIndex(
      (byte, at) => byte === 3 && at % BLOCK === 20 && bytes[at - 20] === 0x6b,
    );
    const listAt = list - 20;
    new DataView(bytes.buffer).setBigUint64(listAt + 40, BigInt(listAt), true);
    expect(() => readAll(copy!.volume)).toThrow(MediumError);
    const issues: Issue[] = [];
    const catalogAt = Number(new DataView(bytes.buffer).getBigUint64(7680 + 48, true));
    bytes.fill(0, catalogAt, catalogAt + 128);
    expect(open(bytes, issues)).toEqual([]);
    expect(issues.map(({ code }) => code)).toEqual(["vss-catalog-damaged"]);
  });

  it("are none on a volume without a catalog", () => {
    expect(open(volume(4))).toEqual([]);
    expect(open(new Uint8Array(100))).toEqual([]);
  });
});
