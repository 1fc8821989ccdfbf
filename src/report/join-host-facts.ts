import type { HostFacts, HostMoment } from "../model/host-facts.ts";
import type { InputLedger } from "../model/ledger.ts";
import { say, type Text } from "../model/phrase.ts";

/** Registry and logs write down the same shutdown within this. */
const SAME_MOMENT_MS = 10 * 60_000;
/** Summer time is no other zone. */
const SUMMER_MINUTES = 60;
const HIVE_FOLDER = /[/\\]windows[/\\]system32[/\\]config[/\\][^/\\]*$/i;

/**
 * What registries say of hosts and what logs say of them, one entry a registry and one for each host that only logs tell
 * of. Where they contradict each other, the entry says so: then one of them is older, changed, or of another host.
 */
export function joinHostFacts(
  registry: readonly HostFacts[],
  logged: readonly HostFacts[],
  inputs: readonly InputLedger[],
): HostFacts[] {
  const joined = registry.map((facts) => {
    const own = logged.find(({ host }) => isSameHost(facts.host, host));
    const conflicts = [
      ...namesake(facts, registry),
      ...foreignLogs(facts, inputs),
      ...(own === undefined ? [] : [...(own.conflicts ?? []), ...differences(facts, own)]),
      ...shutdownConflict(facts, own?.loggedShutdown, inputs),
    ];
    return {
      ...facts,
      ...(own?.lastBoot && { lastBoot: own.lastBoot }),
      ...(own?.loggedShutdown && { loggedShutdown: own.loggedShutdown }),
      ...(conflicts.length > 0 && { conflicts }),
    };
  });
  const others = logged.filter(
    ({ host }) => !registry.some((facts) => isSameHost(facts.host, host)),
  );
  return [...joined, ...others];
}

/** Two machines were installed at two times; shadow copies of one have the same. */
function namesake(facts: HostFacts, all: readonly HostFacts[]): Text[] {
  const other = all.find(
    ({ host, installed }) =>
      isSameHost(facts.host, host) &&
      installed !== undefined &&
      facts.installed !== undefined &&
      installed !== facts.installed,
  );
  if (other === undefined) return [];
  return [
    say`another registry (${other.sources[0]}) is of a host of the same name that was installed at ${other.installed}: they are two hosts, or one that was installed anew`,
  ];
}

/** The logs of the same volume should be of the host that its registry names. */
function foreignLogs({ host, sources }: HostFacts, inputs: readonly InputLedger[]): Text[] {
  const root = sources[0]?.replace(HIVE_FOLDER, "").toLowerCase();
  if (host === undefined || root === undefined || root === sources[0]?.toLowerCase()) return [];
  const logs = `${root}/windows/system32/winevt/`;
  const names = inputs
    .filter(({ path }) => path.toLowerCase().replaceAll("\\", "/").startsWith(slashed(logs)))
    .filter(({ origin, channels }) => origin !== "forwarded" && !isForwarded(channels))
    .flatMap(({ hosts }) => hosts)
    .filter((name) => name !== "");
  if (names.length === 0 || names.some((name) => isSameHost(host, name))) return [];
  const distinct = [...new Set(names)].sort();
  return [
    say`the registry is of ${host}, the logs beside it are of ${distinct.slice(0, 3).join(", ")}`,
  ];
}

function differences(facts: HostFacts, logged: HostFacts): Text[] {
  const { build, domain, biasMinutes } = facts;
  const found: Text[] = [];
  const at = logged.lastBoot?.by ?? "";
  if (build !== undefined && logged.build !== undefined && build.split(".")[0] !== logged.build)
    found.push(
      say`by the registry it runs build ${build}, by its last start (${at}) build ${logged.build}: one is older, or of another host`,
    );
  const [, ...suffix] = (logged.host ?? "").split(".");
  if (domain && suffix.length > 0 && suffix.join(".").toLowerCase() !== domain.toLowerCase())
    found.push(
      say`by the registry its domain is ${domain}, by its events it is ${suffix.join(".")}`,
    );
  if (
    biasMinutes !== undefined &&
    logged.biasMinutes !== undefined &&
    Math.abs(biasMinutes - logged.biasMinutes) > SUMMER_MINUTES
  )
    found.push(
      say`by the registry its time zone is ${facts.timeZone ?? ""}, by its last uptime (EventLog 6013) it is ${logged.timeZone ?? ""}`,
    );
  return found;
}

/** A shutdown that the registry has and a log that covers the time has not, or the other way round. */
function shutdownConflict(
  { host, lastShutdown }: HostFacts,
  logged: HostMoment | undefined,
  inputs: readonly InputLedger[],
): Text[] {
  if (lastShutdown === undefined) return [];
  const byRegistry = Date.parse(lastShutdown);
  if (logged !== undefined && Date.parse(logged.time) > byRegistry + SAME_MOMENT_MS)
    return [
      say`its log has a shutdown at ${second(logged.time)} (${logged.by}), after the last one of the registry at ${second(lastShutdown)}: the registry is older than the log, or one of them was changed`,
    ];
  if (logged !== undefined && Date.parse(logged.time) >= byRegistry - SAME_MOMENT_MS) return [];
  const covers = inputs.some(
    ({ hosts, channels, first, last }) =>
      hosts.some((name) => isSameHost(host, name)) &&
      channels.some(({ channel }) => channel.toLowerCase() === "system") &&
      first !== null &&
      last !== null &&
      Date.parse(first) < byRegistry - SAME_MOMENT_MS &&
      Date.parse(last) > byRegistry + SAME_MOMENT_MS,
  );
  if (!covers) return [];
  return [
    say`by the registry it was last shut down at ${second(lastShutdown)}, but System, which covers that time, has no record of it: records are missing, or the clock was set`,
  ];
}

function isForwarded(channels: InputLedger["channels"]): boolean {
  return channels.some(({ channel }) => channel.toLowerCase() === "forwardedevents");
}

function isSameHost(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && shortName(a) === shortName(b);
}

function shortName(host: string): string {
  return host.toLowerCase().replace(/\..*$/s, "");
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

function second(time: string): string {
  return time.replace(/\.\d+Z$/, "Z");
}
