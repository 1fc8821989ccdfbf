import { matchesWildcard } from "../base/wildcard.ts";
import type { EventView } from "../model/event.ts";

/** Which events take part. Absent = all. Names compare without regard to case; `*` stands for any text. */
export interface EventFilter {
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly channels?: readonly string[];
  readonly excludeChannels?: readonly string[];
  readonly eventIds?: readonly number[];
  readonly excludeEventIds?: readonly number[];
  readonly hosts?: readonly string[];
  readonly excludeHosts?: readonly string[];
  /** EventRecordIDs, first and last of each range. */
  readonly recordIds?: readonly (readonly [number, number])[];
}

/** Compiles a filter; undefined when it lets everything through. */
export function compileEventFilter(
  filter: EventFilter,
): ((event: EventView) => boolean) | undefined {
  const tests: ((event: EventView) => boolean)[] = [];
  const { fromMs, toMs } = filter;
  if (filter.eventIds?.length) {
    const ids = new Set(filter.eventIds);
    tests.push((event) => ids.has(event.eventId));
  }
  if (filter.excludeEventIds?.length) {
    const ids = new Set(filter.excludeEventIds);
    tests.push((event) => !ids.has(event.eventId));
  }
  if (filter.channels?.length) tests.push(nameTest(filter.channels, (event) => event.channel));
  if (filter.excludeChannels?.length)
    tests.push(not(nameTest(filter.excludeChannels, (event) => event.channel)));
  if (filter.hosts?.length) tests.push(nameTest(filter.hosts, (event) => event.computer));
  if (filter.excludeHosts?.length)
    tests.push(not(nameTest(filter.excludeHosts, (event) => event.computer)));
  const { recordIds } = filter;
  if (recordIds?.length)
    tests.push(({ recordId }) => {
      const id = Number(recordId);
      return recordIds.some(([first, last]) => id >= first && id <= last);
    });
  if (fromMs !== undefined) tests.push((event) => event.timeMs >= fromMs);
  if (toMs !== undefined) tests.push((event) => event.timeMs <= toMs);
  if (tests.length === 0) return undefined;
  return (event) => tests.every((test) => test(event));
}

function nameTest(
  patterns: readonly string[],
  name: (event: EventView) => string,
): (event: EventView) => boolean {
  const known = new Map<string, boolean>();
  return (event) => {
    const text = name(event);
    let fits = known.get(text);
    if (fits === undefined) {
      const lower = text.toLowerCase();
      fits = patterns.some((pattern) => matchesWildcard(pattern.toLowerCase(), lower));
      if (known.size < 10_000) known.set(text, fits);
    }
    return fits;
  };
}

function not(test: (event: EventView) => boolean): (event: EventView) => boolean {
  return (event) => !test(event);
}
