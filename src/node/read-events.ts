import { scanLog } from "../evtx/scan-log.ts";
import { parseEventXml } from "../input/event-xml.ts";
import { parseJsonLines } from "../input/jsonl.ts";
import type { EventView } from "../model/event.ts";
import { FileSource } from "./file-source.ts";
import { reasonOf } from "./find-inputs.ts";
import { decodeText, tellInputKind } from "./input-kind.ts";

/**
 * Calls back for every event of one file, whatever kind of log it is; the event is a cursor. Returns why some or all
 * of it could not be read, or the empty text.
 */
export function readEvents(path: string, onEvent: (event: EventView) => void): string {
  let source: FileSource | undefined;
  try {
    source = new FileSource(path);
    const kind = tellInputKind(source);
    if (kind === "evtx") return scanLog(source, path, { onRecord: onEvent }).reason;
    if (kind === "unknown") return "neither .evtx nor Event XML nor JSON lines";
    const bytes = new Uint8Array(source.size);
    source.read(0, bytes, 0, bytes.length);
    const parse = kind === "jsonl" ? parseJsonLines : parseEventXml;
    const { events, lost } = parse(decodeText(bytes), path, { onEvent });
    return lost > 0 ? `${lost} of ${events + lost} entries could not be read` : "";
  } catch (error) {
    return reasonOf(error);
  } finally {
    source?.close();
  }
}
