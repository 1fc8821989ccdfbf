import type { EvtxRecord } from "../evtx/evtx-record.ts";
import type { IssueSink } from "../model/issue.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { CitedRecord, TriageReport } from "../model/report.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import { rereadLog } from "./reread-log.ts";

/** Records whose content a report takes along, worst findings first; the page stays small enough to send. */
const MOST_CITED = 1000;
/** Of each finding at most so many: the rest of a burst looks the same. */
const MOST_CITED_OF_FINDING = 20;
const MOST_FIELDS = 200;
const MOST_FIELD_CHARS = 4096;
const MOST_XML_CHARS = 16_384;

/**
 * The report with the content of the records that its findings cite, read again from their files. Text inputs
 * and what can no longer be read are left out: the reference still says where the record is.
 */
export async function citeRecords(
  report: TriageReport,
  onIssue: IssueSink,
  cache?: EvidenceCache,
): Promise<TriageReport> {
  const wanted = new Map<string, Map<number, RecordRef>>();
  let count = 0;
  for (const finding of report.findings) {
    for (const ref of finding.evidence.slice(0, MOST_CITED_OF_FINDING)) {
      if (ref.fileOffset === undefined || count >= MOST_CITED) continue;
      const ofFile = wanted.get(ref.file) ?? new Map<number, RecordRef>();
      wanted.set(ref.file, ofFile);
      if (!ofFile.has(ref.fileOffset)) count++;
      ofFile.set(ref.fileOffset, ref);
    }
  }
  const cited: CitedRecord[] = [];
  for (const [file, refs] of wanted) cited.push(...(await readRecords(file, refs, onIssue, cache)));
  return { ...report, cited };
}

async function readRecords(
  file: string,
  refs: ReadonlyMap<number, RecordRef>,
  onIssue: IssueSink,
  cache: EvidenceCache | undefined,
): Promise<CitedRecord[]> {
  const cited: CitedRecord[] = [];
  const cite = (record: EvtxRecord): void => {
    const ref = refs.get(record.fileOffset);
    if (ref === undefined || record.recordId !== ref.recordId) return;
    const fields: [string, string | null][] = [];
    record.forEachField((name, text) => {
      if (fields.length < MOST_FIELDS) fields.push([name, cut(text, MOST_FIELD_CHARS)]);
    });
    cited.push({ ref, fields, xml: cut(record.toXml(), MOST_XML_CHARS) });
  };
  await rereadLog(file, cite, { refs: [...refs.values()], onIssue, cache });
  return cited;
}

function cut(text: string, most: number): string;
function cut(text: string | null, most: number): string | null;
function cut(text: string | null, most: number): string | null {
  if (text === null || text.length <= most) return text;
  return `${text.slice(0, most)}… (+${text.length - most})`;
}
