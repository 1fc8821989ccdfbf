import type { TextPool } from "../base/text-pool.ts";
import { SubscriptionIndex } from "../engine/subscription-index.ts";
import type { EventView } from "../model/event.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { FieldTest, Signal, SignalWant } from "../model/signal.ts";
import { plainSignal } from "./signal-columns.ts";
import { oneText, takeFields } from "./signal-fields.ts";

/** Signals that one log may give; what is beyond is counted. */
const MOST_SIGNALS = 400_000;
/**
 * Beyond so many, repeats within a minute that differ in nothing but their logon number are one signal: a log with more
 * sessions than that is a terminal server's or a hostile one's, and the memory of a run has to stay small.
 */
const FINE_SIGNALS = 40_000;
const COARSE_WINDOW_MS = 60_000;
/** Begins the keys of such folds. */
const COARSE = "\0";
const LOGON_NUMBER = /Logon_?ID$/i;
/** Folds that are kept open at a time; the oldest is closed first, which only splits a count. */
const MOST_OPEN_FOLDS = 50_000;

/** What one stretch of a log gave. Plain data. */
export interface WantedPart {
  readonly signals: readonly Signal[];
  /** Of each signal what it was folded by, if it was. */
  readonly foldKeys: readonly (string | undefined)[];
  readonly dropped: number;
  readonly coarse: number;
}

type OpenFold = { -readonly [Key in keyof Signal]: Signal[Key] };

interface Want {
  readonly want: SignalWant;
  readonly providers: ReadonlySet<string> | undefined;
  readonly tests: readonly ((event: EventView) => boolean)[];
}

type WantIndex = SubscriptionIndex<Want, readonly Want[]>;

/** Turns the events that analyzers want into signals. One a log. */
export class WantSignals {
  readonly signals: OpenFold[] = [];
  readonly #foldKeys: (string | undefined)[] = [];
  /** Signals that were not kept because there were too many. */
  dropped = 0;
  /** Events that were folded only because there were so many. */
  coarse = 0;
  readonly #index: WantIndex;
  readonly #folds = new Map<string, OpenFold>();
  readonly #pool: TextPool;

  constructor(wants: readonly SignalWant[], pool: TextPool) {
    this.#pool = pool;
    this.#index = wantIndex(wants);
  }

  /** Takes one event; `refOf` is asked only when a signal comes of it. */
  event(event: EventView, refOf: () => RecordRef): void {
    const wants = this.#index.at(event.channel, event.eventId);
    if (wants === null) return;
    for (const want of wants) this.#take(want, event, refOf);
  }

  #take({ want, providers, tests }: Want, event: EventView, refOf: () => RecordRef): void {
    if (providers !== undefined && !providers.has(event.provider.toLowerCase())) return;
    for (const test of tests) if (!test(event)) return;
    const { kind, subscription, fold } = want;
    let key: string | undefined;
    if (fold !== undefined) {
      key = `${kind}\n${event.computer}\n${Math.floor(event.timeMs / fold.windowMs)}`;
      for (const field of fold.by) key += `\n${oneText(event.get(field)) ?? ""}`;
      const open = this.#folds.get(key);
      if (open !== undefined) {
        merge(open, 1, event.timeMs);
        return;
      }
    }
    if (this.signals.length >= MOST_SIGNALS) {
      this.dropped++;
      return;
    }
    const signal: OpenFold = {
      kind,
      timeMs: event.timeMs,
      ref: refOf(),
      fields: takeFields((name) => event.get(name), subscription.fields, event, this.#pool),
    };
    this.#keep(signal, key ?? this.#coarseKey(signal));
  }

  /** Whether there are so many that repeats are folded. */
  get hasMany(): boolean {
    return this.signals.length >= FINE_SIGNALS;
  }

