import { describe, expect, it } from "vitest";
import { timePrinter } from "../../src/cli/times.ts";
import { inLanguage } from "../../src/report/i18n/sentence.ts";
import { inZone } from "../../src/report/zoned-report.ts";
import { fixtureScenario, triageScenario } from "../support/triage-scenario.ts";

const report = triageScenario(fixtureScenario("rdp-chain"));
const tokyo = timePrinter("+09:00");
const moved = inZone(report, (iso) => `${tokyo(iso)} ${tokyo.zone}`);
const cleared = ({ rule }: { rule: { id: string } }) => rule.id === "konseki-cleared-logs";

describe("a report in another zone", () => {
  it("tells the moments of its sentences as the times around them", () => {
    expect(report.findings.find(cleared)?.statement).toContain("at 2026-03-02 08:38:00 UTC");
    expect(moved.findings.find(cleared)?.statement).toContain("at 2026-03-02 17:38:00 +09:00");
    const told = JSON.stringify(moved.findings.map(({ evidence: _, ...told }) => told));
    expect(told).not.toMatch(/\d\d:\d\d(?::\d\d)? UTC/);
    expect(moved.timeline.map(({ statement }) => statement).join()).toContain("17:38:00 +09:00");
  });

  it("has the same sentences in Japanese, and leaves records and ids alone", () => {
    expect(inLanguage(moved, "ja").findings.find(cleared)?.statement).toMatch(
      /が 2026-03-02 17:38:00 \+09:00 に .* を消去しました/,
    );
    const fixed = ({ findings }: typeof report) =>
      findings.map(({ id, first, last, evidence }) => ({ id, first, last, evidence }));
    expect(fixed(moved)).toEqual(fixed(report));
  });
});

describe("printed times", () => {
  it.each([
    ["utc", "2026-03-02 20:38:00", "UTC"],
    ["+09:00", "2026-03-03 05:38:00", "+09:00"],
    ["-0330", "2026-03-02 17:08:00", "-03:30"],
    ["UTC+9", "2026-03-03 05:38:00", "+09:00"],
    ["asia/tokyo", "2026-03-03 05:38:00", "Asia/Tokyo"],
  ])("%s", (zone, text, name) => {
    const print = timePrinter(zone);
    expect([print("2026-03-02T20:38:00.1234567Z"), print.zone]).toEqual([text, name]);
  });
});
