import { describe, expect, it } from "vitest";
import { renderOcsf } from "../../src/report/ocsf.ts";
import { expectInert } from "../support/inert.ts";
import { expectValid } from "../support/json-schema.ts";
import { hostileReport, sampleReport } from "../support/sample-report.ts";

const text = { type: "string" };
const integer = { type: "integer" };
const object = (required: string[], properties: object) => ({
  type: "object",
  required,
  properties,
  additionalProperties: false,
});

/** Detection Finding (2004) of OCSF 1.3 as far as the export uses it, re-typed from schema.ocsf.io. */
const DETECTION_FINDING = object(
  [
    "activity_id",
    "category_uid",
    "class_uid",
    "finding_info",
    "metadata",
    "severity_id",
    "time",
    "type_uid",
  ],
  {
    activity_id: { enum: [0, 1, 2, 3, 99] },
    category_uid: { const: 2 },
    class_uid: { const: 2004 },
    type_uid: { enum: [200400, 200401, 200402, 200403, 200499] },
    time: integer,
    start_time: integer,
    end_time: integer,
    count: { type: "integer", minimum: 1 },
    severity_id: { enum: [0, 1, 2, 3, 4, 5, 6, 99] },
    severity: text,
    status_id: { enum: [0, 1, 2, 3, 4, 5, 99] },
    confidence_id: { enum: [0, 1, 2, 3, 99] },
    confidence: text,
    message: text,
    comment: text,
    raw_data: text,
    metadata: object(["product", "version"], {
      version: { type: "string", pattern: "^\\d+\\.\\d+\\.\\d+$" },
      product: object(["vendor_name"], { name: text, vendor_name: text, version: text }),
      profiles: { type: "array", items: text },
    }),
    finding_info: object(["title", "uid"], {
      uid: text,
      title: text,
      desc: text,
      types: { type: "array", items: text },
      first_seen_time: integer,
      last_seen_time: integer,
      analytic: object(["type_id"], {
        name: text,
        uid: text,
        type: text,
        type_id: { enum: [0, 1, 2, 3, 4, 99] },
      }),
      attacks: {
        type: "array",
        items: object([], { version: text, technique: object([], { uid: text, name: text }) }),
      },
      data_sources: { type: "array", items: text },
    }),
    evidences: {
      type: "array",
      items: {
        ...object([], {
          actor: object([], { user: object([], { name: text, full_name: text }) }),
          src_endpoint: object([], { ip: text, hostname: text, name: text }),
          file: object(["name", "type_id"], { name: text, path: text, type_id: { const: 1 } }),
          data: { type: "object" },
        }),
        minProperties: 1,
      },
    },
    resources: { type: "array", items: object([], { name: text, type: text }) },
  },
);

describe("OCSF export", () => {
  it("writes a valid Detection Finding for every finding", () => {
    const report = sampleReport(10, 0);
    const findings = renderOcsf(report)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(findings.map((finding) => finding.finding_info.uid)).toEqual(
      report.findings.map((finding) => finding.id),
    );
    for (const finding of findings) expectValid(DETECTION_FINDING, finding);
  });

  it("counts severity upwards: critical is 5", () => {
    const [first] = renderOcsf(sampleReport(1, 0)).split("\n");
    expect(JSON.parse(first!)).toMatchObject({ severity_id: 5, severity: "Critical" });
  });

  it("keeps hostile strings inert", () => {
    const jsonl = renderOcsf(hostileReport());
    expectInert(jsonl);
    for (const line of jsonl.trimEnd().split("\n"))
      expectValid(DETECTION_FINDING, JSON.parse(line));
  });
});
