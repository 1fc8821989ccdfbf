/**
 * Correlation rules over rule hits (Sigma correlation rules 2.1): a pure function of the hits of all logs, in
 * time order. Hits are grouped by `group-by`; in each group a window of `timespan` slides from hit to hit,
 * and every window that is not part of the one before it is judged once, so that upper bounds (`lt`, `eq`)
 * see all there is to see. Windows that fulfil the condition and share hits are one match.
 */
import type { CorrelationBound, CorrelationRule } from "../rules/checked-rule.ts";
import { foldCase } from "./fold-case.ts";
import { chainInOrder } from "./ordered-chains.ts";
import { windowMeasure } from "./window-measure.ts";

/** What correlations need of a hit; a `Signal` of a rule is one. */
export interface RuleHit {
  readonly ruleId?: string | undefined;
  readonly timeMs: number;
  readonly fields: Readonly<Record<string, string | null>>;
}

export interface CorrelationMatch<H> {
  readonly correlation: CorrelationRule;
  /** The group's fields and texts; `null` where the hits have no such field. */
  readonly group: Readonly<Record<string, string | null>>;
  /** The count, sum or average that fulfilled the condition, the largest one when windows were joined. */
  readonly value: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** The rule hits, in time order, also where the correlation joins correlations. */
  readonly hits: readonly H[];
}

/** A hit, or the match of a correlation that another one joins. */
interface Occurrence<H> {
  readonly ruleId: string;
  readonly timeMs: number;
  readonly fields: Readonly<Record<string, string | null>>;
  /** What a match has in common: it stands before the fields, which are those of its last hit. */
  readonly group?: Readonly<Record<string, string | null>>;
  readonly hits: readonly H[];
}

/** One joined window: `from` and `to` are places in the group, both included. */
interface Span {
  readonly from: number;
  to: number;
  value: number;
}

/**
 * `correlations` in the order in which `linkRules` gives them; `hits` ordered by `timeMs`. Matches come in the
 * order of their correlations, then of time.
 */
export function correlateHits<H extends RuleHit>(
  correlations: readonly CorrelationRule[],
  hits: readonly H[],
): CorrelationMatch<H>[] {
  const wanted = new Set(correlations.flatMap((correlation) => correlation.rules));
  const byRule = new Map<string, Occurrence<H>[]>();
  for (const hit of hits) {
    if (hit.ruleId === undefined || !wanted.has(hit.ruleId)) continue;
    const occurrence = { ruleId: hit.ruleId, timeMs: hit.timeMs, fields: hit.fields, hits: [hit] };
    const known = byRule.get(hit.ruleId);
    if (known === undefined) byRule.set(hit.ruleId, [occurrence]);
    else known.push(occurrence);
  }
  const matches: CorrelationMatch<H>[] = [];
  for (const correlation of correlations) {
    const found = correlateOne(correlation, byRule);
    matches.push(...found.map(({ match }) => match));
    if (wanted.has(correlation.id))
      byRule.set(
        correlation.id,
        found.map(({ match, fields, group }) => ({
          ruleId: correlation.id,
          timeMs: match.lastMs,
          fields,
          group,
          hits: match.hits,
        })),
      );
  }
  return matches;
}

interface Found<H> {
  readonly match: CorrelationMatch<H>;
  /** What it hands on to a correlation that joins it: its last hit's fields, and before them what matches have in common. */
  readonly fields: Occurrence<H>["fields"];
  readonly group: NonNullable<Occurrence<H>["group"]>;
}

