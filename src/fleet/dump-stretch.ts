import type { LogPart } from "../evtx/log-part.ts";
import type { SharedCaches } from "../evtx/log-scan.ts";
import { scanPart } from "../evtx/scan-log.ts";
import { FileSource } from "../node/file-source.ts";
import { inputName } from "../node/open-log.ts";
import type { RecordPrinter } from "../node/record-printer.ts";
import type { DumpTask } from "./dump-protocol.ts";

/** Prints the records of some chunks into `printer.out`. Throws when the file cannot be read. */
export function dumpStretch(
  { path, from, to }: Omit<DumpTask, "space">,
  printer: RecordPrinter,
  shared: SharedCaches,
): LogPart {
  const file = new FileSource(path);
  try {
    printer.out.clear();
    const visitor = { onRecord: printer.record.bind(printer) };
    return scanPart(file, inputName(path), { from, to }, visitor, { shared });
  } finally {
    file.close();
  }
}
