/** How a rule's fields are found in the events of one source. */
import type { EventSource, FieldRecipe } from "../rules/logsources.ts";
import { type EventFields, UNAVAILABLE, WHOLE_EVENT } from "./event-fields.ts";

/** Fields that every event has, whatever its source calls its data. */
const SYSTEM_FIELDS = new Set(
  (
    "EventID Channel System.Channel Computer Provider_Name Level Task Opcode Keywords EventRecordID TimeCreated " +
    "Execution_ProcessID Execution_ThreadID Correlation_ActivityID Security_UserID Version"
  ).split(" "),
);

/** Finds the slot of a field as one event source names it; `null` is the whole event. */
export type SlotFinder = (field: string | null) => number;

export function slotFinder(
  fields: EventFields,
  source: EventSource,
  aliases: Readonly<Record<string, string>>,
): SlotFinder {
  const alias = (record: Readonly<Record<string, string>> | undefined, field: string) =>
    record !== undefined && Object.hasOwn(record, field) ? [record[field] as string] : [];
  return (field) => {
    if (field === null) return WHOLE_EVENT;
    if (!hasField(source, field)) return UNAVAILABLE;
    const recipe = recipeOf(source, field);
    return recipe === undefined
      ? fields.slotOfName(field, [...alias(source.aliases, field), ...alias(aliases, field)])
      : fields.slotOfRecipe(recipe);
  };
}

/** Whether events of this source can have the field at all. */
export function hasField(source: EventSource, field: string): boolean {
  return (
    source.fields === undefined || SYSTEM_FIELDS.has(field) || Object.hasOwn(source.fields, field)
  );
}

/** The event's own names of the fields that make up a rule's field. */
export function namesOf(source: EventSource, field: string): readonly string[] {
  return recipeOf(source, field)?.from ?? [field];
}

function recipeOf(source: EventSource, field: string): FieldRecipe | undefined {
  return source.fields !== undefined && Object.hasOwn(source.fields, field)
    ? source.fields[field]
    : undefined;
}
