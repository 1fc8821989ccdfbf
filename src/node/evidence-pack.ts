import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EvtxRecord } from "../evtx/evtx-record.ts";
import type { Finding } from "../model/finding.ts";
import type { IssueSink } from "../model/issue.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { TriageReport } from "../model/report.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import { rereadLog } from "./reread-log.ts";

/** Of each finding at most so many records are written; the rest is named in its finding.json. */
const MOST_OF_FINDING = 500;
const MOST_FINDINGS = 10_000;
const MOST_NAME = 60;

export interface PackOptions {
  readonly onIssue: IssueSink;
  readonly cache?: EvidenceCache;
  /** The text of the rule that a finding names; undefined for konseki's analyzers. */
  readonly ruleText: (rule: Finding["rule"]) => string | undefined;
  /** A value as JSON that is safe to print. */
  readonly json: (value: unknown) => string;
  /** The same XML, safe to print. */
  readonly xml: (xml: string) => string;
}

export interface PackCounts {
  readonly findings: number;
  readonly records: number;
  readonly files: number;
}

interface Wanted {
  readonly ref: RecordRef;
  /** Files without their extension, one for each finding that cites the record. */
  readonly targets: string[];
}

/**
 * Writes what each finding stands on, a folder a finding: `finding.json`, the rule's text, and each cited record as raw bytes
 * (`.bin`, as in the log, header to size copy) and as XML. `manifest.json` names every file with its SHA-256, and every log with its own.
 */
export async function writeEvidencePack(
  folder: string,
  report: TriageReport,
  options: PackOptions,
): Promise<PackCounts> {
  const { onIssue, json } = options;
  const manifest: { path: string; bytes: number; sha256: string }[] = [];
  const write = (path: string, content: string | Uint8Array): void => {
    const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
    writeFileSync(join(folder, path), bytes, { flag: "wx" });
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    manifest.push({ path, bytes: bytes.length, sha256 });
  };
  mkdirSync(folder, { recursive: true });
  const wanted = new Map<string, Map<number, Wanted>>();
  const packed = report.findings.slice(0, MOST_FINDINGS);
  for (const [index, finding] of packed.entries()) {
    const name = `${String(index + 1).padStart(4, "0")}-${safeName(finding.title)}`;
    mkdirSync(join(folder, name, "records"), { recursive: true });
    const text = options.ruleText(finding.rule);
    if (text !== undefined) write(`${name}/rule.yml`, text);
    const records = finding.evidence.map((ref, at) => {
      if (at >= MOST_OF_FINDING || ref.fileOffset === undefined) return { ...ref };
      const target = `${name}/records/${String(at + 1).padStart(4, "0")}-${ref.recordId}`;
      addWanted(wanted, ref, target);
      return { ...ref, copy: `${target}.bin` };
    });
    const rule = {
      ...finding.rule,
      version: `konseki ${report.tool.version}`,
      text:
        text === undefined
          ? "none: an analyzer of this version of konseki"
          : { file: "rule.yml", sha256: createHash("sha256").update(text).digest("hex") },
    };
    write(`${name}/finding.json`, `${json({ ...finding, rule, evidence: records })}\n`);
    leaveOut(finding, onIssue);
  }
  if (report.findings.length > packed.length)
    onIssue({
      code: "limit-hit",
      severity: "warning",
      message: `${report.findings.length - packed.length} findings are not in the evidence pack`,
      source: folder,
    });
  let records = 0;
  for (const [file, refs] of wanted) records += await packRecords(file, refs, write, options);
  const logs = report.inputs.map(({ path, sha256, size, status }) => ({
    path,
    sha256,
    size,
    status,
  }));
  const files = manifest.length;
  write("manifest.json", `${json({ tool: report.tool, logs, files: manifest })}\n`);
  return { findings: packed.length, records, files };
}

function addWanted(wanted: Map<string, Map<number, Wanted>>, ref: RecordRef, target: string): void {
  const ofFile = wanted.get(ref.file) ?? new Map<number, Wanted>();
  wanted.set(ref.file, ofFile);
  const known = ofFile.get(ref.fileOffset!);
  if (known === undefined) ofFile.set(ref.fileOffset!, { ref, targets: [target] });
  else known.targets.push(target);
}

function leaveOut({ title, evidence }: Finding, onIssue: IssueSink): void {
  const texts = evidence.filter(({ fileOffset }) => fileOffset === undefined);
  if (texts.length > 0)
    onIssue({
      code: "record-not-binary",
      severity: "warning",
      message: `${title}: ${texts.length} cited events stand in a text export: finding.json names file and line`,
      source: texts[0]!.file,
    });
  if (evidence.length > MOST_OF_FINDING)
    onIssue({
      code: "limit-hit",
      severity: "warning",
      message: `${title}: ${evidence.length - MOST_OF_FINDING} of ${evidence.length} records are named, not copied`,
      source: evidence[0]!.file,
    });
}

async function packRecords(
  file: string,
  wanted: ReadonlyMap<number, Wanted>,
  write: (path: string, content: string | Uint8Array) => void,
  { onIssue, cache, xml }: PackOptions,
): Promise<number> {
  let packed = 0;
  const pack = (record: EvtxRecord): void => {
    const found = wanted.get(record.fileOffset);
    if (found === undefined || record.recordId !== found.ref.recordId) return;
    packed++;
    for (const target of found.targets) {
      write(`${target}.bin`, record.bytes());
      write(`${target}.xml`, `${xml(record.toXml())}\n`);
    }
  };
  const refs = [...wanted.values()].map(({ ref }) => ref);
  await rereadLog(file, pack, { refs, onIssue, cache });
  if (packed < wanted.size)
    onIssue({
      code: "record-not-found",
      severity: "warning",
      message: `${wanted.size - packed} cited records are not where they were found before`,
      source: file,
    });
  return packed;
}

/** A name that every file system takes: letters, digits and hyphens. */
function safeName(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .slice(0, MOST_NAME);
  return plain.replace(/^-|-$/g, "").toLowerCase() || "finding";
}
