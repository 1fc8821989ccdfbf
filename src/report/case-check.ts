import { matchesWildcard } from "../base/wildcard.ts";
import type { Finding } from "../model/finding.ts";
import type { TriageReport } from "../model/report.ts";
import type { CaseFile, CountRange, FindingPattern } from "./case-file.ts";
import { markupText, visibleText } from "./inert-text.ts";

export interface CaseResult {
  readonly name: string;
  /** Why it failed; absent when it passed. */
  readonly failure?: string;
}

/** All results of one case file. */
export interface CheckedCase {
  readonly file: string;
  readonly title: string;
  readonly results: readonly CaseResult[];
}

/** Holds a report against a case: one result a promise, and one that every log was read. */
export function checkCase(wanted: CaseFile, report: TriageReport): CaseResult[] {
  const unread = report.inputs.filter((input) => input.status === "unread");
  const logs: CaseResult = {
    name: "logs can be read",
    ...(unread.length > 0 && {
      failure: unread.map((input) => `${input.path}: ${input.reason}`).join("; "),
    }),
  };
  return [
    logs,
    ...wanted.expectations.map(({ name, pattern, count, records }) => {
      const found = report.findings.filter((finding) => fits(finding, pattern));
      const total = found.reduce((sum, finding) => sum + finding.count, 0);
      if (!isWithin(found.length, count))
        return { name, failure: failureText(count, found.length, "findings", found) };
      if (records !== undefined && !isWithin(total, records))
        return { name, failure: failureText(records, total, "records", found) };
      return { name };
    }),
  ];
}

function fits(finding: Finding, pattern: FindingPattern): boolean {
  const is = (wanted: string | undefined, texts: readonly string[]) =>
    wanted === undefined ||
    texts.some((text) => matchesWildcard(wanted.toLowerCase(), text.toLowerCase()));
  return (
    is(pattern.finding, [finding.rule.id, finding.rule.title, finding.title]) &&
    is(pattern.host, finding.hosts) &&
    is(pattern.severity, [finding.severity]) &&
    is(pattern.kind, [finding.kind]) &&
    is(pattern.statement, [finding.statement]) &&
    is(pattern.account, finding.entities.accounts) &&
    is(pattern.attack, finding.attack)
  );
}

const MOST_SHOWN = 5;

function isWithin(count: number, { min, max }: CountRange): boolean {
  return count >= min && count <= max;
}

function failureText(
  { min, max }: CountRange,
  count: number,
  what: string,
  found: readonly Finding[],
): string {
  const wanted =
    min === max
      ? `${min}`
      : max === Number.POSITIVE_INFINITY
        ? `at least ${min}`
        : `${min} to ${max}`;
  const shown = found
    .slice(0, MOST_SHOWN)
    .map((finding) => `${finding.title} (${finding.hosts.join(", ")}): ${finding.statement}`);
  return [`expected ${wanted} ${what}, found ${count}`, ...shown].join("; ");
}

/** TAP-like lines for people. */
export function renderCheckText(cases: readonly CheckedCase[]): string {
  const lines = cases.flatMap(({ file, title, results }) => [
    `${visibleText(title)} (${visibleText(file)})`,
    ...results.map(({ name, failure }) =>
      failure === undefined
        ? `  ok      ${visibleText(name)}`
        : `  FAILED  ${visibleText(name)}: ${visibleText(failure)}`,
    ),
  ]);
  const results = cases.flatMap((checked) => checked.results);
  const failed = results.filter((result) => result.failure !== undefined).length;
  return `${[...lines, `${results.length - failed} passed, ${failed} failed`].join("\n")}\n`;
}

/** JUnit XML: a suite a case file, a test a promise. */
export function renderCheckJunit(cases: readonly CheckedCase[]): string {
  const failures = (results: readonly CaseResult[]) =>
    results.filter((result) => result.failure !== undefined).length;
  const all = cases.flatMap((checked) => checked.results);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="konseki check" tests="${all.length}" failures="${failures(all)}" errors="0">`,
    ...cases.flatMap(({ file, title, results }) => [
      `  <testsuite name="${markupText(title)}" tests="${results.length}" failures="${failures(results)}" errors="0">`,
      ...results.map(({ name, failure }) => {
        const open = `    <testcase classname="${markupText(file)}" name="${markupText(name)}"`;
        if (failure === undefined) return `${open}/>`;
        return `${open}><failure message="${markupText(failure)}"/></testcase>`;
      }),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
}

/** GitHub workflow commands: an annotation at the case file for each broken promise. */
export function renderCheckGithub(cases: readonly CheckedCase[]): string {
  return cases
    .flatMap(({ file, results }) =>
      results
        .filter((result) => result.failure !== undefined)
        .map(
          ({ name, failure }) =>
            `::error file=${property(file)},title=${property(name)}::${data(failure!)}\n`,
        ),
    )
    .join("");
}

/** GitHub's own escapes; line ends have become visible text before. */
function data(text: string): string {
  return visibleText(text).replaceAll("%", "%25");
}
function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
