import { Chalk } from "chalk";
import { expect, it } from "vitest";
import { columnsOf } from "../../../src/cli/terminal/text-layout.ts";
import { renderTriageText } from "../../../src/cli/terminal/triage-text.ts";
import { timePrinter } from "../../../src/cli/times.ts";
import { inLanguage, textIn } from "../../../src/report/i18n/sentence.ts";
import { fixtureScenario, triageScenario } from "../../support/triage-scenario.ts";

/** Commands are for copying: they are never wrapped. */
const COMMAND = /^ {4}(auditpol|wevtutil|reg add) /;

for (const name of ["rdp-chain", "domain-admin", "support-scam"])
  it(`the Japanese report of ${name} keeps to 80 columns, and tells fact and confidence of every finding`, () => {
    const report = inLanguage(triageScenario(fixtureScenario(name)), "ja");
    const text = renderTriageText(report, {
      chalk: new Chalk({ level: 0 }),
      width: 80,
      lang: "ja",
      say: (text) => textIn("ja", text),
      time: timePrinter("UTC"),
      details: true,
    });
    const lines = text.split("\n");
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.filter((line) => columnsOf(line) > 80 && !COMMAND.test(line))).toEqual([]);
    expect(text.match(/\[(事実|仮説), 確度 .\]/g)!.length).toBeGreaterThanOrEqual(
      new Set(report.findings.map(({ title }) => title)).size / 2,
    );
  });
