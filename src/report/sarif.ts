import type { Finding, RuleRef } from "../model/finding.ts";
import type { InputLedger } from "../model/ledger.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { TriageReport } from "../model/report.ts";
import type { Severity } from "../model/severity.ts";
import { inertJson } from "./inert-text.ts";

/** SARIF 2.1.0: one run, a result a finding, a notification an input that was not read in full. */
export function renderSarif(report: TriageReport): string {
  const rules = new Map<string, RuleRef>();
  for (const { rule } of report.findings) if (!rules.has(rule.id)) rules.set(rule.id, rule);
  const ruleIndex = new Map([...rules.keys()].map((id, at) => [id, at]));
  const artifactIndex = new Map(report.inputs.map((input, at) => [input.path, at]));
  return `${inertJson(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: {
              name: report.tool.name,
              version: report.tool.version,
              rules: [...rules.values()].map((rule) => ({
                id: rule.id,
                name: rule.title,
                shortDescription: { text: rule.title },
                properties: { source: rule.source },
              })),
            },
          },
          artifacts: report.inputs.map(artifact),
          results: report.findings.map((finding) => ({
            ...result(finding, artifactIndex),
            ruleIndex: ruleIndex.get(finding.rule.id)!,
          })),
          invocations: [
            {
              executionSuccessful: true,
              toolExecutionNotifications: report.inputs
                .filter((input) => input.status !== "read")
                .map((input) => ({
                  level: input.status === "unread" ? "error" : "warning",
                  message: { text: `${input.path}: ${input.reason || input.status}` },
                })),
            },
          ],
          columnKind: "utf16CodeUnits",
        },
      ],
    },
    2,
  )}\n`;
}

function artifact(input: InputLedger) {
  return {
    location: { uri: fileUri(input.path) },
    length: input.size,
    ...(/^[0-9a-f]{64}$/.test(input.sha256) ? { hashes: { "sha-256": input.sha256 } } : {}),
    properties: { kind: input.kind, status: input.status, records: input.records.read },
  };
}

function result(finding: Finding, artifactIndex: ReadonlyMap<string, number>) {
  return {
    ruleId: finding.rule.id,
    kind: finding.kind === "fact" ? "fail" : "review",
    // Only results of kind "fail" may have a level other than "none".
    level: finding.kind === "fact" ? LEVELS[finding.severity] : "none",
    message: { text: finding.statement || finding.title },
    locations: finding.evidence.slice(0, 100).map((ref) => location(ref, artifactIndex)),
    partialFingerprints: { "konsekiFinding/v1": finding.id },
    occurrenceCount: Math.max(1, finding.count),
    ...(finding.verdict === undefined || finding.verdict.verdict === "confirmed"
      ? {}
      : {
          suppressions: [
            { kind: "external", status: "accepted", justification: finding.verdict.note },
          ],
        }),
    properties: {
      severity: finding.severity,
      confidence: finding.confidence,
      kind: finding.kind,
      hosts: finding.hosts,
      first: finding.first,
      last: finding.last,
      evidenceCount: finding.evidence.length,
      tags: finding.attack,
    },
  };
}

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  informational: "note",
};

function location(ref: RecordRef, artifactIndex: ReadonlyMap<string, number>) {
  const index = artifactIndex.get(ref.file);
  const region =
    ref.fileOffset !== undefined
      ? { byteOffset: ref.fileOffset }
      : ref.line !== undefined
        ? { startLine: ref.line }
        : undefined;
  return {
    physicalLocation: {
      artifactLocation: { uri: fileUri(ref.file), ...(index === undefined ? {} : { index }) },
      ...(region === undefined ? {} : { region }),
    },
    logicalLocations: [
      {
        name: String(ref.recordId),
        fullyQualifiedName: `${ref.channel}/${ref.recordId}`,
        kind: "record",
      },
    ],
    message: { text: `${ref.time} ${ref.host} ${ref.channel} ${ref.eventId}` },
  };
}

/** A URI reference of a path as the user named it: relative stays relative, a drive letter gets `file:`. */
function fileUri(path: string): string {
  const slashed = path.replaceAll("\\", "/").replace(/\p{Surrogate}/gu, "\ufffd");
  const encoded = slashed.split("/").map(encodeURIComponent).join("/");
  if (/^[A-Za-z]:\//.test(slashed)) return `file:///${encoded.replace("%3A", ":")}`;
  return slashed.startsWith("/") ? `file://${encoded}` : encoded;
}
