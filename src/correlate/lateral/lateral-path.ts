import type { Finding } from "../../model/finding.ts";
import { distinctTexts, ownWords, type Phrase, row, say, type Text } from "../../model/phrase.ts";
import { severityRank } from "../../model/severity.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { analyzerFinding, cite, confidenceOf } from "../analyzer-finding.ts";
import { lookedAt } from "../looked-at.ts";
import type { HostFacts, Move } from "../story.ts";
import { minute } from "../told-times.ts";
import { findPaths, type MovePath } from "./find-paths.ts";
import { habitsOf } from "./habits.ts";
import {
  accountName,
  DAY_MS,
  firstLogMs,
  HOUR_MS,
  listed,
  MINUTE_MS,
  movementOf,
  placeToLook,
  refsOf,
  who,
} from "./move-words.ts";

/** Days of logs before the first hop that make "never before" mean something. */
const LEARNING_MS = 2 * DAY_MS;
const LONG_PATH = 3;
/** What a hop itself leaves: facts of nothing else say only once more that somebody came. */
const OF_A_HOP = /^T(?:1021|1047|1053\.005|1078|1550|1569\.002|1570)(?:\.|$)/;
const MEDIUM_POINTS = 3;
const HIGH_POINTS = 5;
/** Paths that are told, longest first. */
const MOST_PATHS = 50;

/** Somebody who goes on from machine to machine: where it began, each hop, and how far it came. */
export const lateralPathAnalyzer: Analyzer = {
  name: "lateral path",
  wants: [],
  run(view) {
    const { moves } = view.story;
    const since = firstLogMs(view) ?? moves[0]?.timeMs ?? 0;
    const habits = habitsOf(view);
    const paths = findPaths(moves, habits).sort((a, b) => b.hops.length - a.hops.length);
    return {
      findings: paths.slice(0, MOST_PATHS).map((path) => pathFinding(path, view, since)),
    };
  },
};

function pathFinding({ hops, moves }: MovePath, view: CaseView, sinceMs: number): Finding {
  const first = hops[0]!;
  const end = furthest(hops, moves, view);
  const accounts = [...new Set(hops.map(accountName))];
  const stops = [...new Set(hops.flatMap(({ from, to }) => [from, to]))];
  const fromMs = first.timeMs;
  const toMs = moves.at(-1)!.timeMs;
  const { points, reasons, against } = weigh(hops, moves, view, sinceMs);
  const confidence = confidenceOf(points, MEDIUM_POINTS, HIGH_POINTS);
  const uncertain = distinctTexts(moves.flatMap((move) => move.uncertain ?? []));
  return analyzerFinding({
    rule: "lateral-path",
    same: hops.map(({ from, to, account }) => `${from}>${to}>${account.toLowerCase()}`),
    kind: "hypothesis",
    severity: confidence === "high" ? "high" : confidence === "medium" ? "medium" : "low",
    confidence,
    title: "Somebody went on from machine to machine",
    statement: say`${listed(hops.map(who))} went over ${stops.length} machines between ${minute(fromMs)} and ${minute(toMs)}: ${row(hops.map(hopWords), "; ")}. The way begins at ${first.from}, the likely patient zero (the first machine that these logs tell of), and comes furthest at ${end.words}${end.behind}.`,
    attack: [...new Set(["T1021", ...hops.flatMap(({ method }) => techniqueOf(method))])],
    evidence: refsOf(moves),
    reasonsFor: reasons,
    reasonsAgainst: [...against, ...uncertain],
    accounts,
    addresses: moves.flatMap(({ session }) => (session?.address ? [session.address] : [])),
    movements: hops.map(movementOf),
    falsePositives: [
      "administrators who go over a jump host, above all on the first day of the logs",
      "software distribution, backup or monitoring that runs with one account on many machines",
    ],
    alternatives: [
      "an administrator at work: less likely the rarer the way, the account and the hour; a change ticket would settle it",
      "a script or scanner with stored credentials: it would go to many machines from one, not on from each",
    ],
    checkNext: [
      say`what ran on each machine while the session lasted ${placeToLook(stops, "Security 4688, Sysmon 1, PowerShell 4104", fromMs - HOUR_MS, toMs + HOUR_MS)}`,
      say`how the first machine was entered: mail, browser, VPN, exposed service ${placeToLook([first.from], "Security, Sysmon, Defender, proxy and VPN logs", fromMs - DAY_MS, fromMs)}`,
      say`where it went on to from the last machine ${placeToLook([hops.at(-1)!.to], "Security 4648, RDPClient 1024 and 1102, firewall", toMs, toMs + DAY_MS)}`,
    ],
    askCustomer: [
      "Were these logons the work of the account's owner? From which device, and for what task?",
      "Which machines is this account meant to be used on?",
    ],
  });
}

interface Weighed {
  readonly points: number;
  readonly reasons: Text[];
  readonly against: Text[];
}

/**
 * What speaks for an intruder. Only what is there counts, and never as a share of the rest, so that a record less never
 * counts more.
 */
