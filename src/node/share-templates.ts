import { CHUNK_SIZE, FILE_HEADER_SIZE } from "../evtx/file-header.ts";
import { SharedCaches } from "../evtx/log-scan.ts";
import { learnTemplates } from "../evtx/recover/learn-templates.ts";
import { TemplateLibrary } from "../evtx/recover/template-library.ts";
import { TemplateProof } from "../evtx/recover/template-proof.ts";
import type { MapPlan, MapResult } from "../triage/log-mapper.ts";
import { recoveredAnew } from "../triage/map-recovered.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import { openLog } from "./open-log.ts";

/** Logs whose definition of one template is looked at: whether they agree shows by then. */
const MOST_DEFINERS = 4;

/**
 * Reads recovered records that lack a template with those of the other logs of the run. Where a definition is taken from
 * depends on the logs alone, not on their order or on who read them; a log that nothing is gained for is left as it is.
 */
export async function shareTemplates(
  results: readonly MapResult[],
  plan: MapPlan,
  evidence?: EvidenceCache,
): Promise<MapResult[]> {
  const wanted = new Set(results.flatMap(({ unread }) => unread?.templates ?? []));
  const shared = new SharedCaches();
  const library = await libraryOf(placesOf(results, wanted), shared, evidence);
  const read: MapResult[] = [];
  for (const { definitions: _, ...result } of results) {
    const gains = result.unread?.templates.some((id) => library.has(id)) === true;
    const { unread: __, ...asItIs } = result;
    read.push(
      gains ? ((await readAnew(result, plan, { shared, library }, evidence)) ?? asItIs) : asItIs,
    );
  }
  return read;
}

/** Undefined when the log cannot be opened any more. */
async function readAnew(
  result: MapResult,
  plan: MapPlan,
  options: { readonly shared: SharedCaches; readonly library: TemplateLibrary },
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

/** Which chunks of which logs define the templates. */
function placesOf(
  results: readonly MapResult[],
  wanted: ReadonlySet<number>,
): Map<string, Map<number, Set<number>>> {
  const places = new Map<string, Map<number, Set<number>>>();
  if (wanted.size === 0) return places;
  const definers = new Map<number, number>();
  const byPath = [...results].sort((a, b) => (a.ledger.path < b.ledger.path ? -1 : 1));
  for (const { ledger, definitions = [] } of byPath)
    for (const [id, slot] of definitions) {
      const known = definers.get(id) ?? 0;
      if (!wanted.has(id) || known >= MOST_DEFINERS) continue;
      definers.set(id, known + 1);
      const slots = places.get(ledger.path) ?? new Map<number, Set<number>>();
      places.set(ledger.path, slots.set(slot, (slots.get(slot) ?? new Set()).add(id)));
    }
  return places;
}

async function libraryOf(
  places: ReadonlyMap<string, ReadonlyMap<number, ReadonlySet<number>>>,
  shared: SharedCaches,
  evidence: EvidenceCache | undefined,
): Promise<TemplateLibrary> {
  const library = new TemplateLibrary();
  const strict = shared.provingReader(new TemplateProof(library));
  const bytes = new Uint8Array(CHUNK_SIZE);
  const view = new DataView(bytes.buffer);
  for (const [path, slots] of places) {
    try {
      const log = await openLog(path, evidence);
      try {
        for (const [slot, ids] of slots) {
          const at = FILE_HEADER_SIZE + slot * CHUNK_SIZE;
          bytes.fill(0, log.unhashed.read(at, bytes, 0, CHUNK_SIZE));
          strict.startChunk(bytes, view);
          learnTemplates(strict, library, ids);
        }
      } finally {
        log.close();
      }
    } catch {
      // It gave its records before and is gone now: the others may define the same.
    }
  }
  return library;
}
