import { isAddress, isInternalAddress } from "../base/ip-network.ts";
import type { Finding } from "../model/finding.ts";
import { ownWords, say } from "../model/phrase.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { Analyzer, CaseView } from "./analyzer.ts";
import {
  accountKey,
  analyzerFinding,
  cite,
  confidenceOf,
  distinctRefs,
  recordKey,
} from "./analyzer-finding.ts";
import { tidyHost } from "./host-names.ts";
import { SegmentMap } from "./segment-map.ts";
import { hasTechnique, recordsSince, type TellingFact, tellingFacts } from "./telling-facts.ts";
import { minute } from "./told-times.ts";

const DAY_MS = 86_400_000;
/** What follows within this time may follow from the way in. */
const FOLLOWS_MS = 14 * DAY_MS;
const MOST_REFS = 200;
const MOST_CANDIDATES = 200;
const MEDIUM = 4;
const HIGH = 6;
const BASE = 3;

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
  readonly timeMs: number;
  readonly host: string;
  readonly accounts: ReadonlySet<string>;
  readonly addresses: readonly string[];
  readonly refs: readonly RecordRef[];
}

interface Weighed extends Candidate {
  readonly points: number;
  readonly follows: readonly TellingFact[];
  readonly refused: readonly TellingFact[];
  readonly before: readonly TellingFact[];
}

/** The most likely way in, with the others that were considered. Says nothing where nothing followed. */
export const wayInAnalyzer: Analyzer = {
  name: "way in",
  wants: [],
  run(view) {
    const facts = tellingFacts(view.findings, "medium", view.story.hosts);
    const refusals = tellingFacts(view.findings, "low", view.story.hosts).filter(({ finding }) =>
      hasTechnique(finding, ["T1110"]),
    );
    const weighed = [...fromOutside(view), ...fromFacts(facts)]
      .sort((a, b) => a.timeMs - b.timeMs)
      .slice(0, MOST_CANDIDATES)
      .map((candidate) => weigh(candidate, facts, refusals))
      .filter(({ follows }) => follows.length > 0)
      .sort((a, b) => b.points - a.points || a.timeMs - b.timeMs || (a.id < b.id ? -1 : 1));
    const [best, ...others] = weighed;
    return { findings: best === undefined ? [] : [findingOf(best, others)] };
  },
};

/** The first move of each account from an address of the internet or the VPN pool. */
function fromOutside(view: CaseView): Candidate[] {
  const map = view.inventory && new SegmentMap(view.inventory, view.story.hosts);
  const firsts = new Map<string, Candidate>();
  for (const { from, to, timeMs, account, succeeded, evidence, session } of view.story.moves) {
    if (!succeeded) continue;
    const address = tidyHost(session?.address ?? from);
    const vpn = map?.end(from, session?.address, timeMs).role === "vpn";
    const internet =
      isAddress(address) && !isInternalAddress(address) && map?.segmentOf(address) === undefined;
    if (!vpn && !internet) continue;
    const id = vpn ? "vpn" : "internet";
    const key = `${id}\n${accountKey(account)}`;
    if (firsts.has(key)) continue;
    firsts.set(key, {
      id,
      says: vpn
        ? "somebody logged on from the VPN pool"
        : "somebody logged on from an address of the internet",
      timeMs,
      host: view.story.hosts.nameOf(to, timeMs),
      accounts: new Set([accountKey(account)]),
      addresses: [address],
      refs: evidence,
    });
  }
  return [...firsts.values()];
}

/** The first fact of each way on each host. */
function fromFacts(facts: readonly TellingFact[]): Candidate[] {
  const firsts = new Map<string, Candidate>();
  for (const { id, says, attack } of FACT_WAYS)
    for (const { finding, firstMs, hosts, accounts } of facts) {
      if (!hasTechnique(finding, attack)) continue;
      for (const host of hosts) {
        const key = `${id}\n${host}`;
        if (firsts.has(key)) continue;
        firsts.set(key, {
          id,
          says,
          timeMs: firstMs,
          host,
          accounts,
          addresses: finding.entities.addresses,
          refs: finding.evidence,
        });
      }
    }
  return [...firsts.values()];
}

