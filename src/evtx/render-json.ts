import type { ByteWriter } from "../base/byte-writer.ts";
import { LIMITS } from "../base/limits.ts";
import { ArrayItems } from "./binxml/array-items.ts";
import { BinXmlError } from "./binxml/binxml-error.ts";
import type { Body, BodyReader, Instance } from "./binxml/body-reader.ts";
import type { ContentNode, ElementNode } from "./binxml/nodes.ts";
import { staticText } from "./binxml/nodes.ts";
import { ARRAY, VALUE_TYPE } from "./binxml/tokens.ts";
import { forEachItem, isNumberType, scalarText } from "./binxml/value-text.ts";
import { arrayLength } from "./render-xml.ts";

/** A JSON value under construction: members keep their order and may not repeat. */
type Json = { readonly text: string; readonly bare: boolean } | null | JsonArray | JsonObject;
type JsonArray = readonly Json[];

class JsonObject {
  readonly members = new Map<string, Json>();

  readonly #repeats = new Map<string, number>();

  /** Repeated names get `_1`, `_2` …, as evtx_dump numbers them. */
  add(name: string, value: Json): void {
    let free = name;
    if (this.members.has(name)) {
      // Goes on where it stopped: an array may repeat a name thirty thousand times.
      let n = this.#repeats.get(name) ?? 1;
      while (this.members.has(`${name}_${n}`)) n++;
      free = `${name}_${n}`;
      this.#repeats.set(name, n + 1);
    }
    this.members.set(free, value);
  }
}

/**
 * Writes a record in the JSON shape of `evtx_dump -o jsonl`, whatever it holds. This is the plain form that
 * defines the shape; `JsonWriter` is the fast one for ordinary templates and must equal it.
 * Differences from evtx_dump are deliberate: no member is dropped or doubled, times keep all seven digits.
 */
export function writeJsonPlain(out: ByteWriter, reader: BodyReader, body: Body): void {
  const renderer = new PlainRenderer(reader);
  const object = new JsonObject();
  renderer.roots(object, body, 0);
  out.bytes(encoder.encode(serialise(object)));
}

const encoder = new TextEncoder();

class PlainRenderer {
  readonly #reader: BodyReader;
  readonly #arrays = new ArrayItems();
  #steps = 0;
  #characters = 0;

  constructor(reader: BodyReader) {
    this.#reader = reader;
  }

  roots(target: JsonObject, body: Body, depth: number): void {
    for (const instance of body.roots) {
      for (const root of instance.program.roots)
        this.#addElement(target, root, instance, depth, true);
    }
  }

