/**
 * Log data is inert text. Every output passes what came from a log through one of these, so that a string
 * an attacker wrote is seen and never acts: no terminal escape, no formula, no markup, no reordered line.
 */

/** Invisible or reordering characters beside the C0 and C1 controls: bidi, zero-width, line separators, BOM. */
const TRICKY = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/;
const UNSAFE = new RegExp(`[\\u0000-\\u001f\\u007f-\\u009f]|${TRICKY.source}|\\p{Surrogate}`, "gu");

/**
 * `text` with every control, bidi and zero-width character and lone surrogate written as `\uXXXX`. Tabs and
 * line ends become `\t`, `\n`, `\r`: the result is one line.
 */
export function visibleText(text: string): string {
  return text.replace(UNSAFE, (char) => {
    if (char === "\n") return "\\n";
    if (char === "\r") return "\\r";
    if (char === "\t") return "\\t";
    return unicodeEscape(char);
  });
}

/**
 * JSON whose bytes hold no control, bidi or zero-width character and no `<`: nothing is lost, a JSON reader
 * gives the same strings back, and the text may stand in a terminal or in an HTML script block.
 */
export function inertJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, null, indent);
  return json.replace(JSON_UNSAFE, unicodeEscape);
}
// Line feed stays: indented JSON has it between its tokens (inside strings JSON has escaped it already).
const JSON_UNSAFE = new RegExp(`[\\u007f-\\u009f<]|${TRICKY.source}`, "g");

/** The same XML with every invisible or reordering character of its text as a character reference: an XML reader gives the same strings back. */
export function inertXml(xml: string): string {
  return xml.replace(XML_UNSAFE, (char) => `&#x${char.charCodeAt(0).toString(16)};`);
}
const XML_UNSAFE = new RegExp(`[\\u007f-\\u009f]|${TRICKY.source}`, "g");

/** One line of JSON a value. */
export function inertJsonLines(values: Iterable<unknown>): string {
  let text = "";
  for (const value of values) text += `${inertJson(value)}\n`;
  return text;
}

/** A cell that spreadsheets take as text: formula starts get an apostrophe, quotes are doubled. */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = visibleText(value);
  const harmless = /^[\s]*[=+\-@|%]/.test(text) ? `'${text}` : text;
  return /[",;'\s]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** RFC 4180: a header line, then a line a row, each ended by CRLF. */
export function csvText(
  header: readonly string[],
  rows: Iterable<readonly (string | number | undefined)[]>,
): string {
  let text = `${header.map(csvCell).join(",")}\r\n`;
  for (const row of rows) text += `${row.map(csvCell).join(",")}\r\n`;
  return text;
}

/** Text for an XML or HTML element or a quoted attribute. */
export function markupText(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
