import type { Finding } from "../model/finding.ts";
import { ownWords, say } from "../model/phrase.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { Analyzer, CaseView } from "./analyzer.ts";
import { accountKey, analyzerFinding, cite, distinctRefs, recordKey } from "./analyzer-finding.ts";
import { isLoopback, tidyHost } from "./host-names.ts";
import { accountName, firstLogMs } from "./lateral/move-words.ts";
import { lookedAt } from "./looked-at.ts";
import { isFromInternet, segmentMapOf } from "./segment-map.ts";
import { hasTechnique, type TellingFact, tellingFacts } from "./telling-facts.ts";
import { listAt, lowerBound } from "./time-index.ts";
import { minute } from "./told-times.ts";

const DAY_MS = 86_400_000;
/** What follows within so many days may follow from the way in. */
const FOLLOWS_DAYS = 14;
/** Records of one step are written within this time of each other. */
const ONE_STEP_MS = 60_000;
const MOST_REFS = 200;
const MOST_FACT_REFS = 5_000;
const MOST_CANDIDATES = 2_000;

/** A way in that facts of these techniques tell. */
interface FactWay {
  readonly id: string;
  readonly says: string;
  readonly attack: readonly string[];
}

const FACT_WAYS: readonly FactWay[] = [
  {
    id: "web",
    says: "a server that faces users was made to run commands",
    attack: ["T1190", "T1505.003"],
  },
  {
    id: "mail",
    says: "a document or attachment was made to run commands",
    attack: ["T1566", "T1204", "T1137"],
  },
  { id: "browser", says: "a browser was made to run commands", attack: ["T1189", "T1203"] },
  { id: "support", says: "a remote support program was brought in", attack: ["T1219"] },
  { id: "tunnel", says: "a tunnel from outside ends on the host", attack: ["T1572"] },
];

interface Candidate {
  readonly id: string;
  readonly says: string;
  /** Of its first record. */
  readonly timeMs: number;
  readonly host: string;
  /** As the logs write them, by their key. */
  readonly accounts: ReadonlyMap<string, string>;
  readonly addresses: readonly string[];
  readonly refs: readonly RecordRef[];
  /** Keys of all records of this way by this account or on this host, of any day: none of them follows from it. */
  readonly own: Set<string>;
}

interface Weighed extends Candidate {
  /** Its records, without those that speak against it. */
  readonly cited: readonly RecordRef[];
  readonly points: number;
  readonly follows: readonly RecordRef[];
  readonly refused: readonly RecordRef[];
  readonly before: readonly RecordRef[];
}

/**
 * The most likely way in, with the others that were considered. Says nothing where nothing followed.
 *
 * That nothing told of comes before it is an argument from absence, so it is never more than medium; it is low where every way
 * that something followed from has something grave before it. Whatever lies before the earliest of these lies before all
 * of them, and is never among the evidence: so no record of the evidence makes it surer by not being there.
 */
export const wayInAnalyzer: Analyzer = {
  name: "way in",
  wants: [],
  run(view) {
    const weighed = weighAll(view).filter(({ follows }) => follows.length > 0);
    // Of one way by one account or on one host, the day that most speaks for.
    const ways = new Map<string, Weighed>();
    for (const each of weighed.sort(byLikelihood)) {
      const way = `${each.id}\n${each.host}\n${[...each.accounts.keys()].join()}`;
      if (!ways.has(way)) ways.set(way, each);
    }
    const [best, ...others] = ways.values();
    return {
      findings:
        best === undefined ? [] : [findingOf(best, others, firstLogMs(view) ?? best.timeMs)],
    };
  },
};

function byLikelihood(a: Weighed, b: Weighed): number {
  return (
    Number(a.before.length > 0) - Number(b.before.length > 0) ||
    b.points - a.points ||
    a.timeMs - b.timeMs ||
    (a.id < b.id ? -1 : 1)
  );
}

/** Candidates, one a day of each way, account or rule, and host: what speaks for a later one of the day speaks for the first too. */
class Days {
  readonly #byDay = new Map<string, Candidate>();
  readonly #own = new Map<string, Set<string>>();

