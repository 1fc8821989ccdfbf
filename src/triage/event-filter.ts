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
      fits = patterns.some((pattern) => matchesName(pattern.toLowerCase(), lower));
      if (known.size < 10_000) known.set(text, fits);
    }
    return fits;
  };
}

function not(test: (event: EventView) => boolean): (event: EventView) => boolean {
  return (event) => !test(event);
}

/** `*` matches any run of characters; the pieces between are found left to right, so no input can make it slow. */
export function matchesName(pattern: string, text: string): boolean {
  const pieces = pattern.split("*");
  if (pieces.length === 1) return pattern === text;
  const [first, last] = [pieces[0]!, pieces.at(-1)!];
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > text.length - last.length) return false;
    at = found + piece.length;
  }
  return true;
}
