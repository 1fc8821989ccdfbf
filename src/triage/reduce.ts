import { stableHash } from "../base/stable-hash.ts";
import { TextPool } from "../base/text-pool.ts";
import { correlate } from "../correlate/correlate.ts";
import type { RuleEngine } from "../engine/compile-rules.ts";
import { type CorrelationMatch, correlateHits } from "../engine/correlate-hits.ts";
import type { Finding } from "../model/finding.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Issue } from "../model/issue.ts";
import type { RuleCoverage, TimelineEntry, TriageReport } from "../model/report.ts";
import { CONFIDENCES, type Severity, severityRank } from "../model/severity.ts";
import type { Signal } from "../model/signal.ts";
import type { RuleMeta } from "../rules/checked-rule.ts";
import { AccountNames } from "./account-names.ts";
import { distinctResults } from "./distinct-results.ts";
import { inventorySentences, limitSentences } from "./limits.ts";
import type { MapResult, PlaceCounts } from "./log-mapper.ts";
import { PlainRefs } from "./plain-refs.ts";
import { domainField, statementOf, type Telling, tellingOf } from "./telling.ts";

export interface ReduceOptions {
  readonly version: string;
  /** Findings below are left out of the report. */
  readonly minSeverity?: Severity;
  /** Names built-in rules; rules of any other source keep their path. */
  readonly isBuiltIn: (rule: RuleMeta) => boolean;
  /** Rules that could not be used. */
  readonly ruleIssues?: readonly Issue[];
  /** What the owner of the hosts knows of them. */
  readonly inventory?: Inventory;
  /** Addresses or names that are known to serve an intruder: others are ranked by likeness to them. */
  readonly knownDestinations?: readonly string[];
  /** Frees memory, where there is much that nothing holds any more. */
  readonly free?: () => void;
}

/** Everything the maps said -> the report. Does not depend on the order of its input. */
export function reduce(
  results: readonly MapResult[],
  engine: RuleEngine,
  options: ReduceOptions,
): TriageReport {
  const { signals: distinct, rhythms } = distinctResults(results);
  const signals = [...distinct].sort(bySignalOrder);
  const inputs = results.map((result) => result.ledger).sort((a, b) => compare(a.path, b.path));
  const rules = new Map(engine.rules.map((rule) => [rule.id, rule]));
  const fired = new Set<string>();
  const groups = new Map<string, Group>();
  for (const signal of signals) {
    const rule = signal.kind === "rule" ? rules.get(signal.ruleId ?? "") : undefined;
    if (rule === undefined) continue;
    fired.add(rule.id);
    if (!rule.generate) continue;
    addToGroup(groups, rule, signal);
  }
  for (const match of correlateHits(engine.correlations, signals)) {
    fired.add(match.correlation.id);
    addMatch(groups, match);
  }
  const least =
    options.minSeverity === undefined
      ? Number.POSITIVE_INFINITY
      : severityRank(options.minSeverity);
  const pool = new TextPool();
  const plain = new PlainRefs();
  const names = new AccountNames(signals);
  const nameOf = (sid: string): string => names.nameOf(sid);
  /** All of them: what is too low to show still counts as context for analyzers. */
  const facts: Finding[] = [];
  const findings: Finding[] = [];
  const timeline: TimelineEntry[] = [];
  for (const group of groups.values()) {
    const finding = findingOf(group, options, names, plain);
    facts.push(finding);
    if (severityRank(finding.severity) > least) continue;
    findings.push(finding);
    for (const signal of group.signals) {
      timeline.push({
        timeMs: signal.timeMs,
        severity: finding.severity,
        title: finding.title,
        statement: pool.of(statementOf(group.rule, signal.fields, nameOf)),
        ref: plain.of(signal.ref),
        findingId: finding.id,
      });
    }
  }
  const filtered = results.some((result) => result.filtered > 0);
  const joined = correlate({
    signals,
    rule: (id) => {
      const rule = rules.get(id);
      return rule && { id, title: rule.title, level: rule.level, attack: rule.attack };
    },
    findings: facts.sort(byRank),
    inputs,
    rhythms,
    filtered,
    ...(options.inventory && { inventory: options.inventory }),
    ...(options.knownDestinations && { knownDestinations: options.knownDestinations }),
    ...(options.free && { free: options.free }),
  });
  for (const told of joined.findings) {
    if (severityRank(told.severity) > least) continue;
    const finding = plain.finding(told);
    findings.push(finding);
    timeline.push(...entriesOf(finding));
  }
  const unwatched = unwatchedHosts(options.inventory);
  findings.sort(
    unwatched.size === 0
      ? byRank
      : (a, b) => byLevel(a, b) || byWatch(a, b, unwatched) || byRank(a, b),
  );
  timeline.sort(
    (a, b) => a.timeMs - b.timeMs || compare(a.ref.host, b.ref.host) || compareRefs(a, b),
  );
  const read = inputs.filter((input) => input.status !== "unread");
  return {
    tool: { name: "konseki", version: options.version },
    findings,
    timeline,
    inputs,
    rules: coverage(engine, results, fired, options.ruleIssues ?? []),
    hosts: [...new Set(read.flatMap((input) => input.hosts))]
      .filter((host) => host !== "")
      .sort(compare),
    first: extreme(
      read.map((input) => input.first),
      -1,
    ),
    last: extreme(
      read.map((input) => input.last),
      1,
    ),
    records: read.reduce((sum, input) => sum + input.records.read + input.records.repaired, 0),
    limits: [...limitSentences(inputs), ...joined.limits, ...inventorySentences(options.inventory)],
    ...(joined.sessions.length > 0 && { sessions: joined.sessions }),
    ...(options.inventory && { inventory: options.inventory }),
    ...(joined.caseKinds.length > 0 && { caseKinds: joined.caseKinds }),
    ...(joined.sufficiency && { sufficiency: joined.sufficiency }),
    ...(joined.hostFacts.length > 0 && {
      hostFacts: joined.hostFacts.map((facts) => plain.host(facts)),
    }),
  };
}

