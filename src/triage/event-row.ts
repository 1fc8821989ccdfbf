import type { EventView } from "../model/event.ts";

/** One event as one line of a timeline: the same columns whatever log it came from. Plain data. */
export interface EventRow {
  /** ISO 8601 UTC, all digits that the record has. */
  readonly time: string;
  readonly host: string;
  readonly channel: string;
  readonly eventId: number;
  readonly provider: string;
  readonly recordId: string;
  readonly level: string;
  readonly state: string;
  /** `Name: text` of every field, joined by ` ¦ `. */
  readonly details: string;
  readonly file: string;
}

const MOST_DETAIL_CHARS = 32_768;
const MOST_FIELDS = 500;

/** Copies what a line shows out of an event, which may be a cursor. */
export function eventRow(event: EventView, file: string): EventRow {
  const level = event.get("Level");
  return {
    time: event.time,
    host: event.computer,
    channel: event.channel,
    eventId: event.eventId,
    provider: event.provider,
    recordId: String(event.recordId),
    level: LEVELS[Number(level)] ?? String(level ?? ""),
    state: event.state,
    details: details(event),
    file,
  };
}

/** Windows' standard levels; 0 is what the Security log writes. */
const LEVELS = ["", "critical", "error", "warning", "information", "verbose"];

function details(event: EventView): string {
  let text = "";
  let fields = 0;
  event.forEachField((name, value) => {
    if (++fields > MOST_FIELDS || text.length > MOST_DETAIL_CHARS) return;
    text += `${text === "" ? "" : " ¦ "}${name}: ${value ?? "-"}`;
  });
  const cut = fields > MOST_FIELDS || text.length > MOST_DETAIL_CHARS;
  return cut ? `${text.slice(0, MOST_DETAIL_CHARS)}…` : text;
}
