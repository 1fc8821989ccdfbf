import { LIMITS } from "../../base/limits.ts";
import { platform } from "../../base/platform.ts";
import { BinXmlError } from "./binxml-error.ts";
import type { ChunkNames } from "./names.ts";
import type { AttributeNode, ContentNode, ElementNode, SlotNode } from "./nodes.ts";
import { MORE, TOKEN, VALUE_TYPE } from "./tokens.ts";

/**
 * Reads BinXML tokens into nodes. In a template (`literal: false`) elements carry a dependency id and
 * substitution tokens become slots; in a literal fragment there are no dependency ids and every piece of
 * character data becomes a slot, numbered in document order - the same order in which `StructureWalker` finds them.
 */
export class StructureReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #names: ChunkNames;
  readonly #literal: boolean;
  readonly #end: number;
  #at: number;
  #nodes = 0;
  #slots = 0;
  /** Declared sizes that disagree with the tokens: [chunk offset]. Structure wins. */
  readonly sizeMismatches: number[] = [];
  #lastNameId = 0;

  constructor(
    bytes: Uint8Array,
    view: DataView,
    names: ChunkNames,
    start: number,
    end: number,
    literal: boolean,
  ) {
    this.#bytes = bytes;
    this.#view = view;
    this.#names = names;
    this.#at = start;
    this.#end = end;
    this.#literal = literal;
  }

  get position(): number {
    return this.#at;
  }

  get slotCount(): number {
    return this.#slots;
  }

  /** A template body: fragment header, root elements, end-of-stream. */
  readTemplate(): ElementNode[] {
    const roots: ElementNode[] = [];
    while (this.#at < this.#end) {
      const token = this.#bytes[this.#at]!;
      if (token === TOKEN.fragmentHeader) this.#skip(4);
      else if ((token & ~MORE) === TOKEN.openStart) roots.push(this.#element(1));
      else if (token === TOKEN.endOfFile) return roots;
      else throw this.#bad(token);
    }
    throw this.#cut();
  }

  /** One literal element at the current position. */
  readLiteralElement(): ElementNode {
    return this.#element(1);
  }

  #element(depth: number): ElementNode {
    if (depth > LIMITS.elementDepth) {
      throw new BinXmlError(
        "limit-hit",
        this.#at,
        `more than ${LIMITS.elementDepth} nested elements`,
      );
    }
    this.#count();
    const hasAttributes = (this.#byte() & MORE) !== 0;
    const dependency = this.#literal ? 0xffff : this.#u16();
    const dataSize = this.#u32();
    const contentStart = this.#at;
    const name = this.#name();
    const attributes = hasAttributes ? this.#attributes() : NONE;
    const close = this.#byte();
    const children: ContentNode[] = [];
    if (close === TOKEN.closeStart) this.#content(children, depth);
    else if (close !== TOKEN.closeEmpty) throw this.#bad(close, this.#at - 1);
    if (contentStart + dataSize !== this.#at) this.sizeMismatches.push(contentStart - 4);
    return {
      kind: "element",
      name,
      dependency: dependency === 0xffff ? -1 : dependency,
      attributes,
      children: tight(children),
    };
  }

  #attributes(): readonly AttributeNode[] {
    this.#u32(); // size of the list; the tokens are authoritative
    const attributes: AttributeNode[] = [];
    while ((this.#peek() & ~MORE) === TOKEN.attribute) {
      this.#count();
      this.#skip(1);
      const name = this.#name();
      const nameId = this.#lastNameId;
      const value: ContentNode[] = [];
      while (this.#attributePart(value, nameId)) {
        // until the next token is no part of a value
      }
      attributes.push({ name, value: tight(value) });
    }
    return tight(attributes);
  }

  #attributePart(value: ContentNode[], attributeName: number): boolean {
    const token = this.#peek() & ~MORE;
    if (token === TOKEN.value && this.#literal && isStaticAttribute(this.#names, attributeName)) {
      this.#skip(1);
      value.push({ kind: "text", text: this.#chars(true) });
      this.#count();
      return true;
    }
    if (token === TOKEN.value || token === TOKEN.charRef || token === TOKEN.entityRef) {
      value.push(this.#characterData(token));
      return true;
    }
    if (token === TOKEN.normalSubstitution || token === TOKEN.optionalSubstitution) {
      value.push(this.#substitution(token));
      return true;
    }
    return false;
  }

  #content(children: ContentNode[], depth: number): void {
    while (this.#at < this.#end) {
      const raw = this.#peek();
      const token = raw & ~MORE;
      switch (token) {
        case TOKEN.endElement:
          this.#skip(1);
          return;
        case TOKEN.openStart:
          children.push(this.#element(depth + 1));
          break;
        case TOKEN.value:
        case TOKEN.charRef:
        case TOKEN.entityRef:
        case TOKEN.cdata:
        case TOKEN.piTarget:
          children.push(this.#characterData(token));
          break;
        case TOKEN.normalSubstitution:
        case TOKEN.optionalSubstitution:
          children.push(this.#substitution(token));
          break;
        case TOKEN.templateInstance:
          children.push(this.#instance());
          break;
        default:
          throw this.#bad(raw);
      }
    }
    throw this.#cut();
  }

  #characterData(token: number): ContentNode {
    this.#count();
    this.#skip(1);
    switch (token) {
      case TOKEN.charRef:
        return { kind: "char", text: String.fromCharCode(this.#u16()) };
      case TOKEN.entityRef:
        return { kind: "entity", text: this.#name() };
      case TOKEN.piTarget: {
        const target = this.#name();
        if ((this.#peek() & ~MORE) !== TOKEN.piData) return { kind: "pi", text: "", target };
        this.#skip(1);
        return this.#literal
          ? { ...this.#charsSlot("pi", false), target }
          : { kind: "pi", text: this.#chars(false), target };
      }
      case TOKEN.cdata:
        return this.#literal
          ? this.#charsSlot("cdata", false)
          : { kind: "cdata", text: this.#chars(false) };
      default:
        return this.#literal
          ? this.#charsSlot("text", true)
          : { kind: "text", text: this.#chars(true) };
    }
  }

  #charsSlot(as: SlotNode["as"], typed: boolean): SlotNode {
    this.#chars(typed);
    return { kind: "slot", index: this.#slots++, type: VALUE_TYPE.string, optional: false, as };
  }

  #substitution(token: number): SlotNode {
    if (this.#literal) throw this.#bad(token);
    this.#count();
    this.#skip(1);
    const index = this.#u16();
    const type = this.#byte();
    if (index >= this.#slots) this.#slots = index + 1;
    return {
      kind: "slot",
      index,
      type,
      optional: token === TOKEN.optionalSubstitution,
      as: "text",
    };
  }

  /** A template instance in the content of a literal element: a slot whose value is the instance itself. */
  #instance(): SlotNode {
    if (!this.#literal) throw this.#bad(TOKEN.templateInstance);
    this.#count();
    this.#at = instanceEnd(this.#view, this.#at, this.#end);
    return {
      kind: "slot",
      index: this.#slots++,
      type: VALUE_TYPE.binXml,
      optional: false,
      as: "text",
    };
  }

  #name(): string {
    const offset = this.#u32();
    const id = this.#names.idAt(offset);
    if (offset === this.#at) this.#skip(this.#names.entryLength(offset));
    this.#lastNameId = id;
    return this.#names.table.text(id);
  }

  #chars(typed: boolean): string {
    if (typed) {
      const type = this.#byte();
      if (type !== VALUE_TYPE.string) {
        throw new BinXmlError(
          "unknown-token",
          this.#at - 1,
          `literal value of type 0x${type.toString(16)}`,
        );
      }
    }
    const length = 2 * this.#u16();
    const start = this.#at;
    this.#skip(length);
    return platform.utf16(this.#bytes, start, start + length);
  }

  #count(): void {
    if (++this.#nodes > LIMITS.nodesPerTemplate) {
      throw new BinXmlError(
        "limit-hit",
        this.#at,
        `more than ${LIMITS.nodesPerTemplate} nodes in one structure`,
      );
    }
  }

  #skip(bytes: number): void {
    this.#at += bytes;
    if (this.#at > this.#end) throw this.#cut();
  }

  #peek(): number {
    if (this.#at >= this.#end) throw this.#cut();
    return this.#bytes[this.#at]!;
  }

  #byte(): number {
    this.#skip(1);
    return this.#bytes[this.#at - 1]!;
  }

  #u16(): number {
    this.#skip(2);
    return this.#view.getUint16(this.#at - 2, true);
  }

  #u32(): number {
    this.#skip(4);
    return this.#view.getUint32(this.#at - 4, true);
  }

  #bad(token: number, at = this.#at): BinXmlError {
    return new BinXmlError(
      "unknown-token",
      at,
      `token 0x${token.toString(16)} is not expected at 0x${at.toString(16)}`,
    );
  }

  #cut(): BinXmlError {
    return new BinXmlError(
      "body-cut",
      this.#at,
      `the structure runs past its end at 0x${this.#end.toString(16)}`,
    );
  }
}

const NONE: readonly never[] = [];

/** The same list without the room that pushing leaves behind: programs stay in memory, most lists hold one node or none. */
function tight<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NONE : list.slice();
}

/** Attributes of literal fragments that name things rather than hold a record's data. */
export function isStaticAttribute(names: ChunkNames, nameId: number): boolean {
  const name = names.table.text(nameId);
  return name === "Name" || name === "xmlns";
}

/** Where the template instance at `at` ends; throws when it does not fit below `end`. */
export function instanceEnd(view: DataView, at: number, end: number): number {
  let p = at + 10;
  const fits = (bytes: number): void => {
    if (p + bytes > end)
      throw new BinXmlError(
        "body-cut",
        at,
        `template instance at 0x${at.toString(16)} runs past its end`,
      );
  };
  fits(4);
  if (view.getUint32(at + 6, true) === p) {
    fits(24);
    const size = view.getUint32(p + 20, true);
    fits(24 + size);
    p += 24 + size;
  }
  fits(4);
  const count = view.getUint32(p, true);
  p += 4;
  if (count > (end - p) / 4)
    throw new BinXmlError("body-cut", at, `${count} values do not fit the record`);
  let size = 4 * count;
  for (let i = 0; i < count; i++) size += view.getUint16(p + 4 * i, true);
  fits(size);
  return p + size;
}