/** An analyzer's finding stands in the timeline at its first record. */
function entriesOf(finding: Finding): TimelineEntry[] {
  const [ref] = finding.evidence;
  if (ref === undefined) return [];
  const { severity, title, statement, id } = finding;
  return [{ timeMs: Date.parse(ref.time), severity, title, statement, ref, findingId: id }];
}

interface Group {
  readonly key: string;
  readonly rule: RuleMeta;
  readonly telling: Telling;
  readonly signals: Signal[];
  /** Set when records together suggest it: what they have in common, in words. */
  readonly joined?: string;
}

const tellings = new WeakMap<RuleMeta, Telling>();

function addToGroup(groups: Map<string, Group>, rule: RuleMeta, signal: Signal): void {
  let telling = tellings.get(rule);
  if (telling === undefined) {
    telling = tellingOf(rule);
    tellings.set(rule, telling);
  }
  const folded = telling.fold.map((field) => signal.fields[field] ?? "");
  const key = stableHash([rule.id, signal.ref.host.toLowerCase(), ...folded]);
  const group = groups.get(key);
  if (group === undefined) groups.set(key, { key, rule, telling, signals: [signal] });
  else group.signals.push(signal);
}

/** What a correlation rule joined: one finding a match. */
function addMatch(groups: Map<string, Group>, match: CorrelationMatch<Signal>): void {
  const { correlation, hits, group } = match;
  const first = hits[0];
  if (first === undefined) return;
  const common = Object.entries(group).map(
    ([field, text]) => `${field} ${text ?? "(not recorded)"}`,
  );
  const key = stableHash([correlation.id, first.ref.host.toLowerCase(), ...common, first.ref.time]);
  const seconds = Math.round((match.lastMs - match.firstMs) / 1000);
  groups.set(key, {
    key,
    rule: correlation,
    telling: tellingOf(correlation),
    signals: [...hits],
    joined: `${hits.length} events within ${seconds} seconds${common.length > 0 ? `, ${common.join(", ")}` : ""}`,
  });
}

function findingOf(
  { key, rule, telling, signals, joined }: Group,
  options: ReduceOptions,
  names: AccountNames,
  plain: PlainRefs,
): Finding {
  const first = signals[0]!;
  const last = signals.at(-1)!;
  const builtIn = options.isBuiltIn(rule);
  // One reference a record: the same record may lie in a log and in its copy.
  const distinct = new Set(
    signals.map((s) => `${s.ref.host}|${s.ref.channel}|${s.ref.recordId}|${s.ref.time}`),
  );
  const partial = signals.every(
    (s) => s.ref.completeness === "partial" || s.ref.completeness === "positional",
  );
  const status = rule.status ?? "";
  const weak = !builtIn && (status === "experimental" || status === "unsupported");
  return {
    id: key,
    kind: joined === undefined ? "fact" : "hypothesis",
    severity: rule.level,
    confidence: partial ? "low" : weak || joined !== undefined ? "medium" : "high",
    reasons: {
      for: [distinct.size === 1 ? "one record says so" : `${distinct.size} records say so`],
      against: [
        ...(partial ? ["the records could be read in part only"] : []),
        ...(weak ? [`the rule is marked ${status}`] : []),
      ],
    },
    rule: { id: rule.id, title: rule.title, source: builtIn ? "konseki" : rule.source },
    title: rule.title,
    statement:
      joined === undefined
        ? statementOf(rule, first.fields, (sid) => names.nameOf(sid))
        : `${rule.title}: ${joined}.`,
    first: first.ref.time,
    last: last.ref.time,
    count: distinct.size,
    hosts: unique(signals.map((s) => s.ref.host)),
    entities: {
      accounts: unique(
        signals.flatMap((s) => accountsOf(s, telling)).map((account) => names.nameOf(account)),
      ),
      addresses: unique(signals.flatMap((s) => valuesOf(s, telling.addresses))),
      processes: unique(signals.flatMap((s) => valuesOf(s, telling.processes))),
    },
    attack: rule.attack,
    evidence: signals.map((s) => plain.of(s.ref)),
    falsePositives: rule.falsePositives,
    checkNext: rule.konseki?.checkNext ?? [],
  };
}

