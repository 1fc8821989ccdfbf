import { type Command, Option } from "commander";
import type { EventView } from "../../model/event.ts";
import { DecodedScripts } from "../../triage/decoded-scripts.ts";
import { type Tally, TallyTable } from "../../triage/event-tally.ts";
import { LOGON_EVENTS, type LogonKind, LogonSummary } from "../../triage/logon-summary.ts";
import { PIVOT_KINDS, PivotValues } from "../../triage/pivot-values.ts";
import type { ExitCode } from "../exit-codes.ts";
import {
  addFilterOptions,
  addInputOptions,
  eventFilter,
  evidenceOptions,
  type FilterOptions,
  type InputOptions,
  inputPaths,
} from "../options.ts";
import { Output } from "../output.ts";
import { type Row, renderRows, rowFormat } from "../rows.ts";
import { visitEvents } from "../visit-events.ts";
import { warn } from "../warn.ts";

export interface SummaryOptions extends FilterOptions, InputOptions {
  readonly format: string;
  readonly output?: string;
  readonly clobber?: boolean;
  readonly quiet?: boolean;
}

/** `konseki logons`: who logged on where, how often, first and last. */
export function addLogons(program: Command, done: (code: ExitCode) => void): void {
  const command = summaryCommand(
    program,
    "logons",
    "logons and failed logons, by account and source",
  )
    .alias("logon-summary")
    .addOption(new Option("--result <result>", "only these").choices(["success", "failure"]));
  example(command, "konseki logons fixtures/rdp-chain --result failure");
  command.action(async (inputs: string[], options: SummaryOptions & { result?: string }) => {
    const summary = new LogonSummary();
    const ids = options.eventId ?? LOGON_EVENTS.eventIds!.map(String);
    const columns = [
      "count",
      "result",
      "host",
      "account",
      "logonType",
      "from",
      "first",
      "last",
      "reason",
    ];
    done(
      await summarise(inputs, { ...options, eventId: ids }, columns, {
        take: (event) => summary.take(event),
        rows: () =>
          summary
            .ranked()
            .filter(({ item }) => options.result === undefined || item.result === options.result)
            .map((tally: Tally<LogonKind>) => ({ ...tally.item, ...times(tally) })),
        leftOut: () => summary.leftOut,
      }),
    );
  });
}

const METRICS = {
  "event-id": {
    columns: ["channel", "eventId", "provider"],
    item: (event: EventView) => ({
      channel: event.channel,
      eventId: event.eventId,
      provider: event.provider,
    }),
  },
  host: { columns: ["host"], item: (event: EventView) => ({ host: event.computer }) },
  channel: { columns: ["channel"], item: (event: EventView) => ({ channel: event.channel }) },
  provider: { columns: ["provider"], item: (event: EventView) => ({ provider: event.provider }) },
  day: { columns: ["day"], item: (event: EventView) => ({ day: event.time.slice(0, 10) }) },
} as const;

/** `konseki metrics`: how many events of what. */
export function addMetrics(program: Command, done: (code: ExitCode) => void): void {
  const command = summaryCommand(
    program,
    "metrics",
    "how many events by id, host, channel, provider or day",
  )
    .alias("eid-metrics")
    .addOption(
      new Option("--by <what>", "what to count by")
        .choices(Object.keys(METRICS))
        .default("event-id"),
    );
  example(command, "konseki metrics fixtures/rdp-chain --by host");
  command.action(
    async (inputs: string[], options: SummaryOptions & { by: keyof typeof METRICS }) => {
      const { columns, item } = METRICS[options.by];
      const table = new TallyTable<Row>();
      done(
        await summarise(inputs, options, ["count", ...columns, "first", "last"], {
          take(event) {
            const row = item(event);
            table.add(Object.values(row).join("\n"), () => row, event.time, event.timeMs);
          },
          rows: () => table.ranked().map((tally) => ({ ...tally.item, ...times(tally) })),
          leftOut: () => table.leftOut,
        }),
      );
    },
  );
}

/** `konseki pivot`: what a period's events name, to look for elsewhere. */
export function addPivot(program: Command, done: (code: ExitCode) => void): void {
  const command = summaryCommand(
    program,
    "pivot",
    "accounts, addresses, hashes, paths and domains that events name",
  )
    .alias("pivot-keywords-list")
    .addOption(new Option("--kind <kind>", "only these").choices([...PIVOT_KINDS]));
  example(command, "konseki pivot fixtures/rdp-chain --from 2026-03-02T08:00 --kind address");
  command.action(async (inputs: string[], options: SummaryOptions & { kind?: string }) => {
    const pivot = new PivotValues();
    done(
      await summarise(inputs, options, ["kind", "count", "value", "first", "last", "hosts"], {
        take: (event) => pivot.take(event),
        rows: () =>
          pivot
            .ranked()
            .filter(({ item }) => options.kind === undefined || item.kind === options.kind)
            .map((tally) => ({
              kind: tally.item.kind,
              value: tally.item.value,
              hosts: [...tally.item.hosts].join(", "),
              ...times(tally),
            })),
        leftOut: () => pivot.leftOut,
      }),
    );
  });
}

/** `konseki decode`: PowerShell script blocks put together, encoded commands decoded. */
export function addDecode(program: Command, done: (code: ExitCode) => void): void {
  const command = summaryCommand(
    program,
    "decode",
    "PowerShell script blocks put together; base64, deflate and gzip in them and in commands unpacked",
  ).alias("extract-base64");
  example(command, "konseki decode fixtures/rdp-chain --format jsonl");
  command.action(async (inputs: string[], options: SummaryOptions) => {
    const { inflate } = await import("../../node/inflate.ts");
    const scripts = new DecodedScripts(inflate);
    done(
      await summarise(inputs, options, ["time", "host", "kind", "id", "pieces", "path", "text"], {
        take: (event) => scripts.take(event),
        rows: () => scripts.scripts().map((script) => ({ ...script })),
        leftOut: () => scripts.leftOut,
      }),
    );
  });
}

export function summaryCommand(program: Command, name: string, description: string): Command {
  const command = program
    .command(name)
    .description(description)
    .argument("[input...]", "files, folders, or - for standard input")
    .option("--format <name>", "text, csv, jsonl", "text")
    .option("-o, --output <file>", "write to a file")
    .option("-C, --clobber", "overwrite an existing output file")
    .option("-q, --quiet", "no progress and no warnings");
  return addFilterOptions(addInputOptions(command));
}

export function example(command: Command, text: string): void {
  command.addHelpText("after", `\nExample:\n  ${text}`);
}

export function times(tally: Tally<unknown>): { count: number; first: string; last: string } {
  return { count: tally.count, first: tally.first, last: tally.last };
}

interface Summary {
  take(event: EventView): void;
  rows(): Row[];
  leftOut(): number;
}

export async function summarise(
  positional: readonly string[],
  options: SummaryOptions,
  columns: readonly string[],
  summary: Summary,
): Promise<ExitCode> {
  const format = rowFormat(options.format);
  const filter = eventFilter(options);
  const named = inputPaths(positional, options);
  const output = new Output(options.output, options.clobber === true, named);
  const code = await visitEvents(
    named,
    { filter, evidence: evidenceOptions(options), quiet: options.quiet === true },
    (event) => summary.take(event),
  );
  const rows = summary.rows();
  if (rows.length === 0 && format === "text") warn("nothing to count in these inputs");
  else output.write(renderRows(columns, rows, format));
  if (summary.leftOut() > 0)
    warn(`${summary.leftOut()} events more than the table holds are not in it`);
  output.close();
  return code;
}
