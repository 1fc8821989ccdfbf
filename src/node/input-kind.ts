import type { ByteSource } from "../base/byte-source.ts";

export type InputKind = "evtx" | "event-xml" | "jsonl" | "unknown";

/**
 * Tells what an input is by its first bytes. An .evtx without its signature is still one when a chunk lies where
 * the first chunk should be.
 */
export function tellInputKind(source: ByteSource): InputKind {
  const head = new Uint8Array(4104);
  const length = source.read(0, head, 0, head.length);
  if (
    startsWith(head, 0, "ElfFile\0") ||
    (length === head.length && startsWith(head, 4096, "ElfChnk\0"))
  )
    return "evtx";
  const text = decodeText(head.subarray(0, Math.min(length, 1024))).trimStart();
  if (text.startsWith("<"))
    return /<(?:[\w.-]+:)?Events?[\s>]|<\?xml/.test(text) ? "event-xml" : "unknown";
  return text.startsWith("{") || text.startsWith("[") ? "jsonl" : "unknown";
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Text in UTF-8 or, by its byte order mark, UTF-16 (Event Viewer writes both). */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}
