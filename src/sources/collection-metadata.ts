import type { CollectionLayout } from "./collection-layout.ts";

/** Files in which a collecting program writes down whom it collected from, and when; surest first. */
const FILES: readonly NoteForm[] = [
  // Velociraptor's container: what the client says of itself.
  json(/^client_info\.json$/i, (content) => ({
    layout: "Velociraptor",
    ...hostOf(
      text(content, "Fqdn") ??
        text(content, "Hostname") ??
        text(content, "os_info", "fqdn") ??
        text(content, "os_info", "hostname"),
    ),
  })),
  // And when the collection was made.
  json(/^collection_context\.json$/i, (content) => ({
    layout: "Velociraptor",
    ...timeOf(sinceEpoch(content, "create_time") ?? sinceEpoch(content, "start_time")),
  })),
  // One object a line for each file that it took; the time is that of the first.
  {
    name: /^uploads\.json$/i,
    read: (note) => {
      const first = parsed(note.split("\n", 1)[0] ?? "");
      return text(first, "vfs_path") === undefined
        ? undefined
        : { layout: "Velociraptor", ...timeOf(time(text(first, "Timestamp"))) };
    },
  },
  // dfir-orc.github.io/outcome.html
  json(/outcome[^/]*\.json$/i, (content) => ({
    layout: "DFIR-ORC",
    ...hostOf(text(content, "dfir-orc", "outcome", "computer_name")),
    ...timeOf(time(text(content, "dfir-orc", "outcome", "timestamp"))),
  })),
  // dfir-orc.github.io/outline.html: the time is in UTC.
  json(/outline[^/]*\.json$/i, (content) => ({
    layout: "DFIR-ORC",
    ...hostOf(
      text(content, "dfir-orc", "system", "fullname") ??
        text(content, "dfir-orc", "system", "name"),
    ),
    ...timeOf(time(utc(text(content, "dfir-orc", "time")))),
  })),
  // One line a file that it took.
  {
    name: /^GetThis[^/]*\.csv$/i,
    read: (note) => {
      const row = firstRow(note);
      return row.get("SampleName") === undefined
        ? undefined
        : {
            layout: "DFIR-ORC",
            ...hostOf(row.get("ComputerName")),
            ...timeOf(time(utc(row.get("SampleCollectionDate")))),
          };
    },
  },
  // KAPE's console: the machine that it ran on is the one collected from only where it read its own system drive.
  {
    name: /ConsoleLog\.txt$/i,
    read: (note) => {
      if (!/\bKAPE (version|directory)\b/.test(note)) return undefined;
      const machine = /\bMachine name: ([^,\r\n]{1,255}),/.exec(note)?.[1];
      const isOwn = /--tsource "?C:?[\\/]?"?(\s|$)/im.test(note);
      return { layout: "KAPE", ...hostOf(isOwn ? machine?.trim() : undefined) };
    },
  },
  // What it copied: times are in UTC.
  {
    name: /CopyLog\.csv$/i,
    read: (note) => {
      const row = firstRow(note);
      return row.get("SourceFileSha1") === undefined
        ? undefined
        : { layout: "KAPE", ...timeOf(time(utc(row.get("CopiedTimestamp")))) };
    },
  },
  {
    name: /SkipLog\.csv$/i,
    read: (note) =>
      firstRow(note).get("SourceFileSha1") === undefined ? undefined : { layout: "KAPE" },
  },
  // CyLR's own log, each line with its time in UTC.
  {
    name: /^CyLR[^/]*\.log$/i,
    read: (note) => {
      const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d) \[\w{1,16}\] /.exec(note)?.[1];
      return found === undefined ? undefined : { layout: "CyLR", ...timeOf(time(utc(found))) };
    },
  },
  // UAC's acquisition log, beside the archive and with the hash of it.
  {
    name: /^uac[^/]*\.log$/i,
    read: (note) => {
      if (!/^Created by UAC \(/m.test(note)) return undefined;
      const started = /^Acquisition started at: (.{1,64})$/m.exec(note)?.[1];
      return {
        layout: "UAC",
        ...hostOf(/^Hostname: (.{1,255})$/m.exec(note)?.[1]?.trim()),
        ...timeOf(time(started?.trim())),
      };
    },
  },
];

