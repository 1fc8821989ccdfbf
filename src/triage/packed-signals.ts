import type { TextPool } from "../base/text-pool.ts";
import type { Signal } from "../model/signal.ts";
import { columnsOf } from "./columns-writer.ts";
import { Columns, type ColumnsData, type Origin, SignalRow } from "./signal-columns.ts";

/**
 * Signals on their way to another thread: their columns change hands instead of being copied, and each text goes once,
 * which costs both sides a fraction of what copies of as many objects do. Plain data.
 */
export interface PackedSignals {
  readonly data: ColumnsData;
  /** Of each signal the number of its row, or what has none. */
  readonly loose: readonly (readonly [at: number, signal: Signal])[];
}

/** Adds to `moved` what postMessage may take away from this thread. */
export function packSignals(
  signals: readonly Signal[],
  moved: Set<ArrayBuffer>,
  fewest?: number,
): PackedSignals {
  const { data, rows } = columnsOf(signals, fewest);
  const loose: [number, Signal][] = [];
  for (const [at, row] of rows.entries()) if (row === undefined) loose.push([at, signals[at]!]);
  for (const part of Object.values(data))
    if (ArrayBuffer.isView(part) && part.buffer instanceof ArrayBuffer) moved.add(part.buffer);
  return { data, loose };
}

/** The same signals in their order. Texts that other packs had too are one in the pool. */
export function unpackSignals({ data, loose }: PackedSignals, pool: TextPool): Signal[] {
  const columns = new Columns({
    ...data,
    origins: data.origins.map((origin) => pooledOrigin(origin, pool)),
    texts: data.texts.map((text) => (typeof text === "string" ? pool.of(text) : text)),
  });
  const signals: Signal[] = [];
  let row = 0;
  const takeRows = (count: number): void => {
    while (signals.length < count) signals.push(new SignalRow(columns, row++));
  };
  for (const [at, signal] of loose) {
    takeRows(at);
    signals.push(pooled(signal, pool));
  }
  takeRows(data.kind.length + loose.length);
  return signals;
}

/** Copies from another thread hold each text anew: a thousand signals of one host would hold its name a thousand times. */
function pooled(signal: Signal, pool: TextPool): Signal {
  const fields: Record<string, string | null> = {};
  for (const [name, text] of Object.entries(signal.fields))
    fields[name] = typeof text === "string" ? pool.of(text) : text;
  return { ...signal, ref: pooledOrigin(signal.ref, pool), fields };
}

function pooledOrigin<Of extends Origin>(origin: Of, pool: TextPool): Of {
  return {
    ...origin,
    file: pool.of(origin.file),
    channel: pool.of(origin.channel),
    provider: pool.of(origin.provider),
    host: pool.of(origin.host),
  };
}
