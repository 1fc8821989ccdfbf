import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { XMLParser } from "fast-xml-parser";

/** An event as another program reads it: all values as text, in that program's notation. */
export interface ReadEvent {
  readonly system: Readonly<Record<string, string>>;
  /** EventData items or UserData leaves in document order; an item repeats for each text of an array. */
  readonly fields: readonly (readonly [name: string, text: string])[];
}

export interface IndependentReader {
  readonly name: string;
  /** Why the tests with it are skipped, or "" when it is installed. */
  readonly missing: string;
  /** Fields of the test's event that this program is known to print wrongly, and how. */
  readonly faults: Readonly<Record<string, string>>;
  read(file: string): ReadEvent[];
}

const MOST_OUTPUT = 256 * 1024 * 1024;

function findProgram(name: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return [...folders, join(homedir(), ".cargo", "bin")]
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: "utf8", maxBuffer: MOST_OUTPUT });
}

/** The Python that has the `evtx` package; KONSEKI_PYTHON names another one. */
function pythonWithEvtx(): string | undefined {
  const python = process.env.KONSEKI_PYTHON ?? "python3";
  try {
    execFileSync(python, ["-c", "import evtx; evtx.PyEvtxParser"], { stdio: "ignore" });
    return python;
  } catch {
    return undefined;
  }
}

const PYTHON_DUMP =
  "import evtx, sys\nfor r in evtx.PyEvtxParser(sys.argv[1]).records_json(): print(r['data'].replace('\\n', ' '))";

const dump = findProgram("evtx_dump");
const exporter = findProgram("evtxexport");
const python = pythonWithEvtx();

export const independentReaders: readonly IndependentReader[] = [
  {
    name: "evtx_dump (crates.io evtx)",
    missing: dump === undefined ? "evtx_dump is not installed" : "",
    faults: {},
    read: (file) => jsonEvents(run(dump ?? "evtx_dump", ["-t", "1", "-o", "jsonl", file])),
  },
  {
    name: "evtx (PyPI)",
    missing: python === undefined ? "no Python with the package evtx" : "",
    faults: {},
    read: (file) => jsonEvents(run(python ?? "python3", ["-c", PYTHON_DUMP, file])),
  },
  {
    name: "evtxexport (libevtx)",
    missing: exporter === undefined ? "evtxexport is not installed" : "",
    faults: { Astral: "20181227 joins surrogate pairs to another character" },
    read: (file) => xmlEvents(run(exporter ?? "evtxexport", ["-f", "xml", file])),
  },
];

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

function jsonEvents(lines: string): ReadEvent[] {
  return lines
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => {
      const event = (JSON.parse(quoteLongNumbers(line)) as { Event: Record<string, Json> }).Event;
      const system: Record<string, string> = {};
      for (const [name, value] of Object.entries(event.System as Record<string, Json>))
        flattenSystem(system, name, value);
      const fields: [string, string][] = [];
      collect(fields, event.EventData ?? null);
      collect(fields, event.UserData ?? null);
      return { system, fields };
    });
}

/** 64-bit numbers stand bare in the JSON and would be rounded. */
function quoteLongNumbers(line: string): string {
  return line.replace(/":\s?(\d{16,20})(?=[,}])/gu, '":"$1"');
}

function flattenSystem(system: Record<string, string>, name: string, value: Json): void {
  if (value === null) return;
  if (typeof value !== "object") system[name] = String(value);
  else {
    for (const [key, inner] of Object.entries(value as Record<string, Json>)) {
      if (key === "#text") system[name] = String(inner);
      else if (key === "#attributes")
        for (const [attribute, text] of Object.entries(inner as Record<string, Json>))
          system[`${name}_${attribute}`] = String(text);
    }
  }
}

function collect(fields: [string, string][], node: Json, name = ""): void {
  if (node === null || typeof node !== "object") {
    if (name !== "") fields.push([name, node === null ? "" : String(node)]);
  } else if (Array.isArray(node)) for (const item of node) collect(fields, item, name);
  else {
    for (const [key, value] of Object.entries(node as Record<string, Json>)) {
      if (key === "#attributes") continue;
      collect(fields, value, key === "#text" ? name : key);
    }
  }
}

interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

function xmlEvents(output: string): ReadEvent[] {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "",
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
  });
  const documents = output.split(/(?=<Event xmlns=)/u).slice(1);
  return documents.map((document) => {
    const end = document.lastIndexOf("</Event>") + "</Event>".length;
    const event = xmlNode((parser.parse(document.slice(0, end)) as RawXml[])[0]!);
    const system: Record<string, string> = {};
    const fields: [string, string][] = [];
    for (const part of event.children) {
      if (part.name === "System") {
        for (const { name, attributes, text } of part.children) {
          if (text !== "") system[name] = text;
          for (const [key, value] of Object.entries(attributes)) system[`${name}_${key}`] = value;
        }
      } else leaves(fields, part);
    }
    return { system, fields };
  });
}

type RawXml = Readonly<Record<string, unknown>>;

function xmlNode(raw: RawXml): XmlNode {
  const name = Object.keys(raw).find((key) => key !== ":@") ?? "";
  const content = raw[name] as RawXml[];
  return {
    name,
    attributes: (raw[":@"] ?? {}) as Record<string, string>,
    children: content.filter((item) => !("#text" in item)).map(xmlNode),
    text: content.map((item) => ("#text" in item ? String(item["#text"]) : "")).join(""),
  };
}

function leaves(fields: [string, string][], node: XmlNode): void {
  if (node.children.length > 0) for (const child of node.children) leaves(fields, child);
  else if (node.name !== "EventData" && node.name !== "UserData")
    fields.push([node.attributes.Name ?? node.name, node.text]);
}
