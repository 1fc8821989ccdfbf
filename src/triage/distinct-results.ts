import type { ChannelRhythm } from "../model/rhythm.ts";
import type { Signal } from "../model/signal.ts";
import type { MapResult } from "./log-mapper.ts";

/** What several logs say together, each record told of once. */
export interface DistinctResults {
  readonly signals: readonly Signal[];
  readonly rhythms: readonly ChannelRhythm[];
}

/**
 * Signals and rhythms of all logs. A log in a shadow copy or of a deleted file holds mostly records that the live log has
 * too: of those only what no other log has counts, so that nothing is counted twice.
 */
export function distinctResults(results: readonly MapResult[]): DistinctResults {
  const copies = results.filter(isCopy);
  const live = results.filter((result) => !isCopy(result));
  const signals = live.flatMap((result) => result.signals);
  const rhythms = live.flatMap((result) => result.rhythms);
  if (copies.length === 0) return { signals, rhythms };
  const known = new Set(signals.map(identity));
  const hours = new HourCounts();
  for (const rhythm of rhythms) hours.add(rhythm);
  const inOrder = [...copies].sort((a, b) => (a.ledger.path < b.ledger.path ? -1 : 1));
  for (const copy of inOrder) {
    for (const signal of copy.signals) {
      const key = identity(signal);
      if (known.has(key)) continue;
      known.add(key);
      signals.push(signal);
    }
    for (const rhythm of copy.rhythms) {
      const rest = hours.beyond(rhythm);
      if (rest !== undefined) rhythms.push(rest);
    }
  }
  return { signals, rhythms };
}

function isCopy({ ledger }: MapResult): boolean {
  return ledger.evidence?.shadowCopy !== undefined || ledger.mft?.deleted === true;
}

function identity({ kind, ruleId, ref }: Signal): string {
  const { host, channel, provider, eventId, recordId, time } = ref;
  return JSON.stringify([kind, ruleId, host, channel, provider, eventId, recordId, time]);
}

/** How many events of each hour and id are accounted for. */
class HourCounts {
  readonly #counts = new Map<string, number>();

  add({ host, channel, hours, ids = [] }: ChannelRhythm): void {
    for (const [hour, events] of hours) this.#raise(`h|${host}|${channel}|${hour}`, events);
    for (const [id, events] of ids) this.#raise(`i|${host}|${channel}|${id}`, events);
  }

  /** What a copy has more than is accounted for, which then is; undefined when it has nothing more. */
  beyond({ host, channel, hours, ids }: ChannelRhythm): ChannelRhythm | undefined {
    const more = (kind: string, pairs: ChannelRhythm["hours"]): [number, number][] =>
      pairs.flatMap(([key, events]): [number, number][] => {
        const name = `${kind}|${host}|${channel}|${key}`;
        const rest = events - (this.#counts.get(name) ?? 0);
        if (rest <= 0) return [];
        this.#counts.set(name, events);
        return [[key, rest]];
      });
    const restHours = more("h", hours);
    const restIds = ids === undefined ? undefined : more("i", ids);
    if (restHours.length === 0) return undefined;
    return { host, channel, hours: restHours, ...(restIds !== undefined && { ids: restIds }) };
  }

  #raise(name: string, events: number): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + events);
  }
}
