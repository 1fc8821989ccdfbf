import { isAddress, isInternalAddress } from "../base/ip-network.ts";
import type { Finding } from "../model/finding.ts";
import { type Phrase, say, type Text } from "../model/phrase.ts";
import type { Severity } from "../model/severity.ts";
import type { Analyzer } from "./analyzer.ts";
import { analyzerFinding, cite } from "./analyzer-finding.ts";
import { type ConnectionProfile, groupConnections, profileOf } from "./connection-profile.ts";
import { CONNECTION_WANTS, connectionsOf, programName } from "./connections.ts";
import { PERIODIC, PERIODIC_WEIGHTS } from "./statistics-limits.ts";
import { minute } from "./told-times.ts";

const MOST_FINDINGS = 50;
const MOST_REFS = 500;
/** Folders that users can write to: programs of an intruder mostly lie there. */
const WRITABLE = /\\(users|programdata|temp|perflogs|public|\$recycle\.bin|windows\\tasks)\\/i;

/** One term of a score: what it says, and how much of its weight it gave. */
interface Term {
  readonly name: keyof typeof PERIODIC_WEIGHTS;
  readonly says: Text;
  /** 0 to 1. */
  readonly value: number;
}

/** Connections and lookups that return like a clock: beacons, and much that is ordinary. */
export const periodicConnectionAnalyzer: Analyzer = {
  name: "periodic connections",
  wants: CONNECTION_WANTS,
  run(view) {
    const connections = connectionsOf(view.of, view.story.hosts);
    const users = new Map<string, Set<string>>();
    const hosts = new Set<string>();
    for (const { destination, host } of connections) {
      const known = users.get(destination) ?? new Set();
      users.set(destination, known.add(host));
      hosts.add(host);
    }
    const groups = groupConnections(connections, ({ host, program, destination, port }) =>
      [host, programName(program), destination, port].join("\n"),
    );
    const findings: { score: number; finding: Finding }[] = [];
    for (const [key, group] of groups) {
      if (group.length < PERIODIC.leastTimes) continue;
      const profile = profileOf(group);
      const share = (users.get(profile.destination)?.size ?? 1) / hosts.size;
      const common = hosts.size >= PERIODIC.commonHosts && share >= PERIODIC.commonShare;
      if (common || !isRhythm(profile)) continue;
      const terms = termsOf(profile, share, hosts.size);
      const score = terms.reduce((sum, { name, value }) => sum + PERIODIC_WEIGHTS[name] * value, 0);
      // Where nothing can be compared, only the program's place makes a rhythm more than ordinary.
      const odd = isWritable(profile) || hosts.size >= PERIODIC.commonHosts;
      const severity = score >= PERIODIC.mediumScore && odd ? "medium" : "low";
      if (score >= PERIODIC.leastScore)
        findings.push({ score, finding: findingOf(key, profile, terms, score, severity) });
    }
    return {
      findings: findings
        .sort((a, b) => b.score - a.score || (a.finding.id < b.finding.id ? -1 : 1))
        .slice(0, MOST_FINDINGS)
        .map(({ finding }) => finding),
    };
  },
};

function isRhythm({ periodMs, jitter, steady, spanMs }: ConnectionProfile): boolean {
  return (
    periodMs !== undefined &&
    periodMs >= PERIODIC.leastPeriodMs &&
    periodMs <= PERIODIC.mostPeriodMs &&
    (jitter ?? 1) <= PERIODIC.mostJitter &&
    (steady ?? 0) >= PERIODIC.leastSteady &&
    spanMs >= PERIODIC.leastSpanMs
  );
}

