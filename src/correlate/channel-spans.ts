import type { Signal } from "../model/signal.ts";
import { PairMap } from "./pair-map.ts";
import type { HostDirectory } from "./story.ts";

export type SpannedChannel = "security" | "sessions" | "connections" | "rdp-core" | "ssh";

const KINDS: Readonly<Record<string, SpannedChannel>> = {
  logon: "security",
  "network-logon": "security",
  "machine-logon": "security",
  "special-logon": "security",
  "ts-session": "sessions",
  "rdp-auth": "connections",
  "rdp-connection": "rdp-core",
  ssh: "ssh",
};

/** From when to when a channel of a host tells of logons, by its first and last such record. */
export class ChannelSpans {
  readonly #spans = new PairMap<{ firstMs: number; lastMs: number }>();

  constructor(of: (kind: string) => readonly Signal[], hosts: HostDirectory) {
    for (const [kind, channel] of Object.entries(KINDS))
      for (const { ref, timeMs, lastMs = timeMs } of of(kind)) {
        const host = hosts.nameOf(ref.host, timeMs);
        const span = this.#spans.get(channel, host);
        if (span === undefined) this.#spans.set(channel, host, { firstMs: timeMs, lastMs });
        else {
          span.firstMs = Math.min(span.firstMs, timeMs);
          span.lastMs = Math.max(span.lastMs, lastMs);
        }
      }
  }

  covers(channel: SpannedChannel, host: string, timeMs: number): boolean {
    const span = this.#spans.get(channel, host);
    return span !== undefined && span.firstMs <= timeMs && timeMs <= span.lastMs;
  }
}
