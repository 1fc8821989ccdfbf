import type { ExplainedEvent } from "../../node/explain-events.ts";
import { visibleText } from "../../report/inert-text.ts";
import type { RuleMeta } from "../../rules/checked-rule.ts";
import { columnsOf, fitPath, fitText, wrapText } from "./text-layout.ts";

type Explanation = ExplainedEvent["explanation"];
type Source = Explanation["sources"][number];
type Node = Source["selections"][number]["match"];
type Line = Extract<Node, { kind: "line" }>;

/**
 * A line a rule: level, title, file. On a terminal of `width` columns the titles are cut, and files are only shown
 * where there is room; without a width (for a pipe) nothing is cut.
 */
export function renderRuleList(rules: readonly RuleMeta[], width?: number): string {
  const longest = Math.max(0, ...rules.map(({ title }) => columnsOf(visibleText(title))));
  const room = width === undefined ? longest : Math.min(longest, width - LEVEL_WIDTH - 1);
  const fileRoom = width === undefined ? undefined : width - LEVEL_WIDTH - room - 2;
  return rules
    .map(({ level, title, source }) => {
      const head = `${fitText(level, LEVEL_WIDTH)} ${fitText(visibleText(title), room)}`;
      if (fileRoom === undefined) return `${head} ${visibleText(source)}\n`;
      return fileRoom < 20
        ? `${head.trimEnd()}\n`
        : `${head} ${fitPath(visibleText(source), fileRoom)}\n`;
    })
    .join("");
}

const LEVEL_WIDTH = "informational".length;
const SHOWN_VALUES = 6;

/** Why a rule matches an event or not, line by line of the rule. `+` holds, `-` does not. */
export function renderExplainedEvent(event: ExplainedEvent, width: number): string {
  const { explanation } = event;
  const lines: string[] = [];
  const put = (text: string, indent: number): void => {
    for (const [index, line] of wrapText(
      visibleText(text),
      Math.max(width - indent - 2, 20),
    ).entries())
      lines.push(" ".repeat(index === 0 ? indent : indent + 2) + line);
  };
  put(`${event.file} #${event.recordId}  ${event.channel} ${event.eventId}  ${event.time}`, 0);
  put(`${explanation.matched ? "matches" : "does not match"}: ${explanation.title}`, 0);
  if (explanation.unusable !== undefined) put(explanation.unusable, 2);
  for (const source of explanation.sources) {
    const ids = source.eventIds === null ? "" : ` ${source.eventIds.join(", ")}`;
    if (source.otherEvent !== undefined) {
      put(`- looks in ${source.channel}${ids}: ${source.otherEvent}`, 2);
      continue;
    }
    put(`${sign(source.matched)} looks in ${source.channel}${ids}`, 2);
    for (const { name, line, holds, match } of source.selections) {
      put(`${sign(holds)} ${name} (line ${line})`, 4);
      putNode(match, 6, put);
    }
  }
  return `${lines.join("\n")}\n`;
}

function putNode(node: Node, indent: number, put: (text: string, indent: number) => void): void {
  if (node.kind === "line") {
    put(lineText(node), indent);
    return;
  }
  for (const part of node.of) {
    if (node.kind === "or" && part.kind !== "line") put(`${sign(part.holds)} either`, indent);
    putNode(part, node.kind === "or" && part.kind !== "line" ? indent + 2 : indent, put);
  }
}

function lineText(line: Line): string {
  const holding = line.values.filter(({ holds }) => holds);
  const shown = line.holds && holding.length > 0 ? holding : line.values;
  const wanted = shown.slice(0, SHOWN_VALUES).map(({ wanted: text }) => text);
  const more = shown.length > SHOWN_VALUES ? ` and ${shown.length - SHOWN_VALUES} more` : "";
  return `${sign(line.holds)} ${line.key}: ${wanted.join(" | ")}${more}; the event has ${foundText(line)}`;
}

function foundText({ found, unavailable }: Line): string {
  if (unavailable) return "no such field (this log never has it)";
  if (found === undefined) return "no such field";
  if (found === null) return "the field without a value";
  return typeof found === "string" ? `"${found}"` : JSON.stringify(found);
}

function sign(holds: boolean): string {
  return holds ? "+" : "-";
}
