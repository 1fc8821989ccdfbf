import { describe, expect, it } from "vitest";
import { renderNavigator } from "../../src/report/navigator.ts";
import { expectInert } from "../support/inert.ts";
import { expectValid } from "../support/json-schema.ts";
import { hostileReport, sampleReport } from "../support/sample-report.ts";

const text = { type: "string" };
const colour = { type: "string", pattern: "^#[0-9a-f]{6}$" };
const object = (required: string[], properties: object) => ({
  type: "object",
  required,
  properties,
  additionalProperties: false,
});
const metadata = { type: "array", items: object(["name", "value"], { name: text, value: text }) };

/** Layer file format 4.5, re-typed from the Navigator's own description of it. */
const LAYER = object(["name", "versions", "domain", "techniques"], {
  name: text,
  versions: object(["layer"], { attack: text, navigator: text, layer: { const: "4.5" } }),
  domain: { enum: ["enterprise-attack", "mobile-attack", "ics-attack"] },
  description: text,
  sorting: { enum: [0, 1, 2, 3] },
  hideDisabled: { type: "boolean" },
  techniques: {
    type: "array",
    items: object(["techniqueID"], {
      techniqueID: { type: "string", pattern: "^T\\d{4}(\\.\\d{3})?$" },
      score: { type: "number" },
      color: colour,
      comment: text,
      enabled: { type: "boolean" },
      showSubtechniques: { type: "boolean" },
      metadata,
    }),
  },
  gradient: object(["colors", "minValue", "maxValue"], {
    colors: { type: "array", items: colour, minItems: 2 },
    minValue: { type: "number" },
    maxValue: { type: "number" },
  }),
  legendItems: { type: "array", items: object(["label", "color"], { label: text, color: colour }) },
  metadata,
});

describe("ATT&CK Navigator layer", () => {
  it("is a valid layer that scores each technique by its worst finding", () => {
    const layer = JSON.parse(renderNavigator(sampleReport(12, 0)));
    expectValid(LAYER, layer);
    const ids = layer.techniques.map((t: { techniqueID: string }) => t.techniqueID);
    expect(ids).toEqual(["T1021.001", "T1059.001", "T1070.001", "T1543.003", "T1569.002"]);
    expect(layer.techniques[2].score).toBe(5);
  });

  it("leaves out techniques whose findings were all refuted", () => {
    expect(JSON.parse(renderNavigator(hostileReport())).techniques).toEqual([]);
  });

  it("keeps hostile strings inert", () => {
    const report = hostileReport();
    const findings = report.findings.map(({ verdict: _, ...finding }) => finding);
    const text = renderNavigator({ ...report, findings });
    expectInert(text);
    expectValid(LAYER, JSON.parse(text));
    expect(JSON.parse(text).techniques.length).toBeGreaterThan(0);
  });
});
