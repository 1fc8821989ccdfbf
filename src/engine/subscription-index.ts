/**
 * (channel, event id) -> who wants such events. Everyone who wants events (rules, analyzers, timelines)
 * goes through one of these; a record nobody wants costs one lookup.
 *
 * What is wanted for one place is put together once, when the first such event comes, by `build`. Places
 * are told apart only by what subscriptions name, so hostile logs cannot make the index grow.
 */
import type { Subscription } from "../model/subscription.ts";

export interface Subscriber<T> {
  readonly subscription: Subscription;
  readonly value: T;
}

/** The places of one channel. */
interface Channel<T, B> {
  /** Subscriptions by the event ids they name; `any` name none. */
  readonly named: ReadonlyMap<number, readonly Numbered<T>[]>;
  readonly any: readonly Numbered<T>[];
  readonly built: Map<number, B | null>;
  /** For event ids that no subscription of this channel names. */
  other: B | null | undefined;
}

interface Numbered<T> {
  readonly subscriber: Subscriber<T>;
  readonly order: number;
}

/** Distinct spellings of channel names that are remembered; real inputs have some hundred. */
const MAX_SPELLINGS = 2048;

export class SubscriptionIndex<T, B> {
  readonly #build: (subscribers: readonly Subscriber<T>[]) => B;
  /** Sorted when the first event of the channel comes. */
  readonly #channels = new Map<string, Numbered<T>[]>();
  readonly #sorted = new Map<string, Channel<T, B>>();
  readonly #everywhere: readonly Numbered<T>[];
  readonly #unnamed: Channel<T, B>;
  readonly #spellings = new Map<string, Channel<T, B>>();

  constructor(
    subscribers: readonly Subscriber<T>[],
    build: (subscribers: readonly Subscriber<T>[]) => B,
  ) {
    this.#build = build;
    const everywhere: Numbered<T>[] = [];
    const byChannel = this.#channels;
    subscribers.forEach((subscriber, order) => {
      const channels = subscriber.subscription.channels;
      const numbered = { subscriber, order };
      if (channels === undefined) everywhere.push(numbered);
      for (const channel of channels ?? []) {
        const name = channel.toLowerCase();
        const ofChannel = byChannel.get(name);
        if (ofChannel === undefined) byChannel.set(name, [numbered]);
        else if (ofChannel.at(-1) !== numbered) ofChannel.push(numbered);
      }
    });
    this.#everywhere = everywhere;
    this.#unnamed = sortByEventId(everywhere);
  }

  /** What `build` made of the subscriptions that fit this place, `null` when there are none. */
  at(channel: string, eventId: number): B | null {
    const places = this.#spellings.get(channel) ?? this.#channelOf(channel);
    const named = places.named.get(eventId);
    if (named === undefined) {
      if (places.other === undefined) places.other = this.#make(places.any);
      return places.other;
    }
    const known = places.built.get(eventId);
    if (known !== undefined) return known;
    const built = this.#make([...named, ...places.any]);
    places.built.set(eventId, built);
    return built;
  }

  #channelOf(channel: string): Channel<T, B> {
    const name = channel.toLowerCase();
    let places = this.#sorted.get(name);
    if (places === undefined) {
      const own = this.#channels.get(name);
      places = own === undefined ? this.#unnamed : sortByEventId([...own, ...this.#everywhere]);
      if (own !== undefined) this.#sorted.set(name, places);
    }
    if (this.#spellings.size < MAX_SPELLINGS) this.#spellings.set(channel, places);
    return places;
  }

  #make(fitting: readonly Numbered<T>[]): B | null {
    if (fitting.length === 0) return null;
    const ordered = [...fitting].sort((a, b) => a.order - b.order);
    return this.#build(ordered.map(({ subscriber }) => subscriber));
  }
}

function sortByEventId<T, B>(subscribers: readonly Numbered<T>[]): Channel<T, B> {
  const named = new Map<number, Numbered<T>[]>();
  const any: Numbered<T>[] = [];
  for (const numbered of subscribers) {
    const eventIds = numbered.subscriber.subscription.eventIds;
    if (eventIds === undefined) any.push(numbered);
    for (const id of new Set(eventIds)) {
      const ofId = named.get(id);
      if (ofId === undefined) named.set(id, [numbered]);
      else ofId.push(numbered);
    }
  }
  return { named, any, built: new Map(), other: undefined };
}
