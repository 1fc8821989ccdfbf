import type { AttributeNode, ContentNode, ElementNode, SlotNode } from "../binxml/nodes.ts";
import { Program } from "../binxml/program.ts";
import { VALUE_TYPE } from "../binxml/tokens.ts";
import type { ValueTable } from "../binxml/value-table.ts";

/**
 * Where System values stand in every template that Windows writes, by index (constant in 50,492 real records).
 * What follows index 12 has two layouts, told apart by their types.
 */
const SYSTEM = {
  level: 0,
  opcode: 1,
  task: 2,
  eventId: 3,
  qualifiers: 4,
  keywords: 5,
  time: 6,
  activity: 7,
  process: 8,
  thread: 9,
  recordId: 10,
  version: 11,
  user: 12,
} as const;
/** Generic layout: RelatedActivityID, provider name and GUID, channel, embedded data. */
const GENERIC = { related: 13, provider: 14, providerGuid: 15, channel: 16 } as const;
/** Types at the positions that make a value list a System one. */
const PROOF: readonly (readonly [number, readonly number[]])[] = [
  [SYSTEM.level, [VALUE_TYPE.uint8]],
  [SYSTEM.eventId, [VALUE_TYPE.uint16]],
  [SYSTEM.keywords, [VALUE_TYPE.hexInt64, VALUE_TYPE.null]],
  [SYSTEM.time, [VALUE_TYPE.filetime]],
  [SYSTEM.process, [VALUE_TYPE.uint32, VALUE_TYPE.null]],
  [SYSTEM.recordId, [VALUE_TYPE.uint64]],
];

/** True when the values stand where System values stand. */
export function hasSystemValues(values: ValueTable): boolean {
  return (
    values.count > SYSTEM.user &&
    PROOF.every(([index, types]) => types.includes(values.types[index]!))
  );
}

/** Stands in for a record's unknown template: System by position, all other values unnamed but numbered. */
export function positionalEvent(values: ValueTable): Program {
  if (!hasSystemValues(values)) return positionalData(values);
  const isGeneric =
    values.count > GENERIC.channel &&
    values.types[GENERIC.provider] === VALUE_TYPE.string &&
    values.types[GENERIC.channel] === VALUE_TYPE.string;
  const provider = isGeneric
    ? [attribute("Name", GENERIC.provider), attribute("Guid", GENERIC.providerGuid)]
    : [];
  const system = element(
    "System",
    [],
    [
      element("Provider", provider, []),
      element("EventID", [attribute("Qualifiers", SYSTEM.qualifiers)], [slot(SYSTEM.eventId)]),
      element("Version", [], [slot(SYSTEM.version)]),
      element("Level", [], [slot(SYSTEM.level)]),
      element("Task", [], [slot(SYSTEM.task)]),
      element("Opcode", [], [slot(SYSTEM.opcode)]),
      element("Keywords", [], [slot(SYSTEM.keywords)]),
      element("TimeCreated", [attribute("SystemTime", SYSTEM.time)], []),
      element("EventRecordID", [], [slot(SYSTEM.recordId)]),
      element("Correlation", [attribute("ActivityID", SYSTEM.activity)], []),
      element(
        "Execution",
        [attribute("ProcessID", SYSTEM.process), attribute("ThreadID", SYSTEM.thread)],
        [],
      ),
      ...(isGeneric ? [element("Channel", [], [slot(GENERIC.channel)])] : []),
      element("Computer", [], []),
      element("Security", [attribute("UserID", SYSTEM.user)], []),
    ],
  );
  const first = isGeneric ? GENERIC.channel + 1 : SYSTEM.user + 1;
  const embedded: ContentNode[] = [];
  const rest: ElementNode[] = [];
  for (let index = first; index < values.count; index++) {
    const type = values.types[index]!;
    if (type === VALUE_TYPE.binXml) embedded.push(slot(index, type));
    else if (type !== VALUE_TYPE.null) rest.push(valueElement(index));
  }
  const data = rest.length === 0 ? [] : [element("EventData", [], rest)];
  return new Program("", [element("Event", [], [system, ...embedded, ...data])], values.count);
}

/** Stands in for the unknown template of an event's data: every value under its number. */
export function positionalData(values: ValueTable): Program {
  const children: ContentNode[] = [];
  for (let index = 0; index < values.count; index++) {
    const type = values.types[index]!;
    if (type === VALUE_TYPE.binXml) children.push(slot(index, type));
    else if (type !== VALUE_TYPE.null) children.push(valueElement(index));
  }
  return new Program("", [element("EventData", [], children)], values.count);
}

/** A value whose name is lost: `Value3` is the fourth of the list. */
function valueElement(index: number): ElementNode {
  const name: AttributeNode = { name: "Name", value: [{ kind: "text", text: `Value${index}` }] };
  return element("Data", [name], [slot(index)]);
}

function slot(index: number, type: number = VALUE_TYPE.null): SlotNode {
  return { kind: "slot", index, type, optional: true, as: "text" };
}

function attribute(name: string, index: number): AttributeNode {
  return { name, value: [slot(index)] };
}

function element(
  name: string,
  attributes: readonly AttributeNode[],
  children: readonly ContentNode[],
): ElementNode {
  return { kind: "element", name, dependency: -1, attributes, children };
}
