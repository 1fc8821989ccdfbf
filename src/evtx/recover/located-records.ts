import type { Candidate } from "./find-candidates.ts";
import { type RecoveredContent, readingRank } from "./recovered-record.ts";
import type { TemplateLibrary } from "./template-library.ts";

/** Roughly what one place takes in memory, without its twin's text. */
const PLACE_BYTES = 500;

/** A live record written at a candidate's time under its id. */
export interface LiveTwin {
  readonly fileOffset: number;
  readonly digest: string | undefined;
  readonly json: string;
}

/** A candidate of a log, and what is known of it. */
export interface LocatedRecord {
  readonly slot: number;
  readonly candidate: Candidate;
  /** Written time and header id; let go where no other candidate has the same. */
  key: string;
  isRepeated: boolean;
  readonly timeLow: number;
  content: RecoveredContent | undefined;
  /** Ids of the templates that nothing proved when it was read. */
  unproved: readonly number[] | undefined;
  /** Version of the log's own templates that it was read with. */
  templates: number;
  twin: LiveTwin | undefined;
}

/**
 * All that recovery learns of one log before it tells a record of it. It can be kept, so that what was missing is looked
 * for elsewhere before anything is told; it needs the bytes of the log again, but holds none of them.
 */
export interface LocatedRecords {
  readonly records: readonly LocatedRecord[];
  /** The log's own. */
  readonly templates: TemplateLibrary;
  /** Templates of other logs that they were read with. */
  readonly library: TemplateLibrary | undefined;
  readonly limited: boolean;
}

/** True when reading the same bytes once more with other templates of other logs gives what locating them anew would. */
export function canWait({ records, templates, limited }: LocatedRecords): boolean {
  return (
    !limited &&
    templates.leftOut === 0 &&
    records.every((record) => record.templates === templates.version)
  );
}

/** Roughly what keeping them takes, in bytes. */
export function keptBytes({ records }: LocatedRecords): number {
  let bytes = 0;
  for (const { twin } of records) bytes += PLACE_BYTES + 2 * (twin?.json.length ?? 0);
  return bytes;
}

/** Of candidates that are the same record, the one that could be read best. */
export function bestOfEach(found: readonly LocatedRecord[]): ReadonlySet<LocatedRecord> {
  const alone: LocatedRecord[] = [];
  const best = new Map<string, LocatedRecord>();
  for (const one of found) {
    if (one.content === undefined) continue;
    if (!one.isRepeated) {
      alone.push(one);
      continue;
    }
    const key = `${one.key}:${one.content.digest ?? `${one.slot}/${one.candidate.offset}`}`;
    const other = best.get(key);
    if (other === undefined || readingRank(one.content) < readingRank(other.content!))
      best.set(key, one);
  }
  return new Set([...alone, ...best.values()]);
}

/** Marks those whose key others have too: only they are told apart by their content. */
export function markRepeated(found: readonly LocatedRecord[]): void {
  const first = new Map<string, LocatedRecord>();
  for (const one of found) {
    const same = first.get(one.key);
    if (same === undefined) first.set(one.key, one);
    else {
      one.isRepeated = true;
      same.isRepeated = true;
    }
  }
}
