/** Where in a log records may lie that the live walk does not reach, and what its live records agree on. Plain data. */
export interface LogResidue {
  /** Chunk slots to look at, ascending. */
  readonly slots: readonly number[];
  /** Slots in the file. */
  readonly slotCount: number;
  /** The only computer and the only channel of its live records; undefined when there are several. */
  readonly computer: string | undefined;
  readonly channel: string | undefined;
}
