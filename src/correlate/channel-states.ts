import type { InputLedger } from "../model/ledger.ts";
import type { ChannelRhythm } from "../model/rhythm.ts";
import type { HostDirectory } from "./story.ts";

const HOUR_MS = 3_600_000;

/** What the inputs hold of one channel of one host. */
export interface ChannelState {
  readonly host: string;
  readonly channel: string;
  readonly records: number;
  readonly ids: ReadonlyMap<number, number>;
  /** Epoch ms of the earliest and latest event; exact where a log holds this host and channel alone. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** Bytes of the logs that hold it; 0 where a log is shared with other hosts or channels. */
  readonly bytes: number;
  /** Records before the first one were overwritten. */
  readonly rolled: boolean;
  readonly filteredExport: boolean;
  /** Records that could not be read, of all its logs. */
  readonly lost: number;
}

/** host name (as the directory gives it) -> channel in lower case -> state. */
export type ChannelStates = ReadonlyMap<string, ReadonlyMap<string, ChannelState>>;

type Open = { -readonly [Key in keyof ChannelState]: ChannelState[Key] } & {
  ids: Map<number, number>;
};

/** Puts rhythms (what events there are) and ledger lines (what logs there are) together by host and channel. */
export function channelStates(
  rhythms: readonly ChannelRhythm[],
  inputs: readonly InputLedger[],
  hosts: HostDirectory,
): ChannelStates {
  const states = new Map<string, Map<string, Open>>();
  for (const { host: raw, channel, hours, ids = [] } of rhythms) {
    const host = hosts.nameOf(raw);
    if (host === "" || channel === "" || hours.length === 0) continue;
    const ofHost = states.get(host) ?? new Map<string, Open>();
    states.set(host, ofHost);
    const state = ofHost.get(channel.toLowerCase()) ?? empty(host, channel);
    ofHost.set(channel.toLowerCase(), state);
    for (const [id, events] of ids) state.ids.set(id, (state.ids.get(id) ?? 0) + events);
    for (const [, events] of hours) state.records += events;
    state.firstMs = Math.min(state.firstMs, hours[0]![0] * HOUR_MS);
    state.lastMs = Math.max(state.lastMs, (hours.at(-1)![0] + 1) * HOUR_MS);
  }
  const exact = new Map<Open, [number, number]>();
  for (const input of inputs) {
    const [host] = input.hosts;
    const [of] = input.channels;
    const alone =
      new Set(input.hosts.map((name) => hosts.nameOf(name))).size === 1 &&
      input.channels.length === 1;
    if (host === undefined || of === undefined || !alone) continue;
    const state = states.get(hosts.nameOf(host))?.get(of.channel.toLowerCase());
    if (state === undefined) continue;
    state.bytes += input.size;
    state.lost += input.records.lost + input.records.partial;
    state.filteredExport ||= input.origin === "filtered-export";
    state.rolled ||= Number(input.recordIds?.first ?? 1) > 1;
    if (input.first !== null && input.last !== null) {
      const before = exact.get(state) ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      exact.set(state, [
        Math.min(before[0], Date.parse(input.first)),
        Math.max(before[1], Date.parse(input.last)),
      ]);
    }
  }
  // A ledger counts what a filter leaves out, and a rhythm only whole hours: together they are exact.
  for (const [state, [firstMs, lastMs]] of exact) {
    state.firstMs = Math.max(state.firstMs, firstMs);
    state.lastMs = Math.min(state.lastMs, lastMs);
  }
  return states;
}

function empty(host: string, channel: string): Open {
  return {
    host,
    channel,
    records: 0,
    ids: new Map(),
    firstMs: Number.POSITIVE_INFINITY,
    lastMs: Number.NEGATIVE_INFINITY,
    bytes: 0,
    rolled: false,
    filteredExport: false,
    lost: 0,
  };
}