function weigh(
  hops: readonly Move[],
  moves: readonly Move[],
  view: CaseView,
  sinceMs: number,
): Weighed {
  const reasons = [
    cite("a hop goes on from a machine that was entered from afar before", refsOf(hops)),
  ];
  const against: Text[] = [];
  let points = 1;
  if (hops.length >= LONG_PATH) {
    points++;
    reasons.push(cite(say`the way has ${hops.length} hops`, refsOf(hops)));
  }
  const lastMs = latestMs(moves);
  const knownMs = lastMs - sinceMs;
  const known = (says: Text): Text =>
    lookedAt(says, [...new Set(hops.map(({ to }) => to))], "Security", sinceMs, lastMs);
  if (knownMs >= LEARNING_MS) {
    points++;
    reasons.push(
      known(
        say`none of these ways is a habit, and the logs reach back ${Math.floor(knownMs / DAY_MS)} days before the last hop`,
      ),
    );
  } else
    against.push(known("the logs begin too short before the last hop to know what is usual here"));
  const joined = hops.filter(({ sides }) => sides.length > 1);
  if (joined.length > 0) {
    points++;
    reasons.push(cite(say`hops that two sides tell of: ${joined.length}`, refsOf(joined)));
  }
  if (joined.length * 2 < hops.length)
    against.push(
      cite(
        "most hops are told by one side only",
        refsOf(hops.filter(({ sides }) => sides.length < 2)),
      ),
    );
  const ruled = hops.filter(({ session }) => session?.elevated);
  if (ruled.length > 0) {
    points++;
    reasons.push(cite("the session had rights that rule the machine", refsOf(ruled)));
  }
  const grave = graveFindings(hops, moves, view);
  if (grave.length > 0) {
    points += grave.some(({ severity }) => severityRank(severity) <= severityRank("high")) ? 2 : 1;
    const titles = [...new Set(grave.map(({ title }) => title))];
    reasons.push(
      cite(
        say`on these machines in this time: ${listed(titles.map(ownWords), 4)}`,
        grave.flatMap(({ evidence }) => evidence.slice(0, 3)),
      ),
    );
  }
  return { points, reasons, against };
}

/** The last record of the moves: what is taken away never makes it later. */
function latestMs(moves: readonly Move[]): number {
  let latest = 0;
  for (const { time } of refsOf(moves)) latest = Math.max(latest, Date.parse(time));
  return latest;
}

/** Facts of other things than hops, from medium up on the machines of the way, from shortly before the first hop to a day after the last. */
function graveFindings(hops: readonly Move[], moves: readonly Move[], view: CaseView): Finding[] {
  const stops = new Set(hops.map(({ to }) => to));
  const fromMs = hops[0]!.timeMs - 10 * MINUTE_MS;
  const toMs = moves.at(-1)!.timeMs + DAY_MS;
  return view.findings
    .filter(
      ({ kind, severity, attack, evidence }) =>
        kind === "fact" &&
        severityRank(severity) <= severityRank("medium") &&
        (attack.length === 0 || attack.some((technique) => !OF_A_HOP.test(technique))) &&
        evidence.some((ref) => {
          const ms = Date.parse(ref.time);
          return ms >= fromMs && ms <= toMs && stops.has(view.story.hosts.nameOf(ref.host, ms));
        }),
    )
    .slice(0, 20);
}

/**
 * The machine that gives most power over others. A hop stands for every time that the same way was gone: where the first
 * logon's record was cleared away, a later one may tell of its rights.
 */
function furthest(
  hops: readonly Move[],
  moves: readonly Move[],
  view: CaseView,
): { words: Text; behind: Text } {
  const ruled = new Set(moves.flatMap(({ to, session }) => (session?.elevated ? [to] : [])));
  let best: { hop: Move; host: HostFacts | undefined; rank: number } | undefined;
  for (const hop of hops) {
    const host = view.story.hosts.find(hop.to, hop.timeMs);
    const rank = (host?.isDomainController ? 4 : 0) + (ruled.has(hop.to) ? 2 : 0);
    if (best === undefined || rank >= best.rank) best = { hop, host, rank };
  }
  const { hop, host } = best!;
  const what = [
    ...(host?.isDomainController ? [say`a domain controller`] : []),
    ...(ruled.has(hop.to) ? [say`with special privileges`] : []),
  ];
  const last = hops.at(-1)!;
  return {
    words: what.length === 0 ? hop.to : say`${hop.to} (${row(what)})`,
    // Often only because its log was cleared: the machine it went to last must not drop out of sight.
    behind:
      last.to === hop.to
        ? ""
        : ruled.has(last.to)
          ? say`; it ends at ${last.to}`
          : say`; it ends at ${last.to}, for which no special privileges are recorded`,
  };
}

function hopWords(hop: Move): Phrase {
  return say`${hop.from} → ${hop.to} by ${ownWords(hop.method)} as ${who(hop)} at ${minute(hop.timeMs)}`;
}

/** ATT&CK technique of a way. */
export function techniqueOf(method: Move["method"]): string[] {
  switch (method) {
    case "RDP":
      return ["T1021.001"];
    case "SSH":
      return ["T1021.004"];
    case "SMB":
      return ["T1021.002"];
    case "service":
      return ["T1021.002", "T1569.002"];
    case "task":
      return ["T1053.005"];
    case "WMI":
      return ["T1047"];
    case "WinRM":
      return ["T1021.006"];
    case "DCOM":
      return ["T1021.003"];
    default:
      return [];
  }
}
