import { describe, expect, it } from "vitest";
import { startOf } from "../../../src/correlate/deletion/orphan-processes.ts";
import { clockStepMs } from "../../../src/correlate/deletion/power-states.ts";
import { quietRuns } from "../../../src/correlate/deletion/quiet-runs.ts";

/** Whole hours since 1970 of 2026-03-02T00:00:00Z, a Monday. */
const MONDAY = Date.UTC(2026, 2, 2) / 3_600_000;

/** Hours of so many days in which `writes` says yes. */
function hours(days: number, writes: (hour: number) => boolean): Set<number> {
  const set = new Set<number>();
  for (let hour = 0; hour < days * 24; hour++) if (writes(hour)) set.add(MONDAY + hour);
  return set;
}

const always = (): boolean => true;
const isNight = (hour: number): boolean => hour % 24 < 7 || hour % 24 > 18;
const isWeekend = (hour: number): boolean => Math.floor(hour / 24) % 7 > 4;

describe("silence against a log's own rhythm", () => {
  it("is told where a log that always writes does not, with its hours", () => {
    const runs = quietRuns(
      hours(5, (hour) => hour < 60 || hour >= 65),
      always,
    );
    expect(runs).toMatchObject([
      { fromMs: Date.UTC(2026, 2, 4, 12), toMs: Date.UTC(2026, 2, 4, 17), counted: 5 },
    ]);
  });

  it("is nothing in a log that is silent every night, nor over a weekend", () => {
    expect(
      quietRuns(
        hours(12, (hour) => !isNight(hour)),
        always,
      ),
    ).toEqual([]);
    expect(
      quietRuns(
        hours(12, (hour) => !isWeekend(hour)),
        always,
      ),
    ).toEqual([]);
  });

  it("is told on one of several weekends in which it otherwise writes", () => {
    const inside = quietRuns(
      hours(28, (hour) => !(isWeekend(hour) && hour > 12 * 24 && hour < 14 * 24)),
      always,
    );
    expect(inside.map(({ counted }) => counted)).toEqual([47]);
  });

  it("counts only the hours in which something could have been written", () => {
    const isOff = (hour: number): boolean => hour >= MONDAY + 60 && hour < MONDAY + 65;
    const runs = quietRuns(
      hours(5, (hour) => hour < 60 || hour >= 65),
      (hour) => !isOff(hour),
    );
    expect(runs).toEqual([]);
  });

  it("is nothing in a log of few hours, whatever their distance", () => {
    expect(quietRuns(new Set([MONDAY, MONDAY + 1, MONDAY + 5_000_000]), always)).toEqual([]);
  });
});

describe("times inside records", () => {
  it("reads the second of a process's start from its Sysmon number", () => {
    expect(startOf("{6a1f0c3e-1a2b-65f0-0b01-000000001000}")).toBe(0x65f0_1a2b * 1000);
    expect(startOf("{00000000-0000-0000-0000-000000000000}")).toBeUndefined();
    expect(startOf("not a number")).toBeUndefined();
  });

  it("reads by how much a clock was set, and not from texts in the host's language", () => {
    const hour = { PreviousTime: "2026-03-02T08:00:00Z", NewTime: "2026-03-02T09:00:00Z" };
    expect(clockStepMs(hour)).toBe(3_600_000);
    expect(clockStepMs({ OldTime: hour.NewTime, NewTime: hour.PreviousTime })).toBe(-3_600_000);
    expect(clockStepMs({ ...hour, PreviousDate: "2.3.2026" })).toBeUndefined();
    expect(clockStepMs({})).toBeUndefined();
  });
});
