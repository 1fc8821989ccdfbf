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

interface ChannelPlaces<B> {
  readonly byEventId: Map<number, B | null>;
  /** For event ids that no subscription of this channel names. */
  other: B | null | undefined;
  readonly named: ReadonlySet<number>;
  readonly channel: string | undefined;
}

/** Distinct spellings of channel names that are remembered; real inputs have some hundred. */
const MAX_SPELLINGS = 2048;

export class SubscriptionIndex<T, B> {
  readonly #subscribers: readonly Subscriber<T>[];
  readonly #build: (values: readonly Subscriber<T>[]) => B;
  readonly #channels = new Map<string, ChannelPlaces<B>>();
  readonly #unnamed: ChannelPlaces<B>;
  readonly #spellings = new Map<string, ChannelPlaces<B>>();

  constructor(
    subscribers: readonly Subscriber<T>[],
    build: (values: readonly Subscriber<T>[]) => B,
  ) {
    this.#subscribers = subscribers;
    this.#build = build;
    const ids = new Map<string | undefined, Set<number>>([[undefined, new Set()]]);
    for (const { subscription } of subscribers)
      for (const channel of subscription.channels ?? [])
        if (!ids.has(channel.toLowerCase())) ids.set(channel.toLowerCase(), new Set());
    for (const { subscription } of subscribers) {
      const channels = subscription.channels?.map((name) => name.toLowerCase()) ?? [...ids.keys()];
      for (const channel of channels)
        for (const id of subscription.eventIds ?? []) ids.get(channel)?.add(id);
    }
    const places = (channel: string | undefined): ChannelPlaces<B> => ({
      byEventId: new Map(),
      other: undefined,
      named: ids.get(channel) as ReadonlySet<number>,
      channel,
    });
    for (const channel of ids.keys())
      if (channel !== undefined) this.#channels.set(channel, places(channel));
    this.#unnamed = places(undefined);
  }

  /** What `build` made of the subscriptions that fit this place, `null` when there are none. */
  at(channel: string, eventId: number): B | null {
    const places = this.#spellings.get(channel) ?? this.#placesOf(channel);
    if (places.named.has(eventId)) {
      const known = places.byEventId.get(eventId);
      if (known !== undefined) return known;
      const built = this.#gather(places.channel, eventId);
      places.byEventId.set(eventId, built);
      return built;
    }
    if (places.other === undefined) places.other = this.#gather(places.channel, undefined);
    return places.other;
  }

  #placesOf(channel: string): ChannelPlaces<B> {
    const places = this.#channels.get(channel.toLowerCase()) ?? this.#unnamed;
    if (this.#spellings.size < MAX_SPELLINGS) this.#spellings.set(channel, places);
    return places;
  }

  #gather(channel: string | undefined, eventId: number | undefined): B | null {
    const fitting = this.#subscribers.filter(
      ({ subscription: { channels, eventIds } }) =>
        (channels === undefined ||
          (channel !== undefined && channels.some((name) => name.toLowerCase() === channel))) &&
        (eventIds === undefined || (eventId !== undefined && eventIds.includes(eventId))),
    );
    return fitting.length === 0 ? null : this.#build(fitting);
  }
}
