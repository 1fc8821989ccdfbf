import { RE2JS } from "re2js";
import { matchesWildcard } from "../base/wildcard.ts";
import type { EventView } from "../model/event.ts";

/** What to look for in events. Keywords and patterns look at all fields and the names of channel and provider. */
export interface EventQuery {
  readonly keywords: readonly string[];
  /** Regular expressions in RE2 syntax: linear time on any text. */
  readonly patterns: readonly string[];
  /** Field = value; `*` in a value stands for any text. All of them must hold. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** All keywords and patterns must occur, not just one. */
  readonly all: boolean;
}

/** Compiles a query. Throws an Error with the pattern's own words when a regular expression is wrong. */
export function compileEventQuery(query: EventQuery): (event: EventView) => boolean {
  const words = query.keywords.map((word) => word.toLowerCase());
  const patterns = query.patterns.map((text) => RE2JS.compile(text, RE2JS.CASE_INSENSITIVE));
  const fields = query.fields.map(([name, value]) => [name, value.toLowerCase()] as const);
  const tests: ((text: string, lower: string) => boolean)[] = [
    ...words.map((word) => (_: string, lower: string) => lower.includes(word)),
    ...patterns.map((pattern) => (text: string) => pattern.matcher(text).find()),
  ];
  return (event) => {
    if (!fields.every(([name, value]) => hasValue(event, name, value))) return false;
    if (tests.length === 0) return true;
    const missing = new Set(tests);
    const look = (text: string | null): void => {
      if (text === null || missing.size === 0) return;
      const lower = text.toLowerCase();
      for (const test of missing) if (test(text, lower)) missing.delete(test);
    };
    look(event.channel);
    look(event.provider);
    event.forEachField((_, text) => look(text));
    return query.all ? missing.size === 0 : missing.size < tests.length;
  };
}

function hasValue(event: EventView, name: string, value: string): boolean {
  const found = event.get(name);
  if (found === undefined || found === null) return false;
  const texts = typeof found === "string" ? [found] : found;
  return texts.some((text) => text !== null && matchesWildcard(value, text.toLowerCase()));
}
