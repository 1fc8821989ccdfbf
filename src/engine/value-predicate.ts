/** What one value of a rule asks -> a predicate over one text. */
import { RE2JS } from "re2js";
import { networkHolds, parseNetwork } from "../base/ip-network.ts";
import type { CompareOp, DatePart, TextAnchor, ValueTest } from "../rules/checked-rule.ts";
import { regexFlags } from "../rules/regex-flags.ts";
import { foldCase } from "./fold-case.ts";
import { isAscii, nativeRegex } from "./native-regex.ts";
import { requiredLiteral } from "./regex-literal.ts";
import { compilePattern, type TextPredicate } from "./text-pattern.ts";

/** Tests that one text alone answers; `null`, `exists` and `field` need the event. */
export type PlainTest = Exclude<ValueTest, { test: "null" | "exists" | "field" | "anyOf" }>;

export function compileValueTest(test: PlainTest): TextPredicate {
  switch (test.test) {
    case "text":
      return compilePattern(test.pattern, test.cased);
    case "regex": {
      const literal = requiredLiteral(test.source);
      const native = nativeRegex(test.source, test.flags);
      const holds = (raw: string): boolean =>
        native !== undefined && raw.length <= native.longest && isAscii(raw)
          ? native.regex.test(raw)
          : regexOf(test).test(raw);
      if (literal === undefined) return holds;
      const required = foldCase(literal);
      return (raw, folded) => folded.includes(required) && holds(raw);
    }
    case "cidr": {
      const network = parseNetwork(test.network);
      return network === undefined ? () => false : (raw) => networkHolds(network, raw);
    }
    case "compare":
      return (raw) => compareNumbers(readNumber(raw), test.op, test.value);
    case "date":
      return (raw) => compareNumbers(readDatePart(raw, test.part), test.op, test.value);
  }
}

type RegexTest = Extract<ValueTest, { test: "regex" }>;

/** Compiled when first run, once for all readings of a rule: compiling costs more than most texts. */
const regexes = new WeakMap<RegexTest, RE2JS>();

function regexOf(test: RegexTest): RE2JS {
  let regex = regexes.get(test);
  if (regex === undefined) {
    regex = RE2JS.compile(test.source, regexFlags(test.flags));
    regexes.set(test, regex);
  }
  return regex;
}

/** Decimal or 0x-hexadecimal text; anything else is no number. */
export function readNumber(text: string): number {
  if (text.length === 0 || text.length > 40) return Number.NaN;
  return /^\s*(?:-?\d+(?:\.\d+)?|0x[0-9a-f]+)\s*$/i.test(text) ? Number(text) : Number.NaN;
}

export function compareNumbers(left: number, op: CompareOp, right: number): boolean {
  switch (op) {
    case "eq":
      return left === right;
    case "lt":
      return left < right;
    case "lte":
      return left <= right;
    case "gt":
      return left > right;
    case "gte":
      return left >= right;
  }
}

/** ISO 8601 or `2025-11-27 07:40:10.132` as Sysmon writes UtcTime; without a zone it is UTC. */
function readDatePart(text: string, part: DatePart): number {
  const match =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:\.\d{1,9})?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/.exec(
      text.length > 64 ? "" : text,
    );
  if (match === null) return Number.NaN;
  const [, year, month, day, hour = "0", minute = "0", zone = "Z"] = match;
  const local = Date.UTC(+(year ?? 0), +(month ?? 1) - 1, +(day ?? 1), +hour, +minute);
  const date = new Date(local - zoneOffsetMs(zone));
  switch (part) {
    case "year":
      return date.getUTCFullYear();
    case "month":
      return date.getUTCMonth() + 1;
    case "week":
      return isoWeek(date);
    case "day":
      return date.getUTCDate();
    case "hour":
      return date.getUTCHours();
    case "minute":
      return date.getUTCMinutes();
  }
}

function zoneOffsetMs(zone: string): number {
  if (zone === "Z") return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000;
}

/** The week that holds this week's Thursday counts from 1 in its year. */
function isoWeek(date: Date): number {
  const day = date.getUTCDay() || 7;
  const thursday = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 4 - day);
  const newYear = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1);
  return Math.floor((thursday - newYear) / (7 * 86_400_000)) + 1;
}

export function compareTexts(left: string, how: TextAnchor, right: string): boolean {
  switch (how) {
    case "equals":
      return left === right;
    case "contains":
      return left.includes(right);
    case "startswith":
      return left.startsWith(right);
    case "endswith":
      return left.endsWith(right);
  }
}
