import type { Finding } from "../../src/model/finding.ts";
import type { TriageReport } from "../../src/model/report.ts";
import { inLanguage } from "../../src/report/i18n/sentence.ts";

/** Three English words in a row, where a Japanese sentence has at most names. */
const ENGLISH = /(?:^|[ "(])[A-Za-z]?[a-z]+ [a-z]+ [a-z]+(?=[ .,;:)"]|$)/;

/** Findings as a Japanese report has them. */
export function inJapanese(findings: readonly Finding[]): readonly Finding[] {
  const report = { findings, timeline: [], inputs: [], limits: [] } as unknown as TriageReport;
  return inLanguage(report, "ja").findings;
}

/** What a Japanese report of these findings says in English; `names`: texts out of the logs that may be. */
export function untranslated(findings: readonly Finding[], names: RegExp = /$^/): string[] {
  const texts = inJapanese(findings).flatMap(
    ({ title, statement, reasons, falsePositives, checkNext, alternatives, askCustomer, gaps }) => [
      title,
      statement,
      ...reasons.for,
      ...reasons.against,
      ...falsePositives,
      ...checkNext,
      ...(alternatives ?? []),
      ...(askCustomer ?? []),
      ...(gaps ?? []).flatMap(({ coveredBy, unknowable }) => [
        ...(coveredBy ?? []),
        ...(unknowable ?? []),
      ]),
    ],
  );
  const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/;
  return [
    ...new Set(
      texts.filter(
        (text) =>
          !japanese.test(text) || ENGLISH.test(text.replace(names, "")) || /\[object/.test(text),
      ),
    ),
  ];
}
