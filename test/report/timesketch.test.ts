import { describe, expect, it } from "vitest";
import { renderTimesketchCsv, renderTimesketchJsonl } from "../../src/report/timesketch.ts";
import { readCsv } from "../support/csv-reader.ts";
import { expectInert, expectNoFormula } from "../support/inert.ts";
import { HOSTILE, hostileReport, sampleReport } from "../support/sample-report.ts";

const report = sampleReport(8, 40);

describe("Timesketch exports", () => {
  it("has the three fields Timesketch's importer demands, and microseconds, on every line", () => {
    const lines = renderTimesketchJsonl(report).trimEnd().split("\n");
    expect(lines).toHaveLength(report.timeline.length);
    for (const [at, line] of lines.entries()) {
      const event = JSON.parse(line);
      expect(event).toMatchObject({
        message: expect.any(String),
        datetime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/),
        timestamp_desc: "Event Logged",
      });
      expect(event.timestamp).toBe(Math.round(report.timeline[at]!.timeMs * 1000));
      expect(Math.floor(event.timestamp / 1000)).toBe(Date.parse(event.datetime));
    }
  });

  it("tags entries of a finding with its techniques", () => {
    const first = JSON.parse(renderTimesketchJsonl(report).split("\n")[0]!);
    expect(first.finding_id).toBe(report.findings[0]!.id);
    expect(first.tag).toEqual(["critical", "fact", "T1070.001"]);
  });

  it("gives the CSV the mandatory header and the same events", () => {
    const rows = readCsv(renderTimesketchCsv(report));
    expect(rows[0]!.slice(0, 4)).toEqual(["message", "datetime", "timestamp", "timestamp_desc"]);
    expect(rows).toHaveLength(report.timeline.length + 1);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  });

  it("keeps hostile strings inert in both", () => {
    const jsonl = renderTimesketchJsonl(hostileReport());
    expectInert(jsonl);
    expect(JSON.parse(jsonl.split("\n")[0]!).title.startsWith(HOSTILE)).toBe(true);
    const csv = renderTimesketchCsv(hostileReport());
    expectInert(csv);
    expectNoFormula(readCsv(csv));
  });
});
