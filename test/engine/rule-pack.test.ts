import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/engine/compile-rules.ts";
import { prepareRules } from "../../src/engine/prepare-rules.ts";
import { readRulePack, writeRulePack } from "../../src/engine/rule-pack.ts";
import { parseRules } from "../../src/rules/parse-rules.ts";
import { dumpEvent } from "../support/dump-event.ts";
import { shippedLogsources } from "../support/rule-files.ts";

const parsed = parseRules(
  "title: One\nid: one\nlogsource: { product: windows, category: process_creation }\ndetection: { s: { Image|endswith: net.exe }, condition: s }\n---\ntitle: [",
  "rules.yml",
);
const prepared = prepareRules([parsed], shippedLogsources(), parsed.issues);
const pack = writeRulePack(prepared, "key-1");

describe("a rule pack", () => {
  it("gives back an engine that finds and reports the same", () => {
    const read = readRulePack(pack, "key-1");
    expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify(prepared)));
    expect(read?.rules[0]?.selections).toEqual(prepared.rules[0]?.selections);
    const engine = createEngine(read as NonNullable<typeof read>);
    expect(engine.issues.map(({ code }) => code)).toEqual(["rule-yaml"]);
    const hits: string[] = [];
    const event = dumpEvent({
      Event: {
        System: { Channel: "Security", EventID: 4688 },
        EventData: { NewProcessName: "C:\\NET.exe" },
      },
    });
    engine.match(event, (rule, read) => hits.push(`${rule.id} ${read("Image")}`));
    expect(hits).toEqual(["one C:\\NET.exe"]);
  });

  it("is refused when made of other files", () => {
    expect(readRulePack(pack, "key-2")).toBeUndefined();
  });

  it("is refused at any damage", () => {
    for (let i = 0; i < pack.length; i += 7) {
      const damaged = pack.slice();
      damaged[i] = (damaged[i] ?? 0) ^ 0x10;
      expect(readRulePack(damaged, "key-1")).toBeUndefined();
      expect(readRulePack(pack.slice(0, i), "key-1")).toBeUndefined();
    }
  });
});
