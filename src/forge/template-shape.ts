import { sha256 } from "@noble/hashes/sha2.js";
import type { ChunkBuffer } from "./chunk-buffer.ts";
import { ForgeError } from "./forge-error.ts";

/** A place for a value; `type` is the BinXML type byte that is expected there. */
export interface ShapeSlot {
  readonly slot: number;
  readonly type: number;
}

/** An element of a template: literal text and slots. */
export interface ElementShape {
  readonly name: string;
  readonly attributes?: readonly (readonly [name: string, value: string | ShapeSlot])[];
  readonly content?: readonly (ElementShape | ShapeSlot | string)[];
  /** Slot whose null leaves the element out. */
  readonly dependency?: number;
}

/** A template: its element, and the GUID that the same element always gets. */
export interface TemplateShape {
  readonly key: string;
  readonly guid: Uint8Array;
  readonly root: ElementShape;
}

const NO_DEPENDENCY = 0xffff;

/**
 * Names a template by its owner and content (a version 5 GUID, as half of the real ones have): the same
 * structure has the same GUID in every log, and the GUID's first four bytes are the template id.
 */
export function templateShape(owner: string, root: ElementShape): TemplateShape {
  const key = `${owner}\n${JSON.stringify(root)}`;
  const guid = sha256(new TextEncoder().encode(key)).slice(0, 16);
  guid[7] = (guid[7]! & 0x0f) | 0x50;
  guid[8] = (guid[8]! & 0x3f) | 0x80;
  return { key, guid, root };
}

/** Writes the head of an instance of a template, with its definition where the chunk has none yet. */
export function writeTemplateHead(buffer: ChunkBuffer, shape: TemplateShape): void {
  buffer.templateHead(shape.key, shape.guid, () => {
    writeFragmentHeader(buffer);
    writeElement(buffer, shape.root);
    buffer.u8(0x00);
  });
}

export function writeFragmentHeader(buffer: ChunkBuffer): void {
  buffer.u8(0x0f);
  buffer.u8(1);
  buffer.u8(1);
  buffer.u8(0);
}

/** Writes an element without slots outside of any template, where elements carry no dependency. */
export function writeLiteralElement(buffer: ChunkBuffer, element: ElementShape): void {
  writeElement(buffer, element, false);
}

function writeElement(buffer: ChunkBuffer, element: ElementShape, inTemplate = true): void {
  const { attributes = [], content = [] } = element;
  buffer.u8(attributes.length > 0 ? 0x41 : 0x01);
  if (inTemplate) buffer.u16(element.dependency ?? NO_DEPENDENCY);
  buffer.sized(() => {
    writeName(buffer, element.name);
    if (attributes.length > 0) {
      buffer.sized(() => {
        for (const [index, [name, value]] of attributes.entries()) {
          buffer.u8(index < attributes.length - 1 ? 0x46 : 0x06);
          writeName(buffer, name);
          writeContent(buffer, value);
        }
      });
    }
    if (content.length === 0) {
      buffer.u8(0x03);
      return;
    }
    buffer.u8(0x02);
    for (const item of content) {
      if (typeof item === "object" && "name" in item) writeElement(buffer, item, inTemplate);
      else writeContent(buffer, item);
    }
    buffer.u8(0x04);
  });
}

/** Longest name and literal text; far above what any real provider declares. */
const MAX_NAME = 1024;
const MAX_TEXT = 16_384;

function writeName(buffer: ChunkBuffer, name: string): void {
  if (name.length > MAX_NAME)
    throw new ForgeError(
      "nameTooLong",
      `a name of ${name.length} characters (at most ${MAX_NAME})`,
    );
  buffer.name(name);
}

function writeContent(buffer: ChunkBuffer, item: string | ShapeSlot): void {
  if (typeof item !== "string") {
    // Optional substitution, as all slots of real logs that hold a null.
    buffer.u8(0x0e);
    buffer.u16(item.slot);
    buffer.u8(item.type);
    return;
  }
  if (item.length > MAX_TEXT)
    throw new ForgeError(
      "textTooLong",
      `a text of ${item.length} characters (at most ${MAX_TEXT})`,
    );
  buffer.u8(0x05);
  buffer.u8(0x01);
  buffer.u16(item.length);
  buffer.chars(item);
}
