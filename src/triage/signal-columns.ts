import { filetimeMs, filetimeText } from "../base/filetime.ts";
import type { RecordRef, RecordState } from "../model/record-ref.ts";
import type { Signal } from "../model/signal.ts";

/** Field names are those that analyzers ask for. */
const MOST_SHAPES = 1000;

type Fields = Signal["fields"];
export type Numbers = Float64Array | Uint32Array | Uint16Array | Uint8Array;
export type FieldText = string | null | undefined;

/** What the records of a log have in common, or nearly. */
export interface Origin {
  readonly file: string;
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly host: string;
  readonly state: RecordState;
}

/** One kind of signals of a log, and the fields that any of them has. */
export interface SignalKind {
  readonly name: string;
  readonly ruleId: string | undefined;
  readonly fields: readonly string[];
}

/** What several records stand for. */
export type Fold = Pick<Signal, "count" | "lastMs">;

/** Signals by the number of their row: numbers stand in columns, texts once. Plain data. */
export interface ColumnsData {
  readonly kinds: readonly SignalKind[];
  readonly origins: readonly Origin[];
  /** Of the fields; the first stands for a field that is not there. */
  readonly texts: readonly FieldText[];
  /** Places among the kinds, and among the origins. */
  readonly kind: Numbers;
  readonly origin: Numbers;
  /** Halves of the FILETIME. */
  readonly timeLow: Numbers;
  readonly timeHigh: Numbers;
  readonly recordId: Numbers;
  readonly headerRecordId: Numbers;
  readonly fileOffset: Numbers;
  readonly chunk: Numbers;
  /** Where the row's fields begin among the cells, which are places among the texts. */
  readonly firstCell: Numbers;
  readonly cells: Numbers;
  /** Of the few that stand for several records. */
  readonly folds: ReadonlyMap<number, Fold>;
}

/** What {@link SignalRow} reads. */
export class Columns implements ColumnsData {
  readonly kinds: readonly SignalKind[];
  readonly origins: readonly Origin[];
  readonly texts: readonly FieldText[];
  readonly kind: Numbers;
  readonly origin: Numbers;
  readonly timeLow: Numbers;
  readonly timeHigh: Numbers;
  readonly recordId: Numbers;
  readonly headerRecordId: Numbers;
  readonly fileOffset: Numbers;
  readonly chunk: Numbers;
  readonly firstCell: Numbers;
  readonly cells: Numbers;
  readonly folds: ReadonlyMap<number, Fold>;
  /** Of each kind; undefined when there are too many. */
  readonly shapes: readonly (FieldsShape | undefined)[];

  constructor(data: ColumnsData) {
    this.kinds = data.kinds;
    this.origins = data.origins;
    this.texts = data.texts;
    this.kind = data.kind;
    this.origin = data.origin;
    this.timeLow = data.timeLow;
    this.timeHigh = data.timeHigh;
    this.recordId = data.recordId;
    this.headerRecordId = data.headerRecordId;
    this.fileOffset = data.fileOffset;
    this.chunk = data.chunk;
    this.firstCell = data.firstCell;
    this.cells = data.cells;
    this.folds = data.folds;
    this.shapes = data.kinds.map(({ fields }) => shapeOf(fields));
  }

  kindOf(row: number): SignalKind {
    return this.kinds[this.kind[row]!]!;
  }

  originOf(row: number): Origin {
    return this.origins[this.origin[row]!]!;
  }

  rows(): SignalRow[] {
    return Array.from(this.kind, (_, row) => new SignalRow(this, row));
  }
}

/** The pointer as plain data, of one shape with all others. */
export function plainRef(ref: RecordRef): RecordRef {
  return ref instanceof SignalRow ? ref.toJSON() : ref;
}

/** The signal as plain data, which its holder may change. */
export function plainSignal(signal: Signal): Signal {
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

/**
 * A row: the signal, and the pointer to its record. There may be a million: a private method would cost each of them a
 * field.
 */
export class SignalRow implements Signal, RecordRef {
  readonly #columns: Columns;
  readonly #row: number;

  constructor(columns: Columns, row: number) {
    this.#columns = columns;
    this.#row = row;
  }

  static kindOf(row: SignalRow): SignalKind {
    return row.#columns.kindOf(row.#row);
  }

  /** Of its record, as {@link filetimeParts} gives it. */
  static filetimeOf(row: SignalRow): { low: number; high: number } {
    const { timeLow, timeHigh } = row.#columns;
    return { low: timeLow[row.#row]!, high: timeHigh[row.#row]! };
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
    const shape = columns.shapes[columns.kind[this.#row]!];
    if (shape === undefined) return Object.fromEntries(this.entries());
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
    const { kinds, kind, firstCell, cells, texts } = this.#columns;
    const first = firstCell[this.#row]!;
    const entries: [string, string | null][] = [];
    for (const [place, name] of kinds[kind[this.#row]!]!.fields.entries()) {
      const text = texts[cells[first + place]!];
      if (text !== undefined) entries.push([name, text]);
    }
    return entries;
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
