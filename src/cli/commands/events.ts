import { type Command, Option } from "commander";
import type { EventView } from "../../model/event.ts";
import { type EventRow, eventRow } from "../../triage/event-row.ts";
import type { EventQuery } from "../../triage/event-search.ts";
import type { ExitCode } from "../exit-codes.ts";
import {
  addFilterOptions,
  addInputOptions,
  eventFilter,
  evidenceOptions,
  type FilterOptions,
  type InputOptions,
  inputPaths,
  paths,
} from "../options.ts";
import { Output } from "../output.ts";
import { type RowFormat, renderRows, rowFormat } from "../rows.ts";
import { UsageError } from "../usage-error.ts";
import { visitEvents } from "../visit-events.ts";

interface EventListOptions extends FilterOptions, InputOptions {
  readonly format: string;
  readonly sort?: boolean;
  readonly output?: string;
  readonly clobber?: boolean;
  readonly quiet?: boolean;
}

interface SearchOptions extends EventListOptions {
  readonly keyword?: readonly string[];
  readonly regex?: readonly string[];
  readonly field?: readonly string[];
  readonly all?: boolean;
}

const COLUMNS = [
  "time",
  "host",
  "channel",
  "eventId",
  "provider",
  "recordId",
  "level",
  "state",
  "details",
  "file",
] as const satisfies readonly (keyof EventRow)[];

/** `konseki timeline`: every event in one form. */
export function addTimeline(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command("timeline")
    .description("every event in one form, a line each")
    .argument("[input...]", "files, folders, or - for standard input");
  addListOptions(command);
  command.addHelpText(
    "after",
    "\nExample:\n  konseki timeline fixtures/rdp-chain --sort --format csv -o timeline.csv\n\nTimelines of findings:\n  konseki triage --format timesketch-csv, l2tcsv, hayabusa-csv",
  );
  command.action(async (inputs: string[], options: EventListOptions) => {
    done(await listEvents(inputs, options, () => true));
  });
}

/** `konseki search`: events that hold what is looked for. */
export function addSearch(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command("search")
    .description("events by keyword, regular expression and field")
    .argument("[input...]", "files, folders, or - for standard input")
    .option("-k, --keyword <text>", "text in any field, regardless of case (repeatable)", paths)
    .option("-r, --regex <pattern>", "RE2 pattern in any field, regardless of case", paths)
    .option("-F, --field <name=value>", "a field's value, * = any text (repeatable)", paths)
    .option("-a, --all", "all keywords and patterns, not just one");
  addListOptions(command);
  command.addHelpText(
    "after",
    "\nExample:\n  konseki search fixtures/rdp-chain -k mimikatz -F TargetUserName=admin*",
  );
  command.action(async (inputs: string[], options: SearchOptions) => {
    done(await listEvents(inputs, options, await compiled(queryOf(options))));
  });
}

function addListOptions(command: Command): void {
  command
    .option("--format <name>", "text, csv, jsonl", "text")
    .option("--sort", "in time order over all inputs (keeps all lines in memory)")
    .option("-o, --output <file>", "write to a file")
    .option("-C, --clobber", "overwrite an existing output file")
    .option("-q, --quiet", "no progress and no warnings")
    .addOption(new Option("-w, --no-wizard").hideHelp());
  addFilterOptions(addInputOptions(command));
}

function queryOf(options: SearchOptions): EventQuery {
  const { keyword = [], regex = [], field = [], all = false } = options;
  if (keyword.length + regex.length + field.length === 0)
    throw new UsageError("nothing to look for: give -k TEXT, -r PATTERN or -F NAME=VALUE");
  const fields = field.map((text) => {
    const at = text.indexOf("=");
    if (at < 1) throw new UsageError(`-F ${text}: write NAME=VALUE`);
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
  return { keywords: keyword, patterns: regex, fields, all };
}

async function compiled(query: EventQuery): Promise<(event: EventView) => boolean> {
  const { compileEventQuery } = await import("../../triage/event-search.ts");
  try {
    return compileEventQuery(query);
  } catch (error) {
    throw new UsageError(`-r: ${(error as Error).message}`);
  }
}

const TEXT_DETAIL_CHARS = 400;

async function listEvents(
  positional: readonly string[],
  options: EventListOptions,
  wanted: (event: EventView) => boolean,
): Promise<ExitCode> {
  const format = rowFormat(options.format);
  const filter = eventFilter(options);
  const named = inputPaths(positional, options);
  const output = new Output(options.output, options.clobber === true, named);
  const kept: { row: EventRow; timeMs: number }[] = [];
  if (format === "csv") output.write(renderRows(COLUMNS, [], format));
  const code = await visitEvents(
    named,
    {
      filter,
      evidence: evidenceOptions(options),
      quiet: options.quiet === true,
      stopped: () => output.closed,
    },
    (event, file) => {
      if (output.closed || !wanted(event)) return;
      const row = eventRow(event, file);
      if (options.sort) kept.push({ row, timeMs: event.timeMs });
      else output.write(line(row, format));
    },
  );
  // A stable sort: events of one instant keep the order of their logs.
  kept.sort((a, b) => a.timeMs - b.timeMs);
  for (const { row } of kept) output.write(line(row, format));
  output.close();
  return code;
}

function line(row: EventRow, format: RowFormat): string {
  if (format === "text") {
    const details = row.details.slice(0, TEXT_DETAIL_CHARS);
    const cells = [row.time, row.host, row.channel, row.eventId, row.recordId, details];
    const columns = cells.map((_, at) => String(at));
    const record = Object.fromEntries(cells.map((cell, at) => [String(at), cell]));
    return renderRows(columns, [record], format).split("\n").slice(1).join("\n");
  }
  const text = renderRows(COLUMNS, [{ ...row }], format);
  return format === "csv" ? text.slice(text.indexOf("\r\n") + 2) : text;
}
