import type { Finding } from "../model/finding.ts";
import { severityRank } from "../model/severity.ts";
import { type Sayings, sentence, statementIn } from "../report/i18n/sentence.ts";
import { type ReportFilter, searchWords } from "./timeline-model.ts";

/** The verdict word of a finding as the filter bar names it. */
export type VerdictOf = (findingId: string) => string;

/** Whether a finding passes what only findings have: kind, technique, verdict. */
export function passesAsFinding(
  finding: Finding,
  filter: ReportFilter,
  verdictOf: VerdictOf,
): boolean {
  if (filter.kind !== "" && finding.kind !== filter.kind) return false;
  if (filter.attack !== "" && !finding.attack.includes(filter.attack)) return false;
  return filter.verdict === "" || verdictOf(finding.id) === filter.verdict;
}

/** Whether a finding passes the whole filter; `text` is its `searchText`. */
export function passesFilter(
  finding: Finding,
  text: string,
  filter: ReportFilter,
  verdictOf: VerdictOf,
): boolean {
  if (severityRank(finding.severity) > filter.maxRank) return false;
  if (filter.host !== "" && !finding.hosts.includes(filter.host)) return false;
  if (!passesAsFinding(finding, filter, verdictOf)) return false;
  return searchWords(filter.words).every((word) => text.includes(word));
}

/** Everything of a finding that full-text search looks at, in lower case. */
export function searchText(finding: Finding, said?: Sayings): string {
  const { entities } = finding;
  return [
    finding.id,
    finding.title,
    sentence("ja", finding.title, said),
    finding.statement,
    statementIn("ja", finding.rule.title, finding.statement, said),
    finding.rule.id,
    finding.rule.title,
    ...finding.hosts,
    ...finding.attack,
    ...entities.accounts,
    ...entities.addresses,
    ...entities.processes,
    ...finding.reasons.for,
    ...finding.reasons.against,
    ...finding.evidence.map((ref) => `${ref.file} ${ref.channel} ${ref.eventId} ${ref.recordId}`),
  ]
    .join("\n")
    .toLowerCase();
}
