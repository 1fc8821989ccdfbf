import { MemorySource } from "../../src/base/byte-source.ts";
import { SharedCaches } from "../../src/evtx/log-scan.ts";
import { scanAndRecover } from "../../src/evtx/recover/scan-and-recover.ts";
import type { TemplateLibrary } from "../../src/evtx/recover/template-library.ts";
import { scanLog } from "../../src/evtx/scan-log.ts";
import type { RecoveryCounts } from "../../src/model/ledger.ts";
import type { Completeness, RecordState, RecoveryNote } from "../../src/model/record-ref.ts";

export interface ReadRecord {
  readonly id: number | string;
  readonly eventId: number;
  readonly computer: string;
  readonly time: string;
  readonly fileOffset: number;
  readonly size: number;
  readonly state: RecordState;
  readonly completeness: Completeness;
  readonly recovery: RecoveryNote | undefined;
  readonly json: string;
}

export interface ReadWholeLog {
  readonly live: readonly ReadRecord[];
  readonly recovered: readonly ReadRecord[];
  readonly counts: RecoveryCounts | undefined;
}

/** Every record of a log, live and brought back. */
export function readWholeLog(
  bytes: Uint8Array,
  options: { readonly shared?: SharedCaches; readonly library?: TemplateLibrary } = {},
): ReadWholeLog {
  const live: ReadRecord[] = [];
  const recovered: ReadRecord[] = [];
  const { recovery } = scanAndRecover(
    new MemorySource(bytes),
    "test.evtx",
    {
      onRecord: (record) => live.push(taken(record)),
      onRecovered: (record) => recovered.push(taken(record)),
    },
    options,
  );
  return { live, recovered, counts: recovery };
}

/** The templates of logs, as a run learns them. */
export function libraryOf(...logs: readonly Uint8Array[]): TemplateLibrary {
  const shared = new SharedCaches();
  for (const log of logs)
    scanLog(
      new MemorySource(log),
      "other.evtx",
      { onRecord() {} },
      { shared, learnTemplates: true },
    );
  return shared.library;
}

function taken(
  record: Parameters<Parameters<typeof scanAndRecover>[2]["onRecord"]>[0],
): ReadRecord {
  const { eventId, computer, time, fileOffset, size, state, completeness, recovery } = record;
  return {
    id: record.recordId,
    eventId,
    computer,
    time,
    fileOffset,
    size,
    state,
    completeness,
    recovery,
    json: record.toJson(),
  };
}
