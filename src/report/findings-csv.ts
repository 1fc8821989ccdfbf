import type { TriageReport } from "../model/report.ts";
import { csvText } from "./inert-text.ts";

/** A row a finding, worst first; lists are joined with ` | `. */
export function renderFindingsCsv(report: TriageReport): string {
  const header = [
    "severity",
    "confidence",
    "kind",
    "first",
    "last",
    "count",
    "hosts",
    "title",
    "statement",
    "accounts",
    "addresses",
    "processes",
    "attack",
    "rule",
    "rule_id",
    "evidence_file",
    "evidence_record",
    "finding_id",
  ];
  const join = (values: readonly string[]): string => values.join(" | ");
  return csvText(
    header,
    report.findings.map((finding) => [
      finding.severity,
      finding.confidence,
      finding.kind,
      finding.first,
      finding.last,
      finding.count,
      join(finding.hosts),
      finding.title,
      finding.statement,
      join(finding.entities.accounts),
      join(finding.entities.addresses),
      join(finding.entities.processes),
      join(finding.attack),
      finding.rule.source,
      finding.rule.id,
      finding.evidence[0]?.file,
      finding.evidence[0] && String(finding.evidence[0].recordId),
      finding.id,
    ]),
  );
}
