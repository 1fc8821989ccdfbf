import { stableHash } from "../base/stable-hash.ts";
import type { Finding } from "../model/finding.ts";
import { PhraseBook, say, spoken, type Text } from "../model/phrase.ts";
import type { RecordId, RecordRef } from "../model/record-ref.ts";
import { type Confidence, SEVERITIES, type Severity, severityRank } from "../model/severity.ts";

/** What an analyzer says of itself; the rest of a finding follows from its evidence. */
export interface FindingDraft
  extends Pick<Finding, "kind" | "severity" | "confidence" | "attack" | "evidence"> {
  readonly title: Text;
  readonly statement: Text;
  /** Names the analyzer's question, e.g. `way-in`: the rule id of the finding. */
  readonly rule: string;
  /** What makes the finding the same one in the next run, beside the rule. */
  readonly same: readonly string[];
  readonly reasonsFor: readonly Text[];
  readonly reasonsAgainst?: readonly Text[];
  readonly accounts?: readonly string[];
  readonly addresses?: readonly string[];
  readonly processes?: readonly string[];
  readonly falsePositives?: readonly Text[];
  readonly checkNext?: readonly Text[];
  readonly alternatives?: readonly Text[];
  readonly askCustomer?: readonly Text[];
  readonly movements?: Finding["movements"];
}

/** A finding of an analyzer. Evidence is put in order of time, each record once; there has to be some. */
export function analyzerFinding(draft: FindingDraft): Finding {
  const evidence = distinctRefs(draft.evidence);
  const [first] = evidence;
  const last = evidence.at(-1);
  if (first === undefined || last === undefined)
    throw new Error(`${draft.rule}: a finding without evidence`);
  const { kind, severity, confidence, attack, alternatives, askCustomer } = draft;
  const book = new PhraseBook();
  const title = book.english(draft.title);
  return {
    id: stableHash([draft.rule, ...draft.same]),
    kind,
    severity,
    confidence,
    reasons: {
      for: book.all(grounded(draft.reasonsFor, evidence)),
      against: book.all(grounded(draft.reasonsAgainst ?? [], evidence)),
    },
    rule: { id: draft.rule, title, source: "konseki" },
    title,
    statement: book.english(draft.statement),
    first: first.time,
    last: last.time,
    count: evidence.length,
    hosts: sortedSet(evidence.map(({ host }) => host)),
    entities: {
      accounts: sortedSet(draft.accounts ?? []),
      addresses: sortedSet(draft.addresses ?? []),
      processes: sortedSet(draft.processes ?? []),
    },
    attack,
    evidence,
    falsePositives: book.all(draft.falsePositives ?? []),
    checkNext: book.all(draft.checkNext ?? []),
    ...(alternatives && { alternatives: book.all(alternatives) }),
    ...(askCustomer && { askCustomer: book.all(askCustomer) }),
    ...(draft.movements && { movements: draft.movements }),
    ...book.kept,
  };
}

/**
 * Which record it is, wherever a pointer to it comes from: the pointers of one record are one object in results of
 * this run, and several in stored ones.
 */
export function recordKey(ref: RecordRef): string {
  return keyOf({ ref, time: ref.time });
}

/** In order of time; a record that lies in a log and in its copy stands once. */
export function distinctRefs(refs: readonly RecordRef[]): RecordRef[] {
  if (refs.length < 2) return [...refs];
  // A time is written out anew whenever it is asked for: here once a record.
  const distinct: Timed[] = [];
  const byId = new Map<RecordId, Timed>();
  const keys = new Set<string>();
  for (const ref of refs) {
    const timed = { ref, time: ref.time };
    const known = byId.get(ref.recordId);
    if (known === undefined) byId.set(ref.recordId, timed);
    else {
      // Only where two have one id, their keys are written.
      const key = keyOf(timed);
      if (keys.add(keyOf(known)).has(key)) continue;
      keys.add(key);
    }
    distinct.push(timed);
  }
  return distinct.sort(byTimeAndFile).map(({ ref }) => ref);
}

interface Timed {
  readonly ref: RecordRef;
  readonly time: string;
}

function keyOf({ ref: { host, channel, recordId }, time }: Timed): string {
  return `${host}|${channel}|${recordId}|${time}`;
}

function byTimeAndFile(a: Timed, b: Timed): number {
  return a.time === b.time ? (a.ref.file < b.ref.file ? -1 : 1) : a.time < b.time ? -1 : 1;
}

const MOST_CITED = 3;

/** The sentence with the records that it rests on behind it: `… [HOST-A Security #12, +3]`. */
export function cite(sentence: Text, refs: readonly RecordRef[]): Text {
  const cited = distinctRefs(refs);
  if (cited.length === 0) return sentence;
  const named = cited
    .slice(0, MOST_CITED)
    .map(({ host, channel, recordId }) => `${host} ${channel} #${recordId}`);
  const more = cited.length > MOST_CITED ? [`+${cited.length - MOST_CITED}`] : [];
  const records = [...named, ...more].join(", ");
  return typeof sentence === "string" ? `${sentence} [${records}]` : say`${sentence} [${records}]`;
}

/** Each reason with what it rests on behind it: where it names no records and no place of its own, on all the evidence. */
export function grounded(reasons: readonly Text[], evidence: readonly RecordRef[]): Text[] {
  return reasons.map((reason) => (isGrounded(reason) ? reason : cite(reason, evidence)));
}

export function isGrounded(reason: Text): boolean {
  return GROUNDED.test(spoken(reason));
}

/** Records, a place and its time, or a line of the inventory: `[HOST-A Security #12]`, `[HOST-A: Security, … – …]`, `(line 7)`. */
const GROUNDED = / (?:\[[^[\]]+\]|\(line \d+\))$/;

/** The worst of several levels; `informational` of none. */
export function worst(severities: readonly Severity[]): Severity {
  let rank = SEVERITIES.length - 1;
  for (const severity of severities) rank = Math.min(rank, severityRank(severity));
  return SEVERITIES[rank]!;
}

/** No worse than `limit`. */
export function atMost(severity: Severity, limit: Severity): Severity {
  return SEVERITIES[Math.max(severityRank(severity), severityRank(limit))]!;
}

/** Confidence by points: the more independent reasons, the surer; never by the number of records. */
export function confidenceOf(points: number, medium: number, high: number): Confidence {
  return points >= high ? "high" : points >= medium ? "medium" : "low";
}

/** `CORP\user.one`, `user.one@corp.example` and `USER.ONE` -> `user.one`. */
export function accountKey(account: string): string {
  let key = accountKeys.get(account);
  if (key === undefined) {
    key = account.replace(/^.*\\/s, "").replace(/@.*$/s, "").toLowerCase();
    if (accountKeys.size < MOST_ACCOUNT_KEYS) accountKeys.set(account, key);
  }
  return key;
}

/** Asked for every record of a case, of the same accounts over and over. */
const accountKeys = new Map<string, string>();
const MOST_ACCOUNT_KEYS = 20_000;

function sortedSet(values: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => value !== "").sort();
}
