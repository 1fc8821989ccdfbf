import { IssueLog } from "../model/issue-log.ts";
import { type JsonObject, jsonEvent } from "./json-event.ts";
import { splitJsonValues } from "./json-values.ts";
import { MOST_EVENT_CHARS, type TextLogSummary, type TextLogVisitor } from "./text-log.ts";

/**
 * Reads JSON dumps: an object a line (evtx_dump -o jsonl and most exporters), pretty-printed objects, or an array.
 * A bad one is an issue; the others are read.
 */
export function parseJsonLines(
  text: string,
  name: string,
  visitor: TextLogVisitor,
): TextLogSummary {
  const issues = new IssueLog(visitor.onIssue?.bind(visitor));
  let events = 0;
  let lost = 0;
  const bad = (line: number, why: string): void => {
    lost++;
    issues.add({
      code: "line-bad",
      severity: "error",
      message: `line ${line}: ${why}`,
      source: name,
      line,
    });
  };
  const take = (value: unknown, line: number): void => {
    try {
      if (typeof value !== "object" || value === null) throw new TypeError("it is no JSON object");
      visitor.onEvent(jsonEvent(value as JsonObject, { line }));
      events++;
    } catch (error) {
      // RangeError: values nested so deep that not even the runtime can walk them.
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
      bad(line, `no Windows event: ${error.message}`);
    }
  };
  for (const piece of splitJsonValues(text)) {
    if (piece.text.length > MOST_EVENT_CHARS)
      bad(piece.line, `longer than ${MOST_EVENT_CHARS} characters`);
    else {
      const value = parseJson(piece.text);
      if (value === undefined) bad(piece.line, "no valid JSON");
      else take(value, piece.line);
    }
  }
  return { events, lost, issues: issues.issues, issueCounts: issues.counts };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller reports the line
  }
}