/** The first field that has a value counts: the others are second choices. */
function valuesOf(signal: Signal, fields: readonly string[]): string[] {
  for (const field of fields) {
    const value = signal.fields[field];
    if (value && value !== "-") return [value];
  }
  return [];
}

function accountsOf(signal: Signal, telling: Telling): string[] {
  for (const field of telling.accounts) {
    const name = signal.fields[field];
    if (!name || name === "-") continue;
    const domain = signal.fields[domainField(field) ?? ""];
    return [domain && domain !== "-" ? `${domain}\\${name}` : name];
  }
  return [];
}

function coverage(
  engine: RuleEngine,
  results: readonly MapResult[],
  fired: ReadonlySet<string>,
  issues: readonly Issue[],
): RuleCoverage {
  const present = new Map<string, Set<number>>();
  for (const { places } of results) addPlaces(present, places);
  const could = new Set<string>();
  const missing = new Map<string, Set<string>>();
  for (const { rule, subscription } of engine.subscriptions) {
    const { channels, eventIds } = subscription;
    const names = channels ?? [...present.keys()];
    for (const channel of names) {
      const ids = present.get(channel.toLowerCase());
      if (ids === undefined) {
        const ruleIds = missing.get(channel) ?? new Set();
        missing.set(channel, ruleIds.add(rule.id));
      } else if (eventIds === undefined || eventIds.some((id) => ids.has(id))) could.add(rule.id);
    }
  }
  return {
    loaded: engine.rules.length,
    couldFire: could.size,
    fired: fired.size,
    missingChannels: [...missing]
      .map(([channel, ids]) => ({ channel, rules: [...ids].filter((id) => !could.has(id)).length }))
      .filter(({ rules }) => rules > 0)
      .sort((a, b) => b.rules - a.rules || compare(a.channel, b.channel)),
    unusable: issues,
  };
}

function addPlaces(present: Map<string, Set<number>>, places: PlaceCounts): void {
  for (const [channel, ids] of Object.entries(places)) {
    const known = present.get(channel.toLowerCase()) ?? new Set<number>();
    for (const id of Object.keys(ids)) known.add(Number(id));
    present.set(channel.toLowerCase(), known);
  }
}

/** Short and full names, in lower case, of hosts that no endpoint agent watches. */
function unwatchedHosts(inventory: Inventory | undefined): ReadonlySet<string> {
  return new Set(
    (inventory?.hosts ?? []).filter(({ edr }) => edr === false).map(({ host }) => shortName(host)),
  );
}

function shortName(host: string): string {
  return host.toLowerCase().replace(/\..*$/s, "");
}

/** Nobody else looks at hosts without an agent: within a level, they come first. */
function byWatch(a: Finding, b: Finding, unwatched: ReadonlySet<string>): number {
  const watched = ({ hosts }: Finding): number =>
    hosts.some((host) => unwatched.has(shortName(host))) ? 0 : 1;
  return watched(a) - watched(b);
}

function byLevel(a: Finding, b: Finding): number {
  return severityRank(a.severity) - severityRank(b.severity);
}

/** Worst first; then the surest, the earliest, and the id, so that the order never depends on the input's. */
export function byRank(a: Finding, b: Finding): number {
  return (
    severityRank(a.severity) - severityRank(b.severity) ||
    CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence) ||
    compare(a.first, b.first) ||
    compare(a.id, b.id)
  );
}

function bySignalOrder(a: Signal, b: Signal): number {
  return (
    a.timeMs - b.timeMs ||
    compare(a.ref.time, b.ref.time) ||
    compare(a.ref.file, b.ref.file) ||
    (a.ref.fileOffset ?? a.ref.line ?? 0) - (b.ref.fileOffset ?? b.ref.line ?? 0) ||
    compare(a.kind, b.kind) ||
    compare(a.ruleId ?? "", b.ruleId ?? "")
  );
}

function compareRefs(a: TimelineEntry, b: TimelineEntry): number {
  return (
    compare(a.ref.file, b.ref.file) ||
    (a.ref.fileOffset ?? a.ref.line ?? 0) - (b.ref.fileOffset ?? b.ref.line ?? 0) ||
    compare(a.title, b.title)
  );
}

/** Code-unit order: the same on every machine, whatever its locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => value !== "").sort(compare);
}

function extreme(times: readonly (string | null)[], sign: 1 | -1): string | null {
  let best: string | null = null;
  for (const time of times)
    if (time !== null && (best === null || compare(time, best) * sign > 0)) best = time;
  return best;
}
