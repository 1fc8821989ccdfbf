import { describe, expect, it } from "vitest";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { dumpEvent } from "../support/dump-event.ts";
import { shippedLogsources } from "../support/rule-files.ts";
import {
  type CaseEvent,
  caseNames,
  dumpShape,
  nameOf,
  packRules,
  parsePack,
  readCase,
} from "./rule-pack.ts";

const parsed = parsePack();
const engine = compileRules(parsed, shippedLogsources());
const rules = parsed.flatMap((file) => file.rules);

function hits(event: CaseEvent): string[] {
  const names: string[] = [];
  engine.match(dumpEvent(dumpShape(event)), (rule) => names.push(nameOf(rule)));
  return names.sort();
}

describe("the rules that ship", () => {
  it("are at least sixty", () => {
    expect(packRules.length).toBeGreaterThanOrEqual(60);
  });

  it("are read without a word from the parser and the engine", () => {
    expect([...parsed.flatMap((file) => file.issues), ...engine.issues]).toEqual([]);
    expect(rules).toHaveLength(packRules.length);
  });

  it("have ids and file names of their own", () => {
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
    expect(new Set(packRules.map((rule) => rule.name)).size).toBe(rules.length);
    for (const rule of rules)
      expect(rule.id).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
  });

  it.each(rules.map((rule) => [nameOf(rule), rule] as const))("%s is complete", (_name, rule) => {
    expect(rule).toMatchObject({
      author: "konseki",
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
    expect(["stable", "test", "experimental"]).toContain(rule.status);
    expect(rule.description?.length).toBeGreaterThan(20);
    expect(rule.falsePositives.length).toBeGreaterThan(0);
    expect(rule.konseki?.statement?.length).toBeGreaterThan(10);
    expect(rule.konseki?.checkNext?.length).toBeGreaterThan(0);
    for (const reference of rule.references) expect(reference).toMatch(/^https:\/\/\S+$/);
    // Every technique has its page among the references, and a tactic beside it.
    expect(rule.attack.length).toBeGreaterThan(0);
    for (const technique of rule.attack)
      expect(rule.references).toContain(
        `https://attack.mitre.org/techniques/${technique.replace(".", "/")}/`,
      );
    for (const tag of rule.tags)
      expect(tag).toMatch(/^attack\.(t\d{4}(\.\d{3})?|[a-z]+(-[a-z]+)*)$/);
    expect(rule.tags.some((tag) => !/^attack\.t\d/.test(tag))).toBe(true);
  });
});

describe("every rule's cases", () => {
  it("exist, one file per rule, and name it", () => {
    expect([...caseNames].sort()).toEqual(packRules.map((rule) => rule.name).sort());
    for (const { name, path } of packRules) expect(readCase(name).rule).toBe(path);
  });

  it.each(caseNames)("%s fires on its matches alone", (name) => {
    const { also, match, miss } = readCase(name);
    expect(match.length).toBeGreaterThan(0);
    expect(miss.length).toBeGreaterThan(0);
    for (const event of match) {
      const fired = hits(event);
      expect(fired, JSON.stringify(event)).toContain(name);
      expect([name, ...also], JSON.stringify(event)).toEqual(expect.arrayContaining(fired));
    }
    for (const event of miss) expect(hits(event), JSON.stringify(event)).not.toContain(name);
    const together = new Set(match.flatMap(hits));
    for (const other of also) expect(together, `also: ${other}`).toContain(other);
  });
});
