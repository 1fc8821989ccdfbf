import { TextCache } from "../base/text-cache.ts";
import { forEachItem, scalarText } from "../evtx/binxml/value-text.ts";
import { ChunkBuffer } from "./chunk-buffer.ts";
import type { ForgeEvent, Rendering } from "./forge-event.ts";
import type { BoundPayload, SlotValue } from "./payload-template.ts";
import {
  type ElementShape,
  type ShapeSlot,
  writeFragmentHeader,
  writeLiteralElement,
} from "./template-shape.ts";
import { PAYLOAD_SLOT, rootTemplate, systemValues, writeSlot } from "./write-event.ts";
import { NULL_TYPE } from "./write-value.ts";

const ARRAY = 0x80;

/**
 * Writes events as collectors store forwarded ones: without templates, every value as text, and with what the
 * collector adds (RenderingInfo) behind the payload.
 */
export class LiteralEvents {
  readonly #scratch = new ChunkBuffer();
  readonly #view = new DataView(this.#scratch.bytes.buffer);
  readonly #texts = new TextCache();

  write(buffer: ChunkBuffer, event: ForgeEvent, recordId: bigint, payload: BoundPayload): void {
    const system = systemValues(event, recordId).map((value) => this.#slotTexts(value));
    const values = payload.values.map((value) => this.#slotTexts(value));
    const [data] = resolve(payload.shape.root, (slot) => values[slot] ?? []);
    const root = rootTemplate(event.computer).root;
    const { name, attributes = [], content = [] } = root;
    const parts = content.flatMap((part): ElementShape[] => {
      if (typeof part === "string") return [];
      if ("name" in part) return resolve(part, (slot) => system[slot] ?? []);
      return part.slot === PAYLOAD_SLOT && data !== undefined ? [data] : [];
    });
    if (event.rendering !== undefined) parts.push(renderingInfo(event.rendering));
    writeFragmentHeader(buffer);
    writeLiteralElement(buffer, { name, attributes, content: parts });
    buffer.u8(0x00);
  }

  /** The texts of a value as Windows renders it: one, one per item of an array, none for null. */
  #slotTexts(value: SlotValue): string[] {
    const scratch = this.#scratch;
    const { bytes } = scratch;
    scratch.at = 0;
    const type = writeSlot(scratch, value);
    const texts: string[] = [];
    const take = (at: number, size: number): void => {
      texts.push(scalarText(bytes, this.#view, this.#texts, type & ~ARRAY, at, size) ?? "");
    };
    if (type === NULL_TYPE) return texts;
    if ((type & ARRAY) === 0) take(0, scratch.at);
    else forEachItem(bytes, type, 0, scratch.at, take);
    return texts;
  }
}

type TextsOf = (slot: number) => readonly string[];

/** The element with text in place of its slots; none where its dependency is null, several for an array. */
function resolve(element: ElementShape, textsOf: TextsOf): ElementShape[] {
  const { name, attributes = [], content = [], dependency } = element;
  if (dependency !== undefined && textsOf(dependency).length === 0) return [];
  const resolved = {
    name,
    attributes: attributes.flatMap(([key, value]): [string, string][] => {
      if (typeof value === "string") return [[key, value]];
      const [text] = textsOf(value.slot);
      return text === undefined ? [] : [[key, text]];
    }),
  };
  const [only] = content;
  if (content.length === 1 && isSlot(only)) {
    const texts = textsOf(only.slot);
    return (texts.length === 0 ? [""] : texts).map((text) => ({
      ...resolved,
      content: text === "" ? [] : [text],
    }));
  }
  return [
    {
      ...resolved,
      content: content.flatMap((item): (ElementShape | string)[] => {
        if (typeof item === "string") return [item];
        return isSlot(item) ? [...textsOf(item.slot)] : resolve(item, textsOf);
      }),
    },
  ];
}

function isSlot(item: ElementShape | ShapeSlot | string | undefined): item is ShapeSlot {
  return typeof item === "object" && "slot" in item;
}

function renderingInfo(rendering: Rendering): ElementShape {
  const named = [
    ["Message", rendering.message],
    ["Level", rendering.level],
    ["Task", rendering.task],
    ["Opcode", rendering.opcode],
    ["Channel", rendering.channel],
    ["Provider", rendering.provider],
  ] as const;
  return {
    name: "RenderingInfo",
    attributes: [["Culture", rendering.culture]],
    content: [
      ...named.flatMap(([name, text]): ElementShape[] =>
        text === undefined ? [] : [{ name, content: text === "" ? [] : [text] }],
      ),
      {
        name: "Keywords",
        content: (rendering.keywords ?? []).map((keyword) => ({
          name: "Keyword",
          content: [keyword],
        })),
      },
    ],
  };
}