function correlateOne<H>(
  correlation: CorrelationRule,
  byRule: ReadonlyMap<string, readonly Occurrence<H>[]>,
): Found<H>[] {
  const occurrences = [...new Set(correlation.rules)]
    .flatMap((id) => byRule.get(id) ?? [])
    .sort((a, b) => a.timeMs - b.timeMs);
  const found: Found<H>[] = [];
  for (const members of groupOccurrences(correlation, occurrences).values()) {
    const spans =
      correlation.type === "temporal_ordered" && correlation.temporal === undefined
        ? chainInOrder(correlation.rules, correlation.timespanMs, members)
        : slideWindow(correlation, members).map(({ from, to, value }) => ({
            value,
            members: members.slice(from, to + 1),
          }));
    for (const span of spans) {
      const first = span.members[0] as Occurrence<H>;
      const last = span.members.at(-1) as Occurrence<H>;
      const group = groupFields(correlation, first);
      found.push({
        match: {
          correlation,
          group,
          value: span.value,
          firstMs: first.timeMs,
          lastMs: last.timeMs,
          hits: span.members.flatMap((member) => member.hits),
        },
        fields: last.fields,
        group: { ...last.group, ...group },
      });
    }
  }
  return found.sort((a, b) => a.match.firstMs - b.match.firstMs);
}

function groupOccurrences<H>(
  correlation: CorrelationRule,
  occurrences: readonly Occurrence<H>[],
): Map<string, Occurrence<H>[]> {
  const groups = new Map<string, Occurrence<H>[]>();
  for (const occurrence of occurrences) {
    const texts = Object.values(groupFields(correlation, occurrence));
    const key = JSON.stringify(texts.map((text) => (text === null ? null : foldCase(text))));
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [occurrence]);
    else members.push(occurrence);
  }
  return groups;
}

function groupFields<H>(
  correlation: CorrelationRule,
  occurrence: Occurrence<H>,
): Record<string, string | null> {
  return Object.fromEntries(
    correlation.groupBy.map((name) => [name, fieldOf(correlation, name, occurrence)]),
  );
}

/** A field under the name that the hit's own rule gives it. */
function fieldOf<H>(
  correlation: CorrelationRule,
  name: string,
  occurrence: Occurrence<H>,
): string | null {
  const own = correlation.aliases[name]?.[occurrence.ruleId] ?? name;
  return textOf(occurrence, own) ?? textOf(occurrence, name) ?? null;
}

function textOf<H>({ group, fields }: Occurrence<H>, name: string): string | null | undefined {
  return group !== undefined && Object.hasOwn(group, name) ? group[name] : fields[name];
}

function slideWindow<H>(
  correlation: CorrelationRule,
  members: readonly Occurrence<H>[],
): readonly Span[] {
  const measure = windowMeasure(correlation);
  const values = members.map((member) =>
    correlation.valueFields.map((name) => fieldOf(correlation, name, member)),
  );
  const spans: Span[] = [];
  let to = -1;
  for (let from = 0; from < members.length; from++) {
    const start = members[from] as Occurrence<H>;
    if (from > 0)
      measure.remove((members[from - 1] as Occurrence<H>).ruleId, values[from - 1] ?? []);
    const before = to;
    while (
      to + 1 < members.length &&
      (members[to + 1] as Occurrence<H>).timeMs - start.timeMs <= correlation.timespanMs
    ) {
      to++;
      measure.add((members[to] as Occurrence<H>).ruleId, values[to] ?? []);
    }
    // A window that ends where the one before it ended is part of it.
    if (to === before) continue;
    const value = measure.value();
    if (!measure.holds() || !correlation.bounds.every((bound) => holdsBound(value, bound)))
      continue;
    const last = spans.at(-1);
    if (last !== undefined && from <= last.to) {
      last.to = to;
      last.value = Math.max(last.value, value);
    } else {
      spans.push({ from, to, value });
    }
  }
  return spans;
}

function holdsBound(value: number, { op, value: bound }: CorrelationBound): boolean {
  switch (op) {
    case "eq":
      return value === bound;
    case "neq":
      return value !== bound;
    case "lt":
      return value < bound;
    case "lte":
      return value <= bound;
    case "gt":
      return value > bound;
    case "gte":
      return value >= bound;
  }
}
