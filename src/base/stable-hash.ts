/**
 * A 64-bit hash of texts as 16 hex digits, the same on every machine and version (two runs of FNV-1a over UTF-16
 * units with different seeds). For stable ids, not for security.
 */
export function stableHash(parts: readonly string[]): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  const feed = (unit: number): void => {
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit ^ (b >>> 15), 0x85ebca6b);
  };
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) feed(part.charCodeAt(i));
    feed(0x1_0000);
  }
  const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, "0");
  return hex(a ^ (a >>> 16)) + hex(b ^ (b >>> 13));
}