  #addElement(
    target: JsonObject,
    node: ElementNode,
    instance: Instance,
    depth: number,
    isRoot: boolean,
  ): void {
    const { values } = instance;
    const { dependency } = node;
    if (
      !isRoot &&
      dependency >= 0 &&
      dependency < values.count &&
      values.types[dependency] === VALUE_TYPE.null
    )
      return;
    const count = Math.max(arrayLength(this.#reader, node, instance), -1);
    if (count < 0) target.add(node.name, this.#element(node, instance, depth, -1));
    for (let item = 0; item < (count === 0 ? 1 : count); item++) {
      target.add(node.name, this.#element(node, instance, depth, item));
    }
  }

  #element(node: ElementNode, instance: Instance, depth: number, item: number): Json {
    this.#step();
    const object = new JsonObject();
    const attributes = new JsonObject();
    for (const attribute of node.attributes) {
      const value = this.#text(attribute.value, instance, item);
      if (value !== null && value.text !== "") attributes.add(attribute.name, value);
    }
    const own: ContentNode[] = [];
    const unnamed: Json[] = [];
    const isDataHolder = node.name === "EventData" || node.name === "UserData";
    for (const child of node.children) {
      if (child.kind === "element") {
        if (isDataHolder && child.name === "Data")
          this.#addData(object, unnamed, child, instance, depth);
        else this.#addElement(object, child, instance, depth, false);
      } else if (
        child.kind === "slot" &&
        instance.values.types[child.index] === VALUE_TYPE.binXml &&
        child.index < instance.values.count
      ) {
        const body = this.#reader.embedded(instance, child.index, depth + 1);
        if (body !== undefined) this.roots(object, body, depth + 1);
      } else own.push(child);
    }
    if (unnamed.length > 0) {
      const data = new JsonObject();
      data.add("#text", unnamed.length === 1 ? unnamed[0]! : unnamed);
      object.add("Data", data);
    }
    const text = this.#text(own, instance, item);
    const hasAttributes = attributes.members.size > 0;
    if (!hasAttributes && object.members.size === 0) return text;
    const result = new JsonObject();
    if (hasAttributes) result.add("#attributes", attributes);
    if (text !== null && text.text !== "") result.add("#text", text);
    for (const [name, value] of object.members) result.add(name, value);
    return result;
  }

  /** `<Data Name="x">` becomes member x; unnamed ones are gathered. An empty named one is "". */
  #addData(
    target: JsonObject,
    unnamed: Json[],
    node: ElementNode,
    instance: Instance,
    depth: number,
  ): void {
    const { values } = instance;
    const { dependency } = node;
    if (
      dependency >= 0 &&
      dependency < values.count &&
      values.types[dependency] === VALUE_TYPE.null
    )
      return;
    const nameAttribute = node.attributes.find((a) => a.name === "Name");
    const name =
      nameAttribute === undefined
        ? ""
        : (this.#text(nameAttribute.value, instance, -1)?.text ?? "");
    if (node.children.some((child) => child.kind === "element")) {
      this.#addElement(
        target,
        name === "" ? node : { ...node, name, attributes: [] },
        instance,
        depth,
        true,
      );
      return;
    }
    const items = this.#items(node.children, instance, depth);
    if (name === "") {
      if (items.length === 1 && node.children.length === 0) unnamed.push({ text: "", bare: false });
      else unnamed.push(...items.map((item) => item ?? { text: "", bare: false }));
      return;
    }
    for (const item of items) target.add(name, item ?? { text: "", bare: false });
  }

  /** The values of a Data element: one, or one per array item. */
  #items(content: readonly ContentNode[], instance: Instance, depth: number): Json[] {
    const only = content.length === 1 ? content[0]! : undefined;
    if (only?.kind === "slot" && only.index < instance.values.count) {
      const { values } = instance;
      const type = values.types[only.index]!;
      if (type === VALUE_TYPE.binXml) {
        const object = new JsonObject();
        const body = this.#reader.embedded(instance, only.index, depth + 1);
        if (body !== undefined) this.roots(object, body, depth + 1);
        return [object];
      }
      if (type >= ARRAY) {
        const items: Json[] = [];
        const { bytes } = this.#reader;
        forEachItem(
          bytes,
          type,
          values.offsets[only.index]!,
          values.sizes[only.index]!,
          (at, size) => {
            items.push(this.#scalar(type & ~ARRAY, at, size));
          },
        );
        return items.length === 0 ? [null] : items;
      }
    }
    return [this.#text(content, instance, -1)];
  }

  /** Character content: typed when it is one value, joined text otherwise; null when there is none. */
  #text(
    content: readonly ContentNode[],
    instance: Instance,
    item: number,
  ): { text: string; bare: boolean } | null {
    let joined: { text: string; bare: boolean } | null = null;
    for (const node of content) {
      if (node.kind === "element") continue;
      let piece: { text: string; bare: boolean } | null;
      if (node.kind === "slot")
        piece = node.as === "pi" ? null : this.#slot(instance, node.index, item);
      else piece = node.kind === "pi" ? null : { text: staticText(node), bare: false };
      if (piece === null) continue;
      joined = joined === null ? piece : { text: joined.text + piece.text, bare: false };
    }
    return joined;
  }

  #slot(instance: Instance, slot: number, item: number): { text: string; bare: boolean } | null {
    const { values } = instance;
    if (slot >= values.count) return null;
    const type = values.types[slot]!;
    const at = values.offsets[slot]!;
    const size = values.sizes[slot]!;
    if (type < ARRAY) return this.#scalar(type, at, size);
    const { bytes } = this.#reader;
    const start = this.#arrays.startOf(bytes, type, at, size, item);
    if (start < 0) return null;
    return this.#scalar(type & ~ARRAY, start, this.#arrays.sizeOf(bytes, type, at, size, item));
  }

  #scalar(type: number, at: number, size: number): { text: string; bare: boolean } | null {
    this.#step();
    const { bytes, view, texts } = this.#reader;
    const text = scalarText(bytes, view, texts, type, at, size);
    if (text === null) return null;
    this.#characters += text.length;
    if (this.#characters > LIMITS.renderedChars) {
      throw new BinXmlError(
        "limit-hit",
        at,
        `the record's text is longer than ${LIMITS.renderedChars} characters`,
      );
    }
    // evtx_dump writes GUIDs without braces.
    if (type === VALUE_TYPE.guid && text.startsWith("{"))
      return { text: text.slice(1, -1), bare: false };
    return { text, bare: type === VALUE_TYPE.bool || (isNumberType(type) && text !== "") };
  }

  #step(): void {
    if (++this.#steps > LIMITS.renderSteps) {
      throw new BinXmlError(
        "limit-hit",
        0,
        `rendering the record takes more than ${LIMITS.renderSteps} steps`,
      );
    }
  }
}

function serialise(value: Json): string {
  if (value === null) return "null";
  if (value instanceof JsonObject) {
    const members = [...value.members].map(
      ([name, member]) => `${JSON.stringify(name)}:${serialise(member)}`,
    );
    return `{${members.join(",")}}`;
  }
  if (Array.isArray(value)) return `[${value.map(serialise).join(",")}]`;
  const { text, bare } = value as { text: string; bare: boolean };
  return bare ? text : JSON.stringify(text);
}
