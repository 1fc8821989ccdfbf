import type { ChunkRange, LogPart } from "../evtx/log-part.ts";

/** One job: some chunks of the .evtx file at `path`. */
export interface DumpTask extends ChunkRange {
  readonly path: string;
  /** Where the text goes if it fits: memory that is used again costs half of what new memory does. */
  readonly space: SharedArrayBuffer;
}

export interface DumpAnswer {
  readonly log: LogPart;
  /** The records as text, whole lines: so many bytes of the space given, or bytes of their own. */
  readonly text: number | Uint8Array;
}
