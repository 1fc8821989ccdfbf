/**
 * Which events a rule's logsource means, and what its fields are called there: `rules/logsources.yaml`,
 * read into plain data that a compiled pack can carry.
 */
import type { Issue } from "../model/issue.ts";
import type { Logsource } from "./checked-rule.ts";
import { describeKind, type Located, type LocatedMap, valueAt } from "./located-value.ts";
import { RuleProblems } from "./rule-problems.ts";
import { parseYaml } from "./yaml-documents.ts";

/** How one field is made out of an event's fields. */
export interface FieldRecipe {
  /** Joined by `with`; empty parts are left out. */
  readonly from: readonly string[];
  readonly with: string;
  /** Lower-case text here -> text in rules. */
  readonly values?: Readonly<Record<string, string>>;
  /** [lower-case prefix here, prefix in rules] */
  readonly prefixes?: readonly (readonly [string, string])[];
  /** `\\device\\harddiskvolumeN\\` becomes this drive; the log does not tell which letter a volume has. */
  readonly deviceDrive?: string;
}

/** One place where events of a logsource are found. */
export interface EventSource {
  /** Name of the log, `*` = any. */
  readonly channel: string;
  /** Absent: all events of the channel. */
  readonly eventIds?: readonly number[];
  /** field -> lower-case texts, one of which the event must hold. */
  readonly where?: Readonly<Record<string, readonly string[]>>;
  /** The only data fields this source has, under the rule's names. Absent: the names are the rule's own. */
  readonly fields?: Readonly<Record<string, FieldRecipe>>;
  /** rule field -> the name to use where the event has no field of that name. */
  readonly aliases?: Readonly<Record<string, string>>;
}

export interface LogsourceTable {
  readonly categories: Readonly<Record<string, readonly EventSource[]>>;
  readonly services: Readonly<Record<string, readonly EventSource[]>>;
  readonly aliases: Readonly<Record<string, string>>;
  /** Fields whose text Windows pads with blanks at the end. */
  readonly padded: readonly string[];
  readonly elsewhere: {
    readonly products: readonly string[];
    readonly categories: readonly string[];
    readonly services: readonly string[];
  };
}

/** Any event of any channel: rules of `product: windows` alone. */
const ANYWHERE: readonly EventSource[] = [{ channel: "*" }];

export type FoundSources =
  | { readonly sources: readonly EventSource[] }
  | {
      readonly code: "rule-logsource-unknown" | "rule-logsource-other-platform";
      readonly message: string;
      readonly fix: string;
    };

