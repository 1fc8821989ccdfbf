import { NTFS_LIMITS } from "./ntfs-limits.ts";

/** Clusters of a stream that lie together. `cluster` is -1 where nothing is stored (sparse, reads as zeros). */
export interface DataRun {
  /** First cluster of the stream (VCN). */
  readonly first: number;
  readonly count: number;
  /** First cluster on the volume (LCN), or -1. */
  readonly cluster: number;
}

/** The runs could be read up to here; `problem` says why no further. */
export interface RunList {
  readonly runs: readonly DataRun[];
  readonly problem?: string;
}

/**
 * Reads a mapping-pairs array: pieces of (header, length, signed difference to the last cluster), ended by a zero
 * header. `first` is the VCN of its first cluster, `clusters` how many the volume has.
 */
export function readRuns(bytes: Uint8Array, first: number, clusters: number): RunList {
  const runs: DataRun[] = [];
  let at = 0;
  let vcn = first;
  let lcn = 0;
  while (at < bytes.length) {
    const header = bytes[at++]!;
    if (header === 0) return { runs };
    const lengthBytes = header & 0x0f;
    const offsetBytes = header >> 4;
    if (lengthBytes === 0 || lengthBytes > 8 || offsetBytes > 8)
      return { runs, problem: `a run header 0x${header.toString(16)}` };
    if (at + lengthBytes + offsetBytes > bytes.length)
      return { runs, problem: "a run list that ends inside a run" };
    const count = signedNumber(bytes, at, lengthBytes);
    at += lengthBytes;
    const difference = signedNumber(bytes, at, offsetBytes);
    at += offsetBytes;
    if (count <= 0 || !Number.isSafeInteger(vcn + count))
      return { runs, problem: `a run of ${count} clusters` };
    if (offsetBytes === 0) runs.push({ first: vcn, count, cluster: -1 });
    else {
      lcn += difference;
      if (lcn < 0 || lcn + count > clusters)
        return { runs, problem: `a run at cluster ${lcn}, outside the volume` };
      runs.push({ first: vcn, count, cluster: lcn });
    }
    vcn += count;
    if (runs.length > NTFS_LIMITS.runsPerStream)
      return { runs, problem: `more than ${NTFS_LIMITS.runsPerStream} runs` };
  }
  return { runs, problem: "a run list without an end" };
}

/** Little-endian signed number of 0 to 8 bytes; NaN-free: above 2^53 it is only near, and the caller refuses it. */
function signedNumber(bytes: Uint8Array, at: number, length: number): number {
  if (length === 0) return 0;
  let value = 0;
  for (let i = length - 1; i >= 0; i--) value = value * 256 + bytes[at + i]!;
  return bytes[at + length - 1]! & 0x80 ? value - 256 ** length : value;
}
