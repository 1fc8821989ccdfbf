import { filetimeMs, filetimeParts, filetimeText } from "../base/filetime.ts";
import type { RecordRef, RecordState } from "../model/record-ref.ts";
import type { Signal } from "../model/signal.ts";
import type { MapResult } from "./log-mapper.ts";

/** Fewer signals of a log are not worth the columns. */
const FEWEST = 256;
/** A kind is one byte, a count four. */
const MOST_KINDS = 255;
const MOST_COUNT = 0xffff_ffff;
/** Field names are those that analyzers ask for. */
const MOST_SHAPES = 1000;

type Fields = Signal["fields"];
type Numbers = Float64Array | Uint32Array | Uint16Array;
type FieldText = string | null | undefined;

/** What the records of a log have in common, or nearly. */
interface Origin {
  readonly file: string;
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly host: string;
  readonly state: RecordState;
}

/**
 * The same signals at a third of their memory: numbers stand in columns, texts once a log, and each signal is a small view
 * of its row that is the pointer to its record, too. What has something seldom (a rule's hit, a recovered record, a line of
 * a text) stays as it is. Order is kept.
 */
export function inColumns(signals: readonly Signal[], fewest = FEWEST): readonly Signal[] {
  if (signals.length < fewest) return signals;
  const columns = new Columns(signals.length);
  const names = fieldNames(signals);
  const views = signals.map((signal) => {
    const kind = names.get(signal.kind);
    return (kind && columns.add(signal, kind)) ?? signal;
  });
  columns.close();
  return views;
}

/** What a log gave, while others are still read. */
export function compact(result: MapResult): MapResult {
  return { ...result, signals: inColumns(result.signals) };
}

/** One kind of signals of a log, and the fields that any of them has. */
interface Kind {
  readonly id: number;
  readonly name: string;
  readonly fields: readonly string[];
  readonly shape: FieldsShape;
}

function fieldNames(signals: readonly Signal[]): Map<string, Kind> {
  const names = new Map<string, Set<string>>();
  for (const { kind, ruleId, fields } of signals) {
    if (ruleId !== undefined) continue;
    let known = names.get(kind);
    if (known === undefined) {
      if (names.size >= MOST_KINDS) continue;
      known = new Set();
      names.set(kind, known);
    }
    for (const name in fields) known.add(name);
  }
  const kinds = new Map<string, Kind>();
  for (const [name, fields] of names) {
    const ordered = [...fields];
    const shape = shapeOf(ordered);
    if (shape !== undefined) kinds.set(name, { id: kinds.size, name, fields: ordered, shape });
  }
  return kinds;
}

/** Rows by number; {@link SignalRow} reads them. */
class Columns {
  readonly kinds: Kind[] = [];
  readonly origins: Origin[] = [];
  /** Of the fields; the first stands for a field that is not there. */
  readonly texts: FieldText[] = [undefined];
  readonly kind: Uint8Array;
  origin: Numbers;
  readonly timeLow: Uint32Array;
  readonly timeHigh: Uint32Array;
  /** Where the row's fields begin among the cells. */
  readonly firstCell: Uint32Array;
  recordId: Numbers;
  headerRecordId: Numbers;
  fileOffset: Numbers;
  chunk: Numbers;
  cells: Numbers;
  /** Of the few that stand for several records. */
  readonly folds = new Map<number, { readonly count?: number; readonly lastMs?: number }>();
  #rows = 0;
  #used = 0;
  #originIds: Map<string, number> | undefined = new Map();
  #textIds: Map<FieldText, number> | undefined = new Map([[undefined, 0]]);

  constructor(most: number) {
    this.kind = new Uint8Array(most);
    this.origin = new Uint32Array(most);
    this.timeLow = new Uint32Array(most);
    this.timeHigh = new Uint32Array(most);
    this.firstCell = new Uint32Array(most);
    this.recordId = new Float64Array(most);
    this.headerRecordId = new Float64Array(most);
    this.fileOffset = new Float64Array(most);
    this.chunk = new Uint32Array(most);
    this.cells = new Uint32Array(8 * most);
  }

  /** Undefined when a row cannot say all that the signal says. */
  add(signal: Signal, kind: Kind): SignalRow | undefined {
    const { ruleId, timeMs, ref, fields, count, lastMs } = signal;
    const { recordId, headerRecordId, fileOffset, chunk } = ref;
    if (ruleId !== undefined || typeof recordId !== "number") return undefined;
    if (typeof headerRecordId !== "number" || fileOffset === undefined) return undefined;
    if (chunk === undefined || chunk > MOST_COUNT) return undefined;
    if (ref.completeness !== undefined || ref.recovery !== undefined || ref.line !== undefined)
      return undefined;
    const time = filetimeParts(ref.time);
    if (time === undefined || filetimeMs(time.low, time.high) !== timeMs) return undefined;
    const row = this.#rows++;
    this.kinds[kind.id] = kind;
    this.kind[row] = kind.id;
    this.origin[row] = this.#originId(ref);
    this.timeLow[row] = time.low;
    this.timeHigh[row] = time.high;
    this.recordId[row] = recordId;
    this.headerRecordId[row] = headerRecordId;
    this.fileOffset[row] = fileOffset;
    this.chunk[row] = chunk;
    this.#addCells(row, kind.fields, fields);
    if (count !== undefined || lastMs !== undefined)
      this.folds.set(row, {
        ...(count !== undefined && { count }),
        ...(lastMs !== undefined && { lastMs }),
      });
    return new SignalRow(this, row);
  }