/** Where events of this logsource are found, or why they are not. */
export function findSources(table: LogsourceTable, logsource: Logsource): FoundSources {
  const { product, category, service } = logsource;
  const { elsewhere } = table;
  const named = [product, category, service].filter((part) => part !== undefined).join("/");
  if (product !== undefined && product !== "windows") {
    return elsewhere.products.includes(product)
      ? otherPlatform(`product "${product}" does not write Windows event logs`)
      : unknown(`product "${product}" (${named}) is not known`);
  }
  const byCategory = category === undefined ? undefined : own(table.categories, category);
  const byService = service === undefined ? undefined : own(table.services, service);
  if (category !== undefined && byCategory === undefined) {
    if (elsewhere.categories.includes(category))
      return otherPlatform(`category "${category}" is not kept in Windows event logs`);
    return unknown(`category "${category}" (${named}) is not known`);
  }
  if (service !== undefined && byService === undefined) {
    if (elsewhere.services.includes(service))
      return otherPlatform(`service "${service}" does not write Windows event logs`);
    return unknown(`service "${service}" (${named}) is not known`);
  }
  if (byCategory !== undefined && byService !== undefined) {
    const both = byCategory.filter((source) =>
      byService.some((other) => other.channel.toLowerCase() === source.channel.toLowerCase()),
    );
    return both.length > 0
      ? { sources: both }
      : unknown(`category "${category}" and service "${service}" have no events in common`);
  }
  const sources = byCategory ?? byService;
  if (sources !== undefined) return { sources };
  return product === "windows"
    ? { sources: ANYWHERE }
    : unknown("the logsource names no product, category or service");
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function unknown(message: string): FoundSources {
  const fix = "correct the logsource, or add it to rules/logsources.yaml";
  return { code: "rule-logsource-unknown", message, fix };
}

function otherPlatform(message: string): FoundSources {
  const fix = "leave the rule out; it cannot match Windows event logs";
  return { code: "rule-logsource-other-platform", message, fix };
}

/** Reads the mapping file. */
export function parseLogsources(
  text: string,
  file: string,
): { readonly table: LogsourceTable; readonly issues: readonly Issue[] } {
  const yaml = parseYaml(text, file);
  const problems = new RuleProblems(file);
  const root = yaml.documents[0];
  const map: LocatedMap =
    root?.kind === "map" ? root : { kind: "map", at: { line: 1, column: 1 }, entries: [] };
  const section = (key: string): LocatedMap => {
    const value = valueAt(map, key);
    if (value?.kind === "map") return value;
    problems.error("rule-missing-key", value?.at ?? map.at, `no map "${key}"`, `add "${key}"`);
    return { kind: "map", at: map.at, entries: [] };
  };
  const sources = (key: string) =>
    Object.fromEntries(
      section(key).entries.map((entry) => [
        entry.key.toLowerCase(),
        items(entry.value).flatMap((item) => readSource(item, problems)),
      ]),
    );
  const elsewhere = section("elsewhere");
  const names = (key: string) => textItems(valueAt(elsewhere, key)).map((t) => t.toLowerCase());
  const table: LogsourceTable = {
    categories: sources("categories"),
    services: sources("services"),
    aliases: textMap(section("aliases")),
    padded: textItems(valueAt(map, "padded")),
    elsewhere: {
      products: names("products"),
      categories: names("categories"),
      services: names("services"),
    },
  };
  return { table, issues: [...yaml.issues, ...problems.issues] };
}

function readSource(value: Located, problems: RuleProblems): readonly EventSource[] {
  const channel = value.kind === "map" ? textItems(valueAt(value, "channel"))[0] : undefined;
  if (value.kind !== "map" || channel === undefined) {
    problems.error(
      "rule-missing-key",
      value.at,
      `${describeKind(value)} without a channel`,
      "write { channel: NAME, eventIds: [1] }",
    );
    return [];
  }
  const eventIds = textItems(valueAt(value, "eventIds")).map(Number);
  if (eventIds.some((id) => !Number.isInteger(id)))
    problems.error("rule-wrong-type", value.at, "an event id is not a number", "write numbers");
  const where = valueAt(value, "where");
  const fields = valueAt(value, "fields");
  const aliases = valueAt(value, "aliases");
  return [
    {
      channel,
      ...(eventIds.length === 0 ? {} : { eventIds }),
      ...(where?.kind === "map"
        ? {
            where: Object.fromEntries(
              where.entries.map((entry) => [
                entry.key,
                textItems(entry.value).map((text) => text.toLowerCase()),
              ]),
            ),
          }
        : {}),
      ...(fields?.kind === "map"
        ? {
            fields: Object.fromEntries(
              fields.entries.map((entry) => [entry.key, readRecipe(entry.value)]),
            ),
          }
        : {}),
      ...(aliases?.kind === "map" ? { aliases: textMap(aliases) } : {}),
    },
  ];
}

function readRecipe(value: Located): FieldRecipe {
  if (value.kind !== "map") return { from: textItems(value), with: "" };
  const values = valueAt(value, "values");
  const prefixes = valueAt(value, "prefixes");
  const [deviceDrive] = textItems(valueAt(value, "deviceDrive"));
  return {
    from: textItems(valueAt(value, "from")),
    with: textItems(valueAt(value, "with"))[0] ?? "",
    ...(values?.kind === "map" ? { values: lowerKeys(textMap(values)) } : {}),
    ...(prefixes?.kind === "map" ? { prefixes: Object.entries(lowerKeys(textMap(prefixes))) } : {}),
    ...(deviceDrive === undefined ? {} : { deviceDrive }),
  };
}

function items(value: Located): readonly Located[] {
  return value.kind === "list" ? value.items : [value];
}

function textItems(value: Located | undefined): readonly string[] {
  if (value === undefined) return [];
  return items(value).flatMap((item) => (item.kind === "scalar" ? [item.text] : []));
}

function textMap(map: LocatedMap): Readonly<Record<string, string>> {
  return Object.fromEntries(
    map.entries.map((entry) => [entry.key, textItems(entry.value)[0] ?? ""]),
  );
}

function lowerKeys(map: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(map).map(([key, text]) => [key.toLowerCase(), text]));
}
