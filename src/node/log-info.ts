import type { LogSummary } from "../evtx/log-summary.ts";
import { scanLog } from "../evtx/scan-log.ts";
import type { EvidenceFacts, MftFacts } from "../model/ledger.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import { openLog } from "./open-log.ts";

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
  readonly evidence?: EvidenceFacts;
  readonly mft?: MftFacts;
}

const MOST_KINDS = 100_000;

/** Reads a whole log and counts its events. Rejects when the file cannot be opened or read. */
export async function readLogInfo(path: string, cache?: EvidenceCache): Promise<LogInfo> {
  const log = await openLog(path, cache);
  try {
    const counts = new Map<
      string,
      { channel: string; provider: string; eventId: number; count: number }
    >();
    const summary = scanLog(log.source, path, {
      onRecord({ channel, provider, eventId }) {
        const key = `${channel}\0${provider}\0${eventId}`;
        const known = counts.get(key);
        if (known !== undefined) known.count++;
        else if (counts.size < MOST_KINDS)
          counts.set(key, { channel, provider, eventId, count: 1 });
      },
    });
    const sorted = [...counts.values()].sort((a, b) => b.count - a.count || a.eventId - b.eventId);
    const { evidence, mft } = log;
    return {
      ...summary,
      issues: [...summary.issues, ...log.damage().issues],
      path,
      sha256: log.source.sha256(),
      counts: sorted,
      ...(evidence !== undefined && { evidence }),
      ...(mft !== undefined && { mft }),
    };
  } finally {
    log.close();
  }
}
