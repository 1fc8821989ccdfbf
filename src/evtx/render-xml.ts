import { LIMITS } from "../base/limits.ts";
import { ArrayItems } from "./binxml/array-items.ts";
import { BinXmlError } from "./binxml/binxml-error.ts";
import type { Body, BodyReader, Instance } from "./binxml/body-reader.ts";
import type { ContentNode, ElementNode, SlotNode, StaticNode } from "./binxml/nodes.ts";
import { ARRAY, VALUE_TYPE } from "./binxml/tokens.ts";
import { forEachItem, scalarText } from "./binxml/value-text.ts";

/** XML of a record's body, in the form Windows gives events; always well-formed. */
export function renderXml(reader: BodyReader, body: Body): string {
  return new XmlRenderer(reader).body(body, 0);
}

/** XML of the embedded fragment in a slot; "" when there is none. */
export function slotXml(reader: BodyReader, instance: Instance, slot: number): string {
  const body = reader.embedded(instance, slot, 1);
  return body === undefined ? "" : new XmlRenderer(reader).body(body, 1);
}

class XmlRenderer {
  readonly #reader: BodyReader;
  readonly #items = new ArrayItems();
  #steps = 0;
  #characters = 0;

  constructor(reader: BodyReader) {
    this.#reader = reader;
  }

  body(body: Body, depth: number): string {
    let xml = "";
    for (const instance of body.roots) {
      for (const root of instance.program.roots) xml += this.#repeated(root, instance, depth, true);
    }
    return xml;
  }

  /** An element, once per item when one of its own values is an array. */
  #repeated(node: ElementNode, instance: Instance, depth: number, isRoot: boolean): string {
    const { dependency } = node;
    const { values } = instance;
    if (
      !isRoot &&
      dependency >= 0 &&
      dependency < values.count &&
      values.types[dependency] === VALUE_TYPE.null
    ) {
      return "";
    }
    const count = arrayLength(this.#reader, node, instance);
    if (count < 0) return this.#element(node, instance, depth, -1);
    let xml = "";
    for (let item = 0; item < Math.max(count, 1); item++)
      xml += this.#element(node, instance, depth, item);
    return xml;
  }

  #element(node: ElementNode, instance: Instance, depth: number, item: number): string {
    this.#step();
    const name = xmlName(node.name);
    let open = `<${name}`;
    for (const attribute of node.attributes) {
      let value = "";
      for (const part of attribute.value) value += this.#attributePart(part, instance, item);
      if (value !== "" || isStatic(attribute.value))
        open += ` ${xmlName(attribute.name)}="${value}"`;
    }
    if (node.children.length === 0) return `${open}/>`;
    let content = "";
    for (const child of node.children) content += this.#content(child, instance, depth, item);
    this.#characters += open.length + content.length;
    if (this.#characters > LIMITS.renderedChars) throw limit("characters", LIMITS.renderedChars);
    return `${open}>${content}</${name}>`;
  }

  #content(node: ContentNode, instance: Instance, depth: number, item: number): string {
    if (node.kind === "element") return this.#repeated(node, instance, depth, false);
    if (node.kind !== "slot") return staticXml(node);
    const { values } = instance;
    if (node.index < values.count && values.types[node.index] === VALUE_TYPE.binXml) {
      const body = this.#reader.embedded(instance, node.index, depth + 1);
      return body === undefined ? "" : this.body(body, depth + 1);
    }
    const text = this.#slotText(node, instance, item);
    if (node.as === "cdata") return cdata(text);
    if (node.as === "pi") return processingInstruction(node.target ?? "", text);
    return escapeText(text);
  }

  #attributePart(node: ContentNode, instance: Instance, item: number): string {
    if (node.kind === "element") return "";
    if (node.kind !== "slot")
      return node.kind === "text" ? escapeAttribute(node.text) : staticXml(node);
    return escapeAttribute(this.#slotText(node, instance, item));
  }

  #slotText(node: SlotNode, instance: Instance, item: number): string {
    this.#step();
    const { values } = instance;
    if (node.index >= values.count) return "";
    const type = values.types[node.index]!;
    const at = values.offsets[node.index]!;
    const size = values.sizes[node.index]!;
    const { bytes, view, texts } = this.#reader;
    if (type < ARRAY) return scalarText(bytes, view, texts, type, at, size) ?? "";
    const start = this.#items.startOf(bytes, type, at, size, item);
    if (start < 0) return "";
    const itemSize = this.#items.sizeOf(bytes, type, at, size, item);
    return scalarText(bytes, view, texts, type & ~ARRAY, start, itemSize) ?? "";
  }

  #step(): void {
    if (++this.#steps > LIMITS.renderSteps) throw limit("steps", LIMITS.renderSteps);
  }
}

function limit(what: string, bound: number): BinXmlError {
  return new BinXmlError("limit-hit", 0, `rendering the record takes more than ${bound} ${what}`);
}

function isStatic(value: readonly ContentNode[]): boolean {
  return value.length > 0 && value.every((node) => node.kind !== "slot" && node.kind !== "element");
}

/** Items of the longest array among an element's own values; -1 when none is an array. */
export function arrayLength(reader: BodyReader, node: ElementNode, instance: Instance): number {
  let longest = -1;
  const look = (part: ContentNode): void => {
    if (part.kind !== "slot") return;
    const { values } = instance;
    if (part.index >= values.count) return;
    const type = values.types[part.index]!;
    if (type < ARRAY) return;
    let count = 0;
    forEachItem(reader.bytes, type, values.offsets[part.index]!, values.sizes[part.index]!, () => {
      count++;
    });
    longest = Math.max(longest, count);
  };
  for (const child of node.children) look(child);
  for (const attribute of node.attributes) for (const part of attribute.value) look(part);
  return longest;
}

function staticXml(node: StaticNode): string {
  switch (node.kind) {
    case "entity":
      return `&${xmlName(node.text)};`;
    case "cdata":
      return cdata(node.text);
    case "pi":
      return processingInstruction(node.target ?? "", node.text);
    default:
      return escapeText(node.text);
  }
}

function cdata(text: string): string {
  return `<![CDATA[${printable(text).replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}

function processingInstruction(target: string, data: string): string {
  return `<?${xmlName(target)} ${printable(data).replaceAll("?>", "? >")}?>`;
}

/** XML 1.0 has no place for these; they become U+FFFD. */
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function printable(text: string): string {
  return text.replace(FORBIDDEN, "\ufffd");
}

const NEEDS_ESCAPE = /[&<>"\t\n\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/;

export function escapeText(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text;
  return printable(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function escapeAttribute(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text;
  return escapeText(text)
    .replaceAll('"', "&quot;")
    .replaceAll("\t", "&#9;")
    .replaceAll("\n", "&#10;")
    .replaceAll("\r", "&#13;");
}

/** Names come from the log: characters that no XML name may hold become `_`. */
function xmlName(name: string): string {
  if (/^[A-Za-z_][\w.:-]*$/.test(name)) return name;
  const safe = name.replace(/[^\p{L}\p{N}_.:-]/gu, "_");
  return /^[\p{L}_]/u.test(safe) ? safe : `_${safe}`;
}
