import type { SharedCaches } from "../evtx/log-scan.ts";
import type { IssueSink } from "../model/issue.ts";
import type { MapPlan, MapResult } from "../triage/log-mapper.ts";
import { mapEvtx, unreadLedger } from "../triage/map-evtx.ts";
import type { WaitingRecoveries } from "../triage/waiting-recoveries.ts";
import type { CaseStore } from "./case-store.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import { FileSource } from "./file-source.ts";
import type { FoundInput } from "./find-inputs.ts";
import { logContent } from "./log-content.ts";
import { inputName, type OpenLog, openLog, withEvidence } from "./open-log.ts";
import { reasonOf } from "./reason-of.ts";

export interface MapFileOptions {
  readonly onIssue?: IssueSink;
  /** The containers that the inputs lie in, where they are open already. */
  readonly evidence?: EvidenceCache;
  /** Results of earlier runs, and where those of this run are kept. */
  readonly store?: CaseStore;
  /** See {@link MapOptions.waiting}; not together with a store, which keeps whole results. */
  readonly waiting?: WaitingRecoveries;
}

/** Maps one log. One that fails is a ledger line, never an exception. */
export async function mapFile(
  path: string,
  plan: MapPlan,
  options: MapFileOptions,
  shared: SharedCaches,
): Promise<MapResult> {
  const name = inputName(path);
  let log: OpenLog | undefined;
  try {
    log = await openLog(path, options.evidence);
    const { store } = options;
    const known = store?.take(log.source.sha256(), name);
    const result = known ?? (await mapLog(log, name, plan, options, shared));
    // Where the way to a log was damaged, zeros stand in its content: the result is that of these bytes.
    if (known === undefined && result.ledger.sha256 !== "") store?.keep(result);
    return { ...result, ledger: withEvidence(result.ledger, log) };
  } catch (error) {
    return unread(name, reasonOf(error));
  } finally {
    log?.close();
  }
}

async function mapLog(
  log: OpenLog,
  name: string,
  plan: MapPlan,
  options: MapFileOptions,
  shared: SharedCaches,
): Promise<MapResult> {
  const { source } = log;
  const mapOptions = {
    sha256: () => source.sha256(),
    shared,
    ...(options.onIssue && { onIssue: options.onIssue }),
    // What lies in containers or is piped in costs more to have again.
    ...(options.waiting && log.unhashed instanceof FileSource && { waiting: options.waiting }),
  };
  const content = logContent(source, name);
  if (content.kind === "evtx") return mapEvtx(source, name, plan, mapOptions);
  if (content.kind === "unknown") return unread(name, content.reason, source.size);
  const { mapText } = await import("../triage/map-text.ts");
  return mapText(content.text, content.kind, name, source.size, plan, mapOptions);
}

/** The result of an input that gave nothing. */
export function unread(path: string, reason: string, size = 0): MapResult {
  return {
    signals: [],
    ledger: unreadLedger(path, reason, size),
    places: {},
    events: 0,
    rhythms: [],
    filtered: 0,
  };
}

/** Of an input that nobody came to, because the run was stopped. */
export const NOT_REACHED = "the run was stopped before this was read";

export function notReached(input: FoundInput): MapResult {
  const name = inputName(input.path);
  return unread(name, "problem" in input ? input.problem : NOT_REACHED);
}
