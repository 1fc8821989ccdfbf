import type { TriageReport } from "../../model/report.ts";
import { JA_CASE_SENTENCES } from "./ja-case-sentences.ts";
import { JA_LATERAL_SENTENCES } from "./ja-lateral-sentences.ts";
import { JA_RULE_TITLES } from "./ja-rule-titles.ts";
import { JA_SENTENCES } from "./ja-sentences.ts";
import type { Lang } from "./message.ts";

/** Stands before a sign that a hypothesis wants and that is not there. */
const NOT_SEEN = "not seen in these logs: ";

/**
 * One of konseki's own titles or sentences in `lang`; text that has no translation, such as the title of a rule
 * from elsewhere, as it is.
 */
export function sentence(lang: Lang, text: string): string {
  if (lang === "en") return text;
  const exact = own(text);
  if (exact !== undefined) return exact;
  // The records that a sentence rests on stand behind it in brackets; they are the same in every language.
  const cited = text.lastIndexOf(" [");
  if (cited > 0 && text.endsWith("]"))
    return sentence(lang, text.slice(0, cited)) + text.slice(cited);
  const numbers: string[] = [];
  const key = text.replace(/\d+/g, (number) => {
    numbers.push(number);
    return "{n}";
  });
  if (numbers.length === 0) return text;
  return (
    own(key)?.replace(/\{n(\d?)\}/g, (_, place: string) => numbers[Number(place || 1) - 1] ?? "") ??
    text
  );
}

function own(text: string): string | undefined {
  if (text.startsWith(NOT_SEEN)) {
    const sign = own(text.slice(NOT_SEEN.length));
    return sign && `このログには見られない: ${sign}`;
  }
  for (const sentences of [JA_SENTENCES, JA_RULE_TITLES, JA_CASE_SENTENCES, JA_LATERAL_SENTENCES])
    if (Object.hasOwn(sentences, text)) return sentences[text];
  return undefined;
}

/** The report with titles, reasons, advice and limits in `lang`; statements, evidence and ids stay as they are. */
export function inLanguage(report: TriageReport, lang: Lang): TriageReport {
  if (lang === "en") return report;
  const to = (text: string) => sentence(lang, text);
  return {
    ...report,
    limits: report.limits.map(to),
    findings: report.findings.map((finding) => ({
      ...finding,
      title: to(finding.title),
      reasons: { for: finding.reasons.for.map(to), against: finding.reasons.against.map(to) },
      checkNext: finding.checkNext.map(to),
      ...(finding.alternatives && { alternatives: finding.alternatives.map(to) }),
      ...(finding.askCustomer && { askCustomer: finding.askCustomer.map(to) }),
    })),
    timeline: report.timeline.map((entry) => ({ ...entry, title: to(entry.title) })),
  };
}
