import type { InputLedger } from "../model/ledger.ts";
import type { Signal } from "../model/signal.ts";
import { shortName, tidyHost } from "./host-names.ts";
import { type AddressBook, learnAddresses } from "./learn-addresses.ts";
import type { HostDirectory, HostFacts } from "./story.ts";

interface Machine {
  name: string;
  readonly aliases: Set<string>;
  readonly hasLogs: boolean;
}

/**
 * Puts names and addresses together: a NetBIOS name and the FQDN that begins with it are one machine, unless
 * two domains have it; a name that a machine had before is the same machine; an address is whose it was at the time.
 */
export function buildHostDirectory(
  inputs: readonly InputLedger[],
  of: (kind: string) => readonly Signal[] = () => [],
): HostDirectory {
  const machines = new Map<string, Machine>();
  const logged = namesOfLogs(inputs);
  addNames(machines, logged, true);
  joinRenamed(machines, of("renamed"));
  const named = (raw: string): Machine | undefined => byName(machines, raw);
  const book = learnAddresses(of, (raw) => {
    const known = named(raw);
    if (known !== undefined) return known.name;
    addNames(machines, [tidyHost(raw)], false);
    return named(raw)?.name;
  });
  const givers = new Set<string>();
  for (const kind of ["ticket", "service-ticket", "machine-ticket"])
    for (const { ref } of of(kind)) givers.add(ref.host);
  const controllers = new Set([...givers].map((host) => named(host)?.name));
  return directory(machines, book, controllers);
}

function directory(
  machines: ReadonlyMap<string, Machine>,
  book: AddressBook,
  controllers: ReadonlySet<string | undefined>,
): HostDirectory {
  const facts = new Map<Machine, HostFacts>();
  for (const machine of new Set(machines.values()))
    facts.set(machine, {
      name: machine.name,
      aliases: [...machine.aliases].filter((alias) => alias !== machine.name).sort(),
      addresses: book.of(machine.name),
      hasLogs: machine.hasLogs,
      ...(controllers.has(machine.name) && { isDomainController: true }),
    });
  const all = [...facts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const texts = new Map<string, Known>();
  /** What a text means at any time, where that does not change; asked for every record, so it is remembered. */
  const know = (raw: string): Known => {
    let known = texts.get(raw);
    if (known === undefined) {
      const text = tidyHost(raw);
      const machine = byName(machines, text);
      known = { text, host: machine && facts.get(machine), named: machine !== undefined };
      if (texts.size < MOST_TIDIED) texts.set(raw, known);
    }
    return known;
  };
  const find = (raw: string, timeMs?: number): HostFacts | undefined => {
    const { text, host, named } = know(raw);
    if (named) return host;
    const owner = book.owner(text, timeMs);
    const owning = owner === undefined ? undefined : know(owner);
    return owning?.host;
  };
  return {
    all,
    find,
    nameOf: (raw, timeMs) => find(raw, timeMs)?.name ?? know(raw).text,
    behind: (address) => book.behind(know(address).text),
  };
}

interface Known {
  /** Tidied. */
  readonly text: string;
  readonly host: HostFacts | undefined;
  /** It is the name of a machine, not an address. */
  readonly named: boolean;
}

const MOST_TIDIED = 100_000;
/** Machines that are known by other hosts' words alone; hostile logs could make up millions. */
const MOST_MACHINES = 50_000;
/** NetBIOS names end here, longer host names are cut. */
const NETBIOS_CHARS = 15;

function namesOfLogs(inputs: readonly InputLedger[]): string[] {
  const names = new Map<string, string>();
  for (const input of inputs)
    for (const host of input.hosts) if (host !== "") names.set(host.toLowerCase(), host);
  return [...names.values()];
}

function addNames(
  machines: Map<string, Machine>,
  names: readonly string[],
  hasLogs: boolean,
): void {
  const byShort = new Map<string, string[]>();
  for (const name of names) {
    const short = shortName(name).toLowerCase();
    byShort.set(short, [...(byShort.get(short) ?? []), name]);
  }
  for (const [short, group] of byShort) {
    const full = group.filter((name) => name.toLowerCase() !== short);
    // Two domains with the same short name are two machines; the short name alone then means neither.
    const parts =
      full.length > 1
        ? group.map((name) => [name])
        : [[...full, ...group.filter((name) => name.toLowerCase() === short)]];
    for (const part of parts) {
      const [name] = part;
      if (name === undefined || machines.size >= MOST_MACHINES) continue;
      const machine: Machine = { name, aliases: new Set(part.slice(1)), hasLogs };
      for (const each of part) machines.set(each.toLowerCase(), machine);
      if (full.length <= 1) {
        if (!machines.has(short)) machines.set(short, machine);
        if (short.length > NETBIOS_CHARS && !machines.has(short.slice(0, NETBIOS_CHARS)))
          machines.set(short.slice(0, NETBIOS_CHARS), machine);
      }
    }
  }
}

function byName(machines: ReadonlyMap<string, Machine>, raw: string): Machine | undefined {
  const text = tidyHost(raw).toLowerCase();
  const exact = machines.get(text);
  if (exact !== undefined) return exact;
  // An FQDN of a machine that is known by its short name only.
  const short = shortName(text);
  if (short === text) return undefined;
  const machine = machines.get(short);
  return machine !== undefined && !machine.name.includes(".") ? machine : undefined;
}

/** System 6011 names the old and the new name: both are one machine, known by the newer. */
function joinRenamed(machines: Map<string, Machine>, renamed: readonly Signal[]): void {
  for (const { fields } of renamed) {
    const [before, after] = (fields.Data ?? "").split(" | ").map((name) => name.trim());
    if (!before || !after || before.toLowerCase() === after.toLowerCase()) continue;
    const old = byName(machines, before);
    const now = byName(machines, after);
    if (old === undefined && now === undefined) continue;
    const kept = now ?? old!;
    if (now === undefined) kept.name = after;
    for (const [key, machine] of machines)
      if (machine === old || machine === now) machines.set(key, kept);
    for (const alias of [before, ...(old?.aliases ?? []), ...(old ? [old.name] : [])])
      kept.aliases.add(alias);
    machines.set(before.toLowerCase(), kept);
    machines.set(after.toLowerCase(), kept);
  }
}
