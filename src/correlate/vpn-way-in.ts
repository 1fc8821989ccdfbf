import type { Finding } from "../model/finding.ts";
import { say } from "../model/phrase.ts";
import type { SignalWant } from "../model/signal.ts";
import type { QuestionId } from "../model/sufficiency.ts";
import type { Analyzer, CaseView } from "./analyzer.ts";
import { accountKey, analyzerFinding, cite, confidenceOf } from "./analyzer-finding.ts";
import { caseKindVerdict } from "./judge-case-kinds.ts";
import { SegmentMap } from "./segment-map.ts";
import type { Move } from "./story.ts";
import { hasTechnique, recordsSince, type TellingFact, tellingFacts } from "./telling-facts.ts";
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

function judge(view: CaseView, map: SegmentMap): Finding | undefined {
  const byAccount = new Map<string, Move[]>();
  for (const move of view.story.moves) {
    if (!move.succeeded || map.end(move.from, move.session?.address, move.timeMs).role !== "vpn")
      continue;
    const key = accountKey(move.account);
    const known = byAccount.get(key);
    if (known === undefined) byAccount.set(key, [move]);
    else known.push(move);
  }
  const { hosts } = view.story;
  const facts = tellingFacts(view.findings, "medium", hosts);
  const refusals = tellingFacts(view.findings, "low", hosts).filter(({ finding }) =>
    hasTechnique(finding, ["T1110"]),
  );
  const judged = [...byAccount].map(([account, moves]) =>
    judgeAccount(view, account, moves, facts, refusals),
  );
  return judged
    .flatMap((each) => each ?? [])
    .sort((a, b) => b.points - a.points || (a.finding.first < b.finding.first ? -1 : 1))[0]
    ?.finding;
}

function judgeAccount(
  view: CaseView,
  account: string,
  moves: readonly Move[],
  facts: readonly TellingFact[],
  refusals: readonly TellingFact[],
): { finding: Finding; points: number } | undefined {
  const [first] = moves;
  if (first === undefined) return undefined;
  const { hosts } = view.story;
  const sinceMs = first.timeMs;
  const reached = new Set(moves.map(({ to }) => hosts.nameOf(to)));
  const follows = facts.filter(
    (fact) =>
      !fact.finding.rule.id.startsWith("segment-") &&
      fact.firstMs >= sinceMs &&
      fact.firstMs - sinceMs <= FOLLOWS_MS &&
      (fact.accounts.has(account) || [...fact.hosts].some((host) => reached.has(host))),
  );
  const refused = refusals.filter(
    (fact) =>
      fact.accounts.has(account) && fact.firstMs <= sinceMs && sinceMs - fact.firstMs <= BEFORE_MS,
  );
  const accepted = view
    .of(VPN_WANT.kind)
    .filter(
      ({ fields, timeMs }) =>
        accountKey(fields.SubjectUserName ?? "") === account &&
        Math.abs(timeMs - sinceMs) <= BEFORE_MS,
    );
  const malware = facts.filter(
    (fact) =>
      fact.firstMs < sinceMs &&
      sinceMs - fact.firstMs <= FOLLOWS_MS &&
      hasTechnique(fact.finding, ENDPOINT),
  );
  const movesRefs = moves.flatMap(({ evidence }) => evidence).slice(0, MOST_REFS);
  const followRefs = recordsSince(follows, sinceMs).slice(0, MOST_REFS);
  const refusedRefs = refused.flatMap(({ finding }) => finding.evidence).slice(0, MOST_REFS);
  const acceptedRefs = accepted.map(({ ref }) => ref).slice(0, MOST_REFS);
  const reasons: readonly (readonly [points: number, says: string, refs: Finding["evidence"]])[] = [
    [1, "an account came in from the VPN pool", movesRefs],
    // Others work on the same hosts: what they did there says less.
    [
      follows.some(({ accounts }) => accounts.has(account)) ? 3 : 2,
      "more followed on the hosts it reached, or by the same account",
      followRefs,
    ],
    [1, "it went to several hosts from there", reached.size > 1 ? movesRefs : []],
    [1, "its password was refused before", refusedRefs],
    [1, "the VPN's own server let the account in at that time", acceptedRefs],
  ];
  const seen = reasons.filter(([, , refs]) => refs.length > 0);
  const points = seen.reduce((sum, [each]) => sum + each, 0) - (malware.length > 0 ? 2 : 0);
  // Coming in over VPN is ordinary: only what follows makes it a way in.
  if (points < LEAST_POINTS || followRefs.length === 0) return undefined;
  const confidence = confidenceOf(points, 4, 6);
  const who = first.domain === undefined ? first.account : `${first.domain}\\${first.account}`;
  const finding = analyzerFinding({
    rule: "case-vpn-way-in",
    same: [account],
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
    accounts: [who],
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
  return { finding, points };
}
