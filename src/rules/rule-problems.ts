import type { Issue } from "../model/issue.ts";
import type { Place } from "./located-value.ts";

/** Codes of `Issue`s about rules. Public: add, do not rename. */
export type RuleIssueCode =
  | "rule-yaml"
  | "rule-yaml-bomb"
  | "rule-too-large"
  | "rule-not-a-rule"
  | "rule-missing-key"
  | "rule-wrong-type"
  | "rule-unknown-key"
  | "rule-unknown-level"
  | "rule-unknown-modifier"
  | "rule-modifier-conflict"
  | "rule-modifier-value"
  | "rule-regex"
  | "rule-cidr"
  | "rule-placeholder"
  | "rule-condition"
  | "rule-missing-selection"
  | "rule-unused-selection"
  | "rule-empty-selection"
  | "rule-aggregation"
  | "rule-correlation"
  | "rule-correlation-missing"
  | "rule-correlation-cycle"
  | "rule-filter-target"
  | "rule-duplicate-id"
  | "rule-id"
  | "rule-logsource-unknown"
  | "rule-logsource-other-platform"
  | "rule-tuning";

/** Collects what is wrong with one document, so that one reading names every fault of it. */
export class RuleProblems {
  readonly issues: Issue[] = [];
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /** The document cannot be used. */
  error(code: RuleIssueCode, at: Place, message: string, fix: string): void {
    this.#add("error", code, at, message, fix);
  }

  /** The document is used, but something in it is not as it should be. */
  warning(code: RuleIssueCode, at: Place, message: string, fix: string): void {
    this.#add("warning", code, at, message, fix);
  }

  get failed(): boolean {
    return this.issues.some((issue) => issue.severity === "error");
  }

  #add(severity: Issue["severity"], code: string, at: Place, message: string, fix: string): void {
    this.issues.push({
      code,
      severity,
      message,
      source: this.source,
      line: at.line,
      column: at.column,
      fix,
    });
  }
}
