import type { Issue } from "../model/issue.ts";

/** A file of rules, mappings or tuning. `name` is how issues and findings call it. */
export interface RuleFile {
  readonly name: string;
  readonly text: string;
}

/** The texts of chosen rules, not yet checked. */
export interface RuleTexts {
  readonly files: readonly RuleFile[];
  readonly logsources: RuleFile;
  readonly tuning: readonly RuleFile[];
  /** Paths that could not be read. */
  readonly issues: readonly Issue[];
  /** Names exactly these texts, and the code that reads them. */
  readonly key: string;
}
