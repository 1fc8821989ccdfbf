/** `rules/logsources.yaml` -> plain data. */
import type { Issue } from "../model/issue.ts";
import { describeKind, type Located, type LocatedMap, valueAt } from "./located-value.ts";
import type { EventSource, FieldRecipe, LogsourceTable } from "./logsources.ts";
import { RuleProblems } from "./rule-problems.ts";
import { parseYaml } from "./yaml-documents.ts";

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
