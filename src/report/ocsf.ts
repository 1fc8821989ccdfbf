import type { Finding } from "../model/finding.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { TriageReport } from "../model/report.ts";
import { severityRank } from "../model/severity.ts";
import { bareAccount, bareAddress, ipVersion, isHostName } from "./finding-index.ts";
import { inertJsonLines } from "./inert-text.ts";

/** OCSF 1.3 Detection Finding (class 2004), one finding a line. */
export function renderOcsf(report: TriageReport): string {
  return inertJsonLines(report.findings.map((finding) => detectionFinding(report, finding)));
}

const CATEGORY_FINDINGS = 2;
const CLASS_DETECTION_FINDING = 2004;
const ACTIVITY_CREATE = 1;
const STATUS_NEW = 1;
const STATUS_RESOLVED = 4;
const STATUS_SUPPRESSED = 3;
const REGULAR_FILE = 1;

function detectionFinding(report: TriageReport, finding: Finding) {
  // OCSF counts the other way round: 1 informational … 5 critical.
  const severityId = 5 - severityRank(finding.severity);
  return {
    category_uid: CATEGORY_FINDINGS,
    class_uid: CLASS_DETECTION_FINDING,
    type_uid: CLASS_DETECTION_FINDING * 100 + ACTIVITY_CREATE,
    activity_id: ACTIVITY_CREATE,
    time: Date.parse(finding.first),
    start_time: Date.parse(finding.first),
    end_time: Date.parse(finding.last),
    count: finding.count,
    severity_id: severityId,
    severity: capitalised(finding.severity),
    status_id: statusId(finding),
    confidence_id: { low: 1, medium: 2, high: 3 }[finding.confidence],
    confidence: capitalised(finding.confidence),
    message: finding.statement,
    ...(finding.verdict === undefined ? {} : { comment: finding.verdict.note }),
    metadata: {
      version: "1.3.0",
      product: {
        name: report.tool.name,
        vendor_name: report.tool.name,
        version: report.tool.version,
      },
      profiles: [],
    },
    finding_info: {
      uid: finding.id,
      title: finding.title,
      desc: finding.statement,
      types: [finding.kind],
      first_seen_time: Date.parse(finding.first),
      last_seen_time: Date.parse(finding.last),
      analytic: {
        name: finding.rule.title,
        uid: finding.rule.id,
        type_id: 1,
        type: "Rule",
      },
      attacks: finding.attack.map((uid) => ({ version: "16", technique: { uid } })),
      data_sources: [...new Set(finding.evidence.map((ref) => ref.channel))],
    },
    evidences: evidences(finding),
    resources: finding.hosts.map((host) => ({ name: host, type: "host" })),
    raw_data: finding.evidence.map(place).join("\n"),
  };
}

/** One for each host-independent entity: OCSF wants at least one attribute in an evidence object. */
function evidences(finding: Finding) {
  return [
    ...finding.entities.accounts.map((account) => ({
      actor: { user: { name: bareAccount(account), full_name: account } },
    })),
    ...finding.entities.addresses.map((address) => ({ src_endpoint: endpoint(address) })),
    // A process object needs a process id, which belongs to one record; the program is a file.
    ...finding.entities.processes.map((program) => ({
      file: { name: fileName(program), path: program, type_id: REGULAR_FILE },
    })),
    ...finding.evidence.map((ref) => ({
      data: {
        file: ref.file,
        channel: ref.channel,
        event_id: ref.eventId,
        record_id: String(ref.recordId),
        time: ref.time,
        host: ref.host,
        state: ref.state,
      },
    })),
  ];
}

function endpoint(address: string) {
  const bare = bareAddress(address);
  if (ipVersion(bare) !== undefined) return { ip: bare };
  return isHostName(address) ? { hostname: address } : { name: address };
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1) || path;
}

function statusId(finding: Finding): number {
  if (finding.verdict === undefined) return STATUS_NEW;
  return finding.verdict.verdict === "confirmed" ? STATUS_RESOLVED : STATUS_SUPPRESSED;
}

function place(ref: RecordRef): string {
  return `${ref.file} ${ref.channel} ${ref.eventId} record ${ref.recordId}`;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
