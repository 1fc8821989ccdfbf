import { parseDocument } from "yaml";
import type { CaseFile } from "./case-file.ts";

/** A count that a description of a log states wrongly, and what is right. */
export interface Amendment {
  readonly rule: string;
  readonly records: number;
  readonly why: string;
}

const MOST_ALIASES = 50;

/** True for the text of an `info.yml` as SigmaHQ writes it beside the log of a regression test. */
export function isSigmaInfo(root: unknown): root is Readonly<Record<string, unknown>> {
  return isRecord(root) && Array.isArray(root.regression_tests_info);
}

/**
 * The cases of an `info.yml` of SigmaHQ's regression data: each of its logs, which lie beside it, must let its rules match as
 * often as `match_count` says, or at all. Throws an Error that says what is wrong.
 */
export function sigmaInfoCases(text: string, amendments: readonly Amendment[] = []): CaseFile[] {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new Error(document.errors[0]!.message.split("\n")[0]);
  const root: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
  if (!isSigmaInfo(root)) throw new Error("it has no regression_tests_info");
  const rules = list(root.rule_metadata).map((rule) => ({
    id: String(rule.id ?? ""),
    title: String(rule.title ?? rule.id ?? ""),
  }));
  if (rules.length === 0 || rules.some(({ id }) => id === ""))
    throw new Error("rule_metadata names no rule id");
  return list(root.regression_tests_info).map((test) => {
    // Paths are those of SigmaHQ's repository; wherever the data lies, the log is beside its description.
    const log = String(test.path ?? "")
      .split(/[/\\]/)
      .at(-1);
    if (!log) throw new Error("a test names no log");
    const stated = test.match_count;
    if (stated !== undefined && !(Number.isInteger(stated) && (stated as number) >= 0))
      throw new Error(`match_count ${String(stated)} is no count`);
    return {
      title: `${rules.map(({ title }) => title).join(", ")}: ${String(test.name ?? log)}`,
      logs: [log],
      rules: [],
      builtinRules: false,
      expectations: rules.map(({ id, title }) => {
        const amended = amendments.find(({ rule }) => rule === id);
        const records = amended?.records ?? (stated as number | undefined);
        const note = amended === undefined ? "" : ` (amended: ${amended.why})`;
        return {
          name: `${title} matches ${records ?? "some"} records of ${log}${note}`,
          pattern: { finding: id },
          count: { min: records === 0 ? 0 : 1, max: Number.POSITIVE_INFINITY },
          ...(records !== undefined && { records: { min: records, max: records } }),
        };
      }),
    };
  });
}

/** A list of `{ rule, records, why }`. Throws an Error that says what is wrong. */
export function parseAmendments(text: string): Amendment[] {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new Error(document.errors[0]!.message.split("\n")[0]);
  const root: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
  if (!Array.isArray(root)) throw new Error("expected a list of { rule, records, why }");
  return root.map((item: unknown) => {
    if (
      !isRecord(item) ||
      typeof item.rule !== "string" ||
      !Number.isInteger(item.records) ||
      typeof item.why !== "string" ||
      Object.keys(item).length !== 3
    )
      throw new Error("an amendment is { rule, records, why }, all three");
    return { rule: item.rule, records: item.records as number, why: item.why };
  });
}

function list(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
