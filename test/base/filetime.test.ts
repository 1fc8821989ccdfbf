import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filetimeMs, filetimeParts, filetimeText, isoText } from "../../src/base/filetime.ts";

const EPOCH_TICKS = 116_444_736_000_000_000n;
/** The last FILETIME of the year 9999. */
const LAST_OF_FOUR_DIGITS = 2_650_467_743_999_999_999n;

const halves = (ticks: bigint) => ({
  low: Number(ticks & 0xffff_ffffn),
  high: Number(ticks >> 32n),
});

/** By whole numbers of any size. */
function written(ticks: bigint): string {
  const since = ticks - EPOCH_TICKS;
  const second = since >= 0n ? since / 10_000_000n : -((-since + 9_999_999n) / 10_000_000n);
  const fraction = since - second * 10_000_000n;
  const iso = new Date(Number(second) * 1000).toISOString();
  return iso.replace(".000Z", `.${String(fraction).padStart(7, "0")}Z`);
}

describe("the text of a FILETIME", () => {
  it("has all of its seven digits, in any year", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (ticks) => {
        const { low, high } = halves(ticks);
        expect(filetimeText(low, high)).toBe(written(ticks));
      }),
      { numRuns: 2000 },
    );
  });

  it("is read back to the same halves", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: LAST_OF_FOUR_DIGITS }), (ticks) => {
        const { low, high } = halves(ticks);
        expect(filetimeParts(filetimeText(low, high))).toEqual({ low, high });
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    "2026-03-02T08:00:00Z",
    "2026-02-30T08:00:00.0000000Z",
    "2026-13-01T08:00:00.0000000Z",
    "2026-03-02T24:00:00.0000000Z",
    "2026-03-02T08:60:00.0000000Z",
    "2026-03-02 08:00:00.0000000Z",
    "2026-03-02T08:00:00.000000xZ",
    "1600-12-31T23:59:59.9999999Z",
    "+60056-05-28T05:36:10.9551615Z",
  ])("is told from what only looks like one: %s", (text) => {
    expect(filetimeParts(text)).toBeUndefined();
  });

  it("stands for the milliseconds since 1970", () => {
    const { low, high } = filetimeParts("2026-03-02T08:00:00.1235000Z")!;
    expect(filetimeMs(low, high)).toBeCloseTo(Date.UTC(2026, 2, 2, 8, 0, 0, 123) + 0.5, 2);
  });
});

describe("the text of a time in milliseconds", () => {
  it("is what a Date writes", () => {
    const any = fc.double({ min: -8.64e15, max: 8.64e15, noNaN: true });
    const near = fc.double({ min: -1e14, max: 4e14, noNaN: true });
    fc.assert(
      fc.property(fc.oneof(any, near), (ms) => {
        expect(isoText(ms)).toBe(new Date(ms).toISOString());
      }),
      { numRuns: 5000 },
    );
  });

  it("knows every day of four centuries", () => {
    for (let day = -140_000; day < 20_000; day++)
      expect(isoText(day * 86_400_000)).toBe(new Date(day * 86_400_000).toISOString());
  });
});
