import { describe, expect, it } from "vitest";
import { compileRules } from "../../src/engine/compile-rules.ts";
import type { InputLedger } from "../../src/model/ledger.ts";
import { parseRules } from "../../src/rules/parse-rules.ts";
import { LogMapper } from "../../src/triage/log-mapper.ts";
import { dumpEvent } from "../support/dump-event.ts";
import { shippedLogsources } from "../support/rule-files.ts";

describe("a rule's signal", () => {
  it("carries the event's fields under the names that the rule uses for them", () => {
    const rules = parseRules(
      "title: t\nid: t\nlogsource: { product: windows, category: process_creation }\nfields: [Image, ParentImage, NewProcessName]\ndetection: { s: { Image|endswith: net.exe }, condition: s }",
      "rule.yml",
    );
    const mapper = new LogMapper({ engine: compileRules(rules, shippedLogsources()) }, "a.evtx");
    mapper.event(
      dumpEvent({
        Event: {
          System: { Channel: "Security", EventID: 4688, Computer: "HOST-A" },
          EventData: { NewProcessName: "C:\\net.exe", ParentProcessName: "C:\\cmd.exe" },
        },
      }),
    );
    const { signals } = mapper.finish({} as InputLedger);
    expect(signals).toHaveLength(1);
    expect(signals[0]?.fields).toMatchObject({
      Image: "C:\\net.exe",
      ParentImage: "C:\\cmd.exe",
      NewProcessName: "C:\\net.exe",
    });
  });
});
