import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRules } from "../../src/engine/compile-rules.ts";
import type { EventView } from "../../src/model/event.ts";
import { parseRules } from "../../src/rules/parse-rules.ts";
import { dumpEvent } from "../support/dump-event.ts";
import { plainlyMatches } from "../support/plain-evaluator.ts";
import { shippedLogsources } from "../support/rule-files.ts";

// A small alphabet makes accidental matches, shared literals and case clashes frequent.
const text = fc
  .array(fc.constantFrom("a", "B", "b", "-p", "\\", " ", "cmd", ".exe", "é", "İ", "ς", "Σ", "1"), {
    maxLength: 6,
  })
  .map((parts) => parts.join(""));
const field = fc.constantFrom("F", "G", "H", "User");
const pattern = fc.array(fc.oneof({ weight: 4, arbitrary: text }, fc.constantFrom("*", "?")), {
  maxLength: 4,
});
const value = fc.oneof(
  { weight: 6, arbitrary: pattern.map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 20 }) },
);
const values = fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 4 }));
const words = fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 4 }));
const line = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(field, values) },
  {
    weight: 6,
    arbitrary: fc.tuple(
      fc
        .tuple(
          field,
          fc.constantFrom("contains", "startswith", "endswith"),
          fc.constantFrom("", "|all", "|cased", "|windash", "|all|cased"),
        )
        .map(([name, how, more]) => `${name}|${how}${more}`),
      words,
    ),
  },
  fc.tuple(
    fc.tuple(field, fc.constantFrom("lt", "gte", "gt")).map((parts) => parts.join("|")),
    fc.integer({ min: 0, max: 20 }),
  ),
  fc.tuple(
    field.map((name) => `${name}|exists`),
    fc.boolean(),
  ),
  fc.tuple(
    fc
      .tuple(field, fc.constantFrom("fieldref", "fieldref|endswith", "fieldref|contains|cased"))
      .map((parts) => parts.join("|")),
    field,
  ),
  fc.tuple(
    field.map((name) => `${name}|neq`),
    values,
  ),
  fc.tuple(
    fc.tuple(field, fc.constantFrom("re", "re|i")).map((parts) => parts.join("|")),
    fc.constantFrom("cmd.+exe", "^a{2}b?cmd", "x|cmd", "(?:ab)*cmd\\.exe", "[a-c]md", "b+cmd$"),
  ),
);
const map = fc
  .array(line, { minLength: 1, maxLength: 3 })
  .map((lines) => Object.fromEntries(lines) as Record<string, unknown>);
const selection = fc.oneof(
  { weight: 5, arbitrary: map },
  { weight: 2, arbitrary: fc.array(map, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(text, { minLength: 1, maxLength: 3 }) },
);
const condition = fc.constantFrom(
  "s1",
  "s1 and s2",
  "s1 or s2 and not s3",
  "not s1",
  "not (s1 or s2)",
  "1 of s*",
  "all of them",
  "s1 and not 1 of s2*",
  "(s1 or not s2) and (s2 or s3)",
);
const detection = fc.record({ s1: selection, s2: selection, s3: selection, condition });
const fieldTexts = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 20 }) },
  { weight: 1, arbitrary: fc.array(text, { minLength: 2, maxLength: 3 }) },
);
const event = fc
  .record({ F: fieldTexts, G: fieldTexts, H: fieldTexts, User: fieldTexts }, { requiredKeys: [] })
  .map(
    (EventData): EventView =>
      dumpEvent({
        Event: {
          System: { Channel: "Security", EventID: 1, Computer: "HOST-A", Provider: null },
          EventData,
        },
      }),
  );

describe("the compiled engine", () => {
  it("finds exactly what the plain evaluator finds", () => {
    fc.assert(
      fc.property(
        fc.array(detection, { minLength: 1, maxLength: 12 }),
        fc.array(event, { minLength: 1, maxLength: 12 }),
        (detections, events) => {
          const parsed = detections.map((one, i) =>
            parseRules(
              JSON.stringify({
                title: `rule ${i}`,
                id: String(i),
                logsource: { product: "windows", service: "security" },
                detection: one,
              }),
              "generated.yml",
            ),
          );
          // Empty texts under `contains` and the like are legal; what the reader refuses is not compared.
          const rules = parsed.flatMap((set) => set.rules);
          const engine = compileRules(parsed, shippedLogsources());
          for (const one of events) {
            const hits: string[] = [];
            engine.match(one, (rule) => hits.push(rule.id));
            expect(hits).toEqual(
              rules.filter((rule) => plainlyMatches(rule, one)).map((rule) => rule.id),
            );
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
