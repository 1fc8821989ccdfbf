import { createHash } from "node:crypto";
import { MemorySource } from "../base/byte-source.ts";
import { SharedCaches } from "../evtx/log-scan.ts";
import type { IssueSink } from "../model/issue.ts";

import type { MapPlan, MapResult } from "../triage/log-mapper.ts";
import { mapEvtx, unreadLedger } from "../triage/map-evtx.ts";
import type { CaseStore } from "./case-store.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import type { FoundInput } from "./find-inputs.ts";
import { decodeText, tellInputKind } from "./input-kind.ts";
import { type OpenLog, openLog, withEvidence } from "./open-log.ts";
import { reasonOf } from "./reason-of.ts";

/** Text logs are parsed from memory; larger ones are refused with a reason. */
const MOST_TEXT_BYTES = 512 * 1024 * 1024;

export interface RunOptions {
  readonly onIssue?: IssueSink;
  /** Called before each input. */
  readonly onProgress?: (done: number, total: number, path: string) => void;
  /** True stops before the next input. */
  readonly cancelled?: () => boolean;
  /** The containers that the inputs lie in, where they are open already. */
  readonly evidence?: EvidenceCache;
  /** Results of earlier runs, and where those of this run are kept. */
  readonly store?: CaseStore;
}

/** Maps all inputs, one after the other. An input that fails is a ledger line, never an exception. */
export async function mapInputs(
  inputs: readonly FoundInput[],
  plan: MapPlan,
  options: RunOptions,
): Promise<MapResult[]> {
  const results: MapResult[] = [];
  const shared = new SharedCaches();
  for (const [index, input] of inputs.entries()) {
    if (options.cancelled?.()) break;
    options.onProgress?.(index, inputs.length, input.path);
    if ("problem" in input) results.push(unread(input.path, input.problem));
    else if (input.path === "-")
      results.push(await mapBytes(await readStdin(), "(stdin)", plan, options));
    else results.push(await mapFile(input.path, plan, options, shared));
    // Lets signals and progress through between files.
    await new Promise((resolve) => setImmediate(resolve));
  }
  options.onProgress?.(inputs.length, inputs.length, "");
  return results;
}

async function mapFile(
  path: string,
  plan: MapPlan,
  options: RunOptions,
  shared: SharedCaches,
): Promise<MapResult> {
  let log: OpenLog | undefined;
  try {
    log = await openLog(path, options.evidence);
    const { store } = options;
    const known = store?.take(log.source.sha256(), path);
    const result = known ?? (await mapLog(log, path, plan, options, shared));
    // What is damaged on the way to a log is not the log's own.
    if (known === undefined && result.ledger.sha256 !== "" && log.damage().issues.length === 0)
      store?.keep(result);
    return { ...result, ledger: withEvidence(result.ledger, log) };
  } catch (error) {
    return unread(path, reasonOf(error));
  } finally {
    log?.close();
  }
}

async function mapLog(
  log: OpenLog,
  path: string,
  plan: MapPlan,
  options: RunOptions,
  shared: SharedCaches,
): Promise<MapResult> {
  const opened = log.source;
  const kind = tellInputKind(opened);
  const mapOptions = {
    sha256: () => opened.sha256(),
    shared,
    ...(options.onIssue && { onIssue: options.onIssue }),
  };
  if (kind === "evtx" || (kind === "unknown" && /\.evtx$/i.test(path)))
    return mapEvtx(opened, path, plan, mapOptions);
  if (kind === "unknown")
    return unread(path, "neither .evtx nor Event XML nor JSON lines", opened.size);
  if (opened.size > MOST_TEXT_BYTES) {
    return unread(
      path,
      `text logs above ${MOST_TEXT_BYTES} bytes are not read: split it`,
      opened.size,
    );
  }
  const bytes = new Uint8Array(opened.size);
  opened.read(0, bytes, 0, bytes.length);
  const { mapText } = await import("../triage/map-text.ts");
  return mapText(decodeText(bytes), kind, path, opened.size, plan, mapOptions);
}

async function mapBytes(
  bytes: Uint8Array,
  name: string,
  plan: MapPlan,
  options: RunOptions,
): Promise<MapResult> {
  const source = new MemorySource(bytes);
  const sha256 = (): string => createHash("sha256").update(bytes).digest("hex");
  const mapOptions = { sha256, ...(options.onIssue && { onIssue: options.onIssue }) };
  const kind = tellInputKind(source);
  if (kind === "evtx") return mapEvtx(source, name, plan, mapOptions);
  if (kind === "unknown")
    return unread(
      name,
      bytes.length === 0 ? "nothing came in" : "neither .evtx nor Event XML nor JSON lines",
    );
  const { mapText } = await import("../triage/map-text.ts");
  return mapText(decodeText(bytes), kind, name, bytes.length, plan, mapOptions);
}

async function readStdin(): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return new Uint8Array(Buffer.concat(pieces));
}

function unread(path: string, reason: string, size = 0): MapResult {
  return {
    signals: [],
    ledger: unreadLedger(path, reason, size),
    places: {},
    events: 0,
    rhythms: [],
    filtered: 0,
  };
}
