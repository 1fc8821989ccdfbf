import { describe, expect, it } from "vitest";
import type { Analyzer } from "../../src/correlate/analyzer.ts";
import { correlate } from "../../src/correlate/correlate.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Signal } from "../../src/model/signal.ts";

const signal = (kind: string, file: string, recordId: number): Signal => ({
  kind,
  timeMs: recordId,
  ref: {
    file,
    channel: "Security",
    provider: "p",
    eventId: 4624,
    recordId,
    time: `2026-03-02T08:00:0${recordId}Z`,
    host: "HOST-A",
    state: "live",
  },
  fields: {},
});

const input = (signals: readonly Signal[]) => ({
  signals,
  rule: () => undefined,
  findings: [],
  inputs: [],
  rhythms: [],
  filtered: false,
});

const analyzer = (name: string, run: Analyzer["run"]): Analyzer => ({ name, wants: [], run });

describe("correlating a case", () => {
  it("says once, when all analyzers have spoken, that memory can be freed", () => {
    const order: string[] = [];
    const free = () => order.push("free");
    const speak = analyzer("speak", () => {
      order.push("analyzer");
      return { findings: [] };
    });
    correlate({ ...input([signal("logon", "a.evtx", 1)]), free }, [speak, speak]);
    expect(order).toEqual(["analyzer", "analyzer", "free"]);
  });

  it("counts a record once that lies in a log and in its copy", () => {
    let seen: number[] = [];
    const count = analyzer("count", (view) => {
      seen = view.of("logon").map(({ ref }) => Number(ref.recordId));
      return { findings: [] };
    });
    correlate(
      input([signal("logon", "a", 1), signal("logon", "copy", 1), signal("logon", "a", 2)]),
      [count],
    );
    expect(seen).toEqual([1, 2]);
  });

  it("shows later analyzers what earlier ones found", () => {
    const found = { id: "f" } as Finding;
    let seen: readonly Finding[] = [];
    const result = correlate(input([]), [
      analyzer("first", () => ({ findings: [found] })),
      analyzer("second", (view) => {
        seen = view.findings;
        return { findings: [] };
      }),
    ]);
    expect(seen).toEqual([found]);
    expect(result.findings).toEqual([found]);
  });
});
