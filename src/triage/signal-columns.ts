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
type Numbers = Float64Array | Uint32Array | Uint16Array | Uint8Array;
const NO_NUMBERS: Numbers = new Uint8Array();
type FieldText = string | null | undefined;

const NO_FOLDS: ReadonlyMap<number, Fold> = new Map();

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
 * of its row that is the pointer to its record, too. What has something seldom (a recovered record, a line of a text) stays
 * as it is. Order is kept.
 */
export function inColumns(signals: readonly Signal[], fewest = FEWEST): readonly Signal[] {
  if (signals.length < fewest) return signals;
  const kinds = kindsOf(signals);
  const columns = new Columns([...kinds.values()]);
  writer.begin(signals.length);
  const views = signals.map((signal) => {
    const kind = kinds.get(kindKey(signal));
    const row = kind && writer.add(signal, kind);
    return row === undefined ? signal : new SignalRow(columns, row);
  });
  writer.fill(columns);
  return views;
}

/** The pointer as plain data, of one shape with all others. */
export function plainRef(ref: RecordRef): RecordRef {
  return ref instanceof SignalRow ? ref.toJSON() : ref;
}

/** The result as plain data, to be kept or sent. */
export function plainResult(result: MapResult): MapResult {
  return { ...result, signals: result.signals.map(plainSignal) };
}

function plainSignal(signal: Signal): Signal {
  if (!(signal instanceof SignalRow)) return signal;
  const { kind, ruleId, timeMs, ref, count, lastMs } = signal;
  const fields: Record<string, string | null> = {};
  for (const [name, text] of signal.entries()) fields[name] = text;
  return {
    kind,
    ...(ruleId !== undefined && { ruleId }),
    timeMs,
    ref: plainRef(ref),
    fields,
    ...(count !== undefined && { count }),
    ...(lastMs !== undefined && { lastMs }),
  };
}

/** What a log gave, while others are still read. */
export function compact(result: MapResult): MapResult {
  return { ...result, signals: inColumns(result.signals) };
}

/** One kind of signals of a log, and the fields that any of them has. */
interface Kind {
  readonly id: number;
  readonly name: string;
  readonly ruleId: string | undefined;
  readonly fields: readonly string[];
  readonly shape: FieldsShape;
}

function kindsOf(signals: readonly Signal[]): Map<string, Kind> {
  const met = new Map<string, { name: string; ruleId: string | undefined; fields: Set<string> }>();
  for (const signal of signals) {
    const key = kindKey(signal);
    let known = met.get(key);
    if (known === undefined) {
      if (met.size >= MOST_KINDS) continue;
      known = { name: signal.kind, ruleId: signal.ruleId, fields: new Set() };
      met.set(key, known);
    }
    for (const name in signal.fields) known.fields.add(name);
  }
  const kinds = new Map<string, Kind>();
  for (const [key, { name, ruleId, fields: found }] of met) {
    const fields = [...found];
    const shape = shapeOf(fields);
    if (shape !== undefined) kinds.set(key, { id: kinds.size, name, ruleId, fields, shape });
  }
  return kinds;
}

/** Hits of one rule are of a kind. */
function kindKey({ kind, ruleId }: Signal): string {
  return ruleId ?? kind;
}

/** What several records stand for. */
type Fold = Pick<Signal, "count" | "lastMs">;

/** What {@link SignalRow} reads, by the number of its row. */
class Columns {
  readonly kinds: readonly Kind[];
  origins: readonly Origin[] = [];
  /** Of the fields; the first stands for a field that is not there. */
  texts: readonly FieldText[] = [];
  kind: Numbers = NO_NUMBERS;
  origin: Numbers = NO_NUMBERS;
  timeLow: Numbers = NO_NUMBERS;
  timeHigh: Numbers = NO_NUMBERS;
  recordId: Numbers = NO_NUMBERS;
  headerRecordId: Numbers = NO_NUMBERS;
  fileOffset: Numbers = NO_NUMBERS;
  chunk: Numbers = NO_NUMBERS;
  /** Where the row's fields begin among the cells, which are places among the texts. */
  firstCell: Numbers = NO_NUMBERS;
  cells: Numbers = NO_NUMBERS;
  /** Of the few that stand for several records. */
  folds: ReadonlyMap<number, Fold> = NO_FOLDS;

  constructor(kinds: readonly Kind[]) {
    this.kinds = kinds;
  }

  kindOf(row: number): Kind {
    return this.kinds[this.kind[row]!]!;
  }

  originOf(row: number): Origin {
    return this.origins[this.origin[row]!]!;
  }
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
    const time = filetimeParts(ref.time);
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
  fill(columns: Columns): void {
    const rows = this.#rows;
    columns.origins = this.#origins;
    columns.texts = this.#texts;
    columns.kind = this.#kind.slice(0, rows);
    columns.origin = narrowed(this.#origin, rows);
    columns.timeLow = this.#timeLow.slice(0, rows);
    columns.timeHigh = this.#timeHigh.slice(0, rows);
    columns.recordId = narrowed(this.#recordId, rows);
    columns.headerRecordId = sameAs(columns.recordId, this.#headerRecordId);
    columns.fileOffset = narrowed(this.#fileOffset, rows);
    columns.chunk = narrowed(this.#chunk, rows);
    columns.firstCell = narrowed(this.#firstCell, rows);
    columns.cells = narrowed(this.#cells, this.#used);
    if (this.#folds.size > 0) columns.folds = this.#folds;
    this.#origins = [];
    this.#originIds.clear();
    this.#texts = [];
    this.#textIds.clear();
    this.#folds = new Map();
  }

  #addCells(row: number, names: readonly string[], fields: Fields): void {
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

  get ruleId(): string | undefined {
    return this.#columns.kindOf(this.#row).ruleId;
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

  /** The fields that it has. */
  entries(): [name: string, text: string | null][] {
    const { fields } = this;
    const names = this.#columns.kindOf(this.#row).fields;
    return names.flatMap((name): [string, string | null][] => {
      const text = fields[name];
      return text === undefined ? [] : [[name, text]];
    });
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
