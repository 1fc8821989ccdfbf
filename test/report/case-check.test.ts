import { XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import type { TriageReport } from "../../src/model/report.ts";
import {
  checkCase,
  renderCheckGithub,
  renderCheckJunit,
  renderCheckText,
} from "../../src/report/case-check.ts";
import { parseCase } from "../../src/report/case-file.ts";
import { expectInert } from "../support/inert.ts";
import { HOSTILE, hostileReport, sampleReport } from "../support/sample-report.ts";

const all = sampleReport(12, 0);
const report: TriageReport = {
  ...all,
  inputs: all.inputs.filter((input) => input.status === "read"),
};
/** Names of the promises that do not hold. */
function broken(yaml: string, of = report): string[] {
  return checkCase(parseCase(`logs: x\n${yaml}`, "case.yml"), of)
    .filter((result) => result.failure !== undefined)
    .map((result) => result.name);
}

describe("case files", () => {
  it("hold when what they promise is there, by title, rule id or wildcard", () => {
    expect(
      broken(
        'must: [Security log cleared, rule-1, { finding: "encoded*", host: "*.CORP.example", count: 3 }]',
      ),
    ).toEqual([]);
  });

  it("break on too few, on too many and on what must not be", () => {
    expect(broken("must: [No such finding]")).toEqual(["must find No such finding"]);
    expect(broken("must: [{ finding: rule-1, count: { max: 2 } }]")).toHaveLength(1);
    expect(broken("mustNot: [{ kind: hypothesis, severity: critical }]")).toEqual([]);
    expect(broken("mustNot: [{ attack: T1070.001 }]")).toHaveLength(1);
  });

  it("count findings by severity and in all", () => {
    expect(broken("counts: { critical: 4, findings: { min: 1, max: 12 }, low: 0 }")).toEqual([]);
    expect(broken("counts: { critical: 3, findings: { max: 11 } }")).toEqual([
      "count critical",
      "count findings",
    ]);
  });

  it("break when a log cannot be read, whatever else holds", () => {
    expect(broken("must: [rule-1]", all)).toEqual(["logs can be read"]);
  });

  it.each([
    ["must: [rule-1]", "logs"],
    ["logs: x", "expects nothing"],
    ["logs: x\nmust: [{}]", "names nothing"],
    ["logs: x\nmust: [{ titel: a }]", "titel is not known"],
    ["logs: x\nmusst: [a]", "musst is not known"],
    ["logs: x\nmustNot: [{ finding: a, count: 2 }]", "no count"],
    ["logs: x\ncounts: { huge: 1 }", "huge"],
    ["logs: x\ncounts: { high: many }", "counts high"],
    ["logs: [1]\nmust: [a]", "expected texts"],
    ["- a", "expected keys"],
    ["a: [", "Flow sequence"],
  ])("are refused with the reason: %j", (yaml, reason) => {
    expect(() => parseCase(yaml, "case.yml")).toThrow(reason);
  });
});

describe("check results", () => {
  const wanted = parseCase("title: T\nlogs: x\nmust: [rule-1, none]", "dir/case.yml");
  const cases = [{ file: "dir/case.yml", title: "T", results: checkCase(wanted, report) }];

  it("say in every form what broke", () => {
    expect(renderCheckText(cases)).toContain("2 passed, 1 failed");
    expect(renderCheckJunit(cases)).toContain('tests="3" failures="1"');
    expect(renderCheckGithub(cases)).toBe(
      "::error file=dir/case.yml,title=must find none::expected at least 1 findings, found 0\n",
    );
  });

  it("keep hostile strings inert in every form", () => {
    const hostile = [
      {
        file: HOSTILE,
        title: HOSTILE,
        results: [
          ...checkCase(parseCase('logs: x\nmustNot: [{ finding: "*" }]', "c"), hostileReport()),
          { name: HOSTILE, failure: `${HOSTILE}%0A::error::` },
        ],
      },
    ];
    expectInert(renderCheckText(hostile));
    const xml = renderCheckJunit(hostile);
    expectInert(xml);
    expect(XMLValidator.validate(xml)).toBe(true);
    const github = renderCheckGithub(hostile);
    expectInert(github);
    for (const line of github.trimEnd().split("\n"))
      expect(line).toMatch(/^::error file=[^:,]+,title=/);
    expect(github).not.toContain("%0A");
  });
});
