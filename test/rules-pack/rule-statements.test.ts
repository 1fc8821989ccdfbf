import { describe, expect, it } from "vitest";
import { statementOf, tellingOf } from "../../src/triage/telling.ts";
import { dumpEvent } from "../support/dump-event.ts";
import { dumpShape, nameOf, parsePack, readCase } from "./rule-pack.ts";

const rules = parsePack().flatMap((file) => file.rules);

describe("the statement of every rule", () => {
  it.each(rules.map((rule) => [nameOf(rule), rule] as const))(
    "%s names only what its events record",
    (name, rule) => {
      for (const match of readCase(name).match) {
        const event = dumpEvent(dumpShape(match));
        const fields: Record<string, string | null> = {};
        for (const field of tellingOf(rule).fields) {
          const text = event.get(field);
          fields[field] = typeof text === "string" ? text : (text?.join(", ") ?? null);
        }
        const statement = statementOf(rule, fields);
        expect(statement, JSON.stringify(match)).not.toContain("(not recorded)");
        expect(statement.length).toBeGreaterThan(10);
      }
    },
  );
});
