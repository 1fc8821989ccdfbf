import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { renderSarif } from "../../src/report/sarif.ts";
import { expectInert } from "../support/inert.ts";
import { HOSTILE, hostileReport, sampleReport } from "../support/sample-report.ts";

/** OASIS' own schema. It is of draft 4, whose name and id the checker does not know; no keyword of it differs. */
const {
  $schema: _,
  id: __,
  ...SARIF
} = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve(
      "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
    ),
    "utf8",
  ),
);
// One of its patterns is no Unicode expression; formats such as `uri` are tested by the tests themselves.
const isSarif = new Ajv({
  allErrors: true,
  strict: false,
  unicodeRegExp: false,
  validateFormats: false,
}).compile(SARIF);

function expectSarif(log: unknown): void {
  isSarif(log);
  expect(isSarif.errors ?? []).toEqual([]);
}

const URI = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*$/;

describe("SARIF export", () => {
  it("is valid SARIF with a result a finding and indexes that point at what they name", () => {
    const report = sampleReport(12, 0);
    const log = JSON.parse(renderSarif(report));
    expectSarif(log);
    const [run] = log.runs;
    expect(run.results).toHaveLength(12);
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      if (result.kind !== "fail") expect(result.level).toBe("none");
      for (const { physicalLocation } of result.locations) {
        const { uri, index } = physicalLocation.artifactLocation;
        expect(uri).toMatch(URI);
        if (index !== undefined) expect(run.artifacts[index].location.uri).toBe(uri);
      }
    }
  });

  it("is refused by the schema when something is wrong", () => {
    const log = JSON.parse(renderSarif(sampleReport(1, 0)));
    log.runs[0].results[0].level = "critical";
    expect(isSarif(log)).toBe(false);
  });

  it("says which inputs were not read in full", () => {
    const log = JSON.parse(renderSarif(sampleReport(0, 0)));
    const notes = log.runs[0].invocations[0].toolExecutionNotifications;
    expect(notes.map((note: { level: string }) => note.level)).toEqual(["warning", "error"]);
  });

  it("keeps a fingerprint through re-runs and marks what a verdict settled as suppressed", () => {
    const report = hostileReport();
    const [result] = JSON.parse(renderSarif(report)).runs[0].results;
    expect(result.partialFingerprints["konsekiFinding/v1"]).toBe(report.findings[0]!.id);
    expect(result.suppressions[0].status).toBe("accepted");
  });

  it("turns Windows paths into file URIs", () => {
    const report = sampleReport(0, 0);
    const inputs = [{ ...report.inputs[0]!, path: "C:\\cases\\a b#1.evtx" }];
    const log = JSON.parse(renderSarif({ ...report, inputs }));
    expect(log.runs[0].artifacts[0].location.uri).toBe("file:///C:/cases/a%20b%231.evtx");
  });

  it("keeps hostile strings inert", () => {
    const text = renderSarif(hostileReport());
    expectInert(text);
    const log = JSON.parse(text);
    expectSarif(log);
    expect(log.runs[0].results[0].message.text.startsWith(HOSTILE)).toBe(true);
  });
});
