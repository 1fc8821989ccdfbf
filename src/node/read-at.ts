import { readSync } from "node:fs";

/**
 * Reads from an open file as `ByteSource.read` does: fewer bytes than asked for only at the end of the file. Damaged structures name
 * places behind 2^53, which Node refuses: no file reaches there.
 */
export function readAt(
  fd: number,
  position: number,
  target: Uint8Array,
  targetOffset: number,
  length: number,
): number {
  if (position < 0 || !Number.isSafeInteger(position + length)) return 0;
  let done = 0;
  while (done < length) {
    const count = readSync(fd, target, targetOffset + done, length - done, position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}
