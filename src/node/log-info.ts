import type { LogSummary } from "../evtx/log-summary.ts";
import { scanLog } from "../evtx/scan-log.ts";
import { FileSource } from "./file-source.ts";

/** How often one kind of event occurs in a log. */
export interface EventCount {
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly count: number;
}

/** Everything `konseki info` tells of one file. */
export interface LogInfo extends LogSummary {
  readonly path: string;
  readonly sha256: string;
  /** Most frequent first. */
  readonly counts: readonly EventCount[];
}

const MOST_KINDS = 100_000;

/** Reads a whole log and counts its events. Throws when the file cannot be opened or read. */
export function readLogInfo(path: string): LogInfo {
  const source = new FileSource(path);
  try {
    const counts = new Map<
      string,
      { channel: string; provider: string; eventId: number; count: number }
    >();
    const summary = scanLog(source, path, {
      onRecord({ channel, provider, eventId }) {
        const key = `${channel}\0${provider}\0${eventId}`;
        const known = counts.get(key);
        if (known !== undefined) known.count++;
        else if (counts.size < MOST_KINDS)
          counts.set(key, { channel, provider, eventId, count: 1 });
      },
    });
    const sorted = [...counts.values()].sort((a, b) => b.count - a.count || a.eventId - b.eventId);
    return { ...summary, path, sha256: source.sha256(), counts: sorted };
  } finally {
    source.close();
  }
}
