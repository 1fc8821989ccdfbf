import { isAddress, isInternalAddress, networkHolds, parseNetwork } from "../base/ip-network.ts";
import type { Finding } from "../model/finding.ts";
import { ownWords, type Phrase, row, say } from "../model/phrase.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { Analyzer, CaseView } from "./analyzer.ts";
import { analyzerFinding, cite } from "./analyzer-finding.ts";
import { CONNECTION_WANTS, connectionsOf, programName } from "./connections.ts";
import { isLoopback, tidyHost } from "./host-names.ts";
import { movementOf } from "./lateral/move-words.ts";
import { type SegmentEnd, SegmentMap } from "./segment-map.ts";
import { MANAGEMENT_PORTS, SEGMENT_RULES, type SegmentRule } from "./segment-rules.ts";
import type { Move } from "./story.ts";
import { minute } from "./told-times.ts";

const MOST_FINDINGS = 500;
const FALSE_POSITIVES = [
  "Jump hosts, management servers and scanners: give them the role management in the inventory.",
];

/** Moves, connections and addresses against the inventory; says nothing without one. */
export const segmentAnalyzer: Analyzer = {
  name: "segments",
  wants: CONNECTION_WANTS,
  run(view) {
    if (view.inventory === undefined) return { findings: [] };
    const map = new SegmentMap(view.inventory, view.story.hosts);
    return {
      findings: [
        ...crossings(view, map),
        ...managementPorts(view, map),
        ...strangers(view, map),
        ...contradictions(view, map),
      ].slice(0, MOST_FINDINGS),
    };
  },
};

/** `SRV-01 (servers, server)`. */
function described({ name, segment, role }: SegmentEnd): string {
  const known = [segment?.segment, role].filter((text) => text !== undefined);
  return known.length === 0 ? name : `${name} (${known.join(", ")})`;
}

function crossings(view: CaseView, map: SegmentMap): Finding[] {
  const groups = new Map<string, { rule: SegmentRule; moves: Move[] }>();
  for (const move of view.story.moves) {
    if (!move.succeeded) continue;
    const { rule, from, to } = crossing(move, map);
    if (rule === undefined) continue;
    const key = [rule.id, from.name, to.name, move.method, move.account].join("\n").toLowerCase();
    const group = groups.get(key) ?? { rule, moves: [] };
    groups.set(key, group);
    group.moves.push(move);
  }
  return [...groups].map(([key, { rule, moves }]) => {
    const [first] = moves;
    const { from, to } = crossing(first!, map);
    const { account, domain, method } = first!;
    const who = domain === undefined ? account : `${domain}\\${account}`;
    const evidence = moves.flatMap((move) => move.evidence);
    const times = moves.length === 1 ? "" : say` (${moves.length} times)`;
    return analyzerFinding({
      rule: `segment-${rule.id}`,
      same: [key],
      kind: "fact",
      severity: rule.severity,
      confidence: "high",
      title: rule.title,
      statement: say`${who} went from ${described(from)} to ${described(to)} by ${ownWords(method)}${times}.`,
      attack: [method === "RDP" ? "T1021.001" : method === "SSH" ? "T1021.004" : "T1021"],
      evidence,
      reasonsFor: [cite("the records tell of the movement", evidence), ...rolesSay(from, to)],
      accounts: [who],
      addresses: [from.address, to.address].flatMap((address) => address ?? []),
      falsePositives: FALSE_POSITIVES,
      checkNext: [
        say`Whether this way is meant to be open, and what was done on the other side [${to.name}: Security 4624, 4672 and 4688, from ${minute(moves[0]!.timeMs)}]`,
      ],
      askCustomer: ["May this account work on that host from there?"],
      movements: moves.map(movementOf),
    });
  });
}

function rolesSay(...ends: readonly SegmentEnd[]): Phrase[] {
  return ends.map(({ name, row, segment, role }) => {
    const line = row?.role === undefined ? segment?.line : row.line;
    return say`the inventory gives ${name} the role ${role} (line ${line})`;
  });
}

function crossing(
  { from, to, method, session, timeMs }: Move,
  map: SegmentMap,
): { rule: SegmentRule | undefined; from: SegmentEnd; to: SegmentEnd } {
  const source = map.end(from, session?.address, timeMs);
  const target = map.end(to, undefined, timeMs);
  const rule =
    source.name === target.name
      ? undefined
      : SEGMENT_RULES.find(
          (each) =>
            source.role !== undefined &&
            target.role !== undefined &&
            each.from.includes(source.role) &&
            each.to.includes(target.role) &&
            each.methods.includes(method),
        );
  return { rule, from: source, to: target };
}

