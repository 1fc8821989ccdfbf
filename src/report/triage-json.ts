import type { EvidenceSource } from "../model/evidence-source.ts";
import type { Finding } from "../model/finding.ts";
import type { HostFacts } from "../model/host-facts.ts";
import type { InputLedger } from "../model/ledger.ts";
import { spoken } from "../model/phrase.ts";
import type { TriageReport } from "../model/report.ts";
import { SEVERITIES } from "../model/severity.ts";
import { inertJson } from "./inert-text.ts";
import { sufficiencyObjects } from "./sufficiency-text.ts";

/** The objects of `triage --format jsonl`; triage-schema.json describes them. Scripts rely on them: only add. */
export function* triageObjects(report: TriageReport): Generator<object> {
  for (const finding of report.findings) yield findingObject(finding);
  for (const input of report.inputs) yield inputObject(input);
  if (report.sufficiency !== undefined) yield* sufficiencyObjects(report.sufficiency);
  for (const facts of report.hostFacts ?? []) yield hostObject(facts);
  for (const source of report.sources ?? []) yield sourceObject(source);
  yield summaryObject(report);
}

function findingObject({ phrases: _, ...finding }: Finding): object {
  return { type: "finding", ...finding };
}

function inputObject(input: InputLedger): object {
  const { path, status, records, issues, ...rest } = input;
  return {
    type: "input",
    path,
    status,
    records: records.read + records.repaired,
    recovered: records.recovered,
    problems: issues.map(({ code, severity, message, fileOffset, line }) => ({
      code,
      severity,
      message,
      ...(fileOffset !== undefined && { fileOffset }),
      ...(line !== undefined && { line }),
    })),
    recordCounts: records,
    ...rest,
  };
}

function summaryObject(report: TriageReport): object {
  const { tool, hosts, first, last, records, rules, limits, inputs, findings } = report;
  return {
    type: "summary",
    tool,
    hosts,
    first,
    last,
    records,
    findings: Object.fromEntries(
      SEVERITIES.map((s) => [s, findings.filter((f) => f.severity === s).length]),
    ),
    inputs: {
      read: inputs.filter((input) => input.status === "read").length,
      partial: inputs.filter((input) => input.status === "partial").length,
      unread: inputs.filter((input) => input.status === "unread").length,
    },
    rules,
    limits,
    ...(report.inventory && {
      inventory: {
        source: report.inventory.source,
        segments: report.inventory.segments.length,
        hosts: report.inventory.hosts.length,
        problems: report.inventory.issues.map(({ code, line, message, fix }) => ({
          code,
          line,
          message,
          fix,
        })),
      },
    }),
    ...(report.caseKinds && { caseKinds: report.caseKinds }),
  };
}

/** Sentences in English: the language of the report is for people. */
function hostObject({ problems, conflicts, ...facts }: HostFacts): object {
  return {
    type: "host",
    ...facts,
    problems: problems.map((text) => spoken(text)),
    ...(conflicts && { conflicts: conflicts.map((text) => spoken(text)) }),
  };
}

function sourceObject({ conflicts, ...source }: EvidenceSource): object {
  return {
    type: "source",
    ...source,
    ...(conflicts && { conflicts: conflicts.map((text) => spoken(text)) }),
  };
}

/** One line after the other; a large case's text need not exist at once. */
export function* triageJsonLines(report: TriageReport): Generator<string> {
  for (const object of triageObjects(report)) yield `${inertJson(object)}\n`;
}

/** One object a line: findings by rank, then inputs, then the summary. */
export function renderTriageJsonLines(report: TriageReport): string {
  return [...triageJsonLines(report)].join("");
}

/** The same objects as one JSON document, as JSON.stringify indents a list. */
export function* triageJsonPieces(report: TriageReport): Generator<string> {
  let begin = "[\n  ";
  for (const object of triageObjects(report)) {
    // In strings a line feed is escaped: those that stand here are between the tokens.
    yield begin + inertJson(object, 2).replaceAll("\n", "\n  ");
    begin = ",\n  ";
  }
  yield "\n]\n";
}

export function renderTriageJson(report: TriageReport): string {
  return [...triageJsonPieces(report)].join("");
}