  /** `manyBefore`: whoever joins this has so many already that it folds repeats; what by is told here, by another thread. */
  part(manyBefore = false): WantedPart {
    const { signals, dropped, coarse } = this;
    const foldKeys = manyBefore
      ? this.#foldKeys.map((key, i) => key ?? coarseKey(signals[i]!))
      : this.#foldKeys;
    return { signals, foldKeys, dropped, coarse };
  }

  /** Takes over what the stretch behind gave: a fold that was open goes on. */
  absorb({ signals, foldKeys, dropped, coarse }: WantedPart): void {
    this.dropped += dropped;
    this.coarse += coarse;
    for (const [i, signal] of signals.entries()) {
      const key = foldKeys[i] ?? this.#coarseKey(signal);
      if (key === undefined || !this.#folds.has(key)) {
        if (this.signals.length >= MOST_SIGNALS) {
          this.dropped += signal.count ?? 1;
          continue;
        }
      }
      this.#keep(signal, key);
    }
  }

  /** What a signal is folded by when there are too many to keep each. */
  #coarseKey(signal: Signal): string | undefined {
    return this.hasMany ? coarseKey(signal) : undefined;
  }

  #keep(signal: Signal, key: string | undefined): void {
    const open = key === undefined ? undefined : this.#folds.get(key);
    if (open !== undefined) {
      if (key?.startsWith(COARSE)) this.coarse++;
      merge(open, signal.count ?? 1, signal.lastMs ?? signal.timeMs);
      return;
    }
    const own: OpenFold = plainSignal(signal);
    this.signals.push(own);
    this.#foldKeys.push(key);
    if (key === undefined) return;
    if (this.#folds.size >= MOST_OPEN_FOLDS) {
      const oldest = this.#folds.keys().next();
      if (!oldest.done) this.#folds.delete(oldest.value);
    }
    this.#folds.set(key, own);
  }
}

const INDEXES = new WeakMap<readonly SignalWant[], WantIndex>();

/** The same wants are asked of log after log: they are compiled once. */
function wantIndex(wants: readonly SignalWant[]): WantIndex {
  let index = INDEXES.get(wants);
  if (index === undefined) {
    index = new SubscriptionIndex(
      wants.map((want) => ({ subscription: want.subscription, value: compile(want) })),
      (fitting) => fitting.map(({ value }) => value),
    );
    INDEXES.set(wants, index);
  }
  return index;
}

function coarseKey(signal: Signal): string {
  const { kind, timeMs, ref, fields } = plainSignal(signal);
  let key = `${COARSE}${kind}\n${ref.host}\n${Math.floor(timeMs / COARSE_WINDOW_MS)}`;
  for (const [name, text] of Object.entries(fields))
    if (!LOGON_NUMBER.test(name)) key += `\n${text ?? ""}`;
  return key;
}

function merge(open: OpenFold, count: number, lastMs: number): void {
  open.count = (open.count ?? 1) + count;
  open.lastMs = Math.max(open.lastMs ?? open.timeMs, lastMs);
}

function compile(want: SignalWant): Want {
  const providers = want.subscription.providers?.map((name) => name.toLowerCase());
  return {
    want,
    providers: providers && new Set(providers),
    tests: (want.where ?? []).map(compileTest),
  };
}

function compileTest({ field, ...test }: FieldTest): (event: EventView) => boolean {
  const is = test.is && new Set(test.is.map((text) => text.toLowerCase()));
  const not = test.not && new Set(test.not.map((text) => text.toLowerCase()));
  const contains = test.contains?.map((text) => text.toLowerCase());
  const notStarting = test.notStarting?.map((text) => text.toLowerCase());
  const notEnding = test.notEnding?.map((text) => text.toLowerCase());
  return (event) => {
    const text = (oneText(event.get(field)) ?? "").toLowerCase();
    if (is !== undefined && !is.has(text)) return false;
    if (not?.has(text)) return false;
    if (contains !== undefined && !contains.some((part) => text.includes(part))) return false;
    if (notStarting?.some((start) => text.startsWith(start))) return false;
    return notEnding === undefined || !notEnding.some((end) => text.endsWith(end));
  };
}
