import { isAddress } from "../base/ip-network.ts";
import { plainDestination } from "../base/plain-destination.ts";
import type { Finding } from "../model/finding.ts";
import { ownWords, say } from "../model/phrase.ts";
import type { Analyzer } from "./analyzer.ts";
import { analyzerFinding, cite } from "./analyzer-finding.ts";
import { type ConnectionProfile, groupConnections, profileOf } from "./connection-profile.ts";
import { CONNECTION_WANTS, connectionsOf } from "./connections.ts";
import { LIKENESS, LIKENESS_WEIGHTS } from "./statistics-limits.ts";
import { minute } from "./told-times.ts";

const MOST_REFS = 500;

type TermName = keyof typeof LIKENESS_WEIGHTS;
type Terms = Readonly<Record<TermName, number>>;

/** Given a destination that serves an intruder: who used it, and which others are used alike. */
export const similarDestinationAnalyzer: Analyzer = {
  name: "similar destinations",
  wants: CONNECTION_WANTS,
  run(view) {
    const wanted = [
      ...new Set(view.knownDestinations.flatMap((text) => plainDestination(text) ?? [])),
    ];
    if (wanted.length === 0) return { findings: [] };
    const groups = groupConnections(
      connectionsOf(view.of, view.story.hosts),
      ({ destination }) => destination,
    );
    const profiles = [...groups.values()].map(profileOf);
    const known = new Set(profiles.filter((profile) => wanted.some((each) => isOf(profile, each))));
    const others = profiles.filter((profile) => !known.has(profile));
    // A name may stand for very many below it.
    const used = [...known].sort(byUse);
    const ranked = used.slice(0, LIKENESS.mostModels).flatMap((model) =>
      others.map((profile) => {
        const terms = likeness(model, profile);
        return { model, profile, terms, score: scoreOf(terms) };
      }),
    );
    // Of several known ones, the one that it is most like counts.
    const best = new Map<string, (typeof ranked)[number]>();
    for (const each of ranked) {
      const before = best.get(each.profile.destination);
      if (before === undefined || each.score > before.score)
        best.set(each.profile.destination, each);
    }
    return {
      limits: limitsOf(wanted, used, profiles.length === 0),
      findings: [
        ...used.slice(0, LIKENESS.mostKnown).map(usedFinding),
        ...[...best.values()]
          .filter(({ score }) => score >= LIKENESS.leastScore)
          .sort(
            (a, b) => b.score - a.score || (a.profile.destination < b.profile.destination ? -1 : 1),
          )
          .slice(0, LIKENESS.mostFindings)
          .map(({ model, profile, terms, score }, at) =>
            alikeFinding(model, profile, terms, score, at + 1),
          ),
      ],
    };
  },
};

function byUse(a: ConnectionProfile, b: ConnectionProfile): number {
  return b.count - a.count || (a.destination < b.destination ? -1 : 1);
}

function limitsOf(
  wanted: readonly string[],
  used: readonly ConnectionProfile[],
  noneAtAll: boolean,
): string[] {
  const more = used.length - LIKENESS.mostKnown;
  return [
    ...wanted
      .filter((each) => !used.some((profile) => isOf(profile, each)))
      .map((each) =>
        noneAtAll
          ? `These logs hold no connections and no lookups of names: whether ${each} was used cannot be told.`
          : `No connection to and no lookup of ${each} is in these logs.`,
      ),
    ...(more > 0
      ? [
          `${more} more destinations below a name that serves the intruder were used: those used most are told.`,
        ]
      : []),
  ];
}

/** Whether a destination is the wanted one; a name stands for all below it too. */
function isOf({ destination, name }: ConnectionProfile, wanted: string): boolean {
  const below = `.${wanted}`;
  return [destination.toLowerCase(), name].some(
    (each) => each === wanted || (!isAddress(wanted) && each?.endsWith(below)),
  );
}

/** Each term from 0 (nothing in common) to 1 (the same). */
export function likeness(a: ConnectionProfile, b: ConnectionProfile): Terms {
  return {
    period: ratio(a.periodMs, b.periodMs),
    jitter:
      a.jitter === undefined || b.jitter === undefined
        ? 0
        : 1 - Math.min(1, Math.abs(a.jitter - b.jitter)),
    program: shared(a.programs, b.programs),
    port: shared(a.ports, b.ports),
    count: ratio(Math.log1p(a.count), Math.log1p(b.count)),
    hours: cosine(a.hours, b.hours),
    hosts: shared(a.hosts, b.hosts),
  };
}

