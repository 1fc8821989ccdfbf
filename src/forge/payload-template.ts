import { declaredType } from "./field-types.ts";
import { ForgeError } from "./forge-error.ts";
import type { ForgeElement, ForgeEvent, ForgeType, ForgeValue, PlainValue } from "./forge-event.ts";
import {
  type ElementShape,
  type ShapeSlot,
  type TemplateShape,
  templateShape,
} from "./template-shape.ts";
import { TYPE_CODE } from "./write-value.ts";

/** A value bound to a slot. `fixed`: the caller chose the type, so a value that does not fit is an error. */
export interface SlotValue {
  readonly field: string;
  readonly type: ForgeType;
  readonly fixed: boolean;
  readonly value: PlainValue;
}

export interface BoundPayload {
  readonly shape: TemplateShape;
  readonly values: readonly SlotValue[];
}

const MAX_DEPTH = 32;

/** Finds or makes the template of an event's EventData or UserData, and lists its values in slot order. */
export class PayloadTemplates {
  readonly #shapes = new Map<string, TemplateShape>();

  bind(event: ForgeEvent): BoundPayload {
    const { payload } = event;
    if (payload === undefined)
      return { shape: this.#shape(event, "none", () => EMPTY), values: [] };
    switch (payload.kind) {
      case "data": {
        const values = payload.fields.map(([name, value]) => bindValue(event, name, value));
        const key = `data ${values.map(slotKey).join("\0")}`;
        return { shape: this.#shape(event, key, () => dataShape(values)), values };
      }
      case "strings":
        return {
          shape: this.#shape(event, "strings", () => CLASSIC),
          values: [
            {
              field: "Data",
              type: "strings",
              fixed: true,
              value: payload.strings.length > 0 ? payload.strings : null,
            },
            { field: "Binary", type: "binary", fixed: true, value: payload.binary ?? null },
          ],
        };
      case "userData": {
        const values: SlotValue[] = [];
        const root = treeShape(event, payload.root, values, 0);
        const shape = this.#shape(event, `user ${JSON.stringify(root)}`, () => ({
          name: "UserData",
          content: [root],
        }));
        return { shape, values };
      }
    }
  }

  #shape(event: ForgeEvent, key: string, make: () => ElementShape): TemplateShape {
    const owner = `${event.provider}\0${event.id}`;
    const known = this.#shapes.get(`${owner}\0${key}`);
    if (known !== undefined) return known;
    const shape = templateShape(owner, make());
    this.#shapes.set(`${owner}\0${key}`, shape);
    return shape;
  }
}

const EMPTY: ElementShape = { name: "EventData" };

/** One array of strings, which repeats its element, then the binary that classic events may carry. */
const CLASSIC: ElementShape = {
  name: "EventData",
  content: [
    { name: "Data", dependency: 0, content: [{ slot: 0, type: TYPE_CODE.strings }] },
    { name: "Binary", dependency: 1, content: [{ slot: 1, type: TYPE_CODE.binary }] },
  ],
};

function slotKey(value: SlotValue): string {
  return `${value.field}\x01${value.type}`;
}

function dataShape(values: readonly SlotValue[]): ElementShape {
  return {
    name: "EventData",
    content: values.map((value, slot) => ({
      name: "Data",
      attributes: [["Name", value.field]],
      content: [{ slot, type: TYPE_CODE[value.type] }],
    })),
  };
}

function bindValue(event: ForgeEvent, field: string, value: ForgeValue): SlotValue {
  if (value !== null && typeof value === "object" && "type" in value)
    return { field, type: value.type, fixed: true, value: value.value };
  const plain = value as PlainValue;
  if (Array.isArray(plain)) return { field, type: "strings", fixed: true, value: plain };
  if (plain instanceof Uint8Array) return { field, type: "binary", fixed: true, value: plain };
  return { field, type: declaredType(event.provider, field), fixed: false, value: plain };
}

function treeShape(
  event: ForgeEvent,
  element: ForgeElement,
  values: SlotValue[],
  depth: number,
): ElementShape {
  if (depth >= MAX_DEPTH)
    throw new ForgeError("badValue", `UserData nested deeper than ${MAX_DEPTH}`, element.name);
  const attributes = (element.attributes ?? []).map(
    ([name, value]): [string, string | ShapeSlot] => {
      // Namespaces belong to the template, all else to the event.
      if (typeof value === "string" && (name === "xmlns" || name.startsWith("xmlns:")))
        return [name, value];
      return [name, addSlot(event, name, value, values)];
    },
  );
  const content = element.children.map((child) =>
    "content" in child
      ? addSlot(event, element.name, child.content, values)
      : treeShape(event, child, values, depth + 1),
  );
  return { name: element.name, attributes, content };
}

function addSlot(
  event: ForgeEvent,
  field: string,
  value: ForgeValue,
  values: SlotValue[],
): ShapeSlot {
  const bound = bindValue(event, field, value);
  values.push(bound);
  return { slot: values.length - 1, type: TYPE_CODE[bound.type] };
}
