import { describe, expect, it } from "vitest";
import { renderEcs } from "../../src/report/ecs.ts";
import { expectInert } from "../support/inert.ts";
import { expectValid } from "../support/json-schema.ts";
import { HOSTILE, hostileReport, sampleReport } from "../support/sample-report.ts";

const keyword = { type: "string", minLength: 1 };
const keywords = { type: "array", items: keyword };
const object = (properties: object, required: string[] = []) => ({
  type: "object",
  additionalProperties: false,
  properties,
  required,
});

/** The part of ECS 8.17's field reference that the export uses, re-typed from it: names, types, allowed values. */
const ECS = object(
  {
    "@timestamp": {
      type: "string",
      pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$",
    },
    ecs: object({ version: keyword }, ["version"]),
    message: { type: "string" },
    event: object(
      {
        kind: {
          enum: [
            "alert",
            "asset",
            "enrichment",
            "event",
            "metric",
            "state",
            "pipeline_error",
            "signal",
          ],
        },
        code: keyword,
        provider: keyword,
        dataset: keyword,
        module: keyword,
        action: keyword,
        severity: { type: "integer" },
      },
      ["kind"],
    ),
    observer: object({ product: keyword, version: keyword, type: keyword }),
    log: object({ level: keyword, file: object({ path: keyword }) }),
    host: object({ name: keyword }),
    rule: object({ id: keyword, name: keyword, ruleset: keyword }),
    threat: object({ framework: keyword, technique: object({ id: keywords }) }),
    related: object({ hosts: keywords, user: keywords, ip: keywords }),
    source: object({ ip: { type: "string", pattern: "^[0-9a-fA-F:.]+$" } }),
    user: object({ name: keyword }),
    // Not ECS itself: Winlogbeat's exported fields and our own object.
    winlog: { type: "object" },
    konseki: { type: "object" },
  },
  ["@timestamp", "ecs", "message", "event"],
);

describe("ECS export", () => {
  it("uses only ECS fields, with their types and allowed values", () => {
    const lines = renderEcs(sampleReport(8, 40)).trimEnd().split("\n");
    expect(lines).toHaveLength(40);
    for (const line of lines) expectValid(ECS, JSON.parse(line));
  });

  it("calls an entry an alert only where a finding cites it, and then names rule and techniques", () => {
    const [first, second] = renderEcs(sampleReport(8, 40)).split("\n");
    expect(JSON.parse(first!)).toMatchObject({
      event: { kind: "alert", severity: 99 },
      threat: { technique: { id: ["T1070.001"] } },
      related: { user: ["user.one"], ip: ["10.1.0.11", "fe80::1"] },
    });
    expect(JSON.parse(second!).event.kind).toBe("event");
  });

  it("keeps hostile strings inert, and never takes one for an address", () => {
    const text = renderEcs(hostileReport());
    expectInert(text);
    for (const line of text.trimEnd().split("\n")) expectValid(ECS, JSON.parse(line));
    expect(JSON.parse(text.split("\n")[0]!).event.action.startsWith(HOSTILE)).toBe(true);
  });
});
