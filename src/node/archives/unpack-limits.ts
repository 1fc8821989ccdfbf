import type { SourceProblem } from "../../sources/source-problem.ts";

/** What anything may unpack to, however small it is packed: the largest logs with their defaults are below. */
const ALWAYS_ALLOWED = 512 * 1024 * 1024;
/** Beyond that, so many times its packed size: sparse disk images come close, bombs go far beyond. */
const MOST_RATIO = 1000;
const MOST_BYTES = 64 * 1024 * 1024 * 1024;

/** How many bytes may come out of `packed` bytes. */
export function mostUnpacked(packed: number): number {
  return Math.min(Math.max(ALWAYS_ALLOWED, MOST_RATIO * packed), MOST_BYTES);
}

/** The problem of content that says it is larger than it may be. */
export function tooLarge(size: number, packed: number): SourceProblem | undefined {
  const most = mostUnpacked(packed);
  return size > most
    ? { problem: `claims to unpack ${packed} bytes to ${size}: above ${most} nothing is unpacked` }
    : undefined;
}
