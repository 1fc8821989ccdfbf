import type { EventView } from "../model/event.ts";
import { escapeText } from "./render-xml.ts";

/** The System fields of a record as JSON, for records whose content cannot be rendered. */
export function systemJson(event: EventView): string {
  return JSON.stringify({
    Event: {
      System: {
        Provider: { "#attributes": { Name: event.provider } },
        EventID: event.eventId,
        TimeCreated: { "#attributes": { SystemTime: event.time } },
        EventRecordID: event.recordId,
        Channel: event.channel,
        Computer: event.computer,
      },
    },
  });
}

/** The same as XML. */
export function systemXml(event: EventView): string {
  return (
    `<Event><System><Provider Name="${escapeText(event.provider).replaceAll('"', "&quot;")}"/>` +
    `<EventID>${event.eventId}</EventID><TimeCreated SystemTime="${event.time.replaceAll(/[<>&"]/g, "_")}"/>` +
    `<EventRecordID>${event.recordId}</EventRecordID><Channel>${escapeText(event.channel)}</Channel>` +
    `<Computer>${escapeText(event.computer)}</Computer></System></Event>`
  );
}
