import { ByteWriter } from "../base/byte-writer.ts";
import { filetimeMs, filetimeText } from "../base/filetime.ts";
import { LastText } from "../base/text-cache.ts";
import type { EventView, FieldText } from "../model/event.ts";
import type { Completeness, RecordId, RecordState, RecoveryNote } from "../model/record-ref.ts";
import { BinXmlError } from "./binxml/binxml-error.ts";
import type { Body, BodyReader, Instance } from "./binxml/body-reader.ts";
import type { FieldSource } from "./binxml/program.ts";
import { ARRAY, VALUE_TYPE } from "./binxml/tokens.ts";
import { forEachItem, scalarText, textEnd } from "./binxml/value-text.ts";
import { type EventShape, shapeOf } from "./event-shape.ts";
import { writeJson } from "./json-writer.ts";
import type { KeptTime } from "./kept-time.ts";
import { recordIdAt } from "./record-id.ts";
import { systemJson, systemXml } from "./render-system.ts";
import { renderXml, slotXml } from "./render-xml.ts";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * A cursor over the record that the scan stands on; copy what you keep, it moves on. Nothing is decoded
 * before it is asked for. Invariant: reads stay inside the record's chunk.
 */
export class EvtxRecord implements EventView {
  readonly reader: BodyReader;
  body!: Body;
  state: RecordState = "live";
  completeness: Completeness = "full";
  /** Set for records that are not live. */
  recovery: RecoveryNote | undefined;
  chunk = 0;
  /** Byte offset in the file. */
  fileOffset = 0;
  /** Byte offset in the chunk. */
  chunkOffset = 0;
  /** Length in bytes, header and size copy included. */
  size = 0;
  readonly line = undefined;
  /** Fields that could not be decoded, for the scan to report. */
  readonly fieldErrors: BinXmlError[] = [];

  /** The first so many are the record's, in document order. */
  readonly #instances: Instance[] = [];
  #instanceCount = 0;
  readonly #lastChannel = new LastText();
  readonly #lastProvider = new LastText();
  readonly #lastComputer = new LastText();
  #shape: EventShape | undefined;
  #timeMs = Number.NaN;
  #channel: string | undefined;
  #computer: string | undefined;
  #cached: FieldText[] = [];
  /** The turn in which a field was last decoded; a new turn begins with each record that is asked for its data. */
  #cachedIn = new Float64Array(64);
  #turn = 0;

  constructor(reader: BodyReader) {
    this.reader = reader;
  }

  /** Moves the cursor. */
  moveTo(body: Body): void {
    this.body = body;
    this.#shape = undefined;
    this.#timeMs = Number.NaN;
    this.#channel = undefined;
    this.#computer = undefined;
  }

  get root(): Instance {
    return this.body.roots[0]!;
  }

  get headerRecordId(): RecordId {
    return recordIdAt(this.reader.view, this.chunkOffset + 8);
  }

  /** When the record was written, by its header: milliseconds since 1970. */
  get writtenMs(): number {
    const { view } = this.reader;
    return filetimeMs(
      view.getUint32(this.chunkOffset + 16, true),
      view.getUint32(this.chunkOffset + 20, true),
    );
  }

  /** When the record was written, by its header: ISO 8601. */
  get written(): string {
    const { view } = this.reader;
    return filetimeText(
      view.getUint32(this.chunkOffset + 16, true),
      view.getUint32(this.chunkOffset + 20, true),
    );
  }

