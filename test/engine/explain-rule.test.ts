import { describe, expect, it } from "vitest";
import { explainRule } from "../../src/engine/explain-rule.ts";
import type { CheckedRule } from "../../src/rules/checked-rule.ts";
import { parseRules } from "../../src/rules/parse-rules.ts";
import { dumpEvent } from "../support/dump-event.ts";
import { shippedLogsources } from "../support/rule-files.ts";

const rule = parseRules(
  String.raw`title: Net user
id: net
logsource: { product: windows, category: process_creation }
detection:
  image:
    Image|endswith: '\net.exe'
  args:
    CommandLine|contains|all: [' user ', ' /add']
  filter:
    CurrentDirectory: null
  condition: image and args and not filter`,
  "net.yml",
).rules[0] as CheckedRule;

const event = (Channel: string, EventID: number, EventData: Record<string, string>) =>
  dumpEvent({ Event: { System: { Channel, EventID, Computer: "HOST-A" }, EventData } });

describe("explaining a rule", () => {
  it("shows which value of which line failed, and what the event has there", () => {
    const { matched, sources } = explainRule(
      rule,
      event("Microsoft-Windows-Sysmon/Operational", 1, {
        Image: "C:\\Windows\\System32\\net.exe",
        CommandLine: "net user x",
        CurrentDirectory: "C:\\",
      }),
      shippedLogsources(),
    );
    expect(matched).toBe(false);
    expect(sources).toMatchObject([
      {
        channel: "Microsoft-Windows-Sysmon/Operational",
        matched: false,
        condition: { kind: "and", holds: false },
        selections: [
          { name: "image", line: 5, holds: true },
          {
            name: "args",
            holds: false,
            match: {
              kind: "line",
              line: 8,
              key: "CommandLine|contains|all",
              found: "net user x",
              values: [
                { wanted: "* user *", holds: true },
                { wanted: "* /add*", holds: false },
              ],
            },
          },
          { name: "filter", holds: false },
        ],
      },
      { channel: "Security", otherEvent: expect.stringContaining("Sysmon"), selections: [] },
    ]);
  });

  it("reads the twin in Security under its own field names and tells what it cannot hold", () => {
    const { matched, sources } = explainRule(
      rule,
      event("Security", 4688, { NewProcessName: "C:\\net.exe", CommandLine: "net user x /add" }),
      shippedLogsources(),
    );
    // Whether a field that 4688 does not have is empty is not known, so the filter is taken to hold.
    expect(matched).toBe(false);
    expect(sources[1]?.selections[0]).toMatchObject({
      holds: true,
      match: { found: "C:\\net.exe" },
    });
    expect(sources[1]?.selections[2]).toMatchObject({ holds: true, match: { unavailable: true } });
  });

  it("says why a rule cannot match at all", () => {
    const elsewhere = { ...rule, logsource: { product: "linux" } };
    expect(explainRule(elsewhere, event("Security", 1, {}), shippedLogsources())).toMatchObject({
      matched: false,
      unusable: expect.stringContaining("linux"),
    });
  });
});
