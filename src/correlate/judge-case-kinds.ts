import type { CaseKindId, CaseKindVerdict } from "../model/case-kind.ts";
import type { Finding } from "../model/finding.ts";
import { ownWords, say } from "../model/phrase.ts";
import type { RecordRef } from "../model/record-ref.ts";
import { CONFIDENCES, severityRank } from "../model/severity.ts";
import type { QuestionId } from "../model/sufficiency.ts";
import type { Analyzer, CaseView } from "./analyzer.ts";
import { analyzerFinding, atMost, cite, confidenceOf, recordKey } from "./analyzer-finding.ts";
import { bestWindow, type IndicatorWindow } from "./case-indicators.ts";
import { CASE_KIND_WANTS, CASE_KINDS, type CaseKind } from "./case-kinds.ts";
import { lookedAt } from "./looked-at.ts";
import { minute } from "./told-times.ts";

const HOUR_MS = 3_600_000;
/** One sign alone, unless it is a strong one, makes no case. */
const LEAST_POINTS = 3;
/** Records of one indicator that a hypothesis cites; the findings it rests on have them all. */
const MOST_REFS = 200;

/** Which kinds of case the findings together suggest: one hypothesis a kind, and a verdict on every kind. */
export const caseKindAnalyzer: Analyzer = {
  name: "case kinds",
  wants: CASE_KIND_WANTS,
  run(view) {
    const findings: Finding[] = [];
    const caseKinds: CaseKindVerdict[] = [];
    const generalLast = [...CASE_KINDS].sort(
      (a, b) => Number(a.general ?? false) - Number(b.general ?? false),
    );
    for (const kind of generalLast) {
      const window = bestWindow(kind, view);
      const told =
        window === undefined || window.pointsFor < LEAST_POINTS
          ? undefined
          : hypothesis(kind, window, view);
      const finding = told && kind.general ? behind(told, findings) : told;
      if (finding !== undefined) findings.push(finding);
      const verdict = caseKindVerdict(kind.id, kind.questions, finding, view);
      const contradicted = finding !== undefined && (window?.points ?? 0) < LEAST_POINTS;
      caseKinds.push(contradicted ? { ...verdict, verdict: "contradicted" } : verdict);
    }
    return { findings, caseKinds };
  },
};

/** What somebody is after tells a customer more than how they work: one level below kinds that are as sure. */
function behind(general: Finding, kinds: readonly Finding[]): Finding {
  const sureness = CONFIDENCES.indexOf(general.confidence);
  const surer = kinds.some(
    ({ confidence, severity }) =>
      CONFIDENCES.indexOf(confidence) <= sureness &&
      severityRank(severity) <= severityRank(general.severity),
  );
  return surer ? { ...general, severity: atMost(general.severity, "high") } : general;
}

/** The verdict on a kind: its finding, or whether the logs could have shown one. */
export function caseKindVerdict(
  kind: CaseKindId,
  questions: readonly QuestionId[],
  finding: Finding | undefined,
  view: CaseView,
): CaseKindVerdict {
  const unanswered = questions.filter(
    (question) =>
      view.sufficiency?.hosts.some(({ answers }) =>
        answers.some((each) => each.question === question && each.answer !== "yes"),
      ) ?? true,
  );
  if (finding !== undefined)
    return {
      kind,
      verdict: "supported",
      confidence: finding.confidence,
      findingId: finding.id,
      unanswered,
    };
  return { kind, verdict: unanswered.length > 0 ? "cannot-tell" : "not-supported", unanswered };
}

/** Channels that tell most of what people do, as far as these hosts have them. */
const TELLING: readonly (readonly [channel: string, name: string])[] = [
  ["security", "Security"],
  ["system", "System"],
  ["microsoft-windows-sysmon/operational", "Sysmon"],
  ["microsoft-windows-powershell/operational", "PowerShell"],
  ["microsoft-windows-windows defender/operational", "Defender"],
];

/** Which channels of the hosts were there to be looked at; at least those of the evidence. */
function channelsOf(
  hosts: readonly string[],
  evidence: readonly RecordRef[],
  view: CaseView,
): string[] {
  const present = new Set(
    view.rhythms
      .filter(({ host }) => hosts.includes(view.story.hosts.nameOf(host)))
      .map(({ channel }) => channel.toLowerCase()),
  );
  for (const { channel } of evidence) present.add(channel.toLowerCase());
  const names = TELLING.filter(([channel]) => present.has(channel)).map(([, name]) => name);
  return names.length > 0 ? names : [...new Set(evidence.map(({ channel }) => channel))];
}

function hypothesis(
  kind: CaseKind,
  { seen, against, points }: IndicatorWindow,
  view: CaseView,
): Finding {
  const confidence = confidenceOf(points, kind.medium, kind.high);
  const evidence = seen.flatMap(({ hits }) => hits.slice(0, MOST_REFS).map(({ ref }) => ref));
  const hosts = [...new Set(evidence.map(({ host }) => view.story.hosts.nameOf(host)))].sort();
  const times = seen.flatMap(({ hits }) => hits.map(({ timeMs }) => timeMs));
  const firstMs = times.reduce((least, time) => Math.min(least, time));
  const lastMs = times.reduce((most, time) => Math.max(most, time));
  const channels = channelsOf(hosts, evidence, view);
  const involved = involvedFindings(view, new Set(evidence.map(recordKey)));
  return analyzerFinding({
    rule: `case-${kind.id}`,
    same: hosts,
    kind: "hypothesis",
    severity:
      points < LEAST_POINTS
        ? "informational"
        : atMost(
            kind.severity,
            confidence === "high" ? kind.severity : confidence === "medium" ? "high" : "low",
          ),
    confidence,
    title: kind.title,
    statement: say`${ownWords(kind.statement)} ${seen.length} of ${kind.indicators.length} signs were seen on ${hosts.join(", ")}.`,
    attack: kind.attack,
    evidence,
    reasonsFor: seen.map(({ indicator, hits }) =>
      cite(
        indicator.says,
        hits.map(({ ref }) => ref),
      ),
    ),
    reasonsAgainst: [
      ...against.map(({ indicator, hits }) =>
        cite(
          indicator.says,
          hits.map(({ ref }) => ref),
        ),
      ),
      ...kind.indicators
        .filter((indicator) => !seen.some((each) => each.indicator === indicator))
        .map(({ says }) =>
          lookedAt(`not seen in these logs: ${says}`, hosts, channels.join(", "), firstMs, lastMs),
        ),
    ],
    accounts: involved.flatMap(({ entities }) => entities.accounts),
    addresses: involved.flatMap(({ entities }) => entities.addresses),
    processes: involved.flatMap(({ entities }) => entities.processes),
    falsePositives: kind.falsePositives,
    alternatives: kind.alternatives,
    checkNext: kind.checkNext.map(
      ({ says, channels, hours }) =>
        say`${ownWords(says)} [${hosts.join(", ")}: ${ownWords(channels)}, ${minute(firstMs - hours * HOUR_MS)} – ${minute(lastMs + hours * HOUR_MS)}]`,
    ),
    askCustomer: kind.askCustomer,
  });
}

/** The telling facts among the evidence; the everyday ones would name half the company. */
function involvedFindings(view: CaseView, evidence: ReadonlySet<string>): Finding[] {
  return view.findings.filter(
    ({ kind, severity, evidence: refs }) =>
      kind === "fact" &&
      severityRank(severity) <= severityRank("medium") &&
      refs.some((ref) => evidence.has(recordKey(ref))),
  );
}
