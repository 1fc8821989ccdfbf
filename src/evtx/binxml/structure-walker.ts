import { LIMITS } from "../../base/limits.ts";
import type { TextCache } from "../../base/text-cache.ts";
import { BinXmlError } from "./binxml-error.ts";
import type { ChunkNames } from "./names.ts";
import { instanceEnd, isStaticAttribute } from "./structure-reader.ts";
import { MORE, TOKEN, VALUE_TYPE } from "./tokens.ts";
import type { ValueTable } from "./value-table.ts";

/** Codes of the structure sequence; names and units ride in the bits above. */
const CODE = {
  open: 1,
  closeEmpty: 2,
  end: 3,
  value: 4,
  cdata: 5,
  char: 6,
  entity: 7,
  pi: 8,
  piData: 9,
  instance: 10,
  attribute: 11,
  staticText: 12,
  normalSlot: 13,
  optionalSlot: 14,
} as const;

/**
 * Walks BinXML without building anything and writes its structure as a sequence of numbers. Two fragments with
 * the same sequence have the same structure, so their compiled form is shared.
 *
 * In a literal element (forwarded events have no templates) each piece of character data becomes a value, as if
 * a template had been there. In a template body the text belongs to the structure.
 */
export class StructureWalker {
  readonly #texts: TextCache;
  /** The structure of the last walk: sequence[0, length). */
  sequence = new Int32Array(1024);
  length = 0;
  hash = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #names: ChunkNames | undefined;
  #values: ValueTable | undefined;
  #at = 0;
  #end = 0;
  #literal = true;
  /** References to names in the last template: position, then the name's number. */
  readonly nameReferences: number[] = [];

  constructor(texts: TextCache) {
    this.#texts = texts;
  }

  /** Walks the literal element at `at`; its values go to `values`. Returns the position behind it. */
  walkLiteral(
    bytes: Uint8Array,
    view: DataView,
    names: ChunkNames,
    at: number,
    end: number,
    values: ValueTable,
  ): number {
    this.#start(bytes, view, names, at, end, true);
    this.#values = values;
    this.#element();
    return this.#at;
  }

  /** Walks the body of a template in [at, end): fragment header, root elements, end-of-stream. */
  walkTemplate(
    bytes: Uint8Array,
    view: DataView,
    names: ChunkNames,
    at: number,
    end: number,
  ): void {
    this.#start(bytes, view, names, at, end, false);
    for (;;) {
      this.#need(1);
      const token = bytes[this.#at]!;
      if (token === TOKEN.endOfFile) return;
      if (token === TOKEN.fragmentHeader) this.#at += 4;
      else if ((token & ~MORE) === TOKEN.openStart) this.#element();
      else throw this.#unexpected();
    }
  }

  #start(
    bytes: Uint8Array,
    view: DataView,
    names: ChunkNames,
    at: number,
    end: number,
    literal: boolean,
  ): void {
    this.length = 0;
    this.hash = 0;
    this.nameReferences.length = 0;
    this.#bytes = bytes;
    this.#view = view;
    this.#names = names;
    this.#at = at;
    this.#end = end;
    this.#literal = literal;
  }