function termsOf(profile: ConnectionProfile, share: number, hosts: number): Term[] {
  const { jitter = 1, steady = 0, connections, destination, spanMs } = profile;
  const inside = isAddress(destination) && isInternalAddress(destination);
  const days = spanMs / 86_400_000;
  return [
    {
      name: "steady",
      says: say`${percent(steady)} of the intervals lie within a quarter of the median`,
      value: (steady - PERIODIC.leastSteady) / (1 - PERIODIC.leastSteady),
    },
    {
      name: "jitter",
      says: say`jitter is ${percent(jitter)}`,
      value: 1 - jitter / PERIODIC.mostJitter,
    },
    {
      name: "long",
      says: say`it went on for ${days.toFixed(1)} days, ${connections.length} times`,
      value: Math.min(1, (days + connections.length / 100) / 2),
    },
    {
      name: "rare",
      says:
        hosts < 2
          ? say`only one host can be compared`
          : say`${Math.round(share * hosts)} of ${hosts} hosts use this destination`,
      value: hosts < 2 ? 0.5 : 1 - share,
    },
    {
      name: "place",
      says: isWritable(profile)
        ? say`the program lies where users can write`
        : inside
          ? say`the destination is an internal address`
          : say`program and destination are not odd in themselves`,
      value: isWritable(profile) ? 1 : inside ? 0 : 0.3,
    },
  ];
}

/** Whether the program lies where users can write. */
function isWritable({ connections }: ConnectionProfile): boolean {
  return WRITABLE.test(connections.find(({ program }) => program !== "")?.program ?? "");
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}

function findingOf(
  key: string,
  profile: ConnectionProfile,
  terms: readonly Term[],
  score: number,
  severity: Severity,
): Finding {
  const { destination, name, connections, periodMs = 0 } = profile;
  const { host, port, program } = connections[0]!;
  const refs = connections.map(({ ref }) => ref);
  const where = `${name === undefined ? destination : `${name} (${destination})`}${port === "dns" ? "" : `:${port}`}`;
  const by = programName(program) || say`A program that is not recorded`;
  return analyzerFinding({
    rule: "periodic-connection",
    same: [key],
    kind: "hypothesis",
    severity,
    // A statistic alone is never sure, however many records it counts.
    confidence: "low",
    title: "Connections that return like a clock",
    statement:
      port === "dns"
        ? say`${by} on ${host} looked up ${where} every ${interval(periodMs)}, ${connections.length} times; score ${score.toFixed(2)}.`
        : say`${by} on ${host} connected to ${where} every ${interval(periodMs)}, ${connections.length} times; score ${score.toFixed(2)}.`,
    attack: ["T1071"],
    evidence: refs.slice(0, MOST_REFS),
    reasonsFor: [
      cite(say`the median interval is ${interval(periodMs)}`, refs),
      ...terms.map(
        ({ name: term, says, value }) =>
          say`${says} (${(PERIODIC_WEIGHTS[term] * value).toFixed(2)} of ${PERIODIC_WEIGHTS[term]})`,
      ),
    ],
    reasonsAgainst: ["updates, synchronisation, monitoring and chat programs keep time as well"],
    addresses: isAddress(destination) ? [destination] : [],
    processes: program === "" ? [] : [program],
    falsePositives: [
      "Update checks, mail and file synchronisation, monitoring agents, open web pages.",
    ],
    alternatives: [
      "A program that somebody installed on purpose and that asks for news: then its maker owns the destination.",
    ],
    checkNext: [
      say`Who made the program and who owns the destination [${host}: Sysmon 1, 3 and 22, Security 4688 and 5156, from ${minute(refs[0]!.time)}]`,
      "With a destination that is known to serve an intruder, konseki triage --known-c2 ranks the others by likeness",
    ],
    askCustomer: ["Is this program known, and since when is it on this host?"],
  });
}

/** `90 s`, `15 min`, `6 h`. */
function interval(ms: number): Phrase {
  const seconds = ms / 1000;
  if (seconds < 120) return say`${Math.round(seconds)} s`;
  return seconds < 7200
    ? say`${Math.round(seconds / 60)} min`
    : say`${Math.round(seconds / 3600)} h`;
}
