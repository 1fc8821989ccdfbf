import type { Finding } from "../model/finding.ts";
import type { TimelineEntry, TriageReport } from "../model/report.ts";
import { type Severity, severityRank } from "../model/severity.ts";
import {
  bareAccount,
  bareAddress,
  FindingIndex,
  ipVersion,
  timeWithDigits,
} from "./finding-index.ts";
import { inertJsonLines } from "./inert-text.ts";

export const ECS_VERSION = "8.17.0";

/** Elastic Common Schema, one document a line: an `alert` where a finding cites the record, else an `event`. */
export function renderEcs(report: TriageReport): string {
  const index = new FindingIndex(report);
  return inertJsonLines(
    report.timeline.map((entry) => document(report, entry, index.finding(entry))),
  );
}

function document(report: TriageReport, entry: TimelineEntry, finding: Finding | undefined) {
  const { ref } = entry;
  return {
    "@timestamp": timeWithDigits(ref.time, 3),
    ecs: { version: ECS_VERSION },
    message: entry.statement,
    event: {
      kind: finding === undefined ? "event" : "alert",
      code: String(ref.eventId),
      provider: ref.provider,
      dataset: "konseki.timeline",
      module: "konseki",
      action: entry.title,
      severity: ecsSeverity(entry.severity),
    },
    observer: {
      product: report.tool.name,
      version: report.tool.version,
      type: "forensics",
    },
    log: { level: entry.severity, file: { path: ref.file } },
    host: { name: ref.host },
    winlog: {
      channel: ref.channel,
      computer_name: ref.host,
      event_id: String(ref.eventId),
      provider_name: ref.provider,
      record_id: String(ref.recordId),
    },
    konseki: {
      record_state: ref.state,
      ...(ref.fileOffset === undefined ? {} : { file_offset: ref.fileOffset }),
      ...(finding === undefined
        ? {}
        : { finding_id: finding.id, kind: finding.kind, confidence: finding.confidence }),
    },
    ...(finding === undefined ? {} : findingFields(finding)),
  };
}

function findingFields(finding: Finding) {
  const { accounts, addresses } = finding.entities;
  const ips = addresses.map(bareAddress).filter((address) => ipVersion(address) !== undefined);
  return {
    rule: { id: finding.rule.id, name: finding.rule.title, ruleset: finding.rule.source },
    ...(finding.attack.length === 0
      ? {}
      : { threat: { framework: "MITRE ATT&CK", technique: { id: finding.attack } } }),
    related: { hosts: finding.hosts, user: accounts.map(bareAccount), ip: ips },
    ...(ips[0] === undefined ? {} : { source: { ip: ips[0] } }),
    ...(accounts[0] === undefined ? {} : { user: { name: bareAccount(accounts[0]) } }),
  };
}

/** ECS leaves the scale to the source; Elastic's own rules use a risk score where worse is larger. */
function ecsSeverity(severity: Severity): number {
  return [99, 73, 47, 21, 1][severityRank(severity)]!;
}