interface NoteForm {
  readonly name: RegExp;
  /** Undefined: something else of that name. */
  readonly read: (note: string) => CollectionLayout | undefined;
}

function json(name: RegExp, read: (content: Json) => CollectionLayout): NoteForm {
  return {
    name,
    read: (note) => {
      const content = parsed(note);
      const found = read(Array.isArray(content) ? content[0] : content);
      return found.host === undefined && found.collected === undefined ? undefined : found;
    },
  };
}

/** Larger files are no such notes. */
export const MOST_METADATA_BYTES = 4 * 1024 * 1024;

type Json = unknown;

/** True for names under which a collecting program keeps its notes. */
export function isCollectionMetadata(name: string): boolean {
  return FILES.some((form) => form.name.test(name));
}

/** How much a note of this name counts among others: the lower, the more. */
export function noteRank(name: string): number {
  return FILES.findIndex((form) => form.name.test(name));
}

/** What such a file says; undefined when it is something else of that name. */
export function readCollectionMetadata(
  name: string,
  bytes: Uint8Array,
): CollectionLayout | undefined {
  const form = FILES[noteRank(name)];
  if (form === undefined || bytes.length > MOST_METADATA_BYTES) return undefined;
  // Windows' programs write UTF-16 as often as UTF-8.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  return form.read(new TextDecoder(encoding).decode(bytes));
}

function parsed(note: string): Json {
  try {
    return JSON.parse(note);
  } catch {
    return undefined;
  }
}

/** The first row of a table by the names of its columns. Long lines are cut: the columns asked for stand in front. */
function firstRow(note: string): ReadonlyMap<string, string> {
  const [names = "", row = ""] = note.split("\n", 2);
  const values = cells(row);
  return new Map(cells(names).flatMap((name, i) => (values[i] ? [[name, values[i]]] : [])));
}

const MOST_LINE_CHARS = 16_384;

function cells(line: string): string[] {
  const found: string[] = [];
  let cell = "";
  let quoted = false;
  for (const letter of line.slice(0, MOST_LINE_CHARS).trimEnd()) {
    if (letter === '"') quoted = !quoted;
    else if (letter === "," && !quoted) {
      found.push(cell);
      cell = "";
    } else cell += letter;
  }
  return [...found, cell];
}

function at(content: Json, path: readonly string[]): Json {
  let value = content;
  for (const key of path)
    value =
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, Json>)[key]
        : undefined;
  return value;
}

function text(content: Json, ...path: readonly string[]): string | undefined {
  const value = at(content, path);
  return typeof value === "string" && value !== "" ? value.slice(0, 255) : undefined;
}

/** Microseconds or nanoseconds of this century since 1970: servers write the one, collectors the other. */
function sinceEpoch(content: Json, ...path: readonly string[]): string | undefined {
  const value = Number(at(content, path));
  const ms = value > 4e15 ? value / 1e6 : value / 1000;
  return ms > 9e11 && ms < 4e12 ? iso(Math.round(ms)) : undefined;
}

function time(text: string | undefined): string | undefined {
  // No engine reads more than three digits of a second the same way.
  const ms = text === undefined ? Number.NaN : Date.parse(text.replace(/(\.\d{3})\d+/, "$1"));
  return Number.isNaN(ms) ? undefined : iso(ms);
}

/** A time without a zone that is in UTC, as ISO 8601. */
function utc(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${text.trim().replace(" ", "T").replace(/Z$/, "")}Z`;
}

function iso(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

function hostOf(host: string | undefined): { host?: string } {
  return host === undefined || host === "" ? {} : { host };
}

function timeOf(collected: string | undefined): { collected?: string } {
  return collected === undefined ? {} : { collected };
}
