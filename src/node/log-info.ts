import type { LogSummary } from "../evtx/log-summary.ts";
import { scanAndRecover } from "../evtx/recover/scan-and-recover.ts";
import type { EventView } from "../model/event.ts";
import type { InputLedger } from "../model/ledger.ts";
import { evtxLedger } from "../triage/map-evtx.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import { logContent } from "./log-content.ts";
import { inputName, openLog, withEvidence } from "./open-log.ts";

/** How often one kind of event occurs in a log. */
export interface EventCount {
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly count: number;
}

/** Everything `konseki info` tells of one file. */
export interface LogInfo {
  readonly path: string;
  readonly sha256: string;
  /** What only an .evtx has: header, chunks, record ids, bytes by use. */
  readonly log?: LogSummary;
  readonly ledger: InputLedger;
  /** Most frequent first. */
  readonly counts: readonly EventCount[];
}

const MOST_KINDS = 100_000;

/** Reads a whole log and counts its events. Rejects when the file cannot be opened or read. */
export async function readLogInfo(path: string, cache?: EvidenceCache): Promise<LogInfo> {
  const name = inputName(path);
  const log = await openLog(path, cache);
  try {
    const { source } = log;
    const counts = new EventCounts();
    const content = logContent(source, name);
    if (content.kind === "unknown") throw new Error(content.reason);
    if (content.kind === "evtx") {
      const { summary, recovery } = scanAndRecover(source, name, {
        onRecord: (record) => counts.add(record),
        onRecovered() {},
      });
      const sha256 = source.sha256();
      return {
        path: name,
        sha256,
        log: summary,
        ledger: withEvidence(evtxLedger(summary, name, sha256, recovery), log),
        counts: counts.sorted(),
      };
    }
    const { readTextLog } = await import("../triage/map-text.ts");
    const { kind, text } = content;
    const ledger = readTextLog(
      { text, kind, file: name, size: source.size, sha256: () => source.sha256() },
      (event) => counts.add(event),
    );
    return {
      path: name,
      sha256: ledger.sha256,
      ledger: withEvidence(ledger, log),
      counts: counts.sorted(),
    };
  } finally {
    log.close();
  }
}

class EventCounts {
  readonly #counts = new Map<string, { -readonly [Key in keyof EventCount]: EventCount[Key] }>();

  add({ channel, provider, eventId }: EventView): void {
    const key = `${channel}\0${provider}\0${eventId}`;
    const known = this.#counts.get(key);
    if (known !== undefined) known.count++;
    else if (this.#counts.size < MOST_KINDS)
      this.#counts.set(key, { channel, provider, eventId, count: 1 });
  }

  sorted(): EventCount[] {
    return [...this.#counts.values()].sort((a, b) => b.count - a.count || a.eventId - b.eventId);
  }
}
