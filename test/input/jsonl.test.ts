import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitJsonValues } from "../../src/input/json-values.ts";
import { parseJsonLines } from "../../src/input/jsonl.ts";
import type { TextLogSummary } from "../../src/input/text-log.ts";
import type { EventView } from "../../src/model/event.ts";

const system = {
  Provider: { "#attributes": { Name: "Microsoft-Windows-Eventlog" } },
  EventID: 1102,
  TimeCreated: { "#attributes": { SystemTime: "2026-03-02T08:00:00.1234567Z" } },
  EventRecordID: 9,
  Channel: "Security",
  Computer: "HOST-A",
};
const event = (id: number, data: object = { A: String(id) }): object => ({
  Event: { System: { ...system, EventRecordID: id }, EventData: data },
});

function read(text: string): { events: EventView[]; summary: TextLogSummary } {
  const events: EventView[] = [];
  const summary = parseJsonLines(text, "dump.jsonl", { onEvent: (one) => events.push(one) });
  return { events, summary };
}

const ids = (text: string) => read(text).events.map(({ recordId }) => recordId);

describe("JSON dumps", () => {
  it("reads an object a line, pretty-printed objects, an array, and any mix with their lines", () => {
    const [one, two] = [event(1), event(2)];
    expect(ids(`${JSON.stringify(one)}\n${JSON.stringify(two)}\n`)).toEqual([1, 2]);
    expect(ids(JSON.stringify([one, two]))).toEqual([1, 2]);
    expect(ids(JSON.stringify([one, two], null, 2))).toEqual([1, 2]);
    const pretty = `${JSON.stringify(one, null, 2)}\n${JSON.stringify(two)}`;
    const { events } = read(pretty);
    expect(events.map(({ line }) => line)).toEqual([1, pretty.split("\n").length]);
  });

  it("a bad line costs itself only, and is named", () => {
    const text = [
      JSON.stringify(event(1)),
      JSON.stringify(event(2)).slice(0, 60),
      "not json",
      '{"Event":{"System":5}}',
      JSON.stringify(event(3)),
    ].join("\n");
    const { events, summary } = read(text);
    expect(events.map(({ recordId }) => recordId)).toEqual([1, 3]);
    expect(summary.issues.map(({ line, code }) => [line, code])).toEqual([
      [2, "line-bad"],
      [3, "line-bad"],
      [4, "line-bad"],
    ]);
    expect(summary.lost).toBe(3);
  });

  it("keeps ids above 2^53, null and repeated values apart", () => {
    const text = JSON.stringify(event(1, { A: null, B: ["x", "y"] })).replace(
      '"EventRecordID":1',
      '"EventRecordID":"18446744073709551615"',
    );
    const [one] = read(text).events;
    expect(one?.recordId).toBe("18446744073709551615");
    expect(one?.get("A")).toBeNull();
    expect(one?.get("B")).toEqual(["x", "y"]);
    expect(one?.get("Absent")).toBeUndefined();
  });

  it("names of JavaScript's own are fields like any other", () => {
    const text = JSON.stringify(event(1)).replace(
      '"A":"1"',
      '"constructor":"c","toString":"t","__proto__":"p"',
    );
    const [one] = read(text).events;
    expect(one?.get("constructor")).toBe("c");
    expect(one?.get("__proto__")).toBe("p");
    expect(one?.get("hasOwnProperty")).toBeUndefined();
  });

  it("nesting without end costs its line, whether in objects or in arrays", () => {
    const line = (value: string): string =>
      JSON.stringify(event(1, { A: "here" })).replace('"here"', value);
    const arrays = line(`${"[".repeat(30_000)}${"]".repeat(30_000)}`);
    const objects = line(`${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}`);
    const { summary } = read([arrays, objects, JSON.stringify(event(2))].join("\n"));
    expect(summary).toMatchObject({ events: 1, lost: 2 });
  });

  it("objects that never close are counted, however many", () => {
    for (const open of ["{\n", '{"a":{\n', '{"\n']) {
      expect(read(open.repeat(50_000)).summary).toMatchObject({ events: 0, lost: 50_000 });
    }
  });

  it("splits whatever JSON into the values it was made of", () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), { maxLength: 5 }),
        fc.constantFrom(undefined, 1),
        (objects, indent) => {
          const text = objects.map((one) => JSON.stringify(one, null, indent)).join("\n");
          const pieces = [...splitJsonValues(text)].map((piece) => JSON.parse(piece.text));
          expect(pieces).toEqual(JSON.parse(JSON.stringify(objects)));
        },
      ),
    );
  });

  it("never throws and never hides a line, whatever the text is", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\\n a1') }), (text) => {
        const { events, lost } = read(text).summary;
        expect(events).toBe(0);
        if (/[^\s,[\]]/.test(text)) expect(lost).toBeGreaterThan(0);
      }),
    );
  });
});
