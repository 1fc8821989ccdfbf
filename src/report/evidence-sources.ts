import type { EvidenceSource } from "../model/evidence-source.ts";
import type { InputLedger } from "../model/ledger.ts";
import { say, type Text } from "../model/phrase.ts";

/** Hosts and sources named in one sentence. */
const MOST_NAMED = 5;
/** Logs of one channel of one host that each other one is compared with. */
const MOST_COMPARED = 200;
const LOG_NAME = /\.(evtx(_data)?|xml|jsonl?|ndjson)$/i;

/**
 * The sources of a case by the paths that the user named, with the hosts that their logs are of. `named` folders that hold several
 * folders or containers are as many sources.
 */
export function evidenceSources(
  inputs: readonly InputLedger[],
  named: readonly string[],
): EvidenceSource[] {
  const groups = new Map<string, InputLedger[]>();
  for (const input of inputs) {
    const path = sourceOf(input, named);
    const group = groups.get(path);
    if (group === undefined) groups.set(path, [input]);
    else group.push(input);
  }
  const logs = new Map<string, InputLedger[]>();
  for (const input of inputs.filter((each) => isOwn(each) && isPlain(each)))
    logs.set(logKey(input), [...(logs.get(logKey(input)) ?? []), input]);
  const sources = [...groups].sort(([a], [b]) => compare(a, b));
  const hostsOf = new Map(sources.map(([path, group]) => [path, hostsIn(group)]));
  return sources.map(([path, group]) => {
    const hosts = hostsOf.get(path) ?? [];
    const conflicts = [
      ...severalHosts(hosts),
      ...hosts.flatMap(({ host }) => namesakes(host, path, hostsOf)),
      ...contradictions(group, logs, (input) => sourceOf(input, named)),
    ];
    return {
      path,
      inputs: group.length,
      unread: group.filter(({ status }) => status === "unread").length,
      hosts,
      ...(conflicts.length > 0 && { conflicts }),
    };
  });
}

/** The container a log lay in, else the folder below the one that was named. */
function sourceOf({ path, status, evidence }: InputLedger, named: readonly string[]): string {
  if (evidence !== undefined && evidence.inside.length > 0) return evidence.source;
  const container = /^.*?(?=!\/)/s.exec(path)?.[0];
  const plain = container ?? path;
  const root = named.find((each) => isBelow(plain, each));
  // What is named no log and gave none is a container that could not be opened.
  if (root === undefined || (status === "unread" && !LOG_NAME.test(path))) return plain;
  const folder = root.replace(/[/\\]+$/, "");
  const rest = plain.slice(folder.length + 1);
  const [first = "", more] = rest.split(/[/\\]/, 2);
  return more === undefined && container === undefined
    ? folder
    : plain.slice(0, plain.length - rest.length + first.length);
}

function isBelow(path: string, folder: string): boolean {
  const prefix = folder.replace(/[/\\]+$/, "");
  return path.startsWith(prefix) && /^[/\\]./s.test(path.slice(prefix.length));
}

/** True: its events are of the host that it was taken from. */
function isOwn({ origin, channels }: InputLedger): boolean {
  const forwarded = channels.some(({ channel }) => channel.toLowerCase() === "forwardedevents");
  return origin !== "forwarded" && !forwarded;
}

function hostsIn(group: readonly InputLedger[]): { host: string; logs: number }[] {
  const counts = new Map<string, { host: string; logs: number }>();
  for (const { hosts } of group.filter(isOwn)) {
    // A short name and the full one are one machine.
    for (const key of new Set(hosts.filter((host) => host !== "").map(short))) {
      const host = longest(hosts.filter((each) => short(each) === key));
      const before = counts.get(key);
      counts.set(key, {
        host: before === undefined ? host : longest([before.host, host]),
        logs: (before?.logs ?? 0) + 1,
      });
    }
  }
  return [...counts.values()].sort((a, b) => b.logs - a.logs || compare(a.host, b.host));
}

function severalHosts(hosts: EvidenceSource["hosts"]): Text[] {
  if (hosts.length < 2) return [];
  const told = hosts.slice(0, MOST_NAMED).map(({ host, logs }) => `${host} (${logs})`);
  const more = hosts.length > MOST_NAMED ? " …" : "";
  return [
    say`it holds logs of ${hosts.length} hosts: ${told.join(", ") + more}: it was put together, or the host was renamed`,
  ];
}

/** Other sources of the same host, and other hosts of the same short name. */
function namesakes(
  host: string,
  path: string,
  all: ReadonlyMap<string, EvidenceSource["hosts"]>,
): Text[] {
  const same: string[] = [];
  const others = new Set<string>();
  for (const [source, hosts] of all)
    for (const each of hosts) {
      if (source === path || short(each.host) !== short(host)) continue;
      if (isOneName(each.host, host)) same.push(source);
      else others.add(each.host);
    }
  const shown = same.slice(0, MOST_NAMED).join(", ") + (same.length > MOST_NAMED ? " …" : "");
  return [
    ...(same.length === 0
      ? []
      : [
          say`${host} is in ${same.length} other sources too: ${shown}; records that are in several count once`,
        ]),
    ...[...others].sort().map((other) => say`${host} and ${other} are two hosts of one short name`),
  ];
}

/**
 * Record ids of a channel go up with time. Where two sources have the same ids at times that lie apart, two machines wrote
 * them, or one that began its log anew.
 */
function contradictions(
  group: readonly InputLedger[],
  all: ReadonlyMap<string, readonly InputLedger[]>,
  source: (input: InputLedger) => string,
): Text[] {
  const found = new Map<string, Text>();
  for (const one of group.filter((input) => isOwn(input) && isPlain(input)))
    for (const other of (all.get(logKey(one)) ?? []).slice(0, MOST_COMPARED)) {
      if (other.sha256 === one.sha256) continue;
      const host = one.hosts[0]!;
      const channel = one.channels[0]!.channel;
      if (!isOneName(host, other.hosts[0]!)) continue;
      if (source(other) === source(one) || !sameIdsApart(one, other)) continue;
      found.set(
        `${host}|${channel}|${source(other)}`,
        say`${channel} of ${host} has the same record numbers here and in ${source(other)}, at other times: two hosts of one name, or a log that was begun anew`,
      );
    }
  return [...found.values()].slice(0, MOST_NAMED);
}

/** Logs of one channel of hosts of one short name have the same. */
function logKey({ hosts, channels }: InputLedger): string {
  return `${short(hosts[0]!)}|${channels[0]!.channel}`;
}

/** One host, one channel, with numbers and times. */
function isPlain({ hosts, channels, recordIds, first, last }: InputLedger): boolean {
  return (
    hosts.length === 1 &&
    hosts[0] !== "" &&
    channels.length === 1 &&
    recordIds !== undefined &&
    first !== null &&
    last !== null
  );
}

function sameIdsApart(one: InputLedger, other: InputLedger): boolean {
  const [a, b] = [one.recordIds!, other.recordIds!];
  const overlap =
    Math.max(Number(a.first), Number(b.first)) <= Math.min(Number(a.last), Number(b.last));
  return overlap && (one.last! < other.first! || other.last! < one.first!);
}

function isOneName(a: string, b: string): boolean {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  return one === other || one === short(other) || other === short(one);
}

function short(host: string): string {
  return host.toLowerCase().replace(/\..*$/s, "");
}

function longest(hosts: readonly string[]): string {
  return hosts.reduce((best, host) => (host.length > best.length ? host : best), "");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
