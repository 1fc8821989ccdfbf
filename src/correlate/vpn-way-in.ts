import type { Finding } from "../model/finding.ts";
import { say } from "../model/phrase.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { SignalWant } from "../model/signal.ts";
import type { QuestionId } from "../model/sufficiency.ts";
import type { Analyzer, CaseView } from "./analyzer.ts";
import { accountKey, analyzerFinding, cite, confidenceOf, recordKey } from "./analyzer-finding.ts";
import { caseKindVerdict } from "./judge-case-kinds.ts";
import { SegmentMap } from "./segment-map.ts";
import type { Move } from "./story.ts";
import { hasTechnique, type TellingFact, tellingFacts } from "./telling-facts.ts";
import { listAt, lowerBound } from "./time-index.ts";
import { minute } from "./told-times.ts";

const FOLLOWS_MS = 14 * 86_400_000;
const BEFORE_MS = 86_400_000;
const MOST_REFS = 200;
const LEAST_POINTS = 3;
const QUESTIONS: readonly QuestionId[] = ["network-logons", "rdp-logons", "programs"];
/** What an endpoint shows when somebody was tricked there. */
const ENDPOINT = ["T1059", "T1204", "T1566", "T1189", "T1203", "T1219"];

const VPN_WANT: SignalWant = {
  kind: "vpn-accept",
  subscription: {
    channels: ["Security"],
    eventIds: [6272],
    fields: ["SubjectUserName", "CallingStationID"],
  },
};

/** The VPN device as the way in: needs an inventory that names its pool. */
export const vpnWayInAnalyzer: Analyzer = {
  name: "VPN way in",
  wants: [VPN_WANT],
  run(view) {
    const { inventory } = view;
    const pool = inventory?.segments.some(({ role }) => role === "vpn") === true;
    const finding =
      inventory !== undefined && pool
        ? judge(view, new SegmentMap(inventory, view.story.hosts))
        : undefined;
    const verdict = caseKindVerdict("vpn-way-in", QUESTIONS, finding, view);
    // Without the pool's addresses nobody can tell VPN clients from others.
    const told = pool || finding ? verdict : { ...verdict, verdict: "cannot-tell" as const };
    return { findings: finding === undefined ? [] : [finding], caseKinds: [told] };
  },
};

/**
 * The signs of all accounts that came from the pool count together, each once. Malware speaks against it when it was there
 * before the first of the accounts that something followed from; its records never count for it. So taking any other record
 * away makes it never surer: signs only vanish, and the first account only becomes a later one.
 */
function judge(view: CaseView, map: SegmentMap): Finding | undefined {
  const { hosts } = view.story;
  const byAccount = new Map<string, Move[]>();
  for (const move of view.story.moves) {
    if (!move.succeeded || map.end(move.from, move.session?.address, move.timeMs).role !== "vpn")
      continue;
    listAt(byAccount, accountKey(move.account)).push(move);
  }
  const facts = tellingFacts(view.findings, "medium", hosts);
  const malware = facts.filter(({ finding }) => hasTechnique(finding, ENDPOINT));
  const comers = [...byAccount].flatMap(([account, moves]) => comer(account, moves, facts, view));
  const firstMs = Math.min(...comers.map(({ sinceMs }) => sinceMs));
  const earlier = malware.filter(({ firstMs: malwareMs }) => malwareMs < firstMs);
  const opposed = new Set(earlier.flatMap(({ finding }) => finding.evidence.map(recordKey)));
  const free = (ref: RecordRef): boolean => !opposed.has(recordKey(ref));
  const accounts = comers
    .map((each) => ({
      ...each,
      own: each.own.filter(free),
      related: each.related.filter(free),
      movesRefs: each.movesRefs.filter(free),
    }))
    .filter(({ own, related }) => own.length + related.length > 0)
    .sort((a, b) => Number(b.own.length > 0) - Number(a.own.length > 0) || a.sinceMs - b.sinceMs);
  return accounts.length === 0 ? undefined : findingOf(view, accounts, earlier, free);
}

/** An account that came from the pool, and what followed. */
interface Comer {
  readonly account: string;
  readonly moves: readonly Move[];
  readonly sinceMs: number;
  readonly reached: ReadonlySet<string>;
  readonly movesRefs: readonly RecordRef[];
  /** Records of what the account itself did, and of what was done on the hosts it reached. */
  readonly own: readonly RecordRef[];
  readonly related: readonly RecordRef[];
}

function comer(
  account: string,
  moves: readonly Move[],
  facts: readonly TellingFact[],
  { story: { hosts } }: CaseView,
): Comer[] {
  const times = moves.map(({ timeMs }) => timeMs);
  const reached = new Set(moves.map(({ to }) => hosts.nameOf(to)));
  const own: RecordRef[] = [];
  const related: RecordRef[] = [];
  for (const { finding, accounts, hosts: places } of facts) {
    if (finding.rule.id.startsWith("segment-")) continue;
    const mine = accounts.has(account);
    if (!mine && ![...places].some((host) => reached.has(host))) continue;
    for (const ref of finding.evidence) {
      const refMs = Date.parse(ref.time);
      // The last coming before it is the nearest one.
      const came = times[lowerBound(times, refMs + 1, (each) => each) - 1];
      if (came === undefined || refMs - came > FOLLOWS_MS) continue;
      (mine ? own : related).push(ref);
    }
  }
  if (own.length + related.length === 0) return [];
  const movesRefs = moves.flatMap(({ evidence }) => evidence);
  return [{ account, moves, sinceMs: times[0]!, reached, movesRefs, own, related }];
}

