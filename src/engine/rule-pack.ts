/**
 * Prepared rules as one text for a cache: a start with thousands of rules reads it instead of the rule files.
 * A pack is never trusted: another version, another key, a wrong length or sum, and it is as if it were not
 * there, so that the caller prepares the rules anew.
 */
import type { PreparedRules } from "./prepare-rules.ts";

/** Changes whenever the checked form or the meaning of a prepared rule does. */
const PACK_VERSION = 1;

/** `key`: tells what the pack was made of (a hash over the rule files and options); one line. */
export function writeRulePack(prepared: PreparedRules, key: string): string {
  const body = JSON.stringify(prepared);
  return `${header(key, body)}\n${body}`;
}

/** `undefined`: not such a pack, or damaged. */
export function readRulePack(text: string, key: string): PreparedRules | undefined {
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== header(key, body)) return undefined;
  try {
    return JSON.parse(body) as PreparedRules;
  } catch {
    return undefined;
  }
}

function header(key: string, body: string): string {
  return `konseki-rules ${PACK_VERSION} ${key} ${body.length} ${textSum(body).toString(16)}`;
}

/** FNV-1a over the characters: finds damage, not intent; who can write the cache can write the rules. */
function textSum(text: string): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return sum >>> 0;
}
