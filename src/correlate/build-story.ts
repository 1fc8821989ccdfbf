import type { InputLedger } from "../model/ledger.ts";
import { type Phrase, say } from "../model/phrase.ts";
import type { Signal, SignalWant } from "../model/signal.ts";
import { buildArrivals } from "./arrivals.ts";
import { buildSessions } from "./build-sessions.ts";
import { ChannelSpans } from "./channel-spans.ts";
import { hostOffsets, pairOffsets } from "./clock-offsets.ts";
import { buildDepartures } from "./departures.ts";
import { buildHostDirectory } from "./host-directory.ts";
import { joinMoves } from "./join-moves.ts";
import type { MoveDraft } from "./move-draft.ts";
import type { HostDirectory, Move, Story } from "./story.ts";
import { DOMAIN_CONTROLLER_WANTS } from "./wants/domain-controller-wants.ts";
import { LOGON_WANTS } from "./wants/logon-wants.ts";
import { NTLM_WANTS } from "./wants/ntlm-wants.ts";
import { REMOTE_ACCESS_WANTS } from "./wants/remote-access-wants.ts";
import { REMOTE_DESKTOP_WANTS } from "./wants/remote-desktop-wants.ts";

/** What hosts, sessions and moves are built from. */
export const STORY_WANTS: readonly SignalWant[] = [
  ...LOGON_WANTS,
  ...REMOTE_DESKTOP_WANTS,
  ...DOMAIN_CONTROLLER_WANTS,
  ...NTLM_WANTS,
  ...REMOTE_ACCESS_WANTS,
];

/** Signals -> hosts, sessions, moves. */
export function buildStory(
  of: (kind: string) => readonly Signal[],
  inputs: readonly InputLedger[],
): Story {
  const hosts = buildHostDirectory(inputs, of);
  const spans = new ChannelSpans(of, hosts);
  const drafts = buildSessions(of, hosts, spans);
  const departures = buildDepartures(of, hosts, drafts);
  const arrivals = buildArrivals(of, hosts, drafts, spans);
  const clocks = hostOffsets(pairOffsets(departures, arrivals));
  const moved = joinMoves(departures, arrivals, of, hosts, spans, (host) => clocks.get(host) ?? 0);
  return {
    hosts: withClocks(hosts, clocks),
    sessions: drafts,
    moves: finished(moved, hosts, clocks),
  };
}

/** Nothing is added to the drafts any more: what is left is what is not sure about their hosts. */
function finished(
  drafts: readonly MoveDraft[],
  hosts: HostDirectory,
  clocks: ReadonlyMap<string, number>,
): readonly Move[] {
  for (const draft of drafts) {
    const { from, to } = draft;
    const behind = hosts.behind(from);
    if (behind.length > 0)
      draft.doubt(
        say`${from} is shared by ${behind.join(", ")}: it does not tell which of them it was`,
      );
    for (const host of clocks.size === 0 ? [] : [from, to]) {
      const ahead = clocks.get(host) ?? 0;
      if (ahead !== 0)
        draft.doubt(say`${clockSentence(host, ahead)}: times were corrected by that`);
    }
    draft.settle();
  }
  return drafts;
}

/** In plain words how a host's clock is off. */
function clockSentence(host: string, aheadMs: number): Phrase {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const minutes = Math.floor(seconds / 60);
  const amount = minutes > 0 ? say`${minutes} min ${seconds % 60} s` : say`${seconds} s`;
  return aheadMs > 0
    ? say`the clock of ${host} is ${amount} ahead`
    : say`the clock of ${host} is ${amount} behind`;
}

function withClocks(hosts: HostDirectory, clocks: ReadonlyMap<string, number>): HostDirectory {
  const off = new Map(
    hosts.all.flatMap((host) => {
      const ahead = clocks.get(host.name) ?? 0;
      return ahead === 0 ? [] : [[host, { ...host, clockAheadMs: ahead }] as const];
    }),
  );
  if (off.size === 0) return hosts;
  return {
    ...hosts,
    all: hosts.all.map((host) => off.get(host) ?? host),
    find: (name, timeMs) => {
      const host = hosts.find(name, timeMs);
      return host && (off.get(host) ?? host);
    },
  };
}
