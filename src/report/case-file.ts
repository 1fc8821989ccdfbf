import { parseDocument } from "yaml";
import { SEVERITIES } from "../model/severity.ts";

/** How many there may be. */
export interface CountRange {
  readonly min: number;
  readonly max: number;
}

/** Which findings are meant; texts compare without regard to case, `*` stands for any text. */
export interface FindingPattern {
  /** Rule id, rule title or finding title. */
  readonly finding?: string;
  readonly host?: string;
  readonly severity?: string;
  readonly kind?: string;
  readonly statement?: string;
  readonly account?: string;
  readonly attack?: string;
}

/** One promise of a case file; each becomes one test. */
export interface Expectation {
  readonly name: string;
  readonly pattern: FindingPattern;
  readonly count: CountRange;
  /** How many records these findings may stand on together. */
  readonly records?: CountRange;
}

/** A regression case: logs, rules, and what must come of them. */
export interface CaseFile {
  readonly title: string;
  /** Paths, relative to the case file. */
  readonly logs: readonly string[];
  readonly rules: readonly string[];
  readonly builtinRules: boolean;
  /** Path of an inventory that the case is read with. */
  readonly inventory?: string;
  readonly expectations: readonly Expectation[];
}

const CASE_KEYS = [
  "title",
  "logs",
  "rules",
  "builtinRules",
  "inventory",
  "must",
  "mustNot",
  "counts",
];
const PATTERN_KEYS = [
  "finding",
  "host",
  "severity",
  "kind",
  "statement",
  "account",
  "attack",
] as const;
const MOST_ALIASES = 50;

/** Reads a case file. Throws an Error that says what is wrong: a case that is misread must not pass. */
export function parseCase(text: string, file: string): CaseFile {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new Error(document.errors[0]!.message.split("\n")[0]);
  const root = record(document.toJS({ maxAliasCount: MOST_ALIASES }), "the file");
  noOtherKeys(root, CASE_KEYS, "the file");
  const expectations = [
    ...list(root.must, "must").map((item) =>
      expectation(item, "must", 1, Number.POSITIVE_INFINITY),
    ),
    ...list(root.mustNot, "mustNot").map((item) => expectation(item, "must not", 0, 0)),
    ...Object.entries(root.counts === undefined ? {} : record(root.counts, "counts")).map(countOf),
  ];
  if (expectations.length === 0)
    throw new Error("it expects nothing: write must, mustNot or counts");
  const logs = texts(root.logs, "logs");
  if (logs.length === 0) throw new Error("it names no logs");
  if (root.builtinRules !== undefined && typeof root.builtinRules !== "boolean")
    throw new Error("builtinRules: write true or false");
  if (root.inventory !== undefined && typeof root.inventory !== "string")
    throw new Error("inventory: write a path");
  return {
    title: root.title === undefined ? file : String(root.title),
    logs,
    rules: texts(root.rules, "rules"),
    builtinRules: root.builtinRules !== false,
    ...(typeof root.inventory === "string" && { inventory: root.inventory }),
    expectations,
  };
}

function expectation(item: unknown, verb: string, min: number, max: number): Expectation {
  const entry = typeof item === "string" ? { finding: item } : record(item, verb);
  noOtherKeys(entry, [...PATTERN_KEYS, "count", "records"], verb);
  const pattern: Partial<Record<(typeof PATTERN_KEYS)[number], string>> = {};
  for (const key of PATTERN_KEYS) {
    const value = entry[key];
    if (value !== undefined) pattern[key] = String(value);
  }
  if (Object.keys(pattern).length === 0) throw new Error(`${verb}: an entry names nothing`);
  if ((entry.count ?? entry.records) !== undefined && max === 0)
    throw new Error("mustNot takes no count");
  const words = Object.entries(pattern).map(([key, value]) =>
    key === "finding" ? value : `${key} ${value}`,
  );
  return {
    name: `${verb} find ${words.join(", ")}`,
    pattern,
    count: entry.count === undefined ? { min, max } : range(entry.count, verb),
    ...(entry.records !== undefined && { records: range(entry.records, verb) }),
  };
}

/** `counts: { high: 3, findings: { min: 1 } }`. */
function countOf([name, value]: [string, unknown]): Expectation {
  if (name !== "findings" && !SEVERITIES.some((severity) => severity === name))
    throw new Error(`counts: ${name} is not findings or one of ${SEVERITIES.join(", ")}`);
  return {
    name: `count ${name}`,
    pattern: name === "findings" ? {} : { severity: name },
    count: range(value, `counts ${name}`),
  };
}

function range(value: unknown, where: string): CountRange {
  if (typeof value === "number") return { min: value, max: value };
  const { min = 0, max = Number.POSITIVE_INFINITY, ...others } = record(value, where);
  if (typeof min !== "number" || typeof max !== "number" || Object.keys(others).length > 0)
    throw new Error(`${where}: write a number or { min: 1, max: 3 }`);
  return { min, max };
}

function record(value: unknown, where: string): Record<string, unknown> {
  if (value !== null && typeof value === "object" && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new Error(`${where}: expected keys and values`);
}

function list(value: unknown, where: string): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw new Error(`${where}: expected a list`);
}

function texts(value: unknown, where: string): string[] {
  const items = typeof value === "string" ? [value] : list(value, where);
  return items.map((item) => {
    if (typeof item !== "string") throw new Error(`${where}: expected texts`);
    return item;
  });
}

function noOtherKeys(entry: object, known: readonly string[], where: string): void {
  const other = Object.keys(entry).find((key) => !known.includes(key));
  if (other !== undefined)
    throw new Error(`${where}: ${other} is not known: write ${known.join(", ")}`);
}
