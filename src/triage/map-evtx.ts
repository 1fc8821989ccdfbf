import type { ByteSource } from "../base/byte-source.ts";
import { finishLog, joinParts, type LogPart } from "../evtx/log-part.ts";
import { SharedCaches } from "../evtx/log-scan.ts";
import type { LogSummary } from "../evtx/log-summary.ts";
import type { InputLedger, RecoveryCounts } from "../model/ledger.ts";
import { LogMapper, type MapOptions, type MapPlan, type MapResult } from "./log-mapper.ts";
import { recoveredLedger, withRecovered } from "./map-recovered.ts";
import { mapStretch, type StretchResult, stretches } from "./map-stretch.ts";
import type { WaitingRecoveries } from "./waiting-recoveries.ts";

/** Maps one .evtx log, stretch by stretch. */
export function mapEvtx(
  source: ByteSource,
  file: string,
  plan: MapPlan,
  options: MapOptions,
): MapResult {
  const joiner = new StretchJoiner(plan, file);
  for (const range of stretches(source.size))
    joiner.add(mapStretch(source, file, range, plan, options));
  const result = joiner.finish(source.size, options.sha256(), { source, ...options });
  for (const issue of result.ledger.issues) options.onIssue?.(issue);
  return result;
}

/** Joins the stretches of one log, which come in their order, into the result of the log. */
export class StretchJoiner {
  readonly #plan: MapPlan;
  readonly #file: string;
  #mapper: LogMapper | undefined;
  #log: LogPart | undefined;

  constructor(plan: MapPlan, file: string) {
    this.#plan = plan;
    this.#file = file;
  }

  add({ log, map }: StretchResult): void {
    this.#log = this.#log === undefined ? log : joinParts(this.#log, log);
    this.#mapper ??= new LogMapper(this.#plan, this.#file);
    this.#mapper.absorb(map);
  }

  /** Whether repeats in the stretches that follow are folded. */
  get hasMany(): boolean {
    return this.#mapper?.hasMany ?? false;
  }

  /**
   * Throws when nothing was added. `log`: where records are brought back from that no stretch reaches, when the plan
   * wants them - with the log's own templates only, so that what a log gives does not depend on the logs before it;
   * see {@link recoveredAnew}. `waiting`: where records may wait for the templates of the others.
   */
  finish(
    size: number,
    sha256: string,
    log?: {
      readonly source: ByteSource;
      readonly shared?: SharedCaches;
      readonly waiting?: WaitingRecoveries;
    },
  ): MapResult {
    if (this.#log === undefined || this.#mapper === undefined)
      throw new Error("a log has at least one stretch");
    const summary = finishLog(this.#file, this.#log, size);
    const { definitions } = this.#log;
    const live = {
      ...this.#mapper.finish(evtxLedger(summary, this.#file, sha256)),
      ...(definitions && { definitions }),
    };
    if (!this.#plan.recover || log === undefined) return live;
    const { source, shared = new SharedCaches(), waiting } = log;
    const options = { shared, ...(waiting && { waiting }) };
    return withRecovered(live, source, summary.residue, this.#plan, options);
  }
}

/** The ledger line of a scanned log. */
export function evtxLedger(
  summary: LogSummary,
  path: string,
  sha256: string,
  recovery?: RecoveryCounts,
): InputLedger {
  const { header, chunks, eventIds, headerIds } = summary;
  const count = (state: string): number => chunks.filter((chunk) => chunk.state === state).length;
  const live: InputLedger = {
    path,
    kind: summary.status === "unread" ? "unknown" : "evtx",
    status: summary.status,
    reason: summary.reason,
    size: summary.size,
    sha256,
    origin: summary.origin,
    ...(header.hasMagic && {
      header: {
        version: `${header.majorVersion}.${header.minorVersion}`,
        flags: header.flags,
        chunkCount: header.chunkCount,
        nextRecordId: header.nextRecordId,
        crcOk: header.crcOk,
      },
    }),
    chunks: {
      expected: chunks.length,
      read: count("read"),
      damaged: count("damaged") + count("junk"),
      empty: count("empty"),
    },
    records: summary.records,
    bytes: summary.bytes,
    ...(eventIds &&
      headerIds && {
        recordIds: {
          first: eventIds.first,
          last: eventIds.last,
          headerFirst: headerIds.first,
          headerLast: headerIds.last,
          gaps: summary.gaps,
        },
      }),
    ...(summary.firstRecord && { firstRecord: summary.firstRecord }),
    ...(summary.timeSteps.length > 0 && { timeSteps: summary.timeSteps }),
    ...(summary.hidden.length > 0 && { hidden: summary.hidden }),
    first: summary.first,
    last: summary.last,
    hosts: summary.hosts,
    channels: summary.channels,
    issues: summary.issues,
    issueCounts: summary.issueCounts,
  };
  return recovery === undefined ? live : recoveredLedger(live, recovery);
}

/** The ledger line of an input that could not be used at all. */
export function unreadLedger(path: string, reason: string, size = 0, sha256 = ""): InputLedger {
  return {
    path,
    kind: "unknown",
    status: "unread",
    reason,
    size,
    sha256,
    records: { expected: null, read: 0, repaired: 0, partial: 0, lost: 0, recovered: 0 },
    first: null,
    last: null,
    hosts: [],
    channels: [],
    issues: [],
    issueCounts: {},
  };
}
