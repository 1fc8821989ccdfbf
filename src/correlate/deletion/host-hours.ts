import type { CaseView } from "../analyzer.ts";

/** In which hours (whole hours since 1970 UTC) each channel of a host wrote. */
export interface HostHours {
  readonly name: string;
  readonly channels: ReadonlyMap<string, ReadonlySet<number>>;
  /** Channels whose inputs hold everything between their first and last record. */
  readonly whole: ReadonlySet<string>;
}

export function hostHours(view: CaseView): HostHours[] {
  const hosts = new Map<
    string,
    { name: string; channels: Map<string, Set<number>>; whole: Set<string> }
  >();
  for (const { host, channel, hours } of view.rhythms) {
    const name = view.story.hosts.nameOf(host);
    const key = name.toLowerCase();
    let facts = hosts.get(key);
    if (facts === undefined) {
      facts = { name, channels: new Map(), whole: new Set() };
      hosts.set(key, facts);
    }
    const set = facts.channels.get(channel) ?? new Set<number>();
    for (const [hour] of hours) set.add(hour);
    facts.channels.set(channel, set);
    facts.whole.add(channel);
  }
  for (const input of view.inputs) {
    const isWhole =
      input.kind === "evtx" &&
      input.status === "read" &&
      input.origin !== "filtered-export" &&
      input.origin !== "forwarded";
    if (isWhole) continue;
    for (const name of input.hosts) {
      const facts = hosts.get(view.story.hosts.nameOf(name).toLowerCase());
      for (const { channel } of input.channels) facts?.whole.delete(channel);
    }
  }
  return [...hosts.values()];
}
