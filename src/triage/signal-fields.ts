import type { TextPool } from "../base/text-pool.ts";
import type { EventView, FieldText } from "../model/event.ts";

const MOST_FIELD_CHARS = 1024;

/** The fields of a signal: those asked for that the event has. */
export function takeFields(
  read: (name: string) => FieldText,
  names: readonly string[] | "all",
  event: EventView,
  pool: TextPool,
): Record<string, string | null> {
  if (names === "all") return allFields(event);
  // The names are the subscriber's, never the log's: a plain object is safe, and much smaller than a dictionary.
  const fields: Record<string, string | null> = {};
  for (const name of names) {
    const text = oneText(read(name));
    if (typeof text === "string") fields[name] = pool.of(text);
    else if (text === null) fields[name] = null;
  }
  return fields;
}

function allFields(event: EventView): Record<string, string | null> {
  const fields: Record<string, string | null> = Object.create(null);
  event.forEachField((name, text) => {
    fields[name] = oneText(text) ?? null;
  });
  return fields;
}

/** Repeated fields become one text; what is very long is cut, the record itself has it whole. */
export function oneText(text: FieldText): string | null | undefined {
  if (text === undefined || text === null) return text;
  const joined = typeof text === "string" ? text : text.filter((item) => item !== null).join(" | ");
  return joined.length > MOST_FIELD_CHARS ? `${joined.slice(0, MOST_FIELD_CHARS)}…` : joined;
}
