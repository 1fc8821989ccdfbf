import { IssueLog } from "../model/issue-log.ts";
import { type JsonObject, jsonEvent } from "./json-event.ts";
import { MOST_EVENT_CHARS, type TextLogSummary, type TextLogVisitor } from "./text-log.ts";

/**
 * Reads JSON dumps: an object a line (evtx_dump -o jsonl and most exporters), or one JSON array or object. A bad
 * line is an issue; the others are read.
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
      if (!(error instanceof TypeError)) throw error;
      bad(line, `no Windows event: ${error.message}`);
    }
  };
  const whole = text.startsWith("[") ? parseJson(text) : undefined;
  if (Array.isArray(whole)) {
    for (const [index, value] of whole.entries()) take(value, index + 1);
    return { events, lost, issues: issues.issues, issueCounts: issues.counts };
  }
  let line = 0;
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\n", at);
    const to = end < 0 ? text.length : end;
    line++;
    const length = to - at;
    if (length > MOST_EVENT_CHARS) bad(line, `longer than ${MOST_EVENT_CHARS} characters`);
    else {
      const piece = text.slice(at, to).trim();
      if (piece !== "") {
        const value = parseJson(piece);
        if (value === undefined) bad(line, "no valid JSON");
        else take(value, line);
      }
    }
    at = to + 1;
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
