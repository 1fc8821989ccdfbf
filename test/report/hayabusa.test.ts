import { describe, expect, it } from "vitest";
import {
  renderHayabusaCsv,
  renderHayabusaJsonl,
  TIMELINE_PROFILES,
  type TimelineProfile,
} from "../../src/report/hayabusa.ts";
import { readCsv } from "../support/csv-reader.ts";
import { expectInert, expectNoFormula } from "../support/inert.ts";
import { hostileReport, sampleReport } from "../support/sample-report.ts";

const report = sampleReport(8, 40);
const profiles = Object.keys(TIMELINE_PROFILES) as TimelineProfile[];

describe("timelines with Hayabusa's columns", () => {
  it("gives the standard profile the columns that Hayabusa's has", () => {
    const [header, first] = readCsv(renderHayabusaCsv(report));
    expect(header).toEqual(
      "Timestamp,RuleTitle,Level,Computer,Channel,EventID,RecordID,Details,ExtraFieldInfo,RuleID".split(
        ",",
      ),
    );
    expect(first![0]).toBe("2026-03-02 08:00:00.0000000 +00:00");
    expect(first![2]).toBe("crit");
  });

  for (const profile of profiles) {
    it(`fills every column of ${profile} alike in CSV and JSONL`, () => {
      const [header, ...rows] = readCsv(renderHayabusaCsv(report, profile));
      const objects = renderHayabusaJsonl(report, profile).trimEnd().split("\n");
      expect(rows).toHaveLength(report.timeline.length);
      for (const [at, line] of objects.entries()) {
        const object = JSON.parse(line);
        expect(Object.keys(object)).toEqual(header);
        expect(Object.values(object).map(String)).toEqual(rows[at]);
      }
    });
  }

  it("shows all fields of records whose content the report holds", () => {
    const withContent = {
      ...report,
      cited: [
        {
          ref: report.timeline[3]!.ref,
          fields: [
            ["A", "1"],
            ["B", null],
          ] as const,
        },
      ],
    };
    const line = renderHayabusaJsonl(withContent, "all-field-info").split("\n")[3]!;
    expect(JSON.parse(line).AllFieldInfo).toBe("A: 1 ¦ B: -");
  });

  it("keeps hostile strings inert", () => {
    for (const profile of profiles) {
      const csv = renderHayabusaCsv(hostileReport(), profile);
      expectInert(csv);
      expectNoFormula(readCsv(csv));
      expectInert(renderHayabusaJsonl(hostileReport(), profile));
    }
  });
});
