import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/model/finding.ts";
import { applyVerdicts, parseVerdicts, renderVerdicts } from "../../src/report/verdicts.ts";
import { expectInert } from "../support/inert.ts";
import { HOSTILE, sampleReport } from "../support/sample-report.ts";

const report = sampleReport(4, 0);
const verdicts = new Map<string, Verdict>([
  ["kf-00000001", { verdict: "refuted", note: "Patch window" }],
  ["kf-99999999", { verdict: "confirmed", note: "" }],
]);

describe("verdicts", () => {
  it("come back from the file as they went in", () => {
    const text = renderVerdicts(verdicts, report.findings);
    expect(parseVerdicts(text, "v.json")).toEqual({ verdicts, issues: [] });
  });

  it("are set at their findings, hide none, and name those that match no finding", () => {
    const applied = applyVerdicts(report, verdicts);
    expect(applied.report.findings.map((finding) => finding.verdict?.verdict)).toEqual([
      undefined,
      "refuted",
      undefined,
      undefined,
    ]);
    expect(applied.unknown).toEqual(["kf-99999999"]);
    expect(report.findings[1]!.verdict).toBeUndefined();
  });

  it("says what of a file cannot be used, and uses the rest", () => {
    const text = JSON.stringify({
      format: "konseki-verdicts",
      version: 1,
      verdicts: [
        { findingId: "a", verdict: "confirmed" },
        { findingId: "b", verdict: "maybe" },
        null,
        { verdict: "refuted" },
      ],
    });
    const { verdicts: read, issues } = parseVerdicts(text, "v.json");
    expect([...read.keys()]).toEqual(["a"]);
    expect(issues.map((issue) => issue.code)).toEqual(Array(3).fill("verdict-file"));
  });

  it.each(["", "[]", "null", '{"format":"other","version":1,"verdicts":[]}', "{"])(
    "refuses %j with one issue",
    (text) => {
      const { verdicts: read, issues } = parseVerdicts(text, "v.json");
      expect([read.size, issues.length]).toEqual([0, 1]);
    },
  );

  it("keeps hostile strings inert in the file and in issues", () => {
    const hostile = new Map<string, Verdict>([[HOSTILE, { verdict: "refuted", note: HOSTILE }]]);
    const text = renderVerdicts(hostile, report.findings);
    expectInert(text);
    expect(parseVerdicts(text, "v.json").verdicts).toEqual(hostile);
    expectInert(parseVerdicts(text.replace("refuted", "maybe"), "v").issues[0]!.message);
  });
});
