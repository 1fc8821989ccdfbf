import { describe, expect, it } from "vitest";
import { baselineIds } from "../../src/report/baseline.ts";
import { reportFormat } from "../../src/report/formats.ts";
import { sampleReport } from "../support/sample-report.ts";

const report = sampleReport(5, 3);
const ids = report.findings.map((finding) => finding.id);

describe("baseline", () => {
  it.each(["json", "jsonl"])("knows the findings of an earlier %s report", (name) => {
    const text = reportFormat(name)!.render(report, { lang: "en" });
    expect([...baselineIds(text)!]).toEqual(ids);
    const empty = reportFormat(name)!.render(sampleReport(0, 0), { lang: "en" });
    expect(baselineIds(empty)?.size).toBe(0);
  });

  it.each(["", "{", "[]", "null", '{"type":"finding","id":"a"}\n{"type":"fin', "a,b\r\n"])(
    "does not take %j for a report",
    (text) => {
      expect(baselineIds(text)).toBeUndefined();
    },
  );
});
