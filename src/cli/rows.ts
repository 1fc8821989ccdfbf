import { csvText, inertJsonLines, visibleText } from "../report/inert-text.ts";
import { columnsOf } from "./terminal/text-layout.ts";
import { UsageError } from "./usage-error.ts";

export const ROW_FORMATS = ["text", "csv", "jsonl"] as const;
export type RowFormat = (typeof ROW_FORMATS)[number];
type Cell = string | number;
export type Row = Readonly<Record<string, Cell>>;

export function rowFormat(name: string): RowFormat {
  const known = ROW_FORMATS.find((format) => format === name);
  if (known === undefined)
    throw new UsageError(`--format ${name} is not known: write ${ROW_FORMATS.join(", ")}`);
  return known;
}

/** Rows with the same keys as a table for people, as CSV, or as JSON lines. */
export function renderRows(
  columns: readonly string[],
  rows: readonly Row[],
  format: RowFormat,
): string {
  if (format === "jsonl") return inertJsonLines(rows);
  const cells = rows.map((row) => columns.map((name) => row[name] ?? ""));
  if (format === "csv") return csvText(columns, cells);
  return textTable(columns, cells);
}

/** Columns padded to their widest cell, the last one left as it is; numbers to the right. */
function textTable(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [columns, ...rows.map((row) => row.map((cell) => visibleText(String(cell))))];
  const numeric = columns.map((_, at) => rows.every((row) => typeof row[at] === "number"));
  const widths = columns.map((_, at) =>
    lines.reduce((widest, line) => Math.max(widest, columnsOf(line[at]!)), 0),
  );
  return lines
    .map((line) => {
      const padded = line.map((cell, at) => {
        const space = " ".repeat(widths[at]! - columnsOf(cell));
        if (numeric[at]) return space + cell;
        return at === columns.length - 1 ? cell : cell + space;
      });
      return `${padded.join("  ").trimEnd()}\n`;
    })
    .join("");
}