/**
 * Points for a candidate: what came after it on the same host or by the same account speaks for it, refused
 * passwords just before it too; telling facts before it, anywhere, speak against it. A logon is ordinary, and many
 * log on to one host: what others did there later speaks less for it than what its own account did. Records that
 * speak against it are never among its evidence.
 */
function weigh(
  candidate: Candidate,
  facts: readonly TellingFact[],
  refusals: readonly TellingFact[],
): Weighed {
  const { id, timeMs, host, accounts, refs } = candidate;
  const own = new Set(refs.map(recordKey));
  const others = facts.filter(
    ({ finding }) => !finding.evidence.some((ref) => own.has(recordKey(ref))),
  );
  const byAccount = (fact: TellingFact): boolean =>
    [...fact.accounts].some((account) => account !== "" && accounts.has(account));
  const related = (fact: TellingFact): boolean => fact.hosts.has(host) || byAccount(fact);
  const follows = others.filter(
    (fact) => fact.firstMs >= timeMs && fact.firstMs - timeMs <= FOLLOWS_MS && related(fact),
  );
  const before = others.filter(
    (fact) =>
      fact.firstMs < timeMs &&
      timeMs - fact.firstMs <= FOLLOWS_MS &&
      !hasTechnique(fact.finding, ["T1110"]),
  );
  const refused = refusals.filter(
    (fact) => fact.firstMs <= timeMs && timeMs - fact.firstMs <= DAY_MS && related(fact),
  );
  const isLogon = id === "vpn" || id === "internet";
  const telling = isLogon ? follows.some(byAccount) : follows.length > 0;
  const points =
    BASE +
    (telling ? 2 : follows.length > 0 ? 1 : 0) +
    (refused.length > 0 ? 1 : 0) -
    (before.length > 0 ? 2 : 0);
  return { ...candidate, points, follows, refused, before };
}

function findingOf(best: Weighed, others: readonly Weighed[]): Finding {
  const { id, says, host, timeMs, accounts, addresses, refs, points, follows, refused, before } =
    best;
  const confidence = confidenceOf(points, MEDIUM, HIGH);
  const after = recordsSince(follows, timeMs);
  const denied = refused.flatMap(({ finding }) => finding.evidence);
  const earlier = before.flatMap(({ finding }) => finding.evidence);
  const who = [...accounts].filter((account) => account !== "");
  const at = minute(distinctRefs(refs)[0]!.time);
  return analyzerFinding({
    rule: "way-in",
    same: [id, host, ...who],
    kind: "hypothesis",
    severity: confidence === "low" ? "low" : confidence === "medium" ? "medium" : "high",
    confidence,
    title: "How they came in",
    statement: say`The way in was probably ${host} at ${at}: ${ownWords(says)}${addresses.length > 0 ? say`, from ${addresses.slice(0, 3).join(", ")}` : ""}${who.length > 0 ? say`, with ${who.slice(0, 3).join(", ")}` : ""}.`,
    attack:
      id === "vpn" || id === "internet" ? ["T1133", "T1078"] : ["T1190"].filter(() => id === "web"),
    evidence: [
      ...refs.slice(0, MOST_REFS),
      ...after.slice(0, MOST_REFS),
      ...denied.slice(0, MOST_REFS),
    ],
    reasonsFor: [
      cite(says, refs),
      cite("more followed on the same host or by the same account", after),
      ...(denied.length > 0 ? [cite("passwords were refused there just before", denied)] : []),
    ],
    reasonsAgainst: [
      ...(earlier.length > 0 ? [cite("something telling happened before it", earlier)] : []),
      "an earlier way in may lie before the first record, or on hosts without logs",
    ],
    accounts: who,
    addresses,
    falsePositives: ["Home office, suppliers and remote support come in the same ways."],
    alternatives: [
      ...others
        .slice(0, 5)
        .map((other) =>
          cite(
            other.points < points
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
