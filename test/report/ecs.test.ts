import { describe, expect, it } from "vitest";
import { renderEcs } from "../../src/report/ecs.ts";
import { expectEcs } from "../support/ecs-fields.ts";
import { expectInert } from "../support/inert.ts";
import { HOSTILE, hostileReport, sampleReport } from "../support/sample-report.ts";

describe("ECS export", () => {
  it("uses only ECS fields, with their types and allowed values", () => {
    const lines = renderEcs(sampleReport(8, 40)).trimEnd().split("\n");
    expect(lines).toHaveLength(40);
    for (const line of lines) expectEcs(JSON.parse(line));
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
    for (const line of text.trimEnd().split("\n")) expectEcs(JSON.parse(line));
    expect(JSON.parse(text.split("\n")[0]!).event.action.startsWith(HOSTILE)).toBe(true);
  });
});
