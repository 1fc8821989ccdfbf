import { describe, expect, it } from "vitest";
import { SETTINGS } from "../../src/correlate/log-questions.ts";
import type { HostFacts } from "../../src/model/host-facts.ts";
import type { LogSufficiency, SufficiencyAnswer } from "../../src/model/sufficiency.ts";
import { withKnownSettings } from "../../src/report/known-settings.ts";
import { reasonText } from "../../src/report/sufficiency-text.ts";

const answer: SufficiencyAnswer = {
  question: "programs",
  answer: "no",
  from: null,
  to: null,
  retentionDays: null,
  channels: [],
  reasons: [],
  settings: ["audit-process", "channel-tasks"],
};
const sufficiency: LogSufficiency = {
  hosts: [{ host: "SRV-01.corp.example", answers: [answer, { ...answer, answer: "yes" }] }],
  settings: SETTINGS,
  hostsLeftOut: 0,
};
const facts = (change: Partial<HostFacts>): HostFacts => ({
  sources: ["SYSTEM"],
  host: "SRV-01",
  addresses: [],
  channels: [],
  audit: [],
  problems: [],
  ...change,
});
const process = (success: boolean) => ({
  category: "Detailed Tracking",
  subcategory: "Process Creation",
  success,
  failure: false,
});
const reasons = (known: HostFacts) =>
  withKnownSettings(sufficiency, [known]).hosts[0]!.answers.map((each) =>
    each.reasons.map((reason) => reasonText("en", reason)),
  );

describe("what a registry says of the logs of its host", () => {
  it("tells that auditing or a channel is switched off, where the logs do not answer", () => {
    const off = facts({
      audit: [process(false)],
      channels: [{ channel: "Microsoft-Windows-TaskScheduler/Operational", enabled: false }],
    });
    expect(reasons(off)).toEqual([
      [
        "the host's audit policy has Process Creation switched off (read from its registry)",
        "the host's registry has Microsoft-Windows-TaskScheduler/Operational switched off",
      ],
      [],
    ]);
  });

  it("says nothing where they are switched on or not set, or of another host", () => {
    expect(reasons(facts({ audit: [process(true)] }))).toEqual([[], []]);
    expect(reasons(facts({}))).toEqual([[], []]);
    expect(reasons(facts({ host: "SRV-02", audit: [process(false)] }))).toEqual([[], []]);
  });
});
