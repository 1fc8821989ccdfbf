import { describe, expect, it } from "vitest";
import { renderSarif } from "../../src/report/sarif.ts";
import { expectInert } from "../support/inert.ts";
import { expectValid } from "../support/json-schema.ts";
import { HOSTILE, hostileReport, sampleReport } from "../support/sample-report.ts";

const text = { type: "string" };
const properties = { type: "object" };
const message = object(["text"], { text });
const uri = { type: "string", pattern: "^[A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=%]*$" };
const level = { enum: ["none", "note", "warning", "error"] };
function object(required: string[], members: object) {
  return { type: "object", required, properties: members, additionalProperties: false };
}

/** The part of the OASIS SARIF 2.1.0 schema that the export uses, re-typed from the specification. */
const SARIF = object(["version", "runs"], {
  $schema: uri,
  version: { const: "2.1.0" },
  runs: {
    type: "array",
    items: object(["tool"], {
      tool: object(["driver"], {
        driver: object(["name"], {
          name: text,
          version: text,
          rules: {
            type: "array",
            uniqueItems: true,
            items: object(["id"], { id: text, name: text, shortDescription: message, properties }),
          },
        }),
      }),
      artifacts: {
        type: "array",
        items: object([], {
          location: object([], { uri }),
          length: { type: "integer", minimum: -1 },
          hashes: { type: "object", additionalProperties: text },
          properties,
        }),
      },
      results: {
        type: "array",
        items: object(["message"], {
          ruleId: text,
          ruleIndex: { type: "integer", minimum: 0 },
          kind: { enum: ["notApplicable", "pass", "fail", "review", "open", "informational"] },
          level,
          message,
          locations: {
            type: "array",
            items: object([], {
              physicalLocation: object(["artifactLocation"], {
                artifactLocation: object([], { uri, index: { type: "integer", minimum: 0 } }),
                region: object([], {
                  byteOffset: { type: "integer", minimum: 0 },
                  startLine: { type: "integer", minimum: 1 },
                }),
              }),
              logicalLocations: {
                type: "array",
                items: object([], { name: text, fullyQualifiedName: text, kind: text }),
              },
              message,
            }),
          },
          partialFingerprints: { type: "object", additionalProperties: text },
          occurrenceCount: { type: "integer", minimum: 1 },
          suppressions: {
            type: "array",
            items: object(["kind"], {
              kind: { enum: ["inSource", "external"] },
              status: { enum: ["accepted", "underReview", "rejected"] },
              justification: text,
            }),
          },
          properties,
        }),
      },
      invocations: {
        type: "array",
        items: object(["executionSuccessful"], {
          executionSuccessful: { type: "boolean" },
          toolExecutionNotifications: {
            type: "array",
            items: object(["message"], { level, message }),
          },
        }),
      },
      columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
    }),
  },
});

describe("SARIF export", () => {
  it("is valid SARIF with a result a finding and indexes that point at what they name", () => {
    const report = sampleReport(12, 0);
    const log = JSON.parse(renderSarif(report));
    expectValid(SARIF, log);
    const [run] = log.runs;
    expect(run.results).toHaveLength(12);
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      if (result.kind !== "fail") expect(result.level).toBe("none");
      for (const { physicalLocation } of result.locations) {
        const { uri, index } = physicalLocation.artifactLocation;
        if (index !== undefined) expect(run.artifacts[index].location.uri).toBe(uri);
      }
    }
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
    expectValid(SARIF, log);
    expect(log.runs[0].results[0].message.text.startsWith(HOSTILE)).toBe(true);
  });
});
