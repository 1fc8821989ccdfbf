import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { MemorySource } from "../../src/base/byte-source.ts";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { scanLog } from "../../src/evtx/scan-log.ts";
import type { EventView } from "../../src/model/event.ts";
import type { CheckedRule } from "../../src/rules/checked-rule.ts";
import { findSources } from "../../src/rules/logsources.ts";
import { plainlyMatches } from "../support/plain-evaluator.ts";
import { readRuleFolder, shippedLogsources } from "../support/rule-files.ts";
import { haveSamples, noSamplesReason, samplePath } from "../support/samples.ts";

/**
 * What two public tools found with the same rules on the same logs. Where they and konseki differ,
 * judged-hits.csv says who is right by the rule's text, rule by rule, with the reason.
 */
interface Row {
  readonly [column: string]: string;
}

function parseCsv(text: string): Row[] {
  const [head, ...lines] = text.trim().split("\n");
  const cells = (line: string) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
    );
  const names = cells(head ?? "");
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, i) => [names[i], cell])));
}

/** file|record|rule */
type Hit = string;

describe.skipIf(!haveSamples)(`hits on the sample logs (${noSamplesReason})`, () => {
  const theirs = new Map<Hit, string>();
  const ours = new Set<Hit>();
  const refuted: Hit[] = [];
  const unproved: Hit[] = [];
  const table = shippedLogsources();

  beforeAll(() => {
    const csv = gunzipSync(readFileSync(samplePath("expected", "sigma-hits.csv.gz")));
    for (const row of parseCsv(csv.toString("utf8")))
      theirs.set(`${row.file}|${row.record_id}|${row.rule_id}`, row.seen_by ?? "");
    const sets = readRuleFolder(samplePath("sigma"));
    const engine = compileRules(sets, table);
    const rules = new Map(engine.rules.map((rule) => [rule.id, rule]));
    const wanted = new Map<string, string[]>();
    for (const hit of theirs.keys()) {
      const [file = "", record = "", rule = ""] = hit.split("|");
      const key = `${file}|${record}`;
      wanted.set(key, [...(wanted.get(key) ?? []), rule]);
    }
    const logs = readFileSync(samplePath("expected", "records.jsonl"), "utf8").trim().split("\n");
    for (const log of logs) {
      const file = (JSON.parse(log) as { file: string }).file;
      if (!/^(?:attack|regression)\//.test(file)) continue;
      scanLog(new MemorySource(readFileSync(samplePath("samples", file))), file, {
        onRecord: (event) => {
          const key = `${file}|${event.recordId}`;
          const found = new Set<string>();
          engine.match(event, (rule) => found.add(rule.id));
          for (const id of found) {
            ours.add(`${key}|${id}`);
            if (plainVerdict(rules.get(id), event) === false) refuted.push(`${key}|${id}`);
          }
          for (const id of wanted.get(key) ?? [])
            if (!found.has(id) && plainVerdict(rules.get(id), event) === true)
              unproved.push(`${key}|${id}`);
        },
        onIssue: () => {},
      });
    }
  }, 120_000);

  /** By the rule's text alone; `undefined` where the event's fields go by other names than the rule's. */
  function plainVerdict(rule: CheckedRule | undefined, event: EventView): boolean | undefined {
    if (rule === undefined) return false;
    const found = findSources(table, rule.logsource);
    const source =
      "sources" in found
        ? found.sources.find(
            ({ channel, eventIds }) =>
              (channel === "*" || channel.toLowerCase() === event.channel.toLowerCase()) &&
              (eventIds === undefined || eventIds.includes(event.eventId)),
          )
        : undefined;
    if (source === undefined) return false;
    if (source.fields !== undefined || source.where !== undefined) return undefined;
    const get = (field: string) => {
      const text = event.get(field) ?? event.get(table.aliases[field] ?? field);
      return table.padded.includes(field) && typeof text === "string" ? text.trimEnd() : text;
    };
    return plainlyMatches(rule, {
      ...event,
      provider: event.provider,
      channel: event.channel,
      computer: event.computer,
      eventId: event.eventId,
      get,
      forEachField: (visit) => event.forEachField(visit),
    });
  }

  it("include every hit that both tools found", () => {
    const both = [...theirs].filter(([, seenBy]) => seenBy === "chainsaw+hayabusa");
    expect(both).toHaveLength(1258);
    expect(both.filter(([hit]) => !ours.has(hit))).toEqual([]);
  });

  it("differ from the tools only where the judged list says so", () => {
    const judged = parseCsv(readFileSync("test/engine/judged-hits.csv", "utf8"));
    const expected = judged.map((row) => `${row.rule_id} ${row.verdict} ${row.records}`).sort();
    const counts = new Map<string, number>();
    const count = (hit: Hit, verdict: string) => {
      const key = `${hit.split("|")[2]} ${verdict}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    };
    for (const hit of theirs.keys()) if (!ours.has(hit)) count(hit, "not a hit");
    for (const hit of ours) if (!theirs.has(hit)) count(hit, "hit");
    expect([...counts].map(([key, records]) => `${key} ${records}`).sort()).toEqual(expected);
    expect(judged.filter((row) => row.reason === "")).toEqual([]);
  });

  it("hold by the rule's text alone, and what is left out does not", () => {
    expect(refuted).toEqual([]);
    expect(unproved).toEqual([]);
    expect(ours.size).toBeGreaterThan(1700);
  });
});
