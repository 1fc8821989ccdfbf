import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerBound, nearest, sortByTime } from "../../src/correlate/time-index.ts";

interface Timed {
  readonly timeMs: number;
  readonly name: string;
}

const timed = fc.record({
  timeMs: fc.integer({ min: 0, max: 20 }),
  name: fc.string({ maxLength: 2 }),
});
const timeOf = ({ timeMs }: Timed): number => timeMs;
const byName = (a: Timed, b: Timed): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

describe("lists in order of time", () => {
  it("sort as the language does, ties and all, and leave equals as they stood", () => {
    fc.assert(
      fc.property(fc.array(timed), fc.boolean(), (list, tied) => {
        const tie = tied ? byName : undefined;
        const expected = [...list].sort(
          (a, b) => a.timeMs - b.timeMs || (tie === undefined ? 0 : tie(a, b)),
        );
        const sorted = sortByTime([...list], timeOf, tie);
        expect(sorted.every((item, at) => item === expected[at])).toBe(true);
      }),
    );
  });

  it("are sorted in place, and each time is asked for once", () => {
    const asked: string[] = [];
    const list = ["c", "a", "b"].map((name, at) => ({ name, timeMs: 3 - at }));
    const same = sortByTime(list, (item) => {
      asked.push(item.name);
      return item.timeMs;
    });
    expect(same).toBe(list);
    expect(list.map(({ name }) => name)).toEqual(["b", "a", "c"]);
    expect(asked).toEqual(["c", "a", "b"]);
  });

  it("give the first item that is not before a time, and the nearest that passes", () => {
    fc.assert(
      fc.property(fc.array(timed), fc.integer({ min: -2, max: 22 }), (list, timeMs) => {
        sortByTime(list, timeOf);
        const first = list.findIndex((item) => item.timeMs >= timeMs);
        expect(lowerBound(list, timeMs, timeOf)).toBe(first < 0 ? list.length : first);
        const window = { before: 3, after: 2 };
        const passes = ({ name }: Timed): boolean => name.length !== 1;
        const distances = list
          .filter(
            (item) =>
              passes(item) &&
              item.timeMs >= timeMs - window.before &&
              item.timeMs <= timeMs + window.after,
          )
          .map((item) => Math.abs(item.timeMs - timeMs));
        const found = nearest(list, timeMs, window, timeOf, passes);
        expect(found === undefined ? [] : [Math.abs(found.timeMs - timeMs)]).toEqual(
          distances.sort((a, b) => a - b).slice(0, 1),
        );
      }),
    );
  });
});
