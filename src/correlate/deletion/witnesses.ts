import type { InputLedger } from "../../model/ledger.ts";
import { ownWords, say, spoken, type Text } from "../../model/phrase.ts";
import type { CaseView } from "../analyzer.ts";
import { channelKnowledge, holdsEvidence } from "./channel-knowledge.ts";
import { placeKey } from "./channel-logs.ts";
import type { ToldGap } from "./deletion-finding.ts";

const HOUR_MS = 3_600_000;
/** Channels named one by one; a folder of a whole host has hundreds. */
const MOST_CHANNELS = 8;

/** A hole in the record of one channel. Times are epoch ms; `fromMs` null: nobody knows when it begins. */
export interface DarkPeriod {
  readonly host: string;
  readonly channel: string;
  readonly fromMs: number | null;
  readonly toMs: number;
  readonly missing?: number;
  /** Path of the input with the hole, where one has it: other inputs of the channel that span it are witnesses. */
  readonly holder?: string;
  /** Other channels, in lower case, that are dark in the same period: no witnesses of it. */
  readonly alsoDark?: ReadonlySet<string>;
}

/** The hole as the report shows it: what else tells of that time, and what nothing here can tell. */
export function gapOf(view: CaseView, dark: DarkPeriod): ToldGap {
  const { host, channel, toMs, missing } = dark;
  const fromMs = Math.min(dark.fromMs ?? earliestOf(view, host, toMs), toMs);
  const others = otherChannels(view, dark, fromMs);
  return {
    host,
    channel,
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    ...(missing !== undefined && missing > 0 && { missing }),
    coveredBy: [
      ...copies(view, dark, fromMs),
      ...others.map(([name, events]) =>
        events === 1
          ? say`${name} of ${host} has 1 event in these hours.`
          : say`${name} of ${host} has ${events} events in these hours.`,
      ),
      ...otherSides(view, dark, fromMs),
    ],
    unknowable: unknowable(dark, new Set(others.map(([name]) => name.toLowerCase()))),
  };
}

/** The first sign of life of the host before `toMs`, or `toMs`. */
function earliestOf(view: CaseView, host: string, toMs: number): number {
  let earliest = toMs;
  for (const rhythm of view.rhythms) {
    const first = rhythm.hours[0];
    if (first !== undefined && sameHost(view, rhythm.host, host))
      earliest = Math.min(earliest, first[0] * HOUR_MS);
  }
  // Rhythms count by the hour: nothing of the host is older than the first record of the inputs that name it.
  let begun = toMs;
  for (const { first, hosts } of view.inputs)
    if (first !== null && hosts.some((name) => sameHost(view, name, host)))
      begun = Math.min(begun, Date.parse(first));
  return Math.max(earliest, begun);
}

/** Other inputs with records of the same channel and host out of the period: archives, shadow copies, forwarded logs. */
function copies(view: CaseView, dark: DarkPeriod, fromMs: number): Text[] {
  return copiesOf(view, dark, fromMs).map(
    ({ path, first, last }) => say`${path} has records of the channel from ${first} to ${last}.`,
  );
}

/** A copy that has no hole of its own there. */
export function copiesOf(
  view: CaseView,
  { host, channel, toMs, holder }: DarkPeriod,
  fromMs: number,
): InputLedger[] {
  const key = placeKey(host, channel);
  return view.inputs.filter(({ path, first, last, hosts, channels, recordIds }) => {
    if (path === holder || first === null || last === null) return false;
    const [begin, end] = [Date.parse(first), Date.parse(last)];
    if (begin >= toMs || end <= fromMs) return false;
    // Without a holder any log that spans the period may be the one with the hole.
    if (holder === undefined && begin <= fromMs && end >= toMs) return false;
    const hasHole = recordIds?.gaps.some(
      (gap) => Date.parse(gap.lastTime) <= fromMs && Date.parse(gap.nextTime) >= toMs,
    );
    return (
      !hasHole &&
      channels.some((place) =>
        hosts.some((name) => placeKey(view.story.hosts.nameOf(name), place.channel) === key),
      )
    );
  });
}

/** Other channels of the host that went on, most events first. */
function otherChannels(
  view: CaseView,
  { host, channel, toMs, alsoDark }: DarkPeriod,
  fromMs: number,
): [channel: string, events: number][] {
  const counts = new Map<string, number>();
  for (const rhythm of view.rhythms) {
    const name = rhythm.channel.toLowerCase();
    if (name === channel.toLowerCase() || alsoDark?.has(name)) continue;
    if (!sameHost(view, rhythm.host, host)) continue;
    let events = 0;
    for (const [hour, count] of rhythm.hours)
      if (hour >= Math.floor(fromMs / HOUR_MS) && hour <= Math.floor(toMs / HOUR_MS))
        events += count;
    if (events > 0) counts.set(rhythm.channel, (counts.get(rhythm.channel) ?? 0) + events);
  }
  return [...counts]
    .sort(([a, x], [b, y]) => rankOf(a) - rankOf(b) || y - x || (a < b ? -1 : 1))
    .slice(0, MOST_CHANNELS);
}

/** Channels that hold evidence by themselves come first. */
function rankOf(channel: string): number {
  return holdsEvidence(channel) ? 0 : 1;
}

/** What other machines recorded of sessions with the dark one. */
function otherSides(view: CaseView, { host, toMs }: DarkPeriod, fromMs: number): Text[] {
  const sentences = new Map<string, { text: Text; count: number }>();
  for (const { from, to, timeMs, method, account, evidence } of view.story.moves) {
    if (timeMs < fromMs || timeMs > toMs) continue;
    if (!sameHost(view, to, host) && !sameHost(view, from, host)) continue;
    const teller = evidence.find((ref) => !sameHost(view, ref.host, host));
    if (teller === undefined) continue;
    const text = say`${teller.channel} of ${teller.host} tells of ${ownWords(method)} from ${from} to ${to} by ${account}`;
    const known = sentences.get(spoken(text));
    if (known === undefined) sentences.set(spoken(text), { text, count: 1 });
    else known.count++;
  }
  return [...sentences.values()]
    .slice(0, MOST_CHANNELS)
    .map(({ text, count }) => (count > 1 ? say`${text} (${count} times).` : say`${text}.`));
}

function unknowable({ host, channel }: DarkPeriod, others: ReadonlySet<string>): Text[] {
  const known = channelKnowledge(channel);
  if (known === undefined) return [say`What ${channel} of ${host} recorded then cannot be told.`];
  return known.tells.map(({ what, also }) => {
    const left = also.filter((name) => others.has(name.toLowerCase()));
    return left.length === 0
      ? say`Nothing in these inputs tells ${ownWords(what)} on ${host}.`
      : say`Only what ${left.join(", ")} recorded tells ${ownWords(what)} on ${host}.`;
  });
}

function sameHost(view: CaseView, a: string, b: string): boolean {
  return view.story.hosts.nameOf(a).toLowerCase() === view.story.hosts.nameOf(b).toLowerCase();
}
