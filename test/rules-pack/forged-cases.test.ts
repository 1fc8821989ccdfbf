import { describe, expect, it } from "vitest";
import { MemorySource } from "../../src/base/byte-source.ts";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { scanLog } from "../../src/evtx/scan-log.ts";
import type { ForgeElement, ForgeEvent, ForgePayload } from "../../src/forge/forge-event.ts";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { parseFiletime } from "../../src/forge/literals.ts";
import type { Issue } from "../../src/model/issue.ts";
import { shippedLogsources } from "../support/rule-files.ts";
import { type CaseEvent, caseNames, nameOf, parsePack, readCase } from "./rule-pack.ts";

const START = parseFiletime("2026-03-02T08:00:00Z") as bigint;

/** What an event of the cases is expected to be told by, in the order the log holds them. */
interface Expectation {
  readonly name: string;
  readonly allowed: readonly string[];
  readonly matches: boolean;
  readonly event: CaseEvent;
}

describe("all cases, forged as logs and read back", () => {
  it("fire the same rules through the parser as they do plain", () => {
    const byChannel = new Map<string, Expectation[]>();
    for (const name of caseNames) {
      const { also, match, miss } = readCase(name);
      const add = (event: CaseEvent, matches: boolean) => {
        const list = byChannel.get(event.channel) ?? [];
        list.push({ name, allowed: [name, ...also], matches, event });
        byChannel.set(event.channel, list);
      };
      for (const event of match) add(event, true);
      for (const event of miss) add(event, false);
    }
    const engine = compileRules(parsePack(), shippedLogsources());
    const wrong: string[] = [];
    const issues: Issue[] = [];
    let seen = 0;
    for (const [channel, expectations] of byChannel) {
      const log = forgeLog(expectations.map(({ event }, index) => forged(event, index)));
      let index = 0;
      scanLog(new MemorySource(log), channel, {
        onRecord(record) {
          const { name, allowed, matches, event } = expectations[index++] as Expectation;
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
    expect(seen).toBe([...byChannel.values()].flat().length);
    expect(seen).toBeGreaterThan(400);
  });
});

function forged(event: CaseEvent, index: number): ForgeEvent {
  return {
    time: START + BigInt(index) * 10_000_000n,
    computer: "HOST-A",
    channel: event.channel,
    provider: event.provider,
    id: event.id,
    userSid: event.userSid,
    payload: payload(event),
  };
}

function payload(event: CaseEvent): ForgePayload {
  if (event.userData !== undefined) {
    const [[name, children] = ["EventXML", {}]] = Object.entries(event.userData);
    return { kind: "userData", root: element(name, children) };
  }
  if (event.strings !== undefined) return { kind: "strings", strings: event.strings.map(String) };
  return {
    kind: "data",
    fields: Object.entries(event.data ?? {}).map(
      ([name, value]) => [name, { type: "string", value: String(value ?? "") }] as const,
    ),
  };
}

function element(name: string, value: unknown): ForgeElement {
  if (typeof value === "object" && value !== null)
    return {
      name,
      children: Object.entries(value).map(([child, inner]) => element(child, inner)),
    };
  return { name, children: [{ content: { type: "string", value: String(value ?? "") } }] };
}
