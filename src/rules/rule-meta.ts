/** The keys that every kind of rule document shares: identity, level, tags, prose. */
import type { Severity } from "../model/severity.ts";
import { SEVERITIES } from "../model/severity.ts";
import type { KonsekiExtension, RuleMeta } from "./checked-rule.ts";
import { describeKind, entryOf, type LocatedMap, valueAt } from "./located-value.ts";
import type { RuleProblems } from "./rule-problems.ts";

const MAX_TEXT_CHARS = 20_000;
const MAX_LIST_ITEMS = 500;

/** Other tools' words for Sigma's levels. */
const LEVEL_WORDS: Readonly<Record<string, Severity>> = {
  emergency: "critical",
  crit: "critical",
  med: "medium",
  info: "informational",
  undefined: "informational",
};

/** `undefined` after reporting a problem: only a missing title or a wrong level stops a rule. */
export function readMeta(
  map: LocatedMap,
  source: string,
  problems: RuleProblems,
): RuleMeta | undefined {
  const title = readText(map, "title", problems);
  if (title === undefined || title === "") {
    problems.error("rule-missing-key", map.at, 'the rule has no "title"', "add a title");
    return undefined;
  }
  const level = readLevel(map, problems);
  if (level === undefined) return undefined;
  const givenId = readText(map, "id", problems);
  if (givenId === undefined)
    problems.warning("rule-id", map.at, 'the rule has no "id"', "add a random UUID as id");
  const tags = readTexts(map, "tags", problems);
  const optional = {
    name: readText(map, "name", problems),
    status: readText(map, "status", problems),
    description: readText(map, "description", problems),
    author: readText(map, "author", problems) ?? joined(readTexts(map, "author", problems)),
    date: readText(map, "date", problems),
    modified: readText(map, "modified", problems),
    license: readText(map, "license", problems),
    details: readText(map, "details", problems),
    konseki: readExtension(map, problems),
  };
  return {
    id: givenId ?? `title:${title}`,
    title,
    source,
    line: map.at.line,
    level,
    references: readTexts(map, "references", problems),
    tags,
    attack: attackTechniques(tags),
    falsePositives: readTexts(map, "falsepositives", problems),
    fields: readTexts(map, "fields", problems),
    ...defined(optional),
  };
}

function readLevel(map: LocatedMap, problems: RuleProblems): Severity | undefined {
  const entry = entryOf(map, "level");
  if (entry === undefined || (entry.value.kind === "scalar" && entry.value.value === null)) {
    return "informational";
  }
  const word = entry.value.kind === "scalar" ? entry.value.text.toLowerCase() : "";
  const level = SEVERITIES.find((known) => known === word) ?? LEVEL_WORDS[word];
  if (level === undefined)
    problems.error(
      "rule-unknown-level",
      entry.value.at,
      `level "${word}" is not known`,
      `use one of: ${SEVERITIES.join(", ")}`,
    );
  return level;
}

/** A text key; `undefined` when absent, empty or a list. */
export function readText(map: LocatedMap, key: string, problems: RuleProblems): string | undefined {
  const value = valueAt(map, key);
  if (value === undefined || value.kind === "list") return undefined;
  if (value.kind === "map") {
    problems.warning(
      "rule-wrong-type",
      value.at,
      `"${key}" holds ${describeKind(value)}`,
      "write a text",
    );
    return undefined;
  }
  if (value.value === null) return undefined;
  return value.text.slice(0, MAX_TEXT_CHARS).trim();
}

/** A list of texts; a single text counts as a list of one. */
export function readTexts(map: LocatedMap, key: string, problems: RuleProblems): readonly string[] {
  const value = valueAt(map, key);
  if (value === undefined) return [];
  const items = value.kind === "list" ? value.items : [value];
  const texts: string[] = [];
  for (const item of items.slice(0, MAX_LIST_ITEMS)) {
    if (item.kind !== "scalar") {
      problems.warning(
        "rule-wrong-type",
        item.at,
        `"${key}" holds ${describeKind(item)}`,
        "write a list of texts",
      );
    } else if (item.value !== null) {
      texts.push(item.text.slice(0, MAX_TEXT_CHARS).trim());
    }
  }
  return texts;
}

function readExtension(map: LocatedMap, problems: RuleProblems): KonsekiExtension | undefined {
  const value = valueAt(map, "konseki");
  if (value === undefined) return undefined;
  if (value.kind !== "map") {
    problems.error(
      "rule-wrong-type",
      value.at,
      `"konseki" holds ${describeKind(value)}`,
      "write a map of statement, event, account, address, process, fold, checkNext",
    );
    return undefined;
  }
  const lists = ["account", "address", "process", "fold", "checkNext"] as const;
  for (const entry of value.entries)
    if (
      entry.key !== "statement" &&
      entry.key !== "event" &&
      !lists.some((key) => key === entry.key)
    )
      problems.error(
        "rule-unknown-key",
        entry.at,
        `"konseki" has no key "${entry.key}"`,
        `use statement, event, ${lists.join(", ")}`,
      );
  const statement = readText(value, "statement", problems);
  const extension: Record<string, readonly string[]> = {};
  for (const key of lists) {
    const texts = readTexts(value, key, problems);
    if (texts.length > 0) extension[key] = texts;
  }
  const event = readEventWords(value, problems);
  return {
    ...(statement === undefined ? {} : { statement }),
    ...(event === undefined ? {} : { event }),
    ...extension,
  };
}

function readEventWords(
  map: LocatedMap,
  problems: RuleProblems,
): Readonly<Record<string, string>> | undefined {
  const value = valueAt(map, "event");
  if (value === undefined) return undefined;
  if (value.kind === "map") {
    const words = new Map<string, string>();
    for (const { key } of value.entries.slice(0, MAX_LIST_ITEMS)) {
      const text = /^\d{1,5}$/.test(key) ? readText(value, key, problems) : undefined;
      if (text !== undefined) words.set(key, text);
    }
    if (words.size > 0 && words.size === value.entries.length) return Object.fromEntries(words);
  }
  problems.error(
    "rule-wrong-type",
    value.at,
    '"event" of "konseki" is no map of event ids to texts',
    "write it as { 4722: enabled, 4726: deleted }",
  );
  return undefined;
}

/** `attack.t1070.001` -> `T1070.001`. */
function attackTechniques(tags: readonly string[]): readonly string[] {
  const techniques = tags.flatMap((tag) => {
    const id = /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(tag)?.[1];
    return id === undefined ? [] : [id.toUpperCase()];
  });
  return [...new Set(techniques)];
}

function joined(texts: readonly string[]): string | undefined {
  return texts.length === 0 ? undefined : texts.join(", ");
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the keys whose value is `undefined`. */
export function defined<T extends object>(object: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}
