import type { RecordState } from "../../model/record-ref.ts";
import { BinXmlError } from "../binxml/binxml-error.ts";
import type { BodyReader } from "../binxml/body-reader.ts";
import { CHUNK_HEADER_SIZE, hasChunkMagic, parseChunkHeader } from "../chunk-header.ts";
import {
  ChunkWalker,
  isFramed,
  RECORD_HEADER_SIZE,
  RECORD_MAGIC,
  SMALLEST_RECORD,
} from "../chunk-walker.ts";
import { CHUNK_SIZE } from "../file-header.ts";

/** Largest FILETIME high words of the years 2000 and 2100: what lies outside is no time of a record. */
const EARLIEST_TIME_HIGH = 0x01bf_53eb;
const LATEST_TIME_HIGH = 0x0230_0000;

/** Contents of one chunk that are tried and found broken, at most: a hostile chunk could hold thousands, overlapping. */
const MOST_BROKEN = 512;

/** Bytes of a chunk that may be a record which the live walk does not reach. Offsets are relative to the chunk. */
export interface Candidate {
  readonly offset: number;
  /** Including both size fields; where these are lost, the room that its content takes. */
  readonly size: number;
  readonly state: RecordState;
  /** Both size fields agree. */
  readonly framed: boolean;
  /** `unlinked`: the record that swallowed it. */
  readonly host?: number;
}

/** True when the record header at `at` has a time that Windows can have written and a sane id. */
export function isPlausibleHeader(view: DataView, at: number): boolean {
  const high = view.getUint32(at + 20, true);
  return (
    high >= EARLIEST_TIME_HIGH &&
    high <= LATEST_TIME_HIGH &&
    view.getUint32(at + 12, true) < 0x1_0000
  );
}

/** Finds the candidates of one chunk: everything that `live` does not claim is looked at, 8-aligned as records are. */
export class CandidateFinder {
  readonly #live: BodyReader;
  readonly #strict: BodyReader;
  readonly #walker: ChunkWalker;
  readonly #claimed: number[] = [];
  #broken = 0;
  readonly #hidden: { from: number; to: number; host: number }[] = [];

  /** Both readers must stand on the chunk. */
  constructor(live: BodyReader, strict: BodyReader) {
    this.#live = live;
    this.#strict = strict;
    this.#walker = new ChunkWalker(live, {
      record: (offset, size, _body, _completeness, state) => {
        if (state === "live") this.#claimed.push(offset, offset + size);
      },
      damage: () => {},
      hidden: (offset, bytes) => {
        const host = this.#claimed.at(-2);
        // A host that is not live itself has no neighbour to hide.
        if (host !== undefined && offset < this.#claimed.at(-1)!)
          this.#hidden.push({ from: offset, to: offset + bytes + 4, host });
      },
    });
  }

  /** `length`: bytes of the chunk that exist. `slackFrom`: where its live records end, when all before is theirs. */
  find(length: number, slackFrom = 0): Candidate[] {
    const { view } = this.#live;
    this.#broken = 0;
    if (slackFrom > 0) {
      const slack: Candidate[] = [];
      this.#scan(slackFrom, length, "slack", undefined, slack);
      return slack;
    }
    this.#claimed.length = 0;
    this.#hidden.length = 0;
    let end = 0;
    if (length >= CHUNK_HEADER_SIZE && hasChunkMagic(view)) {
      end = this.#walker.walk(parseChunkHeader(this.#live.bytes, view, false), length).end;
    }
    const found: Candidate[] = [];
    for (const { from, to, host } of this.#hidden) this.#scan(from, to, "unlinked", host, found);
    let from = CHUNK_HEADER_SIZE;
    const gap = (to: number): void => {
      // What lies before the end of the live walk is an older or torn part, what lies behind is slack.
      const seam = Math.min(Math.max(end, from), to);
      this.#scan(from, seam, "stale-chunk", undefined, found);
      this.#scan(seam, to, end === 0 ? "stale-chunk" : "slack", undefined, found);
    };
    for (let i = 0; i < this.#claimed.length; i += 2) {
      if (this.#claimed[i]! > from) gap(this.#claimed[i]!);
      from = Math.max(from, this.#claimed[i + 1]!);
    }
    gap(length);
    return found;
  }

  #scan(
    from: number,
    to: number,
    state: RecordState,
    host: number | undefined,
    found: Candidate[],
  ): void {
    const { view } = this.#live;
    let next = from;
    for (let at = (from + 7) & ~7; at + SMALLEST_RECORD <= to; ) {
      if (view.getUint32(at, true) !== RECORD_MAGIC) {
        at += 8;
        continue;
      }
      const framed = isFramed(view, at, to);
      // A torn record's list of values can seem to reach over whole ones behind it.
      if (!framed && next <= at) next = this.#nextWhole(at + 8, to);
      const size = framed ? view.getUint32(at + 4, true) : this.#contentSize(at, next);
      if (size > 0 && (framed || isPlausibleHeader(view, at))) {
        found.push({
          offset: at,
          size,
          state,
          framed,
          ...(host !== undefined && { host }),
        });
        // Whole: nothing else lies in its bytes. One whose content is gone may cover others.
        at += framed && this.#contentSize(at, at + size) === 0 ? 8 : size;
      } else at += 8;
    }
  }

  /** Where the next record with both its sizes begins; `to` when there is none before. */
  #nextWhole(from: number, to: number): number {
    const { view } = this.#live;
    for (let at = from; at + SMALLEST_RECORD <= to; at += 8)
      if (
        view.getUint32(at, true) === RECORD_MAGIC &&
        isFramed(view, at, to) &&
        isPlausibleHeader(view, at)
      )
        return at;
    return to;
  }

  /** The size of the record at `at` by its content alone; 0 when that cannot be read to its end before `to`. */
  #contentSize(at: number, to: number): number {
    if (this.#broken >= MOST_BROKEN || !isPlausibleHeader(this.#live.view, at)) return 0;
    try {
      const body = this.#strict.readRecord(at + RECORD_HEADER_SIZE, Math.min(to, CHUNK_SIZE) - 4);
      if (body.terminated && body.roots.length > 0) return (body.end - at + 4 + 7) & ~7;
    } catch (error) {
      if (!(error instanceof BinXmlError)) throw error;
    }
    this.#broken++;
    return 0;
  }
}