  get all(): Candidate[] {
    return [...this.#byDay.values()];
  }

  /** `who` is the account or rule whose records of this way do not follow from each other. */
  add(who: string, candidate: Omit<Candidate, "timeMs" | "own">): void {
    const times = candidate.refs.map(({ time }) => Date.parse(time));
    const timeMs = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
    if (!Number.isFinite(timeMs)) return;
    const group = `${candidate.id}\n${who}`;
    const own = this.#own.get(group) ?? new Set();
    this.#own.set(group, own);
    for (const ref of candidate.refs) own.add(recordKey(ref));
    const day = `${group}\n${candidate.host}\n${dayOf(timeMs)}`;
    const known = this.#byDay.get(day);
    const accounts = new Map([...candidate.accounts, ...(known?.accounts ?? [])]);
    const first = known !== undefined && known.timeMs <= timeMs ? known : { ...candidate, timeMs };
    this.#byDay.set(day, { ...first, accounts, own });
  }
}

/** Moves of each account from an address of the internet or the VPN pool. */
function fromOutside(view: CaseView, days: Days): void {
  const map = segmentMapOf(view);
  for (const move of view.story.moves) {
    const { from, to, timeMs, account, succeeded, evidence, session } = move;
    if (!succeeded) continue;
    const address = tidyHost(session?.address ?? from);
    const vpn = map?.end(from, session?.address, timeMs).role === "vpn";
    if (!vpn && !isFromInternet(move, map)) continue;
    const id = vpn ? "vpn" : "internet";
    days.add(accountKey(account), {
      id,
      says: vpn
        ? "somebody logged on from the VPN pool"
        : "somebody logged on from an address of the internet",
      host: view.story.hosts.nameOf(to, timeMs),
      accounts: writtenAs(account === "" ? [] : [accountName(move)]),
      addresses: [address],
      refs: evidence,
    });
  }
}

/** Facts of each way on each host. */
function fromFacts(facts: readonly TellingFact[], view: CaseView, days: Days): void {
  for (const { id, says, attack } of FACT_WAYS)
    for (const { finding } of facts) {
      if (!hasTechnique(finding, attack)) continue;
      const accounts = writtenAs(finding.entities.accounts);
      // A tunnel ends on the host itself: that it comes from there says nothing of where it begins.
      const addresses = finding.entities.addresses.filter((address) => !isLoopback(address));
      for (const [place, refs] of byPlace(finding.evidence, view)) {
        const host = place.slice(place.indexOf("\n") + 1);
        days.add(finding.rule.id, { id, says, host, accounts, addresses, refs });
      }
    }
}

/** Records by day and host. */
function byPlace(refs: readonly RecordRef[], view: CaseView): Map<string, RecordRef[]> {
  const places = new Map<string, RecordRef[]>();
  for (const ref of refs) {
    const place = `${dayOf(Date.parse(ref.time))}\n${view.story.hosts.nameOf(ref.host)}`;
    listAt(places, place).push(ref);
  }
  return places;
}

/**
 * Points put the candidates in order: what came after one on the same host or by the same account speaks for it, refused
 * passwords just before it too. A logon is ordinary, and many log on to one host: what others did there later speaks
 * less for it than what its own account did. Something grave before it, anywhere, speaks against it, and records of that
 * never count for it.
 */
function weighAll(view: CaseView): Weighed[] {
  const { hosts } = view.story;
  const facts = tellingFacts(view.findings, "medium", hosts);
  // That others come from outside too follows from nothing.
  const followers = facts.filter((fact) => !isRefusal(fact) && !isArrival(fact)).map(timedFact);
  const refusals = tellingFacts(view.findings, "low", hosts).filter(isRefusal).map(timedFact);
  const graves = tellingFacts(view.findings, "high", hosts).filter((fact) => !isRefusal(fact));
  const days = new Days();
  fromOutside(view, days);
  fromFacts(facts, view, days);
  const candidates = days.all.sort((a, b) => a.timeMs - b.timeMs).slice(0, MOST_CANDIDATES);
  const before: RecordRef[] = [];
  const opposed = new Set<string>();
  let begun = 0;
  return candidates.map((candidate) => {
    const { id, timeMs, host, accounts, own } = candidate;
    for (; begun < graves.length && graves[begun]!.firstMs < timeMs - ONE_STEP_MS; begun++)
      for (const ref of graves[begun]!.finding.evidence) {
        opposed.add(recordKey(ref));
        if (before.length < MOST_REFS) before.push(ref);
      }
    const byAccount = (fact: TellingFact): boolean =>
      [...fact.accounts].some((account) => account !== "" && accounts.has(account));
    const counts = ({ key }: TimedRef): boolean => !own.has(key) && !opposed.has(key);
    const lastMs = (dayOf(timeMs) + FOLLOWS_DAYS + 1) * DAY_MS - 1;
    const follows: RecordRef[] = [];
    let telling = false;
    for (const [fact, timed] of followers) {
      if (follows.length >= MOST_REFS) break;
      if (fact.firstMs > lastMs) break;
      const mine = byAccount(fact);
      if (!(mine || fact.hosts.has(host))) continue;
      const refs = between(timed, timeMs, lastMs).filter(counts);
      telling ||= refs.length > 0 && (mine || (id !== "vpn" && id !== "internet"));
      follows.push(...refs.slice(0, MOST_REFS).map(({ ref }) => ref));
    }
    const refused = refusals
      .filter(([fact]) => fact.hosts.has(host) || byAccount(fact))
      .flatMap(([, timed]) => between(timed, timeMs - DAY_MS, timeMs).filter(counts));
    const points = (telling ? 2 : 1) + (refused.length > 0 ? 1 : 0);
    return {
      ...candidate,
      points,
      follows: follows.slice(0, MOST_REFS),
      refused: refused.slice(0, MOST_REFS).map(({ ref }) => ref),
      cited: candidate.refs.filter((ref) => !opposed.has(recordKey(ref))).slice(0, MOST_REFS),
      before: before.slice(),
    };
  });
}

interface TimedRef {
  readonly ref: RecordRef;
  readonly timeMs: number;
  readonly key: string;
}

/** A fact with its records in order of time, as they are looked up again and again. */
function timedFact(fact: TellingFact): readonly [TellingFact, readonly TimedRef[]] {
  const timed = fact.finding.evidence.slice(0, MOST_FACT_REFS).map((ref) => ({
    ref,
    timeMs: Date.parse(ref.time),
    key: recordKey(ref),
  }));
  return [fact, timed.sort((a, b) => a.timeMs - b.timeMs)];
}

function between(timed: readonly TimedRef[], leastMs: number, mostMs: number): TimedRef[] {
  const first = lowerBound(timed, leastMs, ({ timeMs }) => timeMs);
  const rest = timed.slice(first, first + 2 * MOST_REFS);
  return rest.filter(({ timeMs }) => timeMs <= mostMs);
}

const isRefusal = ({ finding }: TellingFact): boolean => hasTechnique(finding, ["T1110"]);
const isArrival = ({ finding }: TellingFact): boolean => hasTechnique(finding, ["T1133"]);

function dayOf(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS);
}

