import { existsSync } from "node:fs";
import { type Command, Option } from "commander";
import { SEVERITIES, type Severity } from "../model/severity.ts";
import type { EvidenceOptions } from "../node/evidence-reader.ts";
import type { EventFilter } from "../triage/event-filter.ts";
import { parseTime } from "./times.ts";
import { UsageError } from "./usage-error.ts";

/** Collects a repeatable option; commas separate too. */
export function list(value: string, before: readonly string[] = []): string[] {
  return [
    ...before,
    ...value
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  ];
}

/** The same for rules: a path that is not there would leave rules out that somebody counts on. */
export function rulePaths(value: string, before: readonly string[] = []): string[] {
  // `@name` is a collection that was imported; whether it was is asked when it is read.
  if (!value.startsWith("@") && !existsSync(value))
    throw new UsageError(`--rules ${value}: no such file or folder`);
  return paths(value, before);
}

/** Collects a repeatable option whose values may hold commas, such as paths. */
export function paths(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

const ABBREVIATIONS: Readonly<Record<string, Severity>> = {
  crit: "critical",
  med: "medium",
  info: "informational",
};

/** A level by its Sigma name or the abbreviation other tools print. */
export function severity(value: string): Severity {
  const name = value.toLowerCase();
  const found = ABBREVIATIONS[name] ?? SEVERITIES.find((level) => level === name);
  if (found === undefined)
    throw new UsageError(`"${value}" is no level: write ${SEVERITIES.join(", ")}`);
  return found;
}

export interface FilterOptions {
  readonly from?: string;
  readonly to?: string;
  readonly channel?: readonly string[];
  readonly excludeChannel?: readonly string[];
  readonly eventId?: readonly string[];
  readonly eid?: readonly string[];
  readonly excludeEventId?: readonly string[];
  readonly host?: readonly string[];
  readonly excludeHost?: readonly string[];
}

/** The flags by which events are chosen, the same for every command. */
export function addFilterOptions(command: Command): Command {
  return command
    .option(
      "--from <time>",
      "only events from this time on (ISO 8601, or an offset back from now: 30d, 24h)",
    )
    .option("--to <time>", "only events up to this time")
    .option("--channel <name>", "only these channels (repeatable, * = any text)", list)
    .option("--exclude-channel <name>", "not these channels", list)
    .option("--event-id <ids>", "only these event ids (4624,4625 or 4700-4799)", list)
    .addOption(new Option("--eid <ids>").argParser(list).hideHelp())
    .option("--exclude-event-id <ids>", "not these event ids", list)
    .option("--host <name>", "only these hosts (repeatable, * = any text)", list)
    .option("--exclude-host <name>", "not these hosts", list);
}

export function eventFilter(options: FilterOptions): EventFilter {
  const ids = [...(options.eventId ?? []), ...(options.eid ?? [])];
  const now = Date.now();
  const fromMs = options.from === undefined ? undefined : parseTime(options.from, now);
  const toMs = options.to === undefined ? undefined : parseTime(options.to, now);
  if (fromMs !== undefined && toMs !== undefined && fromMs > toMs)
    throw new UsageError(`--from ${options.from} is later than --to ${options.to}`);
  return {
    ...(fromMs !== undefined && { fromMs }),
    ...(toMs !== undefined && { toMs }),
    ...(options.channel && { channels: options.channel }),
    ...(options.excludeChannel && { excludeChannels: options.excludeChannel }),
    ...(ids.length > 0 && { eventIds: eventIds(ids) }),
    ...(options.excludeEventId && { excludeEventIds: eventIds(options.excludeEventId) }),
    ...(options.host && { hosts: options.host }),
    ...(options.excludeHost && { excludeHosts: options.excludeHost }),
  };
}

function eventIds(texts: readonly string[]): number[] {
  return texts.flatMap((text) => {
    const range = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
    const first = Number(range?.[1]);
    const last = Number(range?.[2] ?? range?.[1]);
    if (!range || first > last || last > 65_535)
      throw new UsageError(`"${text}" is no event id or range: write 4624 or 4700-4799`);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

export interface InputOptions {
  readonly password?: readonly string[];
  readonly byContent?: boolean;
  readonly engine?: string;
  readonly file?: readonly string[];
  readonly directory?: readonly string[];
}

/** `-f` and `-d` beside positional inputs, as Hayabusa users type them. */
export function addInputOptions(command: Command): Command {
  return command
    .option("--password <text>", "of encrypted archives (repeatable)", paths)
    .option("--by-content", "in disk images, look for logs in files of any name")
    .option("--engine <name>", "what reads disk images: konseki, or tsk (The Sleuth Kit)")
    .addOption(
      new Option("-f, --file <path>", "an input, beside the positional ones")
        .argParser(paths)
        .hideHelp(),
    )
    .addOption(new Option("-d, --directory <path>", "an input folder").argParser(paths).hideHelp());
}

export function inputPaths(positional: readonly string[], options: InputOptions): string[] {
  const all = [...positional, ...(options.file ?? []), ...(options.directory ?? [])];
  if (all.length === 0)
    throw new UsageError("no input: name a file, a folder, or - for standard input");
  return all;
}

/** How archives and disk images among the inputs are opened. */
export function evidenceOptions({ password, byContent, engine }: InputOptions): EvidenceOptions {
  if (engine !== undefined && engine !== "konseki" && engine !== "tsk")
    throw new UsageError(`--engine ${engine} is not known: write konseki or tsk`);
  return {
    ...(engine !== undefined && { engine }),
    ...(password !== undefined && { passwords: password }),
    ...(byContent !== undefined && { byContent }),
  };
}
