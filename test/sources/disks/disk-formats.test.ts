import { describe, expect, it } from "vitest";
import type { ByteSource } from "../../../src/base/byte-source.ts";
import type { Issue } from "../../../src/model/issue.ts";
import type { OpenedDisk } from "../../../src/sources/container.ts";
import { isProblem, MediumError } from "../../../src/sources/source-problem.ts";
import {
  FORGED_IMAGES,
  type ForgedImage,
  forgeDifferencingVhd,
  forgeDirtyVhdx,
  forgeEwf,
  forgeSplit,
  openForged,
} from "../../support/forge-disk-image.ts";

/** Repeatable noise with holes of zeros, not a whole number of blocks of any format. */
function content(): Uint8Array {
  const disk = new Uint8Array(2 * 1024 * 1024 + 37 * 512);
  let seed = 7;
  for (let at = 0; at < disk.length; at += 512) {
    if (Math.floor(at / 200_000) % 3 === 1) continue;
    for (let i = at; i < at + 512; i += 4) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      disk[i] = seed >> 16;
      disk[i + 1] = i & 0xff;
    }
  }
  return disk;
}

const disk = content();

function bytesOf(source: ByteSource, piece: number): Uint8Array {
  const bytes = new Uint8Array(source.size);
  for (let at = 0; at < bytes.length; at += piece) {
    const count = Math.min(piece, bytes.length - at);
    expect(source.read(at, bytes, at, count)).toBe(count);
  }
  return bytes;
}

async function opened(image: ForgedImage, issues?: Issue[]): Promise<OpenedDisk> {
  const result = await openForged(image, issues);
  if (isProblem(result)) throw new Error(result.problem);
  return result;
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

describe.each(Object.entries(FORGED_IMAGES))("%s", (_name, forge) => {
  const image = forge(disk);

  it("gives the disk byte for byte, however it is read", async () => {
    const { disk: source } = await opened(image);
    expect(source.size).toBe(disk.length);
    for (const piece of [1_000_000, 65_537, 4096])
      expect(isSame(bytesOf(source, piece), disk), `${piece} at a time`).toBe(true);
    const beyond = new Uint8Array(10).fill(1);
    expect(source.read(disk.length, beyond, 0, 10)).toBe(0);
  });

  it("is named or readable in part when it is cut or its bytes are changed, and never worse", async () => {
    const main = image.files.get(image.name)!;
    let seed = 11;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return seed % below;
    };
    const structure = Math.min(main.length, 400_000);
    for (let round = 0; round < 60; round++) {
      const changed = round % 5 === 0 ? main.slice(0, random(main.length)) : Uint8Array.from(main);
      if (round % 5 !== 0)
        for (let i = 0; i < 8; i++) {
          // Structures lie in front, some at the end.
          const at = random(4) === 0 ? changed.length - 1 - random(2048) : random(structure);
          changed[Math.max(at, 0)] = random(256);
        }
      const files = new Map(image.files).set(image.name, changed);
      const result = await openForged({ ...image, files });
      if (isProblem(result)) {
        expect(result.problem).not.toBe("");
        continue;
      }
      const piece = new Uint8Array(4096);
      for (let at = 0; at < Math.min(result.disk.size, disk.length); at += 100_000) {
        try {
          expect(result.disk.read(at, piece, 0, piece.length)).toBeLessThanOrEqual(piece.length);
        } catch (error) {
          expect(error).toBeInstanceOf(MediumError);
        }
      }
    }
  });
});

describe("an E01 image", () => {
  it("tells case, examiner and segments", async () => {
    const { facts } = await opened(forgeEwf(disk));
    expect(facts).toMatchObject({ case: "CASE-1", examiner: "analyst.one", segments: "2" });
  });

  it("does not give out a stored chunk whose checksum is wrong", async () => {
    const image = forgeEwf(disk);
    const first = image.files.get("disk.E01")!.slice();
    const at = Buffer.from(first).indexOf(Buffer.from(disk.subarray(32_768, 32_800)));
    first[at + 5]! ^= 1;
    const { disk: source } = await opened({
      ...image,
      files: new Map(image.files).set("disk.E01", first),
    });
    const target = new Uint8Array(512);
    expect(() => source.read(33_000, target, 0, 512)).toThrow(
      /chunk 1 .* does not fit its checksum/,
    );
    expect(source.read(0, target, 0, 512)).toBe(512);
  });

  it("says which chunks are missing when a segment file is", async () => {
    const image = forgeEwf(disk);
    const files = new Map(image.files);
    files.delete("disk.E02");
    const issues: Issue[] = [];
    const { disk: source } = await opened({ ...image, files }, issues);
    expect(issues.map(({ message }) => message).join()).toMatch(/33 of 65 chunks are in the 1 seg/);
    expect(() => source.read(disk.length - 512, new Uint8Array(512), 0, 512)).toThrow(
      /in no segment file at hand/,
    );
  });
});

it("a differencing disk without its parent names what is missing", async () => {
  const image = forgeDifferencingVhd(disk);
  const files = new Map(image.files);
  files.delete("parent.vhd");
  expect(await openForged({ ...image, files })).toEqual({
    problem: "holds the differences to another disk only",
    fix: "put its parent parent.vhd beside it",
  });
});

it("the log of a VHDX that was not closed is replayed in memory, and that is said", async () => {
  const image = forgeDirtyVhdx(disk);
  const before = image.files.get("disk.vhdx")!.slice();
  const issues: Issue[] = [];
  const { disk: source } = await opened(image, issues);
  expect(isSame(bytesOf(source, 65_536), disk)).toBe(true);
  expect(issues.map(({ code }) => code)).toEqual(["image-log-replayed"]);
  expect(isSame(image.files.get("disk.vhdx")!, before)).toBe(true);
});

describe("a split raw image", () => {
  it.each([
    ["is missing", undefined],
    ["is cut off", 1000],
  ] as const)(
    "of which a piece %s keeps the others in their places, and says so",
    async (what, length) => {
      const image = forgeSplit(disk);
      const files = new Map(image.files);
      const second = files.get("disk.002")!;
      if (length === undefined) files.delete("disk.002");
      else files.set("disk.002", second.slice(0, length));
      const issues: Issue[] = [];
      const { disk: source } = await opened({ ...image, files }, issues);
      expect(issues.map(({ message }) => message)).toEqual([
        `disk.002 ${what}: ${second.length - (length ?? 0)} bytes of the disk cannot be read`,
      ]);
      expect(source.size).toBe(disk.length);
      const target = new Uint8Array(512);
      expect(() => source.read(second.length + 2048, target, 0, 512)).toThrow(
        `disk.002, which ${what}`,
      );
      expect(source.read(disk.length - 512, target, 0, 512)).toBe(512);
      expect(isSame(target, disk.subarray(disk.length - 512))).toBe(true);
    },
  );
});
