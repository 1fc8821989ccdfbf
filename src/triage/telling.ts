import type { RuleMeta } from "../rules/checked-rule.ts";
import { plainValue } from "./plain-value.ts";

/**
 * How the hits of a rule are told: which fields a hit carries, and which of them say who, from where and what.
 * Rules that do not say it themselves (most Sigma rules) get the fields that events of all kinds use.
 */
export interface Telling {
  /** All fields a hit carries. */
  readonly fields: readonly string[];
  readonly accounts: readonly string[];
  readonly addresses: readonly string[];
  readonly processes: readonly string[];
  readonly fold: readonly string[];
}

/** Fields in which Windows events name accounts, addresses and processes, most telling first. */
const ACCOUNT_FIELDS = [
  "TargetUserName",
  "SubjectUserName",
  "User",
  "AccountName",
  "UserName",
  "param1",
];
const ADDRESS_FIELDS = [
  "IpAddress",
  "SourceIp",
  "ClientAddress",
  "Address",
  "SourceAddress",
  "WorkstationName",
];
const PROCESS_FIELDS = [
  "Image",
  "NewProcessName",
  "ProcessName",
  "SourceImage",
  "ServiceName",
  "TaskName",
];

/** What a reader of a hit wants to see, in this order, when the rule has no statement of its own. */
const SHOWN_FIELDS = [
  "TargetUserName",
  "SubjectUserName",
  "User",
  "IpAddress",
  "WorkstationName",
  "LogonType",
  "Image",
  "NewProcessName",
  "CommandLine",
  "ParentImage",
  "ServiceName",
  "ImagePath",
  "TaskName",
  "TargetObject",
  "Details",
  "TargetFilename",
  "ImageLoaded",
  "DestinationIp",
  "DestinationHostname",
  "QueryName",
  "PipeName",
  "ScriptBlockText",
  "Data",
] as const;

const MOST_SHOWN = 5;
const MOST_SHOWN_CHARS = 160;
/** Of a value that is looked at at all: codes take more room than their words. */
const MOST_READ_CHARS = 4 * MOST_SHOWN_CHARS;

export function tellingOf(rule: RuleMeta, correlationFields: readonly string[] = []): Telling {
  const own = rule.konseki;
  const accounts = own?.account ?? ACCOUNT_FIELDS;
  const addresses = own?.address ?? ADDRESS_FIELDS;
  const processes = own?.process ?? PROCESS_FIELDS;
  const fold = own?.fold ?? [];
  const shown = own?.statement ? placesOf(own.statement) : [...rule.fields, ...SHOWN_FIELDS];
  const domains = [...accounts, ...shown].flatMap((field) => domainField(field) ?? []);
  const fields = new Set([
    ...shown,
    ...accounts,
    ...domains,
    ...addresses,
    ...processes,
    ...fold,
    ...correlationFields,
  ]);
  return { fields: [...fields], accounts, addresses, processes, fold };
}

/** The field that holds the domain of an account field. */
export function domainField(field: string): string | undefined {
  if (field === "TargetUserName") return "TargetDomainName";
  if (field === "SubjectUserName") return "SubjectDomainName";
  return undefined;
}

function placesOf(template: string): string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]!);
}

/** Places side by side, and the domain that stands before an account; a record without it names the account alone. */
const PLACES = /(?:\{(\w+)\}\\)?((?:\{[^{}]+\})+)/g;
const asIs = (account: string): string => account;

/**
 * The sentence about one hit. Values come from a log: whoever prints them escapes them. `nameOf` knows accounts by their
 * SIDs.
 */
export function statementOf(
  rule: RuleMeta,
  fields: Readonly<Record<string, string | null>>,
  nameOf: (sid: string) => string = asIs,
): string {
  const template = rule.konseki?.statement;
  if (template !== undefined) {
    // Places side by side are alternatives: events of one meaning name a thing in different fields.
    return template.replace(PLACES, (_, domainField: string | undefined, places: string) => {
      const values = placesOf(places).map((field) => fields[field] ?? "");
      const told = values.find((value) => value !== "" && value !== "-");
      const found = told ?? values.find((each) => each !== "") ?? "(not recorded)";
      const events = rule.konseki?.event ?? {};
      const value = places === "{EventID}" && Object.hasOwn(events, found) ? events[found]! : found;
      const domain = domainField === undefined ? "" : (fields[domainField] ?? "");
      const shown = shorten(plainValue(value.slice(0, MOST_READ_CHARS), nameOf));
      return domain === "" || domain === "-" ? shown : `${shorten(domain)}\\${shown}`;
    });
  }
  const parts: string[] = [];
  for (const name of new Set([...rule.fields, ...SHOWN_FIELDS])) {
    const value = fields[name];
    if (value && value !== "-")
      parts.push(`${name}: ${shorten(plainValue(value.slice(0, MOST_READ_CHARS), nameOf))}`);
    if (parts.length === MOST_SHOWN) break;
  }
  return parts.length > 0 ? parts.join(", ") : (rule.description ?? rule.title).split("\n")[0]!;
}

function shorten(text: string): string {
  return text.length > MOST_SHOWN_CHARS ? `${text.slice(0, MOST_SHOWN_CHARS - 1)}…` : text;
}