/** Connections to ports of administration from one segment into another. */
function managementPorts(view: CaseView, map: SegmentMap): Finding[] {
  const groups = new Map<
    string,
    { from: SegmentEnd; to: SegmentEnd; port: string; program: string; refs: RecordRef[] }
  >();
  for (const { host, destination, port, program, ref, timeMs } of connectionsOf(
    view.of,
    view.story.hosts,
  )) {
    if (!MANAGEMENT_PORTS.has(port)) continue;
    const from = map.end(host, undefined, timeMs);
    const to = map.end(destination, destination, timeMs);
    if (from.role === undefined || from.role === "management" || to.segment === undefined) continue;
    if (from.segment === undefined || from.segment === to.segment) continue;
    const key = [from.name, to.segment.segment, port, programName(program)].join("\n");
    const group = groups.get(key) ?? { from, to, port, program, refs: [] };
    groups.set(key, group);
    group.refs.push(ref);
  }
  return [...groups].map(([key, { from, to, port, program, refs }]) =>
    analyzerFinding({
      rule: "segment-management-port",
      same: [key],
      kind: "fact",
      severity: from.role === "server" || from.role === "dc" ? "informational" : "low",
      confidence: "high",
      title: "Management port of another segment reached",
      statement: say`${described(from)} connected to port ${port} (${MANAGEMENT_PORTS.get(port)}) in ${to.segment!.segment}, first at ${to.name}, with ${programName(program) || say`a program that is not recorded`}.`,
      attack: ["T1021"],
      evidence: refs,
      reasonsFor: [cite("the records tell of the connection", refs)],
      reasonsAgainst: ["a connection is no logon: it may have been refused"],
      addresses: to.address === undefined ? [] : [to.address],
      processes: program === "" ? [] : [program],
      falsePositives: FALSE_POSITIVES,
      checkNext: [
        say`Whether a logon followed [${to.name}: Security 4624 and 4625, from ${minute(refs[0]!.time)}]`,
      ],
    }),
  );
}

/**
 * Addresses from which somebody logged on and which lie in no segment of the inventory. One that names no segment says
 * nothing of addresses inside.
 */
function strangers(view: CaseView, map: SegmentMap): Finding[] {
  const { segments = [], issues = [] } = view.inventory ?? {};
  const groups = new Map<string, Move[]>();
  for (const move of view.story.moves) {
    const address = tidyHost(move.session?.address ?? move.from);
    if (!move.succeeded || !isPlace(address)) continue;
    if (map.segmentOf(address) !== undefined || map.row(address) !== undefined) continue;
    if (segments.length === 0 && isInternalAddress(address)) continue;
    const known = groups.get(address);
    if (known === undefined) groups.set(address, [move]);
    else known.push(move);
  }
  return [...groups].map(([address, moves]) => {
    const inside = isInternalAddress(address);
    const evidence = moves.flatMap((move) => move.evidence);
    const hosts = [...new Set(moves.map(({ to }) => view.story.hosts.nameOf(to)))];
    return analyzerFinding({
      rule: "segment-unknown-address",
      same: [address],
      kind: "fact",
      severity: inside ? "low" : "medium",
      confidence: "high",
      title: inside
        ? "Logon from an address in no segment of the inventory"
        : "Logon from an address of the internet",
      statement: say`${address} reached ${hosts.slice(0, 5).join(", ")} by ${row([...new Set(moves.map(({ method }) => method))].map(ownWords))}; the inventory has no segment for it.`,
      attack: inside ? [] : ["T1133"],
      evidence,
      reasonsFor: [cite("somebody logged on from there", evidence)],
      reasonsAgainst: inside
        ? [
            issues.length === 0
              ? "the inventory may not be complete"
              : "rows of the inventory could not be used: the address may be in one of them",
          ]
        : [],
      accounts: moves.map(({ account, domain }) =>
        domain === undefined ? account : `${domain}\\${account}`,
      ),
      addresses: [address],
      falsePositives: ["A segment that is missing in the inventory; address translation; a cloud."],
      checkNext: [
        say`Whose address it is and since when it is in use [${hosts[0]}: Security 4624]`,
      ],
      askCustomer: ["Which device or site has this address?"],
    });
  });
}

/** An address at which somebody else can be. */
function isPlace(address: string): boolean {
  return isAddress(address) && !isLoopback(address) && address !== "0.0.0.0" && address !== "::";
}

/** What logs say of a host against what the inventory says. */
function contradictions(view: CaseView, map: SegmentMap): Finding[] {
  const moves = view.story.moves;
  return view.story.hosts.all.flatMap((host): Finding[] => {
    const row = map.row(host.name);
    if (row === undefined) return [];
    const expected = row.cidr === undefined ? undefined : parseNetwork(row.cidr);
    return host.addresses.flatMap(({ address, firstMs }): Finding[] => {
      if (!isPlace(address)) return [];
      const segment = map.segmentOf(address);
      const outside = expected !== undefined && !networkHolds(expected, address);
      const other =
        row.segment !== undefined && segment !== undefined && segment.segment !== row.segment;
      if (!outside && !other) return [];
      const evidence = moves
        .filter(
          ({ to, from, session }) =>
            tidyHost(session?.address ?? from) === address ||
            tidyHost(from) === address ||
            tidyHost(to) === address,
        )
        .flatMap((move) => move.evidence);
      if (evidence.length === 0) return [];
      return [
        analyzerFinding({
          rule: "segment-contradiction",
          same: [host.name, address],
          kind: "fact",
          severity: "low",
          confidence: "medium",
          title: "Host seen in another segment than the inventory says",
          statement: say`${host.name} had the address ${address} (${segment?.segment ?? say`no segment`}) from ${minute(firstMs)}; the inventory (line ${row.line}) puts it in ${row.segment ?? row.cidr}.`,
          attack: [],
          evidence,
          reasonsFor: [cite("the records name the address for this host", evidence)],
          reasonsAgainst: ["the inventory may be out of date, or the host has several addresses"],
          addresses: [address],
          falsePositives: [
            "Notebooks, VPN clients, clusters, and inventories that are out of date.",
          ],
          checkNext: ["Whether another machine used the name of this host at that time"],
          askCustomer: ["Was the host moved, or is the inventory out of date?"],
        }),
      ];
    });
  });
}
