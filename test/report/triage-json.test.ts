import { describe, expect, it } from "vitest";
import { inertJson } from "../../src/report/inert-text.ts";
import { renderTriageJson, renderTriageJsonLines } from "../../src/report/triage-json.ts";
import { fixtureScenario, triageScenario } from "../support/triage-scenario.ts";

describe("the report as one JSON document", () => {
  it.each(["rdp-chain", "clean"])(
    "is the list of the objects that stand a line each: %s",
    (name) => {
      const report = triageScenario(fixtureScenario(name));
      const objects = renderTriageJsonLines(report)
        .trimEnd()
        .split("\n")
        .map((line): unknown => JSON.parse(line));
      expect(objects.length).toBeGreaterThan(10);
      expect(renderTriageJson(report)).toBe(`${inertJson(objects, 2)}\n`);
    },
  );
});
