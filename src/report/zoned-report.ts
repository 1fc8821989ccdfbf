import { type Phrase, spoken, type Text } from "../model/phrase.ts";
import type { TriageReport } from "../model/report.ts";

/** A moment as sentences of findings tell it: a value of its own, always UTC. */
const MOMENT = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d)(:\d\d)? UTC$/;

/** An ISO time in UTC, as the reader's zone has it and with the name of that zone. */
export type ZonedTime = (isoUtc: string) => string;

/**
 * The report with the moments that its sentences tell in another zone, so that a sentence and the times around it agree.
 * What a record says of itself stays as it is.
 */
export function inZone(report: TriageReport, zoned: ZonedTime): TriageReport {
  const phrases = new Map<string, Phrase>();
  const words = new Map<string, string>();
  for (const { phrases: own = [] } of report.findings)
    for (const phrase of own) {
      const english = spoken(phrase);
      const moved = inZoneText(phrase, zoned) as Phrase;
      phrases.set(english, moved);
      words.set(english, spoken(moved));
    }
  return {
    ...report,
    findings: report.findings.map((finding) => ({
      ...replaced(finding, words),
      ...(finding.phrases && {
        phrases: finding.phrases.map((each) => phrases.get(spoken(each))!),
      }),
    })),
    timeline: report.timeline.map((entry) => ({
      ...entry,
      statement: words.get(entry.statement) ?? entry.statement,
    })),
  };
}

function inZoneText(text: Text, zoned: ZonedTime): Text {
  if (typeof text !== "string")
    return { ...text, values: text.values.map((value) => inZoneText(value, zoned)) };
  const [, day, minute, second] = MOMENT.exec(text) ?? [];
  return day === undefined ? text : zoned(`${day}T${minute}${second ?? ":00"}Z`);
}

/** The same plain data with each string that is a key of `words` replaced. */
function replaced<T>(data: T, words: ReadonlyMap<string, string>): T {
  if (typeof data === "string") return (words.get(data) ?? data) as T;
  if (Array.isArray(data)) return data.map((each) => replaced(each, words)) as T;
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, replaced(value, words)]),
  ) as T;
}
