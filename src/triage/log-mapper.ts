import { TextPool } from "../base/text-pool.ts";
import type { RuleEngine } from "../engine/compile-rules.ts";
import type { FieldReader } from "../engine/rule-bucket.ts";
import type { TemplatePlace } from "../evtx/log-part.ts";
import type { SharedCaches } from "../evtx/log-scan.ts";
import type { LogResidue } from "../evtx/recover/log-residue.ts";
import type { EventView } from "../model/event.ts";
import type { Issue, IssueSink } from "../model/issue.ts";
import type { InputLedger } from "../model/ledger.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { ChannelRhythm } from "../model/rhythm.ts";
import type { Signal, SignalWant } from "../model/signal.ts";
import type { CheckedRule } from "../rules/checked-rule.ts";
import { compileEventFilter, type EventFilter } from "./event-filter.ts";
import { RhythmCounter } from "./rhythm-counter.ts";
import { takeFields } from "./signal-fields.ts";
import { tellingOf } from "./telling.ts";
import type { WaitingRecoveries } from "./waiting-recoveries.ts";
import { type WantedPart, WantSignals } from "./want-signals.ts";

/** What the map side looks for; the same for all logs of a run. */
export interface MapPlan {
  /** Absent: no rules, only wishes and visits. */
  readonly engine?: RuleEngine;
  /** Sees every event that takes part, whatever the rules want; the event is a cursor. */
  readonly visit?: (event: EventView, file: string) => void;
  /** What analyzers want as signals. */
  readonly wants?: readonly SignalWant[];
  readonly filter?: EventFilter;
  /** Bring back records that are not live (slack, stale chunks, unlinked) and let them take part. */
  readonly recover?: boolean;
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
  /** Empty when no analyzer wants anything. */
  readonly rhythms: readonly ChannelRhythm[];
  /** Events left out by the plan's filter. */
  readonly filtered: number;
  /** Templates that the log defines, where its recovered records take part: another log may lack them. */
  readonly definitions?: readonly TemplatePlace[];
  /** What it takes to bring its records back anew: present when the log lacks templates for that. */
  readonly unread?: UnreadRecords;
}

/** Recovered records that say more with templates of other logs. Plain data. */
export interface UnreadRecords {
  readonly templates: readonly number[];
  readonly residue: LogResidue;
  /** What the live records alone gave; `signals`: how many, first in the list. */
  readonly live: Pick<MapResult, "places" | "events" | "filtered"> & {
    readonly signals: number;
  };
}

/** What one stretch of a log gives; {@link LogMapper.absorb} joins the stretches of one log in their order. Plain data. */
export interface MapPart {
  readonly hits: readonly Signal[];
  readonly wanted?: WantedPart;
  readonly places: PlaceCounts;
  readonly events: number;
  readonly rhythms: readonly ChannelRhythm[];
  readonly filtered: number;
}

/** Channels and ids of their own that one log may add to the counts; hostile logs could make up millions. */
const MOST_PLACES = 100_000;

/** Runs the plan over the events of one log. Use one mapper a log; it keeps nothing of the events but signals. */
export class LogMapper {
  readonly #plan: MapPlan;
  readonly #file: string;
  readonly #fits: ((event: EventView) => boolean) | undefined;
  readonly #wants: WantSignals | undefined;
  readonly #rhythm: RhythmCounter | undefined;
  readonly #fields = new Map<CheckedRule, readonly string[]>();
  readonly #signals: Signal[] = [];
  readonly #places = new Map<string, Map<number, number>>();
  #placeCount = 0;
  readonly #pool = new TextPool();
  #event: EventView | undefined;
  #events = 0;
  #filtered = 0;
  #eventRef: RecordRef | undefined;
  /** One pointer for all signals of an event: it is half of a signal's memory. */
  readonly #ref = (): RecordRef => (this.#eventRef ??= refOf(this.#event!, this.#file));
  readonly #onHit = (rule: CheckedRule, read: FieldReader): void => this.#hit(rule, read);

  constructor(plan: MapPlan, file: string) {
    this.#plan = plan;
    this.#file = file;
    this.#fits = plan.filter && compileEventFilter(plan.filter);
    if (plan.wants !== undefined && plan.wants.length > 0) {
      this.#wants = new WantSignals(plan.wants, this.#pool);
      this.#rhythm = new RhythmCounter();
    }
  }

