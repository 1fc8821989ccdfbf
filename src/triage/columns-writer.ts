import { filetimeMs, filetimeParts } from "../base/filetime.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { Signal } from "../model/signal.ts";
import {
  Columns,
  type ColumnsData,
  type FieldText,
  type Fold,
  type Numbers,
  type Origin,
  type SignalKind,
  SignalRow,
} from "./signal-columns.ts";

/** Fewer signals of a log are not worth the columns. */
const FEWEST = 256;
/** A kind is one byte, a count four. */
const MOST_KINDS = 255;
const MOST_COUNT = 0xffff_ffff;

/**
 * The same signals at a third of their memory: numbers stand in columns, texts once a log, and each signal is a small view
 * of its row that is the pointer to its record, too. What has something seldom (a recovered record, a line of a text) stays
 * as it is. Order is kept.
 */
export function inColumns(signals: readonly Signal[], fewest = FEWEST): readonly Signal[] {
  if (signals.length < fewest) return signals;
  const { data, rows } = columnsOf(signals, fewest);
  const columns = new Columns(data);
  return signals.map((signal, at) => {
    const row = rows[at];
    return row === undefined ? signal : new SignalRow(columns, row);
  });
}

/** Fewer are left without rows. `rows`: of each signal the number of its row, in their order; undefined where a row cannot say all that it says. */
export function columnsOf(
  signals: readonly Signal[],
  fewest = FEWEST,
): {
  readonly data: ColumnsData;
  readonly rows: readonly (number | undefined)[];
} {
  const kinds = kindsOf(signals.length < fewest ? [] : signals);
  writer.begin(signals.length);
  const rows = signals.map((signal) => {
    const kind = kinds.get(kindKey(signal));
    return kind && writer.add(signal, kind);
  });
  return { data: writer.finish([...kinds.values()]), rows };
}

interface Kind extends SignalKind {
  readonly id: number;
}

function kindsOf(signals: readonly Signal[]): Map<string, Kind> {
  const met = new Map<string, SignalKind & { readonly found: Set<string> }>();
  const taken = new Set<SignalKind>();
  for (const signal of signals) {
    const key = kindKey(signal);
    let known = met.get(key);
    if (known === undefined) {
      if (met.size >= MOST_KINDS) continue;
      known = { name: signal.kind, ruleId: signal.ruleId, fields: [], found: new Set() };
      met.set(key, known);
    }
    if (signal instanceof SignalRow) {
      const kind = SignalRow.kindOf(signal);
      if (taken.has(kind)) continue;
      taken.add(kind);
      for (const name of kind.fields) known.found.add(name);
    } else for (const name in signal.fields) known.found.add(name);
  }
  const kinds = new Map<string, Kind>();
  for (const [key, { name, ruleId, found }] of met)
    kinds.set(key, { id: kinds.size, name, ruleId, fields: [...found] });
  return kinds;
}

/** Hits of one rule are of a kind. */
function kindKey({ kind, ruleId }: Signal): string {
  return ruleId ?? kind;
}

/** Takes rows in wide columns, which are used again for the next log, and gives narrow ones. */
class ColumnsWriter {
  #kind = new Uint8Array();
  #origin = new Uint32Array();
  #timeLow = new Uint32Array();
  #timeHigh = new Uint32Array();
  #recordId = new Float64Array();
  #headerRecordId = new Float64Array();
  #fileOffset = new Float64Array();
  #chunk = new Uint32Array();
  #firstCell = new Uint32Array();
  #cells = new Uint32Array();
  #rows = 0;
  #used = 0;
  #origins: Origin[] = [];
  #originIds = new Map<string, Map<number, number[]>>();
  #texts: FieldText[] = [];
  #textIds = new Map<FieldText, number>();
  #folds = new Map<number, Fold>();

