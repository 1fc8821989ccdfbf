import { crc32Table } from "./crc32.ts";

/**
 * Primitives that a runtime may do faster than plain JavaScript. The core uses the defaults here, which
 * run anywhere; `node/platform.ts` installs Node's native ones. Results must be identical.
 */
export interface Platform {
  /** CRC-32/IEEE of bytes[start, end), continuing from `seed` (0 to begin). */
  crc32(bytes: Uint8Array, start: number, end: number, seed: number): number;
  /** UTF-16LE bytes[start, end) to a string, unit for unit: lone surrogates survive. */
  utf16(bytes: Uint8Array, start: number, end: number): string;
  /** Where `pattern` next stands in `bytes` at or behind `from`; -1 when nowhere. */
  indexOf(bytes: Uint8Array, pattern: Uint8Array, from: number): number;
}

export const plainPlatform: Platform = {
  crc32: crc32Table,
  utf16(bytes, start, end) {
    let text = "";
    // String.fromCharCode takes its units as arguments: stay far below any engine's argument limit.
    for (let from = start; from < end; from += 4096) {
      const units: number[] = [];
      const to = Math.min(from + 4096, end - 1);
      for (let at = from; at < to; at += 2) units.push(bytes[at]! | (bytes[at + 1]! << 8));
      text += String.fromCharCode(...units);
    }
    return text;
  },
  indexOf(bytes, pattern, from) {
    const last = bytes.length - pattern.length;
    for (let at = bytes.indexOf(pattern[0]!, from); at >= 0 && at <= last; ) {
      let same = 1;
      while (same < pattern.length && bytes[at + same] === pattern[same]) same++;
      if (same === pattern.length) return at;
      at = bytes.indexOf(pattern[0]!, at + 1);
    }
    return -1;
  },
};

/** What the core calls. Mutated in place by `installPlatform`, so importers always see the current one. */
export const platform: Platform = { ...plainPlatform };

export function installPlatform(native: Partial<Platform>): void {
  Object.assign(platform, native);
}
