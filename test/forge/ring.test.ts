import { expect, test } from "vitest";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { sampleEvent } from "../support/forge-sample.ts";
import { readLog } from "../support/read-log.ts";

const events = Array.from({ length: 700 }, () => sampleEvent());
const whole = forgeLog(events);
const chunks = (whole.length - 4096) / 65_536;

function header(log: Uint8Array) {
  const view = new DataView(log.buffer);
  return {
    oldest: Number(view.getBigUint64(8, true)),
    newest: Number(view.getBigUint64(16, true)),
    next: Number(view.getBigUint64(24, true)),
    count: view.getUint16(42, true),
  };
}

test("a log that may not grow overwrites its oldest chunks, and its header says which is oldest", () => {
  const slots = chunks - 1;
  expect(slots).toBeGreaterThan(1);
  const log = forgeLog(events, { ring: slots });
  expect(log.length).toBe(4096 + 65_536 * slots);
  expect(header(log)).toEqual({ oldest: 1, newest: 0, next: 701, count: slots });

  const { ids } = readLog(log);
  const kept = ids.map(Number).sort((a, b) => a - b);
  expect(kept.at(-1)).toBe(700);
  expect(kept[0]).toBeGreaterThan(1);
  // What is left is the newest part without a hole, in the order of the slots.
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => kept[0]! + i));
  expect(Number(ids[0])).toBeGreaterThan(Number(ids.at(-1)));
});

test("a ring that is large enough changes nothing", () => {
  expect(forgeLog(events, { ring: chunks })).toEqual(whole);
  expect(header(whole)).toMatchObject({ oldest: 0, newest: chunks - 1 });
});
