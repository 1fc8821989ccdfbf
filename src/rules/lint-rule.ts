/**
 * What works in a rule but says less, or other, than its author may think. Faults that make a rule unusable are
 * the reader's issues; these come beside them, all of them warnings or notes.
 */
import type { Issue } from "../model/issue.ts";
import type { CheckedRule, FieldItem, SelectionNode } from "./checked-rule.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const STATUSES = ["stable", "test", "experimental", "deprecated", "unsupported"];
/** Characters that make a regular expression more than a text. */
const REGEX_SIGNS = /[.*+?()[\]{}|^$]|\\[A-Za-z0-9]/;

export function lintRule(rule: CheckedRule): readonly Issue[] {
  const issues: Issue[] = [];
  const note = (severity: Issue["severity"], line: number, message: string, fix: string) =>
    issues.push({ code: "rule-lint", severity, message, source: rule.source, line, fix });
  if (!UUID.test(rule.id))
    note("info", rule.line, `the id "${rule.id}" is not a UUID`, "give it a random UUID");
  if (rule.description === undefined)
    note(
      "info",
      rule.line,
      "the rule has no description",
      "say what it finds and why that matters",
    );
  if (rule.falsePositives.length === 0)
    note("info", rule.line, "no falsepositives", "name what ordinary work looks the same");
  if (rule.status !== undefined && !STATUSES.includes(rule.status))
    note(
      "warning",
      rule.line,
      `status "${rule.status}" is not known`,
      `use ${STATUSES.join(", ")}`,
    );
  for (const { match } of rule.selections) for (const item of itemsOf(match)) lintItem(item, note);
  return issues;
}

type Note = (severity: Issue["severity"], line: number, message: string, fix: string) => void;

function lintItem(item: FieldItem, note: Note): void {
  const key = [item.field ?? "", ...item.modifiers].join("|");
  if (item.modifiers.includes("all") && item.values.length === 1)
    note("info", item.line, `"${key}" has one value only`, 'remove "all"');
  const seen = new Set<string>();
  for (const value of item.values) {
    const text = JSON.stringify(value).toLowerCase();
    if (seen.has(text) && !item.modifiers.includes("cased") && value.test === "text")
      note("warning", item.line, `"${key}" lists a value twice`, "remove one; case does not count");
    seen.add(text);
    if (value.test === "regex" && !REGEX_SIGNS.test(value.source.replace(/\\[^A-Za-z0-9]/g, "")))
      note(
        "info",
        item.line,
        `"${key}" is a plain text`,
        'use "contains" (and "cased" if case counts)',
      );
    if (value.test === "text" && value.pattern.length === 1 && value.pattern[0] === 1)
      note(
        "info",
        item.line,
        `"${key}" fits any value, also an empty one`,
        'use "exists: true", or "?*" for at least one character',
      );
  }
}

function itemsOf(node: SelectionNode): readonly FieldItem[] {
  return node.kind === "item" ? [node] : node.of.flatMap(itemsOf);
}
