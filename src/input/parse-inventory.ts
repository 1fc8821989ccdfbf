import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from "yaml";
import { parseNetwork } from "../base/ip-network.ts";
import { NetworkIndex } from "../base/network-index.ts";
import {
  type Inventory,
  type InventoryHost,
  type InventorySegment,
  ROLES,
  type Role,
} from "../model/inventory.ts";
import type { Issue } from "../model/issue.ts";

const COLUMNS = ["cidr", "segment", "role", "host", "owner", "edr", "site"] as const;
type Column = (typeof COLUMNS)[number];
/** Other words for the columns, as inventories of other tools have them. */
const OTHER_NAMES: Readonly<Record<string, Column | "note">> = {
  network: "cidr",
  subnet: "cidr",
  address: "cidr",
  ip: "cidr",
  name: "host",
  hostname: "host",
  zone: "segment",
  vlan: "segment",
  type: "role",
  location: "site",
  note: "note",
  notes: "note",
  comment: "note",
};
const YES = new Set(["yes", "y", "true", "1", "on", "有", "あり", "○"]);
const NO = new Set(["no", "n", "false", "0", "off", "無", "なし", "×"]);

const MOST_ROWS = 200_000;
const MOST_CELL_CHARS = 256;
const MOST_ISSUES = 1000;

interface Row {
  readonly line: number;
  readonly cells: ReadonlyMap<Column, string>;
}

/**
 * Reads an inventory, CSV (comma, semicolon or tab) or YAML. A row that cannot be used is an issue with its line and
 * the fix; the others count.
 */
export function parseInventory(bytes: Uint8Array, source: string): Inventory {
  return new InventoryReader(source).read(bytes);
}

class InventoryReader {
  readonly #source: string;
  readonly #issues: Issue[] = [];
  readonly #segments: InventorySegment[] = [];
  readonly #networks = new NetworkIndex<InventorySegment>();
  readonly #hosts: InventoryHost[] = [];
  readonly #hostLines = new Map<string, number>();
  /** Of the first host with that name before the first dot. */
  readonly #shortLines = new Map<string, number>();

  constructor(source: string) {
    this.#source = source;
  }

