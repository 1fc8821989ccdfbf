import { ByteWriter } from "../base/byte-writer.ts";
import type { EvtxRecord } from "../evtx/evtx-record.ts";
import { recoveredJson, recoveryComment } from "../evtx/recover/recovered-text.ts";
import type { EventView } from "../model/event.ts";
import { compileEventFilter, type EventFilter } from "../triage/event-filter.ts";

export type DumpFormat = "jsonl" | "json" | "xml";

/** Which records are printed, and as what. Plain data. */
export interface PrintPlan {
  /** `json` prints lines as `jsonl` does: the array around them is for whoever joins them. */
  readonly format: DumpFormat;
  readonly filter: EventFilter;
}

const encoder = new TextEncoder();

/** Prints records that pass a filter into `out`, a line each (XML: one element each). */
export class RecordPrinter {
  readonly out = new ByteWriter();
  readonly #isXml: boolean;
  readonly #passes: ((event: EventView) => boolean) | undefined;

  constructor({ format, filter }: PrintPlan) {
    this.#isXml = format === "xml";
    this.#passes = compileEventFilter(filter);
  }

  record(record: EvtxRecord): void {
    if (this.#passes?.(record) === false) return;
    const { out } = this;
    const isLive = record.recovery === undefined;
    if (this.#isXml) {
      if (!isLive) out.bytes(encoder.encode(`${recoveryComment(record)}\n`));
      out.bytes(encoder.encode(`${record.toXml()}\n`));
    } else if (isLive) {
      record.writeJson(out);
      out.byte(0x0a);
    } else out.bytes(encoder.encode(`${recoveredJson(record)}\n`));
  }

  /** An event of a text log: as JSON only. */
  event(event: EventView & { toJson(): string }): void {
    if (this.#passes?.(event) !== false) this.out.bytes(encoder.encode(`${event.toJson()}\n`));
  }
}