  get channel(): string {
    // Asked for by the scan, the rules and the visitor of every record: looked up once.
    if (this.#channel === undefined)
      this.#channel = this.#usualText(this.root.program.channel, this.#lastChannel);
    return this.#channel;
  }

  /**
   * Fills what the record's own bytes do not say with what all live records of its log say; returns the names of the
   * fields so filled. Holds until the cursor moves.
   */
  assume(log: {
    readonly computer: string | undefined;
    readonly channel: string | undefined;
  }): string[] {
    const assumed: string[] = [];
    if (this.channel === "" && log.channel !== undefined) {
      this.#channel = log.channel;
      assumed.push("Channel");
    }
    if (this.computer === "" && log.computer !== undefined) {
      this.#computer = log.computer;
      assumed.push("Computer");
    }
    return assumed;
  }

  get provider(): string {
    return this.#usualText(this.root.program.provider, this.#lastProvider);
  }

  get computer(): string {
    if (this.#computer === undefined)
      this.#computer = this.#usualText(this.root.program.computer, this.#lastComputer);
    return this.#computer;
  }

  get eventId(): number {
    const { root } = this;
    const source = root.program.eventId;
    const { values } = root;
    const { slot } = source;
    if (
      slot >= 0 &&
      slot < values.count &&
      values.types[slot] === VALUE_TYPE.uint16 &&
      values.sizes[slot] === 2
    ) {
      return this.reader.view.getUint16(values.offsets[slot]!, true);
    }
    return integerOf(this.#text(root, source));
  }

  get recordId(): RecordId {
    const { root } = this;
    const source = root.program.recordId;
    const { values } = root;
    const { slot } = source;
    if (
      slot >= 0 &&
      slot < values.count &&
      values.types[slot] === VALUE_TYPE.uint64 &&
      values.sizes[slot] === 8
    ) {
      return recordIdAt(this.reader.view, values.offsets[slot]!);
    }
    const text = this.#text(root, source);
    if (typeof text !== "string" || !/^\d{1,20}$/.test(text)) return this.headerRecordId;
    const id = Number(text);
    return Number.isSafeInteger(id) ? id : text;
  }

  get time(): string {
    const at = this.#filetimeAt();
    const { view } = this.reader;
    if (at >= 0) return filetimeText(view.getUint32(at, true), view.getUint32(at + 4, true));
    return this.#systemText(this.root.program.time) || this.written;
  }

  keepTime(into: KeptTime): void {
    const at = this.#filetimeAt();
    const { view } = this.reader;
    if (at >= 0) into.keepFiletime(view.getUint32(at, true), view.getUint32(at + 4, true));
    else into.keepText(this.time);
  }

  get timeMs(): number {
    if (Number.isNaN(this.#timeMs)) this.#timeMs = this.#findTimeMs();
    return this.#timeMs;
  }

  #findTimeMs(): number {
    const at = this.#filetimeAt();
    const { view } = this.reader;
    if (at >= 0) return filetimeMs(view.getUint32(at, true), view.getUint32(at + 4, true));
    const ms = Date.parse(this.#systemText(this.root.program.time));
    return Number.isNaN(ms) ? this.writtenMs : ms;
  }

  get(field: string): FieldText {
    const shape = this.#resolve();
    const at = shape.byName.get(field);
    if (at === undefined) {
      const source =
        this.root.program.system.get(field) ??
        this.root.program.system.get(SYSTEM_ALIASES[field] ?? "");
      return source === undefined ? undefined : this.#text(this.root, source);
    }
    if (typeof at === "number") return this.#field(shape, at);
    return this.#repeated(shape, at);
  }

  forEachField(visit: (name: string, text: string | null) => void): void {
    const shape = this.#resolve();
    for (const [index, { source }] of shape.fields.entries()) {
      const text = this.#field(shape, index);
      if (typeof text === "string" || text === null) visit(source.name, text);
      else if (text !== undefined) for (const item of text) visit(source.name, item);
    }
  }

  /** The record as XML, as Windows writes it. */
  toXml(): string {
    return this.#guarded(
      () => renderXml(this.reader, this.body),
      () => systemXml(this),
    );
  }

  /**
   * Appends the record in evtx_dump's JSON shape, without a line end. A record that a limit stops (see LIMITS)
   * is given with its System fields only, and reported.
   */
  writeJson(out: ByteWriter): void {
    const start = out.at;
    // HOT: not through #guarded, whose two closures are garbage for every record.
    try {
      writeJson(out, this.reader, this.body);
    } catch (error) {
      if (!(error instanceof BinXmlError)) throw error;
      this.fieldErrors.push(error);
      out.at = start;
      out.bytes(encoder.encode(systemJson(this)));
    }
  }

  /** The record as one line of JSON in the shape of `evtx_dump -o jsonl`. */
  toJson(): string {
    const out = new ByteWriter(4096);
    this.writeJson(out);
    return decoder.decode(out.written);
  }

  #guarded<T>(render: () => T, instead: () => T): T {
    try {
      return render();
    } catch (error) {
      if (!(error instanceof BinXmlError)) throw error;
      this.fieldErrors.push(error);
      return instead();
    }
  }

  /** A copy of the record's bytes, header to size copy. */
  bytes(): Uint8Array {
    return this.reader.bytes.slice(this.chunkOffset, this.chunkOffset + this.size);
  }

  /** Of a field that is asked of every record, and the same in nearly all of a log. */
  #usualText(source: FieldSource, last: LastText): string {
    if (source.fixed !== undefined) return source.fixed;
    const { root } = this;
    const { values } = root;
    const { slot } = source;
    if (slot < 0 || slot >= values.count || values.types[slot] !== VALUE_TYPE.string)
      return this.#systemText(source);
    if (isAbsent(root, source.dependencies)) return "";
    const { bytes, texts } = this.reader;
    const at = values.offsets[slot]!;
    return texts.usual(bytes, at, textEnd(bytes, at, at + values.sizes[slot]!), last);
  }

  #filetimeAt(): number {
    const { root } = this;
    const { values } = root;
    const { slot } = root.program.time;
    const isFiletime =
      slot >= 0 &&
      slot < values.count &&
      values.types[slot] === VALUE_TYPE.filetime &&
      values.sizes[slot] === 8;
    return isFiletime ? values.offsets[slot]! : -1;
  }

  #systemText(source: FieldSource): string {
    if (source.fixed !== undefined) return source.fixed;
    const text = this.#text(this.root, source);
    return typeof text === "string" ? text : "";
  }

