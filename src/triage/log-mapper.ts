import { TextPool } from "../base/text-pool.ts";
import type { RuleEngine } from "../engine/compile-rules.ts";
import type { FieldReader } from "../engine/rule-bucket.ts";
import { SubscriptionIndex } from "../engine/subscription-index.ts";
import type { SharedCaches } from "../evtx/log-scan.ts";
import type { EventView, FieldText } from "../model/event.ts";
import type { IssueSink } from "../model/issue.ts";
import type { InputLedger } from "../model/ledger.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { Signal } from "../model/signal.ts";
import type { Subscription } from "../model/subscription.ts";
import type { CheckedRule } from "../rules/checked-rule.ts";
import { compileEventFilter, type EventFilter } from "./event-filter.ts";
import { tellingOf } from "./telling.ts";

/** A subscription whose events become signals of a kind. */
export interface SignalWish {
  readonly kind: string;
  readonly subscription: Subscription;
}

/** What the map side looks for; the same for all logs of a run. */
export interface MapPlan {
  /** Absent: no rules, only wishes and visits. */
  readonly engine?: RuleEngine;
  /** Sees every event that takes part, whatever the rules want; the event is a cursor. */
  readonly visit?: (event: EventView, file: string) => void;
  readonly wishes?: readonly SignalWish[];
  readonly filter?: EventFilter;
}

/** How many events of each id a channel had. */
export type PlaceCounts = Readonly<Record<string, Readonly<Record<number, number>>>>;

/** All that one log gives to the reduce side. Plain data. */
export interface MapResult {
  readonly signals: readonly Signal[];
  readonly ledger: InputLedger;
  readonly places: PlaceCounts;
  /** Events that took part, after the filter. */
  readonly events: number;
}

const MOST_FIELD_CHARS = 1024;
/** Channels and ids of their own that one log may add to the counts; hostile logs could make up millions. */
const MOST_PLACES = 100_000;

/** Runs the plan over the events of one log. Use one mapper a log; it keeps nothing of the events but signals. */
export class LogMapper {
  readonly #plan: MapPlan;
  readonly #file: string;
  readonly #fits: ((event: EventView) => boolean) | undefined;
  readonly #wishes: SubscriptionIndex<SignalWish, readonly SignalWish[]>;
  readonly #fields = new Map<CheckedRule, readonly string[]>();
  readonly #signals: Signal[] = [];
  readonly #places = new Map<string, Map<number, number>>();
  #placeCount = 0;
  readonly #pool = new TextPool();
  #event: EventView | undefined;
  #events = 0;
  readonly #onHit = (rule: CheckedRule, read: FieldReader): void => this.#hit(rule, read);

