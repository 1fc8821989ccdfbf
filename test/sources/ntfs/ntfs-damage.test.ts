import { describe, expect, it } from "vitest";
import type { ByteSource } from "../../../src/base/byte-source.ts";
import { findNtfsFiles } from "../../../src/sources/ntfs/find-ntfs-files.ts";
import { NtfsVolume } from "../../../src/sources/ntfs/ntfs-volume.ts";
import { readPartitions } from "../../../src/sources/partitions.ts";
import { isProblem, MediumError } from "../../../src/sources/source-problem.ts";
import { ntfsImage } from "../../support/evidence-fixture.ts";

/** Bytes that complain about every read outside themselves. */
class StrictSource implements ByteSource {
  readonly size: number;
  reads = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.size = bytes.length;
  }

  read(position: number, target: Uint8Array, targetOffset: number, length: number): number {
    this.reads++;
    if (!Number.isSafeInteger(position) || position < 0)
      throw new RangeError(`read at ${position}`);
    if (targetOffset < 0 || targetOffset + length > target.length)
      throw new RangeError(`${length} bytes into ${target.length} at ${targetOffset}`);
    const end = Math.min(position + length, this.size);
    if (end <= position) return 0;
    target.set(this.#bytes.subarray(position, end), targetOffset);
    return end - position;
  }
}

/** Opens a volume and reads every stream of every file; returns how many bytes came and what was said. */
function readEverything(image: Uint8Array): { bytes: number; said: number; reads: number } {
  const source = new StrictSource(image);
  let said = 0;
  let bytes = 0;
  readPartitions(source, "image", () => said++);
  const volume = NtfsVolume.open(source, "image", () => said++);
  if (isProblem(volume)) return { bytes, said: said + 1, reads: source.reads };
  const files = findNtfsFiles(volume, {
    wantsName: (name) => /\.evtx$/i.test(name),
    wants: () => true,
    byContent: true,
  });
  const piece = new Uint8Array(65_536);
  for (const file of files) {
    const opened = file.open();
    if (isProblem(opened)) {
      said++;
      continue;
    }
    for (let at = 0; at < opened.size; at += piece.length) {
      try {
        bytes += opened.read(at, piece, 0, piece.length);
      } catch (error) {
        if (!(error instanceof MediumError)) throw error;
        said++;
      }
    }
  }
  return { bytes, said, reads: source.reads };
}

/** A small generator: the same places are hit on every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("a damaged NTFS volume never makes the reader crash, hang or read outside the image", () => {
  const intact = ntfsImage();
  const mftStart = 32 * 512;
  const mftEnd = mftStart + 90 * 1024;
  const clean = readEverything(intact);

  it("reads the intact one without a word", () => {
    expect(clean.bytes).toBeGreaterThan(1_000_000);
    expect(clean.said).toBe(0);
  });

  it.each([0, 1, 511, 512, 4096, mftStart, mftStart + 700, mftStart + 5 * 1024, mftEnd, 6_000_000])(
    "cut off after %i bytes",
    (length) => {
      const result = readEverything(intact.slice(0, length));
      expect(result.said).toBeGreaterThan(0);
    },
  );

  it("with bytes changed in the boot sector", () => {
    const next = random(11);
    for (let round = 0; round < 300; round++) {
      const image = intact.slice();
      for (let i = 0; i < 3; i++) image[next(90)] = next(256);
      // A claim of the volume must not decide how much is read.
      expect(readEverything(image).reads).toBeLessThan(clean.reads * 20 + 10_000);
    }
  });

  it("with bytes changed in the MFT", () => {
    const next = random(12);
    let changed = 0;
    for (let round = 0; round < 400; round++) {
      const image = intact.slice();
      const entry = [0, 5, 6, 64, 72, 75, 76, 77, 79, 80, 85, 87][next(12)]!;
      for (let i = 0; i < 4; i++) image[mftStart + entry * 1024 + next(700)] = next(256);
      const result = readEverything(image);
      if (result.said > 0 || result.bytes !== clean.bytes) changed++;
      expect(result.reads).toBeLessThan(clean.reads * 20 + 10_000);
    }
    expect(changed).toBeGreaterThan(100);
  });

  it("with bytes changed in compressed data", () => {
    const next = random(13);
    for (let round = 0; round < 100; round++) {
      const image = intact.slice();
      for (let i = 0; i < 200; i++) image[mftEnd + next(image.length - mftEnd)] = next(256);
      expect(readEverything(image).bytes).toBeGreaterThan(0);
    }
  });
});
