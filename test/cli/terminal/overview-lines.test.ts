import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import { hops, hostStrips } from "../../../src/cli/terminal/overview-lines.ts";
import { renderTriageText } from "../../../src/cli/terminal/triage-text.ts";
import { timePrinter } from "../../../src/cli/times.ts";
import { textIn } from "../../../src/report/i18n/sentence.ts";
import { expectInert } from "../../support/inert.ts";
import { HOSTILE, sampleReport } from "../../support/sample-report.ts";

const entry = (host: string, minute: number) => ({
  ...sampleReport(1, 1).timeline[0]!,
  timeMs: minute * 60_000,
  ref: { ...sampleReport(1, 1).timeline[0]!.ref, host },
});
const move = (from: string, to: string, time: string) => ({ from, to, time, method: "RDP" });
const finding = { ...sampleReport(1, 1).findings[0]! };

describe("the strips of hosts", () => {
  it("lay all hosts over the same stretches, empty ones told from full ones", () => {
    const strips = hostStrips(
      [entry("A", 0), entry("A", 0), entry("A", 0), entry("B", 5), entry("A", 10)],
      10,
    );
    expect(strips.map(({ host, entries }) => [host, entries])).toEqual([
      ["A", 4],
      ["B", 1],
    ]);
    expect(strips[0]!.strip).toMatch(/^█·{8}[▁-▆]$/);
    expect(strips[1]!.strip).toMatch(/^·{5}[▁-▆]·{4}$/);
  });

  it("stand a single moment", () => {
    expect(hostStrips([entry("A", 3)], 8)[0]!.strip).toHaveLength(8);
    expect(hostStrips([], 8)).toEqual([]);
  });
});

describe("the hops", () => {
  const first = move("A", "B", "2026-03-02T08:00:00Z");
  const second = move("B", "C", "2026-03-02T09:00:00Z");

  it("are told once, in time order", () => {
    const findings = [
      { ...finding, movements: [second] },
      { ...finding, movements: [first, second] },
    ];
    expect(hops(findings)).toEqual([first, second]);
  });

  it("and the hypothesis stand in the terminal's report, whatever names a log gives", () => {
    const report = sampleReport(3, 3);
    const hostile = move(HOSTILE, "SRV-01", "2026-03-02T08:00:00Z");
    const text = renderTriageText(
      {
        ...report,
        findings: [
          {
            ...finding,
            kind: "hypothesis",
            statement: `They came ${HOSTILE}`,
            movements: [hostile, second],
          },
          ...report.findings,
        ],
      },
      {
        chalk: new Chalk({ level: 0 }),
        width: 80,
        lang: "ja",
        say: (text) => textIn("ja", text),
        time: timePrinter("utc"),
        details: false,
      },
    );
    expect(text).toContain("横展開");
    expect(text).toContain("考えられる経過（仮説）");
    expect(text).toContain("B → C");
    expectInert(text.replaceAll("\n", ""));
  });
});