function writtenAs(accounts: readonly string[]): Map<string, string> {
  return new Map(accounts.map((account) => [accountKey(account), account]));
}

function findingOf(best: Weighed, others: readonly Weighed[], sinceMs: number): Finding {
  const { id, says, host, timeMs, accounts, addresses, refs, cited, follows, refused, before } =
    best;
  const confidence = before.length > 0 ? "low" : "medium";
  const named = [...accounts].filter(([key]) => key !== "");
  const who = named.map(([, written]) => written);
  const at = minute(distinctRefs(refs)[0]!.time);
  return analyzerFinding({
    rule: "way-in",
    same: [id, host, ...named.map(([key]) => key)],
    kind: "hypothesis",
    severity: confidence,
    confidence,
    title: "How they came in",
    statement: say`The way in was probably ${host} at ${at}: ${ownWords(says)}${addresses.length > 0 ? say`, from ${addresses.slice(0, 3).join(", ")}` : ""}${who.length > 0 ? say`, with ${who.slice(0, 3).join(", ")}` : ""}.`,
    attack:
      id === "vpn" || id === "internet" ? ["T1133", "T1078"] : ["T1190"].filter(() => id === "web"),
    evidence: [...cited, ...follows, ...refused],
    reasonsFor: [
      cite(says, refs),
      cite("more followed on the same host or by the same account", follows),
      ...(refused.length > 0 ? [cite("passwords were refused there just before", refused)] : []),
    ],
    reasonsAgainst: [
      ...(before.length > 0 ? [cite("something grave happened before it", before)] : []),
      lookedAt(
        "an earlier way in may lie before the first record, or on hosts without logs",
        [host],
        "Security",
        sinceMs,
        timeMs,
      ),
    ],
    accounts: who,
    addresses,
    falsePositives: ["Home office, suppliers and remote support come in the same ways."],
    alternatives: [
      ...others
        .slice(0, 5)
        .map((other) =>
          cite(
            other.before.length > before.length
              ? say`${ownWords(other.says)}: less likely, something grave had happened before it`
              : other.points < best.points
                ? say`${ownWords(other.says)}: less likely, fewer signs stand beside it`
                : say`${ownWords(other.says)}: as likely by its signs, but it came later`,
            other.refs,
          ),
        ),
      "A way that leaves no record in these logs, such as a device at the edge or a stolen notebook.",
    ],
    checkNext: [
      say`What the edge saw at that time [firewall, VPN and mail gateway, from ${minute(timeMs - DAY_MS)} to ${at}]`,
      say`Every logon of the account and every new program on the host [${host}: Security 4624, 4625 and 4688, from ${minute(timeMs - DAY_MS)}]`,
    ],
    askCustomer: [
      "Which ways from outside are open: VPN, Remote Desktop, web servers, remote support?",
      "Were the devices at the edge patched at that time, and do they ask for a second factor?",
    ],
  });
}
