import type { Signal } from "../model/signal.ts";
import { isAddress, isLoopback, shortKey, tidyHost } from "./host-names.ts";
import type { HostFacts } from "./story.ts";

/** Whose an address was, and when. */
export interface AddressBook {
  /** The machine that had the address at that time; undefined: nobody known, or several in turns. */
  owner(address: string, timeMs?: number): string | undefined;
  of(machine: string): HostFacts["addresses"];
  /** The machines behind a shared address; empty: it is not shared. */
  behind(address: string): readonly string[];
}

/** A machine was seen with the address without another one between. */
interface Tenure {
  readonly machine: string;
  readonly firstMs: number;
  lastMs: number;
}

/** A machine that keeps its address through so many changes of owners did not get it by lease: it is shared. */
const TURNS_OF_SHARED = 3;
const CONNECT_MS = 10_000;
const MOST_ADDRESSES = 100_000;

/** Learns who had which address from records that name both. `known` gives a machine's one name; undefined: none. */
export function learnAddresses(
  of: (kind: string) => readonly Signal[],
  known: (name: string) => string | undefined,
): AddressBook {
  const sightings: { name: string; address: string; timeMs: number; lastMs: number }[] = [];
  const see = (
    name: string | null | undefined,
    rawAddress: string | null | undefined,
    signal: Signal,
  ): void => {
    if (!name || !rawAddress || name === "-") return;
    const address = tidyHost(rawAddress);
    if (!isAddress(address) || isLoopback(address) || isAddress(tidyHost(name))) return;
    if (address === "0.0.0.0" || address === "::") return;
    sightings.push({
      name,
      address,
      timeMs: signal.timeMs,
      lastMs: signal.lastMs ?? signal.timeMs,
    });
  };
  for (const signal of bothOf(of, "machine-logon", "machine-ticket")) {
    const name = signal.fields.TargetUserName ?? "";
    see(name.replace(/@.*$/s, "").replace(/\$$/, ""), signal.fields.IpAddress, signal);
  }
  for (const signal of bothOf(of, "network-logon", "logon")) {
    const { WorkstationName: name, IpAddress: address, LogonType: type } = signal.fields;
    // Windows writes its own name there when somebody sits at it or comes by RDP.
    if (type === "3" && name && shortKey(name) !== shortKey(signal.ref.host))
      see(name, address, signal);
  }
  for (const signal of of("window-station")) {
    const { ClientName: name, ClientAddress: address } = signal.fields;
    if (signal.ref.eventId === 4778) see(name, address, signal);
  }
  for (const signal of of("remote-port")) {
    const { Initiated, Direction, SourceIp, SourceAddress } = signal.fields;
    if (Initiated === "true" || Direction === "%%14593")
      see(signal.ref.host, SourceIp ?? SourceAddress, signal);
  }
  for (const signal of of("dhcp-address"))
    see(signal.ref.host, dottedAddress(signal.fields.Address ?? ""), signal);
  const asked = new Map<string, Signal>();
  for (const signal of of("rdp-client")) {
    const { ref, timeMs, fields } = signal;
    if (ref.eventId === 1024) asked.set(ref.host, signal);
    const before = asked.get(ref.host);
    // The client writes the name it was given, then the address that it found for it.
    if (ref.eventId === 1102 && before !== undefined && timeMs - before.timeMs <= CONNECT_MS)
      see(before.fields.Value, fields.Value, signal);
  }
  sightings.sort((a, b) => a.timeMs - b.timeMs);
  const tenures = new Map<string, Tenure[]>();
  for (const { name, address, timeMs, lastMs } of sightings) {
    const machine = known(name);
    if (machine === undefined) continue;
    const list = tenures.get(address);
    const last = list?.at(-1);
    if (last?.machine === machine) last.lastMs = Math.max(last.lastMs, lastMs);
    else if (list !== undefined) list.push({ machine, firstMs: timeMs, lastMs });
    else if (tenures.size < MOST_ADDRESSES)
      tenures.set(address, [{ machine, firstMs: timeMs, lastMs }]);
  }
  return bookOf(tenures);
}

function* bothOf(
  of: (kind: string) => readonly Signal[],
  one: string,
  other: string,
): Generator<Signal> {
  yield* of(one);
  yield* of(other);
}

function bookOf(tenures: ReadonlyMap<string, readonly Tenure[]>): AddressBook {
  const shared = new Map<string, readonly string[]>();
  const machines = new Map<string, { address: string; firstMs: number; lastMs: number }[]>();
  for (const [address, list] of tenures) {
    const names = [...new Set(list.map(({ machine }) => machine))].sort();
    if (names.length > 1 && list.length >= names.length + TURNS_OF_SHARED - 1)
      shared.set(address, names);
    else
      for (const { machine, firstMs, lastMs } of list) {
        const own = machines.get(machine);
        if (own === undefined) machines.set(machine, [{ address, firstMs, lastMs }]);
        else own.push({ address, firstMs, lastMs });
      }
  }
  return {
    owner(address, timeMs) {
      const list = shared.has(address) ? undefined : tenures.get(address);
      if (list === undefined) return undefined;
      if (timeMs === undefined) return list.at(-1)?.machine;
      let owner = list[0];
      for (const tenure of list) if (tenure.firstMs <= timeMs) owner = tenure;
      return owner?.machine;
    },
    of: (machine) => machines.get(machine) ?? [],
    behind: (address) => shared.get(address) ?? [],
  };
}

/** DHCP writes an address as a number whose lowest byte comes first; exports have it in dots. */
function dottedAddress(text: string): string {
  if (!/^(?:0x[0-9a-f]{1,8}|[0-9]{1,10})$/i.test(text)) return text;
  const value = Number(text);
  if (value > 0xffff_ffff) return "";
  return [0, 8, 16, 24].map((bits) => Math.floor(value / 2 ** bits) % 256).join(".");
}
