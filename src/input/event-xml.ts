import { XMLParser } from "fast-xml-parser";
import { IssueLog } from "../model/issue-log.ts";
import { type JsonObject, jsonEvent } from "./json-event.ts";
import { MOST_EVENT_CHARS, type TextLogSummary, type TextLogVisitor } from "./text-log.ts";

const parser = new XMLParser({
  ignoreAttributes: false,
  attributesGroupName: "#attributes",
  attributeNamePrefix: "",
  textNodeName: "#text",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Decoded below: only what XML itself defines, so that no declared entity is ever expanded.
  processEntities: false,
  tagValueProcessor: (_name, text) => decodeReferences(text),
  attributeValueProcessor: (_name, text) => decodeReferences(text),
});

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** Character references as Windows writes them: the five names of XML, decimal and hexadecimal numbers. */
function decodeReferences(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi,
    (all, decimal, hex, name) => {
      if (name !== undefined) return NAMED[name] ?? all;
      const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return point <= 0x10_ffff ? String.fromCodePoint(point) : all;
    },
  );
}

/**
 * Reads Event XML as Event Viewer ("Save as XML") and `wevtutil qe /f:xml` write it: one Event, many in an Events
 * root, or one after the other, with or without a namespace prefix. Each Event is parsed by itself, so a bad one costs only itself; a DOCTYPE (and so
 * any entity definition) is refused.
 */
export function parseEventXml(text: string, name: string, visitor: TextLogVisitor): TextLogSummary {
  const issues = new IssueLog(visitor.onIssue?.bind(visitor));
  let events = 0;
  let lost = 0;
  let line = 1;
  let lineEnd = text.indexOf("\n");
  /** The line of a place; places only go up. */
  const lineAt = (at: number): number => {
    while (lineEnd >= 0 && lineEnd < at) {
      line++;
      lineEnd = text.indexOf("\n", lineEnd + 1);
    }
    return line;
  };
  const bad = (at: number, why: string): void => {
    lost++;
    const where = lineAt(at);
    issues.add({
      code: "element-bad",
      severity: "error",
      message: `line ${where}: ${why}`,
      source: name,
      line: where,
    });
  };
  if (/<!DOCTYPE/i.test(text.slice(0, 4096))) {
    issues.add({
      code: "doctype-refused",
      severity: "warning",
      message: "the document type declaration is ignored; entities it defines are not expanded",
      source: name,
      line: 1,
    });
  }
  const prefix = /<([A-Za-z_][\w.-]{0,30}:)Events?[\s>]/.exec(text.slice(0, 4096))?.[1] ?? "";
  const nextEvent = (from: number): number => nextElement(text, `<${prefix}Event`, from);
  const closeTag = `</${prefix}Event>`;
  let close = -1;
  for (let at = nextEvent(0); at >= 0; ) {
    // Looked for once for all elements before it: a text of open tags costs one pass, not one each.
    if (close < at) close = text.indexOf(closeTag, at);
    if (close < 0) close = Number.POSITIVE_INFINITY;
    const following = nextEvent(at + 6);
    if (close === Number.POSITIVE_INFINITY || (following >= 0 && following < close)) {
      bad(at, "the Event element does not end");
      at = following;
      continue;
    }
    const end = close + closeTag.length;
    if (end - at > MOST_EVENT_CHARS)
      bad(at, `an Event of more than ${MOST_EVENT_CHARS} characters`);
    else {
      try {
        const parsed = parser.parse(text.slice(at, end)) as JsonObject;
        visitor.onEvent(jsonEvent(namedData(parsed), { line: lineAt(at) }));
        events++;
      } catch (error) {
        bad(
          at,
          `no Windows event: ${error instanceof Error ? error.message.slice(0, 200) : "unreadable"}`,
        );
      }
    }
    at = nextEvent(end);
  }
  return { events, lost, issues: issues.issues, issueCounts: issues.counts };
}

/** Where the next element that opens with `open` begins: `<Event`, not `<Events` or `<EventData`. */
function nextElement(text: string, open: string, from: number): number {
  const step = open.length;
  for (let at = text.indexOf(open, from); at >= 0; at = text.indexOf(open, at + step)) {
    const next = text[at + step];
    if (next === " " || next === ">" || next === "\n" || next === "\r" || next === "\t") return at;
  }
  return -1;
}

/** `<Data Name="x">` items become members x, as in JSON dumps; the parser gives them as a list of `Data`. */
function namedData(parsed: JsonObject): JsonObject {
  const event = parsed.Event;
  if (typeof event !== "object" || event === null) return parsed;
  const result: Record<string, unknown> = Object.create(null);
  for (const [section, value] of Object.entries(event)) {
    if (section !== "EventData" || typeof value !== "object" || value === null) {
      result[section] = value;
      continue;
    }
    const { Data: data, ...rest } = value as Record<string, unknown>;
    const members: Record<string, unknown> = Object.assign(Object.create(null), rest);
    const unnamed: unknown[] = [];
    for (const item of Array.isArray(data) ? data : data === undefined ? [] : [data]) {
      const name = (item as { "#attributes"?: { Name?: string } })["#attributes"]?.Name;
      const text =
        typeof item === "object" && item !== null ? ((item as JsonObject)["#text"] ?? null) : item;
      const known = name === undefined ? unnamed : members[name];
      if (Array.isArray(known)) known.push(text);
      else if (name !== undefined) members[name] = name in members ? [known, text] : text;
    }
    if (unnamed.length > 0) members.Data = { "#text": unnamed };
    result[section] = members;
  }
  return { Event: result };
}