  begin(most: number): void {
    this.#rows = 0;
    this.#used = 0;
    this.#origins = [];
    this.#texts = [undefined];
    this.#textIds.set(undefined, 0);
    if (this.#kind.length >= most) return;
    this.#kind = new Uint8Array(most);
    this.#origin = new Uint32Array(most);
    this.#timeLow = new Uint32Array(most);
    this.#timeHigh = new Uint32Array(most);
    this.#recordId = new Float64Array(most);
    this.#headerRecordId = new Float64Array(most);
    this.#fileOffset = new Float64Array(most);
    this.#chunk = new Uint32Array(most);
    this.#firstCell = new Uint32Array(most);
  }

  /** The number of its row; undefined when a row cannot say all that the signal says. */
  add(signal: Signal, kind: Kind): number | undefined {
    const { timeMs, ref, fields, count, lastMs } = signal;
    const { recordId, headerRecordId, fileOffset, chunk } = ref;
    if (typeof recordId !== "number") return undefined;
    if (typeof headerRecordId !== "number" || fileOffset === undefined) return undefined;
    if (chunk === undefined || chunk > MOST_COUNT) return undefined;
    if (ref.completeness !== undefined || ref.recovery !== undefined || ref.line !== undefined)
      return undefined;
    const time =
      signal instanceof SignalRow ? SignalRow.filetimeOf(signal) : filetimeParts(ref.time);
    if (time === undefined || filetimeMs(time.low, time.high) !== timeMs) return undefined;
    const row = this.#rows++;
    this.#kind[row] = kind.id;
    this.#origin[row] = this.#originId(ref);
    this.#timeLow[row] = time.low;
    this.#timeHigh[row] = time.high;
    this.#recordId[row] = recordId;
    this.#headerRecordId[row] = headerRecordId;
    this.#fileOffset[row] = fileOffset;
    this.#chunk[row] = chunk;
    this.#addCells(row, kind.fields, fields);
    if (count !== undefined || lastMs !== undefined) this.#folds.set(row, { count, lastMs });
    return row;
  }

  /** No more rows come. */
  finish(kinds: readonly Kind[]): ColumnsData {
    const rows = this.#rows;
    const recordId = narrowed(this.#recordId, rows);
    const data: ColumnsData = {
      kinds: kinds.map(({ name, ruleId, fields }) => ({ name, ruleId, fields })),
      origins: this.#origins,
      texts: this.#texts,
      kind: this.#kind.slice(0, rows),
      origin: narrowed(this.#origin, rows),
      timeLow: this.#timeLow.slice(0, rows),
      timeHigh: this.#timeHigh.slice(0, rows),
      recordId,
      headerRecordId: sameAs(recordId, this.#headerRecordId),
      fileOffset: narrowed(this.#fileOffset, rows),
      chunk: narrowed(this.#chunk, rows),
      firstCell: narrowed(this.#firstCell, rows),
      cells: narrowed(this.#cells, this.#used),
      folds: this.#folds,
    };
    this.#origins = [];
    this.#originIds.clear();
    this.#texts = [];
    this.#textIds.clear();
    this.#folds = new Map();
    return data;
  }

  #addCells(row: number, names: readonly string[], fields: Signal["fields"]): void {
    if (this.#used + names.length > this.#cells.length) {
      const wider = new Uint32Array(2 * this.#cells.length + 1024 + names.length);
      wider.set(this.#cells);
      this.#cells = wider;
    }
    this.#firstCell[row] = this.#used;
    for (const name of names) this.#cells[this.#used++] = this.#textId(fields[name]);
  }

  #textId(text: FieldText): number {
    let id = this.#textIds.get(text);
    if (id === undefined) {
      id = this.#texts.push(text) - 1;
      this.#textIds.set(text, id);
    }
    return id;
  }

  #originId({ file, channel, provider, eventId, host, state }: RecordRef): number {
    let byEvent = this.#originIds.get(host);
    if (byEvent === undefined) {
      byEvent = new Map();
      this.#originIds.set(host, byEvent);
    }
    const ids = byEvent.get(eventId) ?? [];
    for (const id of ids) {
      const known = this.#origins[id]!;
      if (
        known.file === file &&
        known.channel === channel &&
        known.provider === provider &&
        known.state === state
      )
        return id;
    }
    const id = this.#origins.push({ file, channel, provider, eventId, host, state }) - 1;
    byEvent.set(eventId, [...ids, id]);
    return id;
  }
}

const writer = new ColumnsWriter();

/** The first numbers, in no wider a column than the largest of them needs. */
function narrowed(numbers: Numbers, count: number): Numbers {
  const first = numbers.subarray(0, count);
  let most = 0;
  for (const number of first) {
    if (number < 0 || !Number.isInteger(number)) return first.slice();
    if (number > most) most = number;
  }
  if (most <= 0xffff) return new Uint16Array(first);
  return most <= MOST_COUNT ? new Uint32Array(first) : first.slice();
}

/** One column where both say the same: only exported logs number their records anew. */
function sameAs(one: Numbers, other: Numbers): Numbers {
  for (let row = 0; row < one.length; row++)
    if (one[row] !== other[row]) return narrowed(other, one.length);
  return one;
}
