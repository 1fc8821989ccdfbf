import type { RecordRef } from "../model/record-ref.ts";
import { severityRank } from "../model/severity.ts";
import type { CaseView } from "./analyzer.ts";
import { accountKey, recordKey } from "./analyzer-finding.ts";
import type { CaseKind, FromBefore, FromHops, Indicator } from "./case-kinds.ts";
import { nameKey } from "./host-names.ts";
import { PairMap } from "./pair-map.ts";
import type { Move } from "./story.ts";

/** A record that an indicator rests on. */
export interface IndicatorHit {
  readonly timeMs: number;
  readonly ref: RecordRef;
}

/** What of an indicator lies in the time of the case. */
export interface SeenIndicator {
  readonly indicator: Indicator;
  /** In order of time; not empty. */
  readonly hits: readonly IndicatorHit[];
}

export interface IndicatorWindow {
  readonly seen: readonly SeenIndicator[];
  readonly against: readonly SeenIndicator[];
  /** Points for, less points against. */
  readonly points: number;
  readonly pointsFor: number;
}

/** Steps of one case lie within so many days of each other. */
const DAY_MS = 86_400_000;
const CASE_DAYS = 14;
/** Times that are tried as the middle of a case. */
const MOST_ANCHORS = 500;
const MOST_HITS = 20_000;

/**
 * The fortnight around a core record in which most speaks for the kind; undefined without a core record. Records
 * that speak against it never count for it, so taking a record for it away never adds points.
 */
export function bestWindow(kind: CaseKind, view: CaseView): IndicatorWindow | undefined {
  const against = kind.against.map((indicator) => collect(indicator, view, []));
  const opposed = new Set(against.flatMap(({ hits }) => hits.map(({ ref }) => recordKey(ref))));
  const keep = ({ indicator, hits }: SeenIndicator): SeenIndicator => ({
    indicator,
    hits: hits.filter(({ ref }) => !opposed.has(recordKey(ref))),
  });
  const direct = kind.indicators
    .filter(({ from }) => !("before" in from))
    .map((indicator) => keep(collect(indicator, view, [])));
  const core = direct
    .filter(({ indicator }) => indicator.core)
    .flatMap(({ hits }) => hits)
    .sort((a, b) => a.timeMs - b.timeMs);
  const all = [
    ...direct,
    ...kind.indicators
      .filter(({ from }) => "before" in from)
      .map((indicator) => keep(collect(indicator, view, core))),
  ];
  let best: IndicatorWindow | undefined;
  for (const { timeMs } of anchors(core)) {
    const seen = all.flatMap((each) => within(each, dayOf(timeMs)));
    const opposing = against.flatMap((each) => within(each, dayOf(timeMs)));
    const pointsFor = sum(seen);
    const points = pointsFor - sum(opposing);
    if (best === undefined || points > best.points)
      best = { seen, against: opposing, points, pointsFor };
  }
  return best;
}

/** At most so many, spread over the whole time: neighbours see the same fortnight. */
function anchors(core: readonly IndicatorHit[]): IndicatorHit[] {
  const days = new Map(core.map((hit) => [dayOf(hit.timeMs), hit]));
  const distinct = [...days.values()];
  const step = Math.max(1, Math.ceil(distinct.length / MOST_ANCHORS));
  return distinct.filter((_, at) => at % step === 0);
}

function dayOf(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS);
}

/** By whole days: which of a day's core records is looked at changes nothing. */
function within({ indicator, hits }: SeenIndicator, day: number): SeenIndicator[] {
  const near = hits.filter(({ timeMs }) => Math.abs(dayOf(timeMs) - day) <= CASE_DAYS);
  return near.length === 0 ? [] : [{ indicator, hits: near }];
}

function sum(seen: readonly SeenIndicator[]): number {
  return seen.reduce((points, { indicator }) => points + indicator.points, 0);
}

function collect(
  indicator: Indicator,
  view: CaseView,
  core: readonly IndicatorHit[],
): SeenIndicator {
  const { from } = indicator;
  let hits: IndicatorHit[];
  if ("burst" in from)
    hits = view
      .of(from.burst)
      .filter(({ count = 1 }) => count >= from.count)
      .map(hitOf);
  else if ("hops" in from) hits = hops(from, view);
  else if ("before" in from) hits = beforeCore(from, view, core);
  else {
    const rules = new Set(from.rules);
    const least = severityRank(from.least ?? "informational");
    hits = view.findings
      .filter(
        ({ kind, rule, attack, severity }) =>
          rules.has(rule.id) ||
          // Hypotheses of others are no evidence; only those that a kind names itself are.
          (kind === "fact" &&
            severityRank(severity) <= least &&
            from.attack?.some((wanted) =>
              attack.some((has) => has === wanted || has.startsWith(`${wanted}.`)),
            )),
      )
      .flatMap(({ evidence }) => evidence)
      .map((ref) => ({ timeMs: Date.parse(ref.time), ref }));
  }
  hits = hits.slice(0, MOST_HITS).sort((a, b) => a.timeMs - b.timeMs);
  return { indicator, hits };
}

function beforeCore(
  { before, withinMs }: FromBefore,
  view: CaseView,
  core: readonly IndicatorHit[],
): IndicatorHit[] {
  const name = (ref: RecordRef): string => view.story.hosts.nameOf(ref.host);
  const times = new Map<string, number[]>();
  for (const { timeMs, ref } of core) {
    const known = times.get(name(ref));
    if (known === undefined) times.set(name(ref), [timeMs]);
    else known.push(timeMs);
  }
  // Core hits are in order of time: the first one not before the signal decides.
  return view
    .of(before)
    .map(hitOf)
    .filter(({ timeMs, ref }) => {
      const next = times.get(name(ref))?.find((coreMs) => coreMs >= timeMs);
      return next !== undefined && next - timeMs <= withinMs;
    });
}

/** The records of every move that goes on from where the same account arrived before. */
function hops({ withinMs }: FromHops, view: CaseView): IndicatorHit[] {
  const arrivals = new PairMap<Move>();
  const hits: IndicatorHit[] = [];
  for (const move of view.story.moves) {
    if (hits.length >= MOST_HITS) break;
    const account = accountKey(move.account);
    if (!move.succeeded || account === "" || account.endsWith("$") || move.from === move.to)
      continue;
    const before = arrivals.get(account, nameKey(move.from));
    if (before !== undefined && move.timeMs - before.timeMs <= withinMs)
      for (const { timeMs, evidence } of [before, move])
        hits.push(...evidence.map((ref) => ({ timeMs, ref })));
    arrivals.set(account, nameKey(move.to), move);
  }
  return hits;
}

function hitOf({ timeMs, ref }: IndicatorHit): IndicatorHit {
  return { timeMs, ref };
}
