import type { InputLedger } from "../../model/ledger.ts";
import type { HostDirectory } from "../story.ts";
import { listAt } from "../time-index.ts";

/** One input that holds one channel of one host. Times are epoch ms. */
export interface ChannelLog {
  readonly input: InputLedger;
  /** Its name in the report. */
  readonly host: string;
  readonly channel: string;
  readonly firstMs: number;
  readonly lastMs: number;
  /**
   * True: it holds everything the channel wrote from its first to its last record, as far as its kind goes.
   * Filtered exports, forwarded and text logs do not: what is absent from them was perhaps never sent.
   */
  readonly whole: boolean;
}

/** A log that is not a mixture may hold a few records of another channel (damage, forged bytes). */
const MAIN_SHARE = 0.9;

/** The inputs by host and channel; mixtures, such as collected logs, are left out. In order of time. */
export function channelLogs(inputs: readonly InputLedger[], hosts: HostDirectory): ChannelLog[] {
  const logs: ChannelLog[] = [];
  for (const input of inputs) {
    if (input.status === "unread" || input.first === null || input.last === null) continue;
    if (input.origin === "forwarded") continue;
    const all = input.channels.reduce((sum, { records }) => sum + records, 0);
    const main = input.channels.find(({ records }) => records >= all * MAIN_SHARE);
    // A renamed machine has its old name first.
    const names = new Set(input.hosts.map((host) => hosts.nameOf(host)));
    const host = [...names].at(-1);
    if (main === undefined || main.channel === "" || host === undefined || host === "") continue;
    logs.push({
      input,
      host,
      channel: main.channel,
      firstMs: Date.parse(input.first),
      lastMs: Date.parse(input.last),
      whole: input.kind === "evtx" && input.origin !== "filtered-export",
    });
  }
  return logs.sort((a, b) => a.firstMs - b.firstMs || (a.input.path < b.input.path ? -1 : 1));
}

export function placeKey(host: string, channel: string): string {
  return `${host.toLowerCase()}\n${channel.toLowerCase()}`;
}

/** The file has the name under which Windows keeps the channel's log: `/` is written `%4`. */
export function isNamedAsLive({ input, channel }: ChannelLog): boolean {
  const base = input.path.slice(
    Math.max(input.path.lastIndexOf("/"), input.path.lastIndexOf("\\")) + 1,
  );
  return base.toLowerCase() === `${channel.replaceAll("/", "%4")}.evtx`.toLowerCase();
}

/** Windows overwrites the oldest records of a full log: then ids step back once, at the ring's seam. */
export function hasRolledOver({ input }: ChannelLog): boolean {
  return (input.recordIds?.gaps ?? []).some(({ cause }) => cause === "ring-seam");
}

/** Logs of one channel of one host, in order of time. */
export function byPlace(logs: readonly ChannelLog[]): Map<string, ChannelLog[]> {
  const places = new Map<string, ChannelLog[]>();
  for (const log of logs) listAt(places, placeKey(log.host, log.channel)).push(log);
  return places;
}

/** Everything before the file's own name. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"), 0));
}
