/** Bounds on what a volume may make us do; real volumes stay far below. */
export const NTFS_LIMITS = {
  /** Runs of one stream, all its extents together; the most fragmented file of a test volume had 7000. */
  runsPerStream: 4_000_000,
  /** Attributes of one MFT record; Windows itself fits about 20 into 1024 bytes. */
  attributesPerRecord: 512,
  /** Entries of one attribute list; Windows allows a list of 256 KiB. */
  listBytes: 256 * 1024,
  /** MFT records looked at; a volume of 16 TiB with small files has fewer. */
  mftRecords: 1 << 30,
  /** Folders from a file up to the root; NTFS names no path longer than 32,767 characters. */
  pathDepth: 255,
  /** Files that one search gives; the rest is counted. */
  foundFiles: 100_000,
} as const;
