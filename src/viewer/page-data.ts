/**
 * What the HTML report embeds: the report, with its timeline turned into columns over one table of texts, so
 * that 100,000 entries stay a few megabytes and parse at once. `pageData` makes it, src/viewer/page reads it.
 */
import type { Finding } from "../model/finding.ts";
import type { RecordId, RecordRef, RecordState } from "../model/record-ref.ts";
import type { TimelineEntry, TriageReport } from "../model/report.ts";
import { SEVERITIES, severityRank } from "../model/severity.ts";
import type { Lang } from "../report/i18n/message.ts";

/** More entries than this make a page too heavy to open from a share; the worst are kept, the rest counted. */
export const MOST_ENTRIES = 250_000;
/** Evidence references per finding in the page; `evidenceTotal` has the full number. */
export const MOST_EVIDENCE = 500;
/** Longest single text; what is cut says so. */
export const MOST_TEXT_CHARS = 8_000;

export interface PageFinding extends Finding {
  readonly evidenceTotal: number;
}

/** One entry per index in every column; text columns hold indexes into `PageData.texts`. */
export interface TimelineColumns {
  readonly time: readonly string[];
  readonly severity: readonly number[];
  readonly title: readonly number[];
  readonly statement: readonly number[];
  readonly host: readonly number[];
  readonly channel: readonly number[];
  readonly provider: readonly number[];
  readonly file: readonly number[];
  readonly eventId: readonly number[];
  readonly recordId: readonly RecordId[];
  /** Byte offset, or `-line` of a text input, or `null`. */
  readonly place: readonly (number | null)[];
  readonly state: readonly RecordState[] | null;
  /** Index into `findings`, -1 = none. */
  readonly finding: readonly number[];
}

export interface PageData extends Omit<TriageReport, "findings" | "timeline"> {
  readonly lang: Lang;
  readonly findings: readonly PageFinding[];
  readonly texts: readonly string[];
  readonly timeline: TimelineColumns;
  /** Entries of the report that are not in the page. */
  readonly entriesLeftOut: number;
}

export function pageData(report: TriageReport, lang: Lang): PageData {
  const { timeline, findings, ...rest } = report;
  const texts: string[] = [];
  const textIds = new Map<string, number>();
  const text = (value: string): number => {
    const known = textIds.get(value);
    if (known !== undefined) return known;
    textIds.set(value, texts.length);
    return texts.push(shortened(value)) - 1;
  };
  const findingIndex = new Map(findings.map((finding, at) => [finding.id, at]));
  const entries = keptEntries(timeline);
  const refs = entries.map((entry) => entry.ref);
  return shortenTexts({
    ...rest,
    lang,
    findings: findings.map((finding) => ({
      ...finding,
      evidence: finding.evidence.slice(0, MOST_EVIDENCE),
      evidenceTotal: finding.evidence.length,
    })),
    texts,
    timeline: {
      time: refs.map((ref) => ref.time),
      severity: entries.map((entry) => severityRank(entry.severity)),
      title: entries.map((entry) => text(entry.title)),
      statement: entries.map((entry) => text(entry.statement)),
      host: refs.map((ref) => text(ref.host)),
      channel: refs.map((ref) => text(ref.channel)),
      provider: refs.map((ref) => text(ref.provider)),
      file: refs.map((ref) => text(ref.file)),
      eventId: refs.map((ref) => ref.eventId),
      recordId: refs.map((ref) => ref.recordId),
      place: refs.map(placeOf),
      state: refs.every((ref) => ref.state === "live") ? null : refs.map((ref) => ref.state),
      finding: entries.map((entry) => findingIndex.get(entry.findingId ?? "") ?? -1),
    },
    entriesLeftOut: timeline.length - entries.length,
  });
}

function keptEntries(timeline: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const inOrder = [...timeline].sort((a, b) => a.timeMs - b.timeMs);
  if (inOrder.length <= MOST_ENTRIES) return inOrder;
  const kept = new Set<TimelineEntry>();
  for (const severity of SEVERITIES) {
    for (const entry of inOrder) {
      if (entry.severity === severity && kept.size < MOST_ENTRIES) kept.add(entry);
    }
  }
  return inOrder.filter((entry) => kept.has(entry));
}

function placeOf(ref: RecordRef): number | null {
  return ref.fileOffset ?? (ref.line === undefined ? null : -ref.line);
}

function shortened(text: string): string {
  if (text.length <= MOST_TEXT_CHARS) return text;
  return `${text.slice(0, MOST_TEXT_CHARS)}… (+${text.length - MOST_TEXT_CHARS})`;
}

/** Cuts every over-long text anywhere in the plain data; arrays and objects without one stay as they are. */
function shortenTexts<T>(value: T): T {
  if (typeof value === "string") return shortened(value) as T;
  if (Array.isArray(value)) {
    // Columns of numbers and of texts that were shortened already are the bulk: leave them.
    if (typeof value[0] === "number") return value;
    return value.map(shortenTexts) as T;
  }
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, shortenTexts(member)]),
    ) as T;
  }
  return value;
}

/** The record that entry `at` points to. */
export function entryRef(data: PageData, at: number): RecordRef {
  const { timeline, texts } = data;
  const place = timeline.place[at] ?? null;
  return {
    file: texts[timeline.file[at]!]!,
    channel: texts[timeline.channel[at]!]!,
    provider: texts[timeline.provider[at]!]!,
    eventId: timeline.eventId[at]!,
    recordId: timeline.recordId[at]!,
    time: timeline.time[at]!,
    host: texts[timeline.host[at]!]!,
    state: timeline.state?.[at] ?? "live",
    ...(place === null ? {} : place < 0 ? { line: -place } : { fileOffset: place }),
  };
}