  #repeated(shape: EventShape, indexes: readonly number[]): FieldText {
    const all: (string | null)[] = [];
    for (const index of indexes) {
      const text = this.#field(shape, index);
      if (typeof text === "string" || text === null) all.push(text);
      else if (text !== undefined) all.push(...text);
    }
    return all.length === 0 ? undefined : all;
  }

  #field(shape: EventShape, index: number): FieldText {
    if (this.#cachedIn[index] === this.#turn) return this.#cached[index];
    const { level, source } = shape.fields[index]!;
    const text = this.#text(this.#instances[level]!, source);
    this.#cached[index] = text;
    this.#cachedIn[index] = this.#turn;
    return text;
  }

  #text(instance: Instance, source: FieldSource): FieldText {
    const { dependencies } = source;
    if (dependencies.length > 0 && isAbsent(instance, dependencies)) return undefined;
    if (source.slot >= 0) return this.#value(instance, source.slot);
    if (source.parts.length === 0) return null;
    let text = "";
    for (const part of source.parts) {
      if (typeof part === "string") text += part;
      else {
        const value = this.#value(instance, part);
        text += typeof value === "string" ? value : (value?.join("") ?? "");
      }
    }
    return text;
  }

  #value(instance: Instance, slot: number): FieldText {
    const { values } = instance;
    if (slot >= values.count) return null;
    const type = values.types[slot]!;
    const at = values.offsets[slot]!;
    const size = values.sizes[slot]!;
    const { bytes, view, texts } = this.reader;
    // HOT: what needs closures stands in methods of its own, for their context is made whether or not they are.
    if (type === VALUE_TYPE.binXml) return this.#embeddedText(instance, slot);
    if (type < ARRAY) return scalarText(bytes, view, texts, type, at, size);
    return this.#items(type, at, size);
  }

  #embeddedText(instance: Instance, slot: number): FieldText {
    return this.#guarded(
      () => slotXml(this.reader, instance, slot),
      () => null,
    );
  }

  #items(type: number, at: number, size: number): FieldText {
    const { bytes, view, texts } = this.reader;
    const items: (string | null)[] = [];
    forEachItem(bytes, type, at, size, (itemAt, itemSize) => {
      items.push(scalarText(bytes, view, texts, type & ~ARRAY, itemAt, itemSize));
    });
    return items;
  }

  /** Finds the instances and shape of the record at the first question about its data. */
  #resolve(): EventShape {
    if (this.#shape !== undefined) return this.#shape;
    this.#instanceCount = 0;
    // HOT: counted loops make no iterators, and lists are not emptied only to be filled again.
    const { roots } = this.body;
    try {
      for (let i = 0; i < roots.length; i++) this.#descend(roots[i]!, 1);
    } catch (error) {
      // An embedded value that cannot be read hides its own fields only.
      if (!(error instanceof BinXmlError)) throw error;
      this.fieldErrors.push(error);
    }
    const shape = shapeOf(this.#instances, this.#instanceCount);
    this.#turn++;
    if (shape.fields.length > this.#cachedIn.length)
      this.#cachedIn = new Float64Array(shape.fields.length * 2);
    this.#shape = shape;
    return shape;
  }

  #descend(instance: Instance, depth: number): void {
    this.#instances[this.#instanceCount++] = instance;
    const slots = instance.program.embeddedSlots;
    for (let i = 0; i < slots.length; i++) {
      const body = this.reader.embedded(instance, slots[i]!, depth);
      if (body === undefined) continue;
      for (let root = 0; root < body.roots.length; root++)
        this.#descend(body.roots[root]!, depth + 1);
    }
  }
}

/** Other names under which people ask for System fields. */
const SYSTEM_ALIASES: Readonly<Record<string, string>> = {
  EventId: "EventID",
  RecordID: "EventRecordID",
  Provider: "Provider_Name",
  ProviderName: "Provider_Name",
  ProcessID: "Execution_ProcessID",
  ThreadID: "Execution_ThreadID",
  ActivityID: "Correlation_ActivityID",
  RelatedActivityID: "Correlation_RelatedActivityID",
  UserID: "Security_UserID",
};

/** True when one of the slots that an element depends on holds nothing: the element is not there. */
function isAbsent({ values }: Instance, dependencies: readonly number[]): boolean {
  for (const slot of dependencies)
    if (slot < values.count && values.types[slot] === VALUE_TYPE.null) return true;
  return false;
}

function integerOf(text: FieldText): number {
  return typeof text === "string" && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}
