import type { InputLedger } from "../model/ledger.ts";
import type { HostDirectory, HostFacts } from "./story.ts";

/** Puts names and addresses together: a NetBIOS name and the FQDN that begins with it are one machine, unless two domains have it. */
export function buildHostDirectory(inputs: readonly InputLedger[]): HostDirectory {
  const names = new Map<string, string>();
  for (const input of inputs)
    for (const host of input.hosts) if (host !== "") names.set(host.toLowerCase(), host);
  const byShort = new Map<string, string[]>();
  for (const name of names.keys()) {
    const short = shortName(name);
    byShort.set(short, [...(byShort.get(short) ?? []), name]);
  }
  const facts = new Map<string, HostFacts>();
  const all: HostFacts[] = [];
  for (const [short, group] of byShort) {
    const full = group.filter((name) => name !== short);
    // Two domains with the same short name are two machines; the short name alone then means neither.
    const machines =
      full.length > 1
        ? group.map((name) => [name])
        : [[...full, ...group.filter((n) => n === short)]];
    for (const machine of machines) {
      const [name, ...aliases] = machine.map((lower) => names.get(lower) ?? lower);
      if (name === undefined) continue;
      const host: HostFacts = { name, aliases, addresses: [], hasLogs: true };
      all.push(host);
      for (const lower of machine) facts.set(lower, host);
      if (full.length <= 1) facts.set(short, host);
    }
  }
  all.sort((a, b) => (a.name < b.name ? -1 : 1));
  const find = (raw: string): HostFacts | undefined => facts.get(tidyHost(raw).toLowerCase());
  return { all, find, nameOf: (raw) => find(raw)?.name ?? tidyHost(raw) };
}

/** Without `\\`, brackets, port, `::ffff:` and a trailing dot. */
export function tidyHost(raw: string): string {
  let text = raw.trim().replace(/^\\\\/, "").replace(/\.$/, "");
  text = text
    .replace(/^\[([0-9a-fA-F:.]+)\](?::\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  return text.replace(/^::ffff:(?=\d+\.)/i, "");
}

function shortName(name: string): string {
  return /^[\d.]+$/.test(name) || name.includes(":") ? name : name.replace(/\..*$/s, "");
}
