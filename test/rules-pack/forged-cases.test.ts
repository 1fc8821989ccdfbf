import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { MemorySource } from "../../src/base/byte-source.ts";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { scanLog } from "../../src/evtx/scan-log.ts";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { parseScenario } from "../../src/forge/scenario.ts";
import type { Issue } from "../../src/model/issue.ts";
import { shippedLogsources } from "../support/rule-files.ts";
import { type CaseEvent, caseNames, nameOf, parsePack, readCase } from "./rule-pack.ts";

/** What an event of the cases is expected to be told by. */
interface Expectation {
  readonly name: string;
  readonly allowed: readonly string[];
  readonly matches: boolean;
  readonly event: CaseEvent;
}

describe("all cases, forged as logs and read back", () => {
  it("fire the same rules through the parser as they do plain", () => {
    const expectations = caseNames.flatMap((name): Expectation[] => {
      const { also, match, miss } = readCase(name);
      const allowed = [name, ...also];
      return [
        ...match.map((event) => ({ name, allowed, matches: true, event })),
        ...miss.map((event) => ({ name, allowed, matches: false, event })),
      ];
    });
    expect(expectations.length).toBeGreaterThan(400);
    // One second apart, so that the logs of a scenario hold them in this order.
    const scenario = parseScenario(
      stringify({
        start: "2026-03-02T08:00:00Z",
        hosts: { "HOST-A": { domain: "corp.example" } },
        events: expectations.map(({ event }, index) => ({
          at: `+${index}s`,
          host: "HOST-A",
          ...event,
        })),
      }),
      "cases",
    );
    const engine = compileRules(parsePack(), shippedLogsources());
    const wrong: string[] = [];
    const issues: Issue[] = [];
    let seen = 0;
    for (const { channel, events, options } of scenario.logs) {
      const own = expectations.filter(({ event }) => event.channel === channel);
      expect(events).toHaveLength(own.length);
      let index = 0;
      scanLog(new MemorySource(forgeLog(events, options)), channel, {
        onRecord(record) {
          const { name, allowed, matches, event } = own[index++] as Expectation;
          const fired: string[] = [];
          engine.match(record, (rule) => fired.push(nameOf(rule)));
          const right = matches
            ? fired.includes(name) && fired.every((other) => allowed.includes(other))
            : !fired.includes(name);
          if (!right) wrong.push(`${name}: ${fired.join(", ")} on ${JSON.stringify(event)}`);
          seen++;
        },
        onIssue: (issue) => issues.push(issue),
      });
    }
    expect(wrong).toEqual([]);
    expect(issues).toEqual([]);
    expect(seen).toBe(expectations.length);
  });
});
