import type { Finding } from "../../model/finding.ts";
import { type Phrase, spoken, type Text } from "../../model/phrase.ts";
import type { TriageReport } from "../../model/report.ts";
import { JA_ANALYZER_SENTENCES } from "./ja-analyzer-sentences.ts";
import { JA_CASE_SENTENCES } from "./ja-case-sentences.ts";
import { JA_INPUT_REASONS } from "./ja-input-reasons.ts";
import { JA_LATERAL_SENTENCES } from "./ja-lateral-sentences.ts";
import { JA_INVENTORY_PROBLEMS, JA_KNOWN_DESTINATIONS } from "./ja-limits.ts";
import { JA_PHRASES } from "./ja-phrases.ts";
import { JA_RULE_CHECKS } from "./ja-rule-checks.ts";
import { JA_RULE_LOOK_ALIKES } from "./ja-rule-look-alikes.ts";
import { JA_RULE_STATEMENTS } from "./ja-rule-statements.ts";
import { JA_RULE_TITLES } from "./ja-rule-titles.ts";
import { JA_SENTENCES } from "./ja-sentences.ts";
import { JA_SESSION_SENTENCES } from "./ja-session-sentences.ts";
import { JA_TERMS } from "./ja-terms.ts";
import type { Lang } from "./message.ts";
import { refilled } from "./phrase-match.ts";

/** Stands before a sign that a hypothesis wants and that is not there. */
const NOT_SEEN = "not seen in these logs: ";
/** Stands before a record that a session lacks. */
const MISSING = "missing: ";
/** Stands in a statement where a record has no value. */
const NOT_RECORDED = "(not recorded)";
/** Place of a rule's statement that says what the event is, in words of the rule's own. */
const EVENT = "{EventID}";

const SENTENCES: ReadonlyMap<string, string> = new Map(
  [
    JA_INPUT_REASONS,
    JA_TERMS,
    JA_SESSION_SENTENCES,
    JA_LATERAL_SENTENCES,
    JA_ANALYZER_SENTENCES,
    JA_CASE_SENTENCES,
    JA_RULE_LOOK_ALIKES,
    JA_RULE_CHECKS,
    JA_RULE_TITLES,
    JA_SENTENCES,
  ].flatMap((sentences) => Object.entries(sentences)),
);

/** The phrases of a report by their English. */
export type Sayings = ReadonlyMap<string, Phrase>;
const NONE: Sayings = new Map();

export function sayingsOf(findings: readonly Pick<Finding, "phrases">[]): Sayings {
  return new Map(
    findings.flatMap(({ phrases = [] }) => phrases.map((each) => [spoken(each), each] as const)),
  );
}

/** The words of a phrase: its key in the catalogues, else itself. */
function japanese(key: string): string {
  return Object.hasOwn(JA_PHRASES, key) ? JA_PHRASES[key]! : sentence("ja", key);
}

/**
 * One of konseki's own titles or sentences in `lang`; text that has no translation, such as the title of a rule
 * from elsewhere, as it is.
 */
export function sentence(lang: Lang, text: string, said: Sayings = NONE): string {
  if (lang === "en") return text;
  const phrase = said.get(text);
  if (phrase !== undefined) return spoken(phrase, japanese);
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
  if (text.startsWith(MISSING)) {
    const record = own(text.slice(MISSING.length));
    return record && `不足: ${record}`;
  }
  return SENTENCES.get(text);
}

/** A text of the report's own in `lang`; values in it stay as they are. */
export function textIn(lang: Lang, text: Text): string {
  if (lang === "en") return spoken(text);
  return typeof text === "string" ? sentence(lang, text) : spoken(text, japanese);
}

/**
 * What a finding or timeline entry of the rule titled `ruleTitle` says, in `lang`; the statements of rules from
 * elsewhere as they are.
 */
export function statementIn(
  lang: Lang,
  ruleTitle: string | undefined,
  statement: string,
  said: Sayings = NONE,
): string {
  if (lang === "en") return statement;
  if (said.has(statement)) return sentence(lang, statement, said);
  if (ruleTitle !== undefined && Object.hasOwn(JA_RULE_STATEMENTS, ruleTitle)) {
    const [template, ja, words = {}] = JA_RULE_STATEMENTS[ruleTitle]!;
    for (const [word, jaWord] of [...Object.entries(words), [EVENT, EVENT] as const]) {
      const found = refilled(
        statement,
        joined(template).replace(EVENT, word),
        joined(ja).replace(EVENT, jaWord),
        (value) => (value === NOT_RECORDED ? "(記録なし)" : value),
      );
      if (found !== undefined) return found;
    }
  }
  return sentence(lang, statement);
}

/** An account with its domain is one value, as a record need not name the domain. */
function joined(template: string): string {
  return template.replace(/\{\w+\}\\(?=\{)/g, "");
}

/** Why an input was not read in full: the sentences of a ledger line's `reason`. */
export function reasonIn(lang: Lang, reason: string): string {
  return reason
    .split("; ")
    .map((each) => sentence(lang, each))
    .join("; ");
}

/** A limit of the report, or what of the inventory could not be used. */
export function limitIn(lang: Lang, limit: string): string {
  const said = sentence(lang, limit);
  if (lang === "en" || said !== limit) return said;
  for (const [template, ja] of [...JA_KNOWN_DESTINATIONS, ...JA_INVENTORY_PROBLEMS]) {
    const found = refilled(limit, template, ja);
    if (found !== undefined) return found;
  }
  return limit;
}

/** The report with everything that konseki itself says in `lang`; evidence and ids stay as they are. */
export function inLanguage(report: TriageReport, lang: Lang): TriageReport {
  if (lang === "en") return report;
  const said = sayingsOf(report.findings);
  const ruleTitles = new Map(report.findings.map(({ id, rule }) => [id, rule.title]));
  return {
    ...report,
    limits: report.limits.map((text) => limitIn(lang, text)),
    inputs: report.inputs.map((input) => ({ ...input, reason: reasonIn(lang, input.reason) })),
    findings: report.findings.map((finding) => findingIn(lang, finding, said)),
    timeline: report.timeline.map((entry) => ({
      ...entry,
      title: sentence(lang, entry.title, said),
      statement: statementIn(lang, ruleTitles.get(entry.findingId ?? ""), entry.statement, said),
    })),
  };
}

function findingIn(lang: Lang, finding: Finding, said: Sayings): Finding {
  const to = (text: string) => sentence(lang, text, said);
  const { reasons, alternatives, askCustomer, gaps, movements } = finding;
  return {
    ...finding,
    rule: { ...finding.rule, title: to(finding.rule.title) },
    title: to(finding.title),
    ...(movements && {
      movements: movements.map((move) => ({ ...move, method: to(move.method) })),
    }),
    statement: statementIn(lang, finding.rule.title, finding.statement, said),
    reasons: { for: reasons.for.map(to), against: reasons.against.map(to) },
    falsePositives: finding.falsePositives.map(to),
    checkNext: finding.checkNext.map(to),
    ...(alternatives && { alternatives: alternatives.map(to) }),
    ...(askCustomer && { askCustomer: askCustomer.map(to) }),
    ...(gaps && {
      gaps: gaps.map((gap) => ({
        ...gap,
        ...(gap.coveredBy && { coveredBy: gap.coveredBy.map(to) }),
        ...(gap.unknowable && { unknowable: gap.unknowable.map(to) }),
      })),
    }),
  };
}