function scoreOf(terms: Terms): number {
  return TERM_NAMES.reduce((sum, name) => sum + LIKENESS_WEIGHTS[name] * terms[name], 0);
}

const TERM_NAMES = Object.keys(LIKENESS_WEIGHTS) as TermName[];

function ratio(a: number | undefined, b: number | undefined): number {
  if (a === undefined || b === undefined || a <= 0 || b <= 0) return 0;
  return Math.min(a, b) / Math.max(a, b);
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((each) => each !== "" && b.has(each)).length;
  const all = new Set([...a, ...b].filter((each) => each !== "")).size;
  return all === 0 ? 0 : both / all;
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, each, at) => sum + each * (b[at] ?? 0), 0);
  const norm = (values: readonly number[]): number => Math.hypot(...values);
  const size = norm(a) * norm(b);
  return size === 0 ? 0 : dot / size;
}

function nameOf({ destination, name }: ConnectionProfile): string {
  return name === undefined ? destination : `${name} (${destination})`;
}

function addressesOf({ destination }: ConnectionProfile): string[] {
  return isAddress(destination) ? [destination] : [];
}

/** What the analyst said is known was used: a fact. */
function usedFinding(profile: ConnectionProfile): Finding {
  const refs = profile.connections.map(({ ref }) => ref);
  const hosts = [...profile.hosts];
  return analyzerFinding({
    rule: "known-destination",
    same: [profile.destination],
    kind: "fact",
    severity: "high",
    confidence: "high",
    title: "Destination that is known to serve an intruder was used",
    statement: say`${hosts.slice(0, 5).join(", ")} used ${nameOf(profile)}, ${profile.count} times, with ${[...profile.programs].filter(Boolean).slice(0, 3).join(", ") || say`a program that is not recorded`}.`,
    attack: ["T1071"],
    evidence: refs.slice(0, MOST_REFS),
    reasonsFor: [cite("the records name the destination", refs)],
    addresses: addressesOf(profile),
    processes: [...profile.programs],
    falsePositives: ["Addresses of hosting companies serve others too."],
    checkNext: [
      say`What the program did before and after [${hosts[0]}: Sysmon 1 and 11, Security 4688, from ${minute(refs[0]!.time)}]`,
    ],
  });
}

function alikeFinding(
  model: ConnectionProfile,
  profile: ConnectionProfile,
  terms: Terms,
  score: number,
  rank: number,
): Finding {
  const refs = profile.connections.map(({ ref }) => ref);
  return analyzerFinding({
    rule: "similar-destination",
    same: [model.destination, profile.destination],
    kind: "hypothesis",
    severity: score >= LIKENESS.highScore ? "medium" : "low",
    confidence: "low",
    title: "Destination used like one that is known to serve an intruder",
    statement: say`${nameOf(profile)} is number ${rank} in likeness to ${nameOf(model)}: ${score.toFixed(2)} of 1; used by ${[...profile.hosts].slice(0, 5).join(", ")}.`,
    attack: ["T1071"],
    evidence: refs.slice(0, MOST_REFS),
    reasonsFor: [
      cite(say`${profile.connections.length} connections were compared`, refs),
      ...TERM_NAMES.filter((name) => terms[name] > 0).map(
        (name) =>
          say`${ownWords(TERM_WORDS[name])}: ${(LIKENESS_WEIGHTS[name] * terms[name]).toFixed(2)} of ${LIKENESS_WEIGHTS[name]}`,
      ),
    ],
    reasonsAgainst: TERM_NAMES.filter((name) => terms[name] === 0).map(
      (name) => say`nothing in common: ${ownWords(TERM_WORDS[name])}`,
    ),
    addresses: addressesOf(profile),
    processes: [...profile.programs],
    falsePositives: ["Anything that the same program does at the same hours, such as its updates."],
    alternatives: ["A service that the same program uses for ordinary reasons."],
    checkNext: ["Who owns the destination, since when its name exists, and who else uses it"],
  });
}

const TERM_WORDS: Readonly<Record<TermName, string>> = {
  period: "interval between connections",
  jitter: "jitter",
  program: "programs",
  port: "ports",
  count: "number of connections",
  hours: "hours of the day",
  hosts: "hosts",
};
