import type { ByteSource } from "../base/byte-source.ts";
import { isArchiveName, isForwardedName } from "../evtx/origin.ts";
import { EVTX_NAME } from "../sources/evidence-names.ts";
import type { TextKind } from "../triage/map-text.ts";
import { decodeText, tellInputKind } from "./input-kind.ts";

/** Text logs are parsed from memory; larger ones are refused with a reason. */
const MOST_TEXT_BYTES = 512 * 1024 * 1024;

/** What a log turned out to be: records to scan, text to parse, or neither and why. */
export type LogContent =
  | { readonly kind: "evtx" }
  | { readonly kind: TextKind; readonly text: string }
  | { readonly kind: "unknown"; readonly reason: string };

/** Tells a log by its content; by its name only where a damaged .evtx has no sign of itself left. */
export function logContent(source: ByteSource, path: string): LogContent {
  const kind = tellInputKind(source);
  if (kind === "evtx" || (kind === "unknown" && EVTX_NAME.test(path))) return { kind: "evtx" };
  if (kind === "unknown") return { kind, reason: "neither .evtx nor Event XML nor JSON lines" };
  if (source.size > MOST_TEXT_BYTES) {
    return {
      kind: "unknown",
      reason: `text logs above ${MOST_TEXT_BYTES} bytes are not read: split it`,
    };
  }
  const bytes = new Uint8Array(source.size);
  source.read(0, bytes, 0, bytes.length);
  return { kind, text: decodeText(bytes) };
}

/** All that the name of a log decides, beside its content: logs of one content and one such text are read the same way. */
export function toldByName(path: string): string {
  return [isArchiveName(path), isForwardedName(path), EVTX_NAME.test(path)].map(Number).join("");
}