  constructor(plan: MapPlan, file: string) {
    this.#plan = plan;
    this.#file = file;
    this.#fits = plan.filter && compileEventFilter(plan.filter);
    this.#wishes = new SubscriptionIndex(
      (plan.wishes ?? []).map((wish) => ({ subscription: wish.subscription, value: wish })),
      (fitting) => fitting.map(({ value }) => value),
    );
  }

  /** Takes one event; it may be a cursor. */
  event(event: EventView): void {
    if (this.#fits !== undefined && !this.#fits(event)) return;
    this.#events++;
    const { channel, eventId } = event;
    this.#count(channel, eventId);
    this.#event = event;
    const { engine, visit } = this.#plan;
    if (engine?.wants(channel, eventId)) engine.match(event, this.#onHit);
    visit?.(event, this.#file);
    const wishes = this.#wishes.at(channel, eventId);
    if (wishes !== null) for (const wish of wishes) this.#wish(wish, event);
  }

  finish(ledger: InputLedger): MapResult {
    const places: Record<string, Record<number, number>> = Object.create(null);
    for (const [channel, ids] of this.#places) places[channel] = Object.fromEntries(ids);
    return { signals: this.#signals, ledger, places, events: this.#events };
  }

  #count(channel: string, eventId: number): void {
    let ids = this.#places.get(channel);
    if (ids === undefined) {
      if (this.#placeCount > MOST_PLACES) return;
      ids = new Map();
      this.#places.set(channel, ids);
    }
    const count = ids.get(eventId);
    if (count === undefined && ++this.#placeCount > MOST_PLACES) return;
    ids.set(eventId, (count ?? 0) + 1);
  }

  #hit(rule: CheckedRule, read: FieldReader): void {
    const event = this.#event!;
    let fields = this.#fields.get(rule);
    if (fields === undefined) {
      fields = tellingOf(rule, this.#plan.engine!.correlationFields(rule)).fields;
      this.#fields.set(rule, fields);
    }
    this.#signals.push({
      kind: "rule",
      ruleId: rule.id,
      timeMs: event.timeMs,
      ref: refOf(event, this.#file),
      // Under the rule's names: `Image` of a Security 4688 is its NewProcessName.
      fields: takeFields((name) => read(name) ?? event.get(name), fields, this.#pool),
    });
  }

  #wish({ kind, subscription }: SignalWish, event: EventView): void {
    const { providers, fields } = subscription;
    if (
      providers !== undefined &&
      !providers.some((p) => p.toLowerCase() === event.provider.toLowerCase())
    )
      return;
    this.#signals.push({
      kind,
      timeMs: event.timeMs,
      ref: refOf(event, this.#file),
      fields:
        fields === "all"
          ? allFields(event)
          : takeFields((name) => event.get(name), fields, this.#pool),
    });
  }
}

/** The pointer by which anyone finds the record again. */
export function refOf(event: EventView, file: string): RecordRef {
  const { headerRecordId, completeness, fileOffset, chunk, line } = event;
  // Written out in one piece: objects of one shape are half the size of copied ones, and there may be a million.
  if (headerRecordId !== undefined && fileOffset !== undefined && chunk !== undefined) {
    const ref: RecordRef = {
      file,
      channel: event.channel,
      provider: event.provider,
      eventId: event.eventId,
      recordId: event.recordId,
      time: event.time,
      host: event.computer,
      state: event.state,
      headerRecordId,
      fileOffset,
      chunk,
    };
    return completeness === "full" ? ref : { ...ref, completeness };
  }
  const ref: RecordRef = {
    file,
    channel: event.channel,
    provider: event.provider,
    eventId: event.eventId,
    recordId: event.recordId,
    time: event.time,
    host: event.computer,
    state: event.state,
  };
  return line === undefined ? ref : { ...ref, line };
}

function takeFields(
  read: FieldReader,
  names: readonly string[],
  pool: TextPool,
): Record<string, string | null> {
  // The names are the subscriber's, never the log's: a plain object is safe, and much smaller than a dictionary.
  const fields: Record<string, string | null> = {};
  for (const name of names) {
    const text = oneText(read(name));
    if (typeof text === "string") fields[name] = pool.of(text);
    else if (text === null) fields[name] = null;
  }
  return fields;
}

function allFields(event: EventView): Record<string, string | null> {
  const fields: Record<string, string | null> = Object.create(null);
  event.forEachField((name, text) => {
    fields[name] = oneText(text) ?? null;
  });
  return fields;
}

/** Repeated fields become one text; what is very long is cut, the record itself has it whole. */
function oneText(text: FieldText): string | null | undefined {
  if (text === undefined || text === null) return text;
  const joined = typeof text === "string" ? text : text.filter((item) => item !== null).join(" | ");
  return joined.length > MOST_FIELD_CHARS ? `${joined.slice(0, MOST_FIELD_CHARS)}…` : joined;
}

export interface MapOptions {
  readonly onIssue?: IssueSink;
  readonly shared?: SharedCaches;
  /** Hex SHA-256 of the source; asked for when the whole of it has been read. */
  readonly sha256: () => string;
}