  /** No more rows come: what only adding takes is let go. */
  close(): void {
    this.#originIds = undefined;
    this.#textIds = undefined;
    this.cells = narrowed(this.cells.subarray(0, this.#used));
    this.origin = narrowed(this.origin);
    this.chunk = narrowed(this.chunk);
    this.recordId = narrowed(this.recordId);
    this.headerRecordId = sameAs(this.recordId, this.headerRecordId);
    this.fileOffset = narrowed(this.fileOffset);
  }

  kindOf(row: number): Kind {
    return this.kinds[this.kind[row]!]!;
  }

  originOf(row: number): Origin {
    return this.origins[this.origin[row]!]!;
  }

  #addCells(row: number, names: readonly string[], fields: Fields): void {
    if (this.#used + names.length > this.cells.length) {
      const wider = new Uint32Array(2 * this.cells.length + names.length);
      wider.set(this.cells);
      this.cells = wider;
    }
    this.firstCell[row] = this.#used;
    for (const name of names) this.cells[this.#used++] = this.#textId(fields[name]);
  }

  #textId(text: FieldText): number {
    const ids = this.#textIds!;
    let id = ids.get(text);
    if (id === undefined) {
      id = this.texts.push(text) - 1;
      ids.set(text, id);
    }
    return id;
  }

  #originId({ file, channel, provider, eventId, host, state }: RecordRef): number {
    const ids = this.#originIds!;
    const key = `${file}\n${channel}\n${provider}\n${eventId}\n${host}\n${state}`;
    let id = ids.get(key);
    if (id === undefined) {
      id = this.origins.push({ file, channel, provider, eventId, host, state }) - 1;
      ids.set(key, id);
    }
    return id;
  }
}

/** No wider than the largest of the numbers needs. */
function narrowed(numbers: Numbers): Numbers {
  let most = 0;
  for (const number of numbers) {
    if (number < 0 || !Number.isInteger(number)) return numbers.slice();
    if (number > most) most = number;
  }
  if (most <= 0xffff) return Uint16Array.from(numbers);
  return most <= MOST_COUNT ? Uint32Array.from(numbers) : numbers.slice();
}

/** One column where both say the same: only exported logs number their records anew. */
function sameAs(one: Numbers, other: Numbers): Numbers {
  const narrow = narrowed(other);
  return narrow.every((number, row) => number === one[row]) ? one : narrow;
}

/**
 * A row: the signal, and the pointer to its record. There may be a million: a private method would cost each of them a
 * field.
 */
class SignalRow implements Signal, RecordRef {
  readonly #columns: Columns;
  readonly #row: number;

  constructor(columns: Columns, row: number) {
    this.#columns = columns;
    this.#row = row;
  }

  get kind(): string {
    return this.#columns.kindOf(this.#row).name;
  }

  get ruleId(): undefined {
    return undefined;
  }

  get timeMs(): number {
    const columns = this.#columns;
    return filetimeMs(columns.timeLow[this.#row]!, columns.timeHigh[this.#row]!);
  }

  get ref(): RecordRef {
    return this;
  }

  get fields(): Fields {
    const columns = this.#columns;
    const { shape } = columns.kindOf(this.#row);
    return new shape(columns, columns.firstCell[this.#row]!) as unknown as Fields;
  }

  get count(): number | undefined {
    return this.#columns.folds.get(this.#row)?.count;
  }

  get lastMs(): number | undefined {
    return this.#columns.folds.get(this.#row)?.lastMs;
  }

  get file(): string {
    return this.#columns.originOf(this.#row).file;
  }

  get channel(): string {
    return this.#columns.originOf(this.#row).channel;
  }

  get provider(): string {
    return this.#columns.originOf(this.#row).provider;
  }

  get eventId(): number {
    return this.#columns.originOf(this.#row).eventId;
  }

  get host(): string {
    return this.#columns.originOf(this.#row).host;
  }

  get state(): RecordState {
    return this.#columns.originOf(this.#row).state;
  }

  get time(): string {
    const columns = this.#columns;
    return filetimeText(columns.timeLow[this.#row]!, columns.timeHigh[this.#row]!);
  }

  get recordId(): number {
    return this.#columns.recordId[this.#row]!;
  }

  get headerRecordId(): number {
    return this.#columns.headerRecordId[this.#row]!;
  }

  get fileOffset(): number {
    return this.#columns.fileOffset[this.#row]!;
  }

  get chunk(): number {
    return this.#columns.chunk[this.#row]!;
  }

  /** As a pointer to the record: that is what reports hold of it. */
  toJSON(): RecordRef {
    const { file, channel, provider, eventId, recordId, time, host, state } = this;
    const { headerRecordId, fileOffset, chunk } = this;
    return {
      file,
      channel,
      provider,
      eventId,
      recordId,
      time,
      host,
      state,
      headerRecordId,
      fileOffset,
      chunk,
    };
  }
}

/** Fields of a row; a kind's class has a getter for each of their names. */
class RowFields {
  readonly #columns: Columns;
  readonly #first: number;

  constructor(columns: Columns, first: number) {
    this.#columns = columns;
    this.#first = first;
  }

  static textAt(fields: RowFields, place: number): FieldText {
    const columns = fields.#columns;
    return columns.texts[columns.cells[fields.#first + place]!];
  }
}

type FieldsShape = typeof RowFields;

const shapes = new Map<string, FieldsShape>();

/** The same for all logs, so that who reads fields meets few classes. */
function shapeOf(names: readonly string[]): FieldsShape | undefined {
  const key = names.join("\n");
  const known = shapes.get(key);
  if (known !== undefined || shapes.size >= MOST_SHAPES) return known;
  const shape = class extends RowFields {};
  for (const [place, name] of names.entries())
    Object.defineProperty(shape.prototype, name, {
      enumerable: true,
      get(this: RowFields) {
        return RowFields.textAt(this, place);
      },
    });
  shapes.set(key, shape);
  return shape;
}
