import { CHUNK_SIZE, FILE_HEADER_SIZE } from "../evtx/file-header.ts";
import type { TemplatePlace } from "../evtx/log-part.ts";
import { SharedCaches } from "../evtx/log-scan.ts";
import { learnTemplates } from "../evtx/recover/learn-templates.ts";
import type { LocatedRecords } from "../evtx/recover/located-records.ts";
import { TemplateLibrary } from "../evtx/recover/template-library.ts";
import { TemplateProof } from "../evtx/recover/template-proof.ts";
import type { MapPlan, MapResult } from "../triage/log-mapper.ts";
import {
  type RecoveredOptions,
  recoveredAnew,
  TEMPLATES_LEFT_OUT,
  withRecoveryIssue,
} from "../triage/map-recovered.ts";
import type { WaitingRecoveries } from "../triage/waiting-recoveries.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import { FileSource } from "./file-source.ts";
import { openLog } from "./open-log.ts";
import { reasonOf } from "./reason-of.ts";

/** Logs whose sound definition of one template is looked at: whether they agree shows by then. */
const MOST_DEFINERS = 4;

/**
 * Reads recovered records that lack a template with those of the other logs of the run. Where a definition is taken from
 * depends on the logs alone, not on their order or on who read them; a log that nothing is gained for is left as it is.
 */
export async function shareTemplates(
  results: readonly MapResult[],
  plan: MapPlan,
  evidence?: EvidenceCache,
  waiting?: WaitingRecoveries,
): Promise<MapResult[]> {
  const wanted = new Set(results.flatMap(({ unread }) => unread?.templates ?? []));
  const shared = waiting?.shared ?? new SharedCaches();
  const library = new TemplateLibrary();
  await learnWanted(library, results, wanted, { shared, evidence });
  const read: MapResult[] = [];
  for (const { definitions: _, ...result } of results) {
    const gains = result.unread?.templates.some((id) => library.has(id)) === true;
    const options = { shared, ...(gains && { library }) };
    const waited = result.unread && waiting?.take(result.unread.residue);
    const { unread, ...asItIs } = result;
    const best =
      waited !== undefined
        ? mapWaited(result, waited, plan, options)
        : gains
          ? ((await readAnew(result, plan, options, evidence)) ?? asItIs)
          : asItIs;
    read.push(unread === undefined ? best : withLeftOut(best, library.leftOut));
  }
  return read;
}

function withLeftOut(result: MapResult, leftOut: number): MapResult {
  const words = "the logs define more templates than are kept: some of its records are not in full";
  const ledger = withRecoveryIssue(result.ledger, TEMPLATES_LEFT_OUT, leftOut, words);
  return { ...result, ledger };
}

function mapWaited(
  result: MapResult,
  waited: LocatedRecords,
  plan: MapPlan,
  options: RecoveredOptions,
): MapResult {
  let file: FileSource | undefined;
  try {
    file = new FileSource(result.ledger.path);
    return recoveredAnew(result, file, plan, options, waited);
  } catch (error) {
    const { unread: _, ...live } = result;
    const words = `its recovered records were left out: it could not be read again: ${reasonOf(error)}`;
    const { length } = waited.records;
    return { ...live, ledger: withRecoveryIssue(live.ledger, "recovery-unread", length, words) };
  } finally {
    file?.close();
  }
}

/** Undefined when the log cannot be opened any more. */
async function readAnew(
  result: MapResult,
  plan: MapPlan,
  options: RecoveredOptions,
  evidence: EvidenceCache | undefined,
): Promise<MapResult | undefined> {
  try {
    const log = await openLog(result.ledger.path, evidence);
    try {
      return recoveredAnew(result, log.unhashed, plan, options);
    } finally {
      log.close();
    }
  } catch {
    return undefined;
  }
}

/** Looks for each template in the first logs, by their paths, that define it soundly. */
async function learnWanted(
  library: TemplateLibrary,
  results: readonly MapResult[],
  wanted: ReadonlySet<number>,
  means: { readonly shared: SharedCaches; readonly evidence: EvidenceCache | undefined },
): Promise<void> {
  if (wanted.size === 0) return;
  const strict = means.shared.provingReader(new TemplateProof(library));
  const bytes = new Uint8Array(CHUNK_SIZE);
  const view = new DataView(bytes.buffer);
  const definers = new Map<number, number>();
  const byPath = [...results].sort((a, b) => (a.ledger.path < b.ledger.path ? -1 : 1));
  for (const { ledger, definitions = [] } of byPath) {
    const slots = slotsOf(
      definitions.filter(([id]) => wanted.has(id) && (definers.get(id) ?? 0) < MOST_DEFINERS),
    );
    if (slots.size === 0) continue;
    library.source = ledger.path;
    try {
      const log = await openLog(ledger.path, means.evidence);
      try {
        for (const [slot, ids] of slots) {
          const at = FILE_HEADER_SIZE + slot * CHUNK_SIZE;
          bytes.fill(0, log.unhashed.read(at, bytes, 0, CHUNK_SIZE));
          strict.startChunk(bytes, view);
          for (const id of learnTemplates(strict, library, ids))
            definers.set(id, (definers.get(id) ?? 0) + 1);
        }
      } finally {
        log.close();
      }
    } catch {
      // It gave its records before and is gone now: the others may define the same.
    }
  }
}

function slotsOf(places: readonly TemplatePlace[]): Map<number, Set<number>> {
  const slots = new Map<number, Set<number>>();
  for (const [id, slot] of places) slots.set(slot, (slots.get(slot) ?? new Set()).add(id));
  return slots;
}
