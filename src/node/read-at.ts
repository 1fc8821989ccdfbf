import { readSync } from "node:fs";

/** Reads from an open file as `ByteSource.read` does: fewer bytes than asked for only at the end of the file. */
export function readAt(
  fd: number,
  position: number,
  target: Uint8Array,
  targetOffset: number,
  length: number,
): number {
  let done = 0;
  while (done < length) {
    const count = readSync(fd, target, targetOffset + done, length - done, position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}
