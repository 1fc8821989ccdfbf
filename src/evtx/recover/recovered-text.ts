import type { EvtxRecord } from "../evtx-record.ts";

/** One value as it stands in the record; `offset` in the file. Types are those of [MS-EVEN6] 2.2.12. */
interface RawValue {
  readonly index: number;
  readonly type: number;
  readonly offset: number;
  readonly size: number;
}

/** What `dump` says of a record that is not live, beside its content. */
function recoveryFacts(record: EvtxRecord): Record<string, unknown> {
  const { state, completeness, fileOffset, size, headerRecordId, written, recovery } = record;
  const assumed = recovery?.assumed && {
    assumed: Object.fromEntries(
      recovery.assumed.map((name) => [name, name === "Channel" ? record.channel : record.computer]),
    ),
  };
  return {
    state,
    completeness,
    fileOffset,
    size,
    headerRecordId,
    written,
    ...recovery,
    ...assumed,
  };
}

/** The record as one line of JSON, with a member `konseki` beside `Event`: how it was found, and its raw values where no template names them. */
export function recoveredJson(record: EvtxRecord): string {
  const text = record.toJson();
  const facts = recoveryFacts(record);
  const values = record.recovery?.templates === "none" ? { values: rawValues(record) } : {};
  return `${text.slice(0, -1)},"konseki":${JSON.stringify({ ...facts, ...values })}}`;
}

/** The same as an XML comment to stand before the record. */
export function recoveryComment(record: EvtxRecord): string {
  return `<!-- konseki ${JSON.stringify(recoveryFacts(record)).replaceAll("--", "- -")} -->`;
}

function rawValues(record: EvtxRecord): RawValue[] {
  const values: RawValue[] = [];
  const chunkAt = record.fileOffset - record.chunkOffset;
  for (const { values: table } of record.body.roots) {
    for (let index = 0; index < table.count; index++) {
      const size = table.sizes[index]!;
      if (size === 0) continue;
      values.push({
        index,
        type: table.types[index]!,
        offset: chunkAt + table.offsets[index]!,
        size,
      });
    }
  }
  return values;
}