  #element(): void {
    let depth = 0;
    do {
      depth += this.#token();
      if (depth > LIMITS.elementDepth) {
        throw new BinXmlError(
          "limit-hit",
          this.#at,
          `more than ${LIMITS.elementDepth} nested elements`,
        );
      }
    } while (depth > 0);
  }

  /** Reads one content token; returns the change of depth. */
  #token(): number {
    this.#need(1);
    const raw = this.#bytes[this.#at]!;
    switch (raw & ~MORE) {
      case TOKEN.openStart:
        return this.#open(raw);
      case TOKEN.endElement:
        this.#at++;
        this.#push(CODE.end);
        return -1;
      case TOKEN.value:
        this.#value();
        return 0;
      case TOKEN.cdata:
        this.#chars(1, CODE.cdata);
        return 0;
      case TOKEN.charRef:
      case TOKEN.entityRef:
        this.#reference(raw & ~MORE);
        return 0;
      case TOKEN.piTarget:
        this.#at++;
        this.#push((this.#name() << 4) | CODE.pi);
        this.#need(1);
        if ((this.#bytes[this.#at]! & ~MORE) === TOKEN.piData) this.#chars(1, CODE.piData);
        return 0;
      case TOKEN.normalSubstitution:
      case TOKEN.optionalSubstitution:
        this.#substitution(raw);
        return 0;
      case TOKEN.templateInstance: {
        if (!this.#literal) throw this.#unexpected();
        const to = instanceEnd(this.#view, this.#at, this.#end);
        this.#values!.push(this.#at, to - this.#at, VALUE_TYPE.binXml);
        this.#push(CODE.instance);
        this.#at = to;
        return 0;
      }
      default:
        throw this.#unexpected();
    }
  }

  #open(raw: number): number {
    if (this.#literal) this.#at += 5;
    else {
      this.#need(3);
      this.#push(this.#view.getUint16(this.#at + 1, true));
      this.#at += 7;
    }
    this.#push((this.#name() << 4) | CODE.open);
    if (raw & MORE) {
      this.#need(4);
      this.#at += 4;
      this.#attributes();
    }
    this.#need(1);
    const close = this.#bytes[this.#at]!;
    if (close === TOKEN.closeStart) {
      this.#at++;
      return 1;
    }
    if (close !== TOKEN.closeEmpty) throw this.#unexpected();
    this.#at++;
    this.#push(CODE.closeEmpty);
    // An empty root ends the walk at once: depth never rose.
    return 0;
  }

  #attributes(): void {
    while (this.#at < this.#end && (this.#bytes[this.#at]! & ~MORE) === TOKEN.attribute) {
      this.#at++;
      const id = this.#name();
      this.#push((id << 4) | CODE.attribute);
      const isStatic = !this.#literal || isStaticAttribute(this.#names!, id);
      while (this.#attributePart(isStatic)) {
        // until the next token is no part of a value
      }
    }
  }

  #attributePart(isStatic: boolean): boolean {
    if (this.#at >= this.#end) return false;
    const token = this.#bytes[this.#at]! & ~MORE;
    if (token === TOKEN.value) {
      if (isStatic) this.#staticText();
      else this.#value();
      return true;
    }
    if (token === TOKEN.normalSubstitution || token === TOKEN.optionalSubstitution) {
      this.#substitution(token);
      return true;
    }
    if (token !== TOKEN.charRef && token !== TOKEN.entityRef) return false;
    this.#reference(token);
    return true;
  }

  #substitution(token: number): void {
    if (this.#literal) throw this.#unexpected();
    this.#need(4);
    this.#push(token === TOKEN.normalSubstitution ? CODE.normalSlot : CODE.optionalSlot);
    this.#push((this.#view.getUint16(this.#at + 1, true) << 8) | this.#bytes[this.#at + 3]!);
    this.#at += 4;
  }

  #reference(token: number): void {
    if (token === TOKEN.charRef) {
      this.#need(3);
      this.#push((this.#view.getUint16(this.#at + 1, true) << 4) | CODE.char);
      this.#at += 3;
    } else {
      this.#at++;
      this.#push((this.#name() << 4) | CODE.entity);
    }
  }

  #staticText(): void {
    this.#need(4);
    if (this.#bytes[this.#at + 1] !== VALUE_TYPE.string) throw this.#unexpected();
    const from = this.#at + 4;
    const to = from + 2 * this.#view.getUint16(this.#at + 2, true);
    if (to > this.#end) throw this.#cut();
    this.#push(CODE.staticText);
    this.#push(this.#texts.id(this.#bytes, from, to));
    this.#at = to;
  }

  #value(): void {
    this.#need(2);
    if (this.#bytes[this.#at + 1] !== VALUE_TYPE.string) throw this.#unexpected();
    this.#chars(2, CODE.value);
  }

  /** A u16 count and that many units, `skip` bytes ahead. */
  #chars(skip: number, code: number): void {
    this.#need(skip + 2);
    const from = this.#at + skip + 2;
    const length = 2 * this.#view.getUint16(from - 2, true);
    if (from + length > this.#end) throw this.#cut();
    this.#push(code);
    if (this.#literal) this.#values!.push(from, length, VALUE_TYPE.string);
    else this.#push(this.#texts.id(this.#bytes, from, from + length));
    this.#at = from + length;
  }

  #name(): number {
    this.#need(4);
    const offset = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    const names = this.#names!;
    const id = names.idAt(offset);
    if (!this.#literal) this.nameReferences.push(this.#at - 4, id);
    if (offset === this.#at) this.#at += names.entryLength(offset);
    return id;
  }

  #need(bytes: number): void {
    if (this.#at + bytes > this.#end) throw this.#cut();
  }

  #cut(): BinXmlError {
    return new BinXmlError(
      "body-cut",
      this.#at,
      `the record's text runs past its end at 0x${this.#end.toString(16)}`,
    );
  }

  #unexpected(): BinXmlError {
    const token = this.#bytes[this.#at]!;
    return new BinXmlError(
      "unknown-token",
      this.#at,
      `token 0x${token.toString(16)} is not expected at 0x${this.#at.toString(16)}`,
    );
  }

  #push(code: number): void {
    if (this.length === this.sequence.length) {
      if (this.length >= LIMITS.nodesPerTemplate) {
        throw new BinXmlError(
          "limit-hit",
          this.#at,
          `more than ${LIMITS.nodesPerTemplate} nodes in one record`,
        );
      }
      const grown = new Int32Array(this.length * 2);
      grown.set(this.sequence);
      this.sequence = grown;
    }
    this.sequence[this.length++] = code;
    this.hash = (Math.imul(this.hash, 31) + code) | 0;
  }
}
