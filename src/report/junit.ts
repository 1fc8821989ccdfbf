import type { Finding } from "../model/finding.ts";
import type { InputLedger } from "../model/ledger.ts";
import type { TriageReport } from "../model/report.ts";
import { markupText } from "./inert-text.ts";

/**
 * JUnit XML as CI systems read it: the suite `inputs` has a case an input (an error when it could not be
 * read in full), the suite `findings` a failed case a finding, skipped when a verdict settled it.
 */
export function renderJunit(report: TriageReport): string {
  const inputs = report.inputs.map(inputCase);
  const findings = report.findings.map(findingCase);
  const settled = report.findings.filter(isSettled).length;
  const errors = report.inputs.filter((input) => input.status !== "read").length;
  const failures = findings.length - settled;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${report.tool.name}" tests="${inputs.length + findings.length}" failures="${failures}" errors="${errors}" skipped="${settled}">`,
    `  <testsuite name="inputs" tests="${inputs.length}" failures="0" errors="${errors}" skipped="0">`,
    ...inputs,
    "  </testsuite>",
    `  <testsuite name="findings" tests="${findings.length}" failures="${failures}" errors="0" skipped="${settled}">`,
    ...findings,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function inputCase(input: InputLedger): string {
  const open = `    <testcase classname="inputs" name="${markupText(input.path)}"`;
  if (input.status === "read") return `${open}/>`;
  const problem = `<error type="${input.status}" message="${markupText(input.reason)}"/>`;
  return `${open}>${problem}</testcase>`;
}

function findingCase(finding: Finding): string {
  const name = `${finding.title} (${finding.hosts.join(", ")}) ${finding.id}`;
  const open = `    <testcase classname="${finding.severity}.${markupText(finding.rule.id)}" name="${markupText(name)}">`;
  if (isSettled(finding)) {
    const { verdict, note } = finding.verdict!;
    return `${open}<skipped message="${markupText(`${verdict}: ${note}`)}"/></testcase>`;
  }
  const places = finding.evidence
    .slice(0, 20)
    .map(
      (ref) => `${ref.time} ${ref.host} ${ref.channel} ${ref.eventId} ${ref.file} ${ref.recordId}`,
    );
  const detail = [finding.statement, ...places].map(markupText).join("\n");
  return `${open}<failure type="${finding.severity}" message="${markupText(finding.title)}">${detail}</failure></testcase>`;
}

function isSettled(finding: Finding): boolean {
  return finding.verdict !== undefined && finding.verdict.verdict !== "confirmed";
}
