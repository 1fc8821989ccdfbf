import {
  AUDIT_SUBCATEGORIES,
  MESSAGE_CODES,
  WELL_KNOWN_RIDS,
  WELL_KNOWN_SIDS,
} from "./windows-terms.ts";

const SUBCATEGORY = /^\{(0cce92[0-9a-f]{2})-69ae-11d9-bed3-505054503030\}$/i;
const CODES = /^%%\d{1,5}(?:,? %%\d{1,5})*$/;
const SID = /^S-1-\d+(?:-\d+){1,15}$/;

/**
 * A value of a record as a sentence says it: what a code or a well-known SID stands for, and lists on one line. `nameOf`
 * knows accounts by their SIDs and gives back what it does not know.
 */
export function plainValue(value: string, nameOf: (sid: string) => string): string {
  const line = value.replace(/\s+/g, " ").trim();
  if (line.includes("%%")) {
    const list = CODES.test(line) ? line.split(/,? /).join(", ") : line;
    return list.replace(/%%(\d{1,5})/g, (code, number: string) => MESSAGE_CODES[number] ?? code);
  }
  const subcategory = SUBCATEGORY.exec(line)?.[1];
  if (subcategory !== undefined) return AUDIT_SUBCATEGORIES[subcategory.toLowerCase()] ?? line;
  if (SID.test(line)) return sidWords(line, nameOf(line));
  return line;
}

function sidWords(sid: string, name: string): string {
  if (name !== sid) return `${name} (${sid})`;
  const known =
    WELL_KNOWN_SIDS[sid] ??
    (sid.startsWith("S-1-5-21-")
      ? WELL_KNOWN_RIDS[sid.slice(sid.lastIndexOf("-") + 1)]
      : undefined);
  return known === undefined ? sid : `${sid} (${known})`;
}
