import { matchesWildcard } from "../base/wildcard.ts";
import type { EventView } from "../model/event.ts";
import { type Tally, TallyTable } from "./event-tally.ts";
import { FACT_SOURCES, type FactSource } from "./fact-sources.ts";

/** One thing that logs say of an account or a host. Plain data. */
export interface EntityFact {
  /** The account (`DOMAIN\name`) or the host. */
  readonly name: string;
  /** What kind of thing, in a few words: `logon`, `password reset`, … */
  readonly fact: string;
  /** What exactly: from where, by whom, to what. */
  readonly value: string;
  /** Hosts whose logs say so, at most a few. */
  readonly hosts: Set<string>;
}

const MOST_HOSTS = 10;
const MOST_VALUE_CHARS = 512;

const BY_EVENT = new Map<string, FactSource[]>();
for (const source of FACT_SOURCES)
  for (const id of source.eventIds) {
    const key = `${source.channel.toLowerCase()}\n${id}`;
    BY_EVENT.set(key, [...(BY_EVENT.get(key) ?? []), source]);
  }

/** What is known of accounts (`user`) or of hosts (`host`), each fact with how often, first and last. */
export class EntityFacts {
  readonly #kind: "user" | "host";
  readonly #wanted: string | undefined;
  readonly #table = new TallyTable<EntityFact>();

  /** `wanted`: a name, `*` standing for any text; an account without domain is wanted in every domain. */
  constructor(kind: "user" | "host", wanted?: string) {
    this.#kind = kind;
    this.#wanted = wanted?.toLowerCase();
  }

  take(event: EventView): void {
    const { channel, eventId, computer } = event;
    if (this.#kind === "host") this.#add(event, computer, "log", channel);
    for (const source of BY_EVENT.get(`${channel.toLowerCase()}\n${eventId}`) ?? []) {
      const who = source.account && accountOf(event, source.account);
      const value = filled(event, source.value);
      // A fact that has something to say and does not find it says nothing.
      if (value === "" && source.value.some((part) => part !== "")) continue;
      if (this.#kind === "user") {
        if (who !== undefined) this.#add(event, who, source.fact, value);
      } else this.#add(event, computer, source.fact, [who, value].filter(Boolean).join(": "));
    }
  }

  /** By name, then most frequent first. */
  facts(): Tally<EntityFact>[] {
    const ranked = this.#table.ranked();
    const order = new Map<string, number>();
    for (const { item, count } of ranked)
      order.set(lower(item), (order.get(lower(item)) ?? 0) + count);
    return ranked.sort(
      (a, b) =>
        order.get(lower(b.item))! - order.get(lower(a.item))! ||
        compare(lower(a.item), lower(b.item)) ||
        b.count - a.count ||
        compare(a.first, b.first),
    );
  }

  get leftOut(): number {
    return this.#table.leftOut;
  }

  #add(event: EventView, name: string, fact: string, value: string): void {
    if (name === "" || !this.#isWanted(name)) return;
    const cut = value.length > MOST_VALUE_CHARS ? `${value.slice(0, MOST_VALUE_CHARS)}…` : value;
    const kept = this.#table.add(
      `${name}\n${fact}\n${cut}`.toLowerCase(),
      () => ({ name, fact, value: cut, hosts: new Set() }),
      event.time,
      event.timeMs,
    );
    if (kept !== undefined && kept.hosts.size < MOST_HOSTS) kept.hosts.add(event.computer);
  }

  #isWanted(name: string): boolean {
    if (this.#wanted === undefined) return true;
    const full = name.toLowerCase();
    if (matchesWildcard(this.#wanted, full)) return true;
    const short =
      this.#kind === "host" ? full.split(".", 1)[0]! : full.slice(full.indexOf("\\") + 1);
    return matchesWildcard(this.#wanted, short);
  }
}

function lower({ name }: EntityFact): string {
  return name.toLowerCase();
}

/** `DOMAIN\name`; undefined where the record names nobody. */
function accountOf(
  event: EventView,
  [user, domain]: readonly [string, string?],
): string | undefined {
  const name = text(event, user);
  if (name === "") return undefined;
  const of = domain === undefined ? "" : text(event, domain);
  return of === "" ? name : `${of}\\${name}`;
}

/** `{Field}` stands for the field's text; words around fields that are empty stay away with them. */
function filled(event: EventView, template: readonly string[]): string {
  const parts: string[] = [];
  for (const part of template) {
    let empty = false;
    const said = part.replace(/\{(\w+)\}/g, (_whole, field: string) => {
      const value = text(event, field);
      if (value === "") empty = true;
      return value;
    });
    if (!empty) parts.push(said);
  }
  return parts.join(" ");
}

function text(event: EventView, field: string): string {
  const value = event.get(field);
  return typeof value === "string" && value !== "-" ? value.trim() : "";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
