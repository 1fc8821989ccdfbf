/** A chunk in which bytes beyond its live records may hold others. Plain data. */
export interface ChunkResidue {
  readonly slot: number;
  /** Where its live records end; 0 when others may lie between and inside them too. */
  readonly slackFrom: number;
}

/** Where in a log records may lie that the live walk does not reach, and what its live records agree on. Plain data. */
export interface LogResidue {
  /** Chunks to look at, ascending. */
  readonly chunks: readonly ChunkResidue[];
  /** Slots in the file. */
  readonly slotCount: number;
  /** The only computer and the only channel of its live records; undefined when there are several. */
  readonly computer: string | undefined;
  readonly channel: string | undefined;
}
