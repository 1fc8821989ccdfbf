import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { renderJunit } from "../../src/report/junit.ts";
import { expectInert } from "../support/inert.ts";
import { hostileReport, sampleReport } from "../support/sample-report.ts";

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  isArray: (name) => name === "testcase" || name === "testsuite",
});
function read(xml: string) {
  expect(XMLValidator.validate(xml)).toBe(true);
  return parser.parse(xml).testsuites;
}

describe("JUnit export", () => {
  it("counts what it holds: a failure a finding, an error an input not read in full", () => {
    const suites = read(renderJunit(sampleReport(5, 0)));
    expect(suites).toMatchObject({ tests: "9", failures: "5", errors: "2", skipped: "0" });
    const [inputs, findings] = suites.testsuite;
    expect(inputs.testcase.filter((c: object) => "error" in c)).toHaveLength(2);
    expect(findings.testcase.filter((c: object) => "failure" in c)).toHaveLength(5);
  });

  it("passes when nothing was found and everything read", () => {
    const report = sampleReport(0, 0);
    const inputs = report.inputs.filter((input) => input.status === "read");
    const suites = read(renderJunit({ ...report, inputs }));
    expect(suites).toMatchObject({ tests: "2", failures: "0", errors: "0" });
  });

  it("skips findings that a verdict settled, and gives every case its own name", () => {
    const suites = read(renderJunit(hostileReport()));
    expect(suites).toMatchObject({ failures: "0", skipped: "6" });
    const names = suites.testsuite[1].testcase.map((c: { name: string }) => c.name);
    expect(new Set(names).size).toBe(6);
  });

  it("keeps hostile strings inert", () => {
    const report = hostileReport();
    const findings = report.findings.map(({ verdict: _, ...finding }) => finding);
    for (const xml of [renderJunit(report), renderJunit({ ...report, findings })]) {
      expectInert(xml);
      read(xml);
      expect(xml).not.toMatch(/<(script|img)/);
    }
  });
});
