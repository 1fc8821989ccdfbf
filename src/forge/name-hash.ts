/** Hash of the string table and, over the GUID's eight words, of the template table: h = h * 65599 + unit. */
export function nameHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 65_599) + text.charCodeAt(i)) | 0;
  return hash & 0xffff;
}

/** Bucket of a template definition in the 32 of a version 3.1 chunk. */
export function templateBucket(guid: Uint8Array): number {
  let hash = 0;
  for (let i = 0; i < 16; i += 2)
    hash = (Math.imul(hash, 65_599) + (guid[i]! | (guid[i + 1]! << 8))) | 0;
  return (hash >>> 0) % 32;
}