function findingOf(
  view: CaseView,
  comers: readonly Comer[],
  malware: readonly TellingFact[],
  free: (ref: RecordRef) => boolean,
): Finding | undefined {
  const [{ moves, reached, sinceMs }] = comers as readonly [Comer];
  const first = moves[0]!;
  const refusals = tellingFacts(view.findings, "low", view.story.hosts).filter(({ finding }) =>
    hasTechnique(finding, ["T1110"]),
  );
  const few = (pick: (comer: Comer) => readonly RecordRef[]): RecordRef[] =>
    comers.flatMap((each) => pick(each).slice(0, MOST_REFS)).slice(0, MOST_REFS);
  const before = (refMs: number, times: readonly number[]): boolean => {
    const next = times[lowerBound(times, refMs, (each) => each)];
    return next !== undefined && next - refMs <= BEFORE_MS;
  };
  const movesRefs = few((each) => each.movesRefs);
  const ownRefs = few(({ own }) => own);
  const followRefs = [...ownRefs, ...few(({ related }) => related)].slice(0, MOST_REFS);
  const refusedRefs = few(({ account, moves: all }) =>
    refusals
      .filter(({ accounts }) => accounts.has(account))
      .flatMap(({ finding }) => finding.evidence)
      .filter((ref) => free(ref) && before(Date.parse(ref.time), all.map(timeOf))),
  );
  const acceptedRefs = few(({ account, moves: all }) =>
    view
      .of(VPN_WANT.kind)
      .filter(
        ({ fields, ref, timeMs }) =>
          free(ref) &&
          accountKey(fields.SubjectUserName ?? "") === account &&
          all.some((move) => Math.abs(timeMs - move.timeMs) <= BEFORE_MS),
      )
      .map(({ ref }) => ref),
  );
  const several = few((each) => (each.reached.size > 1 ? each.movesRefs : []));
  const reasons: readonly (readonly [points: number, says: string, refs: Finding["evidence"]])[] = [
    [1, "an account came in from the VPN pool", movesRefs],
    // Others work on the same hosts: what they did there says less.
    [
      ownRefs.length > 0 ? 3 : 2,
      "more followed on the hosts it reached, or by the same account",
      followRefs,
    ],
    [1, "it went to several hosts from there", several],
    [1, "its password was refused before", refusedRefs],
    [1, "the VPN's own server let the account in at that time", acceptedRefs],
  ];
  const seen = reasons.filter(([, , refs]) => refs.length > 0);
  const points = seen.reduce((sum, [each]) => sum + each, 0) - (malware.length > 0 ? 2 : 0);
  // Coming in over VPN is ordinary: only what follows makes it a way in.
  if (points < LEAST_POINTS) return undefined;
  const confidence = confidenceOf(points, 4, 6);
  const who = first.domain === undefined ? first.account : `${first.domain}\\${first.account}`;
  return analyzerFinding({
    rule: "case-vpn-way-in",
    same: [comers[0]!.account],
    kind: "hypothesis",
    severity: confidence === "high" ? "critical" : confidence === "medium" ? "high" : "low",
    confidence,
    title: "The VPN device looks like the way in",
    statement: say`${who} came from the VPN pool (${first.session?.address ?? first.from}) to ${[...reached].slice(0, 5).join(", ")}, first at ${minute(first.evidence[0]?.time ?? sinceMs)}; what is told of these hosts and this account began after that.`,
    attack: ["T1133", "T1078"],
    evidence: [...movesRefs, ...followRefs, ...refusedRefs, ...acceptedRefs],
    reasonsFor: seen.map(([, says, refs]) => cite(says, refs)),
    reasonsAgainst:
      malware.length > 0
        ? [
            cite(
              "an endpoint showed malware before that",
              malware.flatMap((fact) => fact.finding.evidence),
            ),
          ]
        : [],
    accounts: [who, ...comers.slice(1).map(({ account }) => account)],
    addresses: moves.flatMap(({ session }) => session?.address ?? []),
    falsePositives: ["Administrators who work from home over the same VPN."],
    alternatives: [
      "The user's own device was taken over and came in over its ordinary VPN session: then its address at the VPN is the usual one.",
      "Malware on an endpoint inside: less likely when no endpoint shows any before the VPN session.",
    ],
    checkNext: [
      say`From which address of the internet the session came, and whether it asked for a second factor [VPN device, around ${minute(sinceMs)}]`,
      "Whether the device has holes that were known at that time, and accounts of its own that nobody made",
    ],
    askCustomer: [
      "Which VPN device is it, which version did it have at that time, and are its own logs kept?",
      "Did the owner of the account work over VPN at that time?",
    ],
  });
}

const timeOf = ({ timeMs }: Move): number => timeMs;
