/**
 * Which events a rule's logsource means, and what its fields are called there: the plain data of
 * `rules/logsources.yaml`.
 */
import type { Logsource } from "./checked-rule.ts";

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