  read(bytes: Uint8Array): Inventory {
    const lines = this.#lines(bytes);
    const rows = this.#looksYaml(lines) ? this.#yamlRows(lines) : this.#csvRows(lines);
    for (const row of rows.slice(0, MOST_ROWS)) this.#row(row);
    if (rows.length > MOST_ROWS)
      this.#refuse(
        rows[MOST_ROWS]!.line,
        "inventory-too-long",
        `only the first ${MOST_ROWS} rows are used`,
        "split the inventory by case",
      );
    return {
      source: this.#source,
      segments: this.#segments,
      hosts: this.#hosts,
      issues: this.#issues,
    };
  }

  #refuse(line: number, code: string, message: string, fix: string): void {
    if (this.#issues.length >= MOST_ISSUES) return;
    this.#issues.push({ code, severity: "warning", source: this.#source, line, message, fix });
  }

  /** Lines as text; one that is not in the file's encoding is refused and left empty, so that the others keep their number. */
  #lines(bytes: Uint8Array): string[] {
    const utf16 = utf16Of(bytes);
    if (utf16 !== undefined) {
      const lines = new TextDecoder(utf16).decode(bytes).split(/\r\n|[\r\n]/);
      return lines.map((line, at) => {
        if (!line.includes("\uFFFD")) return line;
        this.#refuse(
          at + 1,
          "inventory-encoding",
          "this line is not UTF-16 as the others are, so the row is left out",
          "save the file as UTF-8 (in a spreadsheet: CSV UTF-8)",
        );
        return "";
      });
    }
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const lines: string[] = [];
    let start = 0;
    while (start <= bytes.length) {
      const found = bytes.indexOf(0x0a, start);
      const end = found < 0 ? bytes.length : found;
      const line = bytes.subarray(start, end);
      let text = "";
      try {
        text = decoder.decode(line).replace(/\r$/, "");
        if (text.includes("\0")) {
          text = "";
          this.#refuse(
            lines.length + 1,
            "inventory-not-text",
            "this line holds NUL bytes, so the row is left out",
            "write the row anew as plain text",
          );
        }
      } catch {
        this.#refuse(
          lines.length + 1,
          "inventory-encoding",
          "this line is not UTF-8, so the row is left out",
          "save the file as UTF-8 (in a spreadsheet: CSV UTF-8)",
        );
      }
      lines.push(text);
      start = end + 1;
    }
    return lines;
  }

  #looksYaml(lines: readonly string[]): boolean {
    if (/\.ya?ml$/i.test(this.#source)) return true;
    if (/\.(csv|tsv|txt)$/i.test(this.#source)) return false;
    const first = lines.find((line) => line.trim() !== "" && !line.startsWith("#")) ?? "";
    return /^(---|segments:|hosts:|- )/.test(first);
  }

  #csvRows(lines: readonly string[]): Row[] {
    const at = lines.findIndex((line) => line.trim() !== "" && !line.startsWith("#"));
    if (at < 0) {
      this.#refuse(
        1,
        "inventory-empty",
        "there is no row in it",
        `write a header: ${COLUMNS.join(",")}`,
      );
      return [];
    }
    const header = lines[at]!;
    const delimiter = [",", ";", "\t"].find((sign) => header.includes(sign)) ?? ",";
    const columns = splitRow(header, delimiter).map((name, index) =>
      this.#column(name, at + 1, index),
    );
    const rows: Row[] = [];
    for (let i = at + 1; i < lines.length && rows.length <= MOST_ROWS; i++) {
      const text = lines[i]!;
      if (text.trim() === "" || text.startsWith("#")) continue;
      const cells = splitRow(text, delimiter);
      if (
        cells.length > columns.length &&
        cells.slice(columns.length).some((cell) => cell !== "")
      ) {
        this.#refuse(
          i + 1,
          "inventory-row",
          `${cells.length} cells under ${columns.length} columns, so the row is left out`,
          `put a cell that holds ${delimiter === "\t" ? "a tab" : `"${delimiter}"`} in double quotes`,
        );
        continue;
      }
      const named = new Map<Column, string>();
      for (const [index, column] of columns.entries())
        if (column !== undefined && cells[index]) named.set(column, cells[index]);
      rows.push({ line: i + 1, cells: named });
    }
    return rows;
  }

  /** undefined: a column that says nothing here; an unknown one is told. */
  #column(raw: string, line: number, index: number): Column | undefined {
    const name = raw
      .replace(/^\uFEFF/, "")
      .trim()
      .toLowerCase();
    const known = COLUMNS.find((column) => column === name) ?? OTHER_NAMES[name];
    if (known === undefined)
      this.#refuse(
        line,
        "inventory-column",
        `column ${index + 1} "${name.slice(0, 40)}" is not known and not used`,
        `columns are ${COLUMNS.join(", ")}`,
      );
    return known === "note" ? undefined : known;
  }

  #yamlRows(lines: readonly string[]): Row[] {
    const counter = new LineCounter();
    const document = parseDocument(lines.join("\n"), { lineCounter: counter, uniqueKeys: false });
    for (const error of document.errors)
      this.#refuse(
        error.linePos?.[0].line ?? 1,
        "inventory-yaml",
        error.message.split("\n")[0]!.replace(/ at line \d+, column \d+:?$/, ""),
        "mend the YAML at this line; rows that could be read are used",
      );
    const root = document.contents;
    const lists = isMap(root)
      ? root.items.flatMap(({ key, value }) => {
          const name = isScalar(key) ? String(key.value) : "";
          if ((name === "segments" || name === "hosts") && isSeq(value)) return [value];
          const range = isScalar(key) ? key.range : undefined;
          this.#refuse(
            counter.linePos(range?.[0] ?? 0).line,
            "inventory-yaml",
            `"${name.slice(0, 40)}" is no list of rows`,
            "write the lists segments: and hosts:, or one list of rows",
          );
          return [];
        })
      : isSeq(root)
        ? [root]
        : [];
    return lists.flatMap((list) =>
      list.items.flatMap((item): Row[] => {
        const range = (item as { range?: readonly number[] | null } | null)?.range;
        const line = counter.linePos(range?.[0] ?? 0).line;
        if (isMap(item)) return [this.#yamlRow(item, line)];
        this.#refuse(line, "inventory-yaml", "this is no row", "write key: value pairs");
        return [];
      }),
    );
  }

  #yamlRow(map: YAMLMap, line: number): Row {
    const cells = new Map<Column, string>();
    for (const [index, { key, value }] of map.items.entries()) {
      const column = this.#column(isScalar(key) ? String(key.value) : "", line, index);
      const text = isScalar(value) ? String(value.source ?? value.value ?? "").trim() : "";
      if (column !== undefined && text !== "") cells.set(column, text.slice(0, MOST_CELL_CHARS));
    }
    return { line, cells };
  }

  #row({ line, cells }: Row): void {
    if (cells.size === 0) return;
    const cidr = cells.get("cidr");
    if (cidr !== undefined && parseNetwork(cidr) === undefined) {
      this.#refuse(
        line,
        "inventory-cidr",
        `"${cidr}" is no network or address, so the row is left out`,
        "write it as 10.1.0.0/24, 10.1.0.20 or 2001:db8::/64",
      );
      return;
    }
    const role = this.#role(cells.get("role"), line);
    if (role === null) return;
    const edr = this.#edr(cells.get("edr"), line);
    if (edr === null) return;
    const common = {
      line,
      ...(cells.has("segment") && { segment: cells.get("segment")! }),
      ...(role && { role }),
      ...(cells.has("site") && { site: cells.get("site")! }),
    };
    const host = cells.get("host");
    if (host !== undefined) {
      const known = this.#hostLine(host.toLowerCase());
      if (known !== undefined) {
        this.#refuse(
          line,
          "inventory-duplicate",
          `host "${host}" is on line ${known} already, so this row is left out`,
          "keep one row a host",
        );
        return;
      }
      this.#hostLines.set(host.toLowerCase(), line);
      if (!this.#shortLines.has(shortName(host))) this.#shortLines.set(shortName(host), line);
      this.#hosts.push({
        ...common,
        host,
        ...(cidr && { cidr }),
        ...(cells.has("owner") && { owner: cells.get("owner")! }),
        ...(edr !== undefined && { edr }),
      });
      return;
    }
    if (cidr === undefined) {
      this.#refuse(
        line,
        "inventory-row",
        "neither a network nor a host, so the row is left out",
        "fill in cidr (with segment), or host",
      );
      return;
    }
    this.#segment({ segment: cidr, ...common, cidr });
  }

  /** `HOST-A` and `HOST-A.corp.example` are one host; the same name in two domains is two. */
  #hostLine(host: string): number | undefined {
    const short = shortName(host);
    return (
      this.#hostLines.get(host) ?? (short === host ? this.#shortLines : this.#hostLines).get(short)
    );
  }

  #segment(segment: InventorySegment): void {
    const other = this.#networks.add(parseNetwork(segment.cidr)!, segment);
    if (other !== undefined) {
      this.#refuse(
        segment.line,
        "inventory-overlap",
        `${segment.cidr} (${segment.segment}) overlaps ${other.cidr} (${other.segment}) on line ${other.line}, so this row is left out`,
        "make the networks so that each address lies in one segment",
      );
      return;
    }
    this.#segments.push(segment);
  }

  #role(text: string | undefined, line: number): Role | undefined | null {
    if (text === undefined) return undefined;
    const role = ROLES.find((known) => known === text.toLowerCase());
    if (role !== undefined) return role;
    this.#refuse(
      line,
      "inventory-role",
      `role "${text.slice(0, 40)}" is not known, so the row is left out`,
      `write one of ${ROLES.join(", ")}`,
    );
    return null;
  }

  #edr(text: string | undefined, line: number): boolean | undefined | null {
    if (text === undefined) return undefined;
    const word = text.toLowerCase();
    if (YES.has(word)) return true;
    if (NO.has(word)) return false;
    this.#refuse(
      line,
      "inventory-edr",
      `"${text.slice(0, 40)}" under edr is neither yes nor no, so the row is left out`,
      "write yes or no, or leave it empty",
    );
    return null;
  }
}

/** By its byte order mark, or by every other byte of the first letters being zero; undefined: another encoding. */
function utf16Of(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  const letters = [0, 2, 4, 6].map((at) => bytes.subarray(at, at + 2));
  if (letters.every(([low, high]) => low !== 0 && high === 0)) return "utf-16le";
  if (letters.every(([high, low]) => high === 0 && low !== 0)) return "utf-16be";
  return undefined;
}

/** In lower case, up to the first dot; of an address all of it. */
function shortName(host: string): string {
  const name = host.toLowerCase();
  return parseNetwork(name) === undefined ? name.replace(/\..*$/s, "") : name;
}

/** Cells of one line; double quotes hold a delimiter, two of them are one. */
function splitRow(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const sign = line[i]!;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (line[i + 1] === '"') cell += line[++i]!;
      else quoted = false;
    } else if (sign === '"' && cell.trim() === "") {
      quoted = true;
      cell = "";
    } else if (sign === delimiter) {
      cells.push(cell.trim().slice(0, MOST_CELL_CHARS));
      cell = "";
    } else cell += sign;
  }
  cells.push(cell.trim().slice(0, MOST_CELL_CHARS));
  return cells;
}