  /** Takes one live event; it may be a cursor. */
  event(event: EventView): void {
    if (this.#take(event)) this.#rhythm?.add(event);
  }

  /** Takes one event brought back from bytes that are not live. It says nothing of how busy the log's host was. */
  recovered(event: EventView): void {
    // Nothing but its header could be read: no rule can say anything of it.
    if (event.eventId !== 0 || event.provider !== "") this.#take(event);
  }

  #take(event: EventView): boolean {
    if (this.#fits !== undefined && !this.#fits(event)) {
      this.#filtered++;
      return false;
    }
    this.#events++;
    const { channel, eventId } = event;
    this.#count(channel, eventId, 1);
    this.#event = event;
    this.#eventRef = undefined;
    const { engine, visit } = this.#plan;
    if (engine?.wants(channel, eventId)) engine.match(event, this.#onHit);
    visit?.(event, this.#file);
    this.#wants?.event(event, this.#ref);
    return true;
  }

  /** Whether there are so many signals that repeats are folded. */
  get hasMany(): boolean {
    return this.#wants?.hasMany ?? false;
  }

  /** What has been taken so far; `manyBefore`: by stretches before it, so many that repeats are folded. */
  part(manyBefore = false): MapPart {
    return {
      hits: this.#signals,
      ...(this.#wants && { wanted: this.#wants.part(manyBefore) }),
      places: this.#placeCounts(),
      events: this.#events,
      rhythms: this.#rhythm?.finish() ?? [],
      filtered: this.#filtered,
    };
  }

  /** Takes over the part of the stretch behind what was taken so far, as if its events had come here. */
  absorb({ hits, wanted, places, events, rhythms, filtered }: MapPart): void {
    for (const hit of hits) this.#signals.push(hit);
    if (wanted !== undefined) this.#wants?.absorb(wanted);
    for (const [channel, ids] of Object.entries(places))
      for (const [id, count] of Object.entries(ids)) this.#count(channel, Number(id), count);
    this.#events += events;
    this.#rhythm?.addAll(rhythms);
    this.#filtered += filtered;
  }

  finish(ledger: InputLedger): MapResult {
    return {
      signals:
        this.#wants === undefined ? this.#signals : this.#signals.concat(this.#wants.signals),
      ledger: withSignalIssues(ledger, this.#wants),
      places: this.#placeCounts(),
      events: this.#events,
      rhythms: this.#rhythm?.finish() ?? [],
      filtered: this.#filtered,
    };
  }

  #placeCounts(): PlaceCounts {
    const places: Record<string, Record<number, number>> = Object.create(null);
    for (const [channel, ids] of this.#places) places[channel] = Object.fromEntries(ids);
    return places;
  }

  #count(channel: string, eventId: number, events: number): void {
    let ids = this.#places.get(channel);
    if (ids === undefined) {
      if (this.#placeCount > MOST_PLACES) return;
      ids = new Map();
      this.#places.set(channel, ids);
    }
    const count = ids.get(eventId);
    if (count === undefined && ++this.#placeCount > MOST_PLACES) return;
    ids.set(eventId, (count ?? 0) + events);
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
      ref: this.#ref(),
      // Under the rule's names: `Image` of a Security 4688 is its NewProcessName.
      fields: takeFields((name) => read(name) ?? event.get(name), fields, event, this.#pool),
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
    if (event.recovery !== undefined) return { ...ref, completeness, recovery: event.recovery };
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
  const read = completeness === "full" ? ref : { ...ref, completeness };
  return line === undefined ? read : { ...read, line };
}

/** What there were too many of is named in the ledger: what is joined from the rest may be incomplete. */
function withSignalIssues(ledger: InputLedger, wants: WantSignals | undefined): InputLedger {
  const issues: Issue[] = [];
  const issueCounts: Record<string, number> = { ...ledger.issueCounts };
  const add = (code: string, severity: Issue["severity"], events: number, words: string): void => {
    if (events === 0) return;
    issueCounts[code] = (issueCounts[code] ?? 0) + events;
    issues.push({
      code,
      severity,
      source: ledger.path,
      message: `${events} events that sessions and movements are made of ${words}: too many in one log`,
      fix: "narrow the time with --from and --to",
    });
  };
  add("too-many-signals", "warning", wants?.dropped ?? 0, "were left out");
  add("signals-folded", "info", wants?.coarse ?? 0, "count with another of the same minute");
  return issues.length === 0
    ? ledger
    : { ...ledger, issues: [...ledger.issues, ...issues], issueCounts };
}

export interface MapOptions {
  readonly onIssue?: IssueSink;
  readonly shared?: SharedCaches;
  /** Where recovered records wait for templates of other logs; whoever gives it maps them: `shareTemplates`. */
  readonly waiting?: WaitingRecoveries;
  /** Hex SHA-256 of the source; asked for when the whole of it has been read. */
  readonly sha256: () => string;
}
