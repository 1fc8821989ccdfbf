import type { ChunkBuffer } from "./chunk-buffer.ts";
import { ForgeError } from "./forge-error.ts";
import type { ForgeEvent, ForgeType, PlainValue } from "./forge-event.ts";
import type { BoundPayload, SlotValue } from "./payload-template.ts";
import {
  type ElementShape,
  type TemplateShape,
  templateShape,
  writeFragmentHeader,
  writeTemplateHead,
} from "./template-shape.ts";
import { BINXML_TYPE, NULL_TYPE, TYPE_CODE, writeValue } from "./write-value.ts";

const EVENT_XMLNS = "http://schemas.microsoft.com/win/2004/08/events/event";
/** Where the root template takes the payload. */
export const PAYLOAD_SLOT = 17;

/**
 * The generic root template, which works for any provider: slots 0 to 16 are System, 17 is the payload. The
 * computer stands in the template as text, as Windows has it.
 */
export function rootTemplate(computer: string): TemplateShape {
  const at = (slot: number, type: ForgeType) => ({ slot, type: TYPE_CODE[type] });
  const field = (name: string, slot: number, type: ForgeType): ElementShape => ({
    name,
    dependency: slot,
    content: [at(slot, type)],
  });
  return templateShape("root", {
    name: "Event",
    dependency: PAYLOAD_SLOT,
    attributes: [["xmlns", EVENT_XMLNS]],
    content: [
      {
        name: "System",
        content: [
          {
            name: "Provider",
            attributes: [
              ["Name", at(14, "string")],
              ["Guid", at(15, "guid")],
            ],
          },
          { ...field("EventID", 3, "u16"), attributes: [["Qualifiers", at(4, "u16")]] },
          field("Version", 11, "u8"),
          field("Level", 0, "u8"),
          field("Task", 2, "u16"),
          field("Opcode", 1, "u8"),
          field("Keywords", 5, "hex64"),
          { name: "TimeCreated", attributes: [["SystemTime", at(6, "filetime")]] },
          field("EventRecordID", 10, "u64"),
          {
            name: "Correlation",
            attributes: [
              ["ActivityID", at(7, "guid")],
              ["RelatedActivityID", at(13, "guid")],
            ],
          },
          {
            name: "Execution",
            attributes: [
              ["ProcessID", at(8, "u32")],
              ["ThreadID", at(9, "u32")],
            ],
          },
          field("Channel", 16, "string"),
          { name: "Computer", content: computer === "" ? [] : [computer] },
          { name: "Security", attributes: [["UserID", at(12, "sid")]] },
        ],
      },
      { slot: PAYLOAD_SLOT, type: BINXML_TYPE },
    ],
  });
}

const DEFAULT_KEYWORDS = 0x8000_0000_0000_0000n;

/** The System values of an event, in slot order. */
export function systemValues(event: ForgeEvent, recordId: bigint): SlotValue[] {
  const slot = (field: string, type: ForgeType, value: PlainValue | undefined): SlotValue => ({
    field,
    type,
    fixed: true,
    value: value ?? null,
  });
  return [
    slot("Level", "u8", event.level ?? 0),
    slot("Opcode", "u8", event.opcode ?? 0),
    slot("Task", "u16", event.task ?? 0),
    slot("EventID", "u16", event.id),
    slot("Qualifiers", "u16", event.qualifiers),
    slot("Keywords", "hex64", event.keywords ?? DEFAULT_KEYWORDS),
    slot("TimeCreated", "filetime", event.time),
    slot("ActivityID", "guid", event.activityId),
    slot("ProcessID", "u32", event.pid ?? 0),
    slot("ThreadID", "u32", event.tid ?? 0),
    slot("EventRecordID", "u64", recordId),
    slot("Version", "u8", event.version ?? 0),
    slot("UserID", "sid", event.userSid),
    slot("RelatedActivityID", "guid", event.relatedActivityId),
    slot("Provider", "string", event.provider),
    slot("ProviderGuid", "guid", event.providerGuid),
    slot("Channel", "string", event.channel),
  ];
}

/** Writes the BinXML of one event: the root instance with its System values and its embedded payload. */
export function writeEvent(
  buffer: ChunkBuffer,
  event: ForgeEvent,
  recordId: bigint,
  root: TemplateShape,
  payload: BoundPayload,
): void {
  writeFragmentHeader(buffer);
  writeTemplateHead(buffer, root);
  writeValues(buffer, systemValues(event, recordId), () => {
    writeTemplateHead(buffer, payload.shape);
    writeValues(buffer, payload.values);
    buffer.u8(0x00);
  });
  buffer.u8(0x00);
}

/** The value list of an instance; `embedded` writes one more value, BinXML of its own. */
function writeValues(
  buffer: ChunkBuffer,
  values: readonly SlotValue[],
  embedded?: () => void,
): void {
  const count = values.length + (embedded === undefined ? 0 : 1);
  if (count > 0xffff) throw new ForgeError("badValue", `${count} values in one event`);
  buffer.u32(count);
  let descriptor = buffer.skip(4 * count);
  for (const value of values) {
    const start = buffer.at;
    describe(buffer, descriptor, start, writeSlot(buffer, value), value.field);
    descriptor += 4;
  }
  if (embedded === undefined) return;
  const start = buffer.at;
  embedded();
  describe(buffer, descriptor, start, BINXML_TYPE, "EventData");
}

function describe(
  buffer: ChunkBuffer,
  descriptor: number,
  start: number,
  type: number,
  field: string,
): void {
  const size = buffer.at - start;
  if (size > 0xffff)
    throw new ForgeError("valueTooLong", `${size} bytes, at most 65535 fit a value`, field);
  buffer.patchU16(descriptor, size);
  buffer.bytes[descriptor + 2] = type;
}

/** Writes one value and returns the type byte it was written as. */
export function writeSlot(buffer: ChunkBuffer, slot: SlotValue): number {
  const { type, value } = slot;
  if (value === null) return NULL_TYPE;
  if (writeValue(buffer, type, value)) return TYPE_CODE[type];
  // A "-" in an address field and the like: the provider's own way to say "none" is text.
  if (!slot.fixed && writeValue(buffer, "string", value)) return TYPE_CODE.string;
  throw new ForgeError("badValue", `${shown(value)} is no ${type}`, slot.field);
}

function shown(value: PlainValue): string {
  const text = value instanceof Uint8Array ? `${value.length} bytes` : String(value);
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
