/** A file of rules, mappings or tuning. `name` is how issues and findings call it. */
export interface RuleFile {
  readonly name: string;
  readonly text: string;
}
