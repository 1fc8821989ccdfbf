/**
 * Tuning without editing rules: a YAML file of level changes, exclusions and switched-off rules, each with the
 * reason that the report shows; and the values of `%placeholder%`s.
 *
 *     placeholders: { admins: [adm.one, adm.two] }
 *     rules:
 *       - rule: 5bac7a56-da88-4c27-922e-c81e113b20cb     # id, name, title, `tag:attack.t1003`, or `any`; or a list
 *         level: low
 *         reason: build agents run here
 *       - rule: any
 *         exclude: { Image|endswith: '\backup.exe', User: CORP\svc-backup }
 *         reason: the backup agent
 *       - rule: [Some Title]
 *         off: true
 *         reason: replaced by our own rule
 */
import type { Issue } from "../model/issue.ts";
import { SEVERITIES, type Severity } from "../model/severity.ts";
import { checkSelection } from "./check-selection.ts";
import type { CheckedRule, RuleMeta, RuleSet, Selection, TuningNote } from "./checked-rule.ts";
import { describeKind, type LocatedMap, valueAt } from "./located-value.ts";
import { readText, readTexts } from "./rule-meta.ts";
import { RuleProblems } from "./rule-problems.ts";
import type { Placeholders } from "./value-tests.ts";
import { parseYaml } from "./yaml-documents.ts";

export interface Tuning {
  readonly placeholders: Placeholders;
  readonly changes: readonly TuningChange[];
}

export interface TuningChange {
  /** Ids, names, titles, `tag:…` or `any`. */
  readonly targets: readonly string[];
  readonly reason: string;
  readonly level?: Severity;
  readonly off?: boolean;
  /** Events that the rule no longer matches. */
  readonly exclude?: Selection;
  readonly source: string;
  readonly line: number;
}

const KEYS = ["rule", "level", "off", "exclude", "reason"];

export function parseTuning(
  text: string,
  file: string,
): { readonly tuning: Tuning; readonly issues: readonly Issue[] } {
  const yaml = parseYaml(text, file);
  const problems = new RuleProblems(file);
  const root = yaml.documents[0];
  const placeholders: Record<string, readonly string[]> = {};
  const changes: TuningChange[] = [];
  if (root !== undefined && root.kind !== "map")
    problems.error(
      "rule-tuning",
      root.at,
      `the file is ${describeKind(root)}`,
      "write a map of rules and placeholders",
    );
  if (root?.kind === "map") {
    for (const { key, at } of root.entries)
      if (key !== "placeholders" && key !== "rules")
        problems.error("rule-tuning", at, `no such key "${key}"`, "use placeholders, rules");
    const lists = valueAt(root, "placeholders");
    if (lists?.kind === "map")
      for (const { key } of lists.entries) placeholders[key] = readTexts(lists, key, problems);
    const rules = valueAt(root, "rules");
    for (const item of rules?.kind === "list" ? rules.items : []) {
      if (item.kind === "map") {
        const change = readChange(item, file, placeholders, problems);
        if (change !== undefined) changes.push(change);
      } else {
        problems.error(
          "rule-tuning",
          item.at,
          `the entry is ${describeKind(item)}`,
          "write a map of rule, reason and what to change",
        );
      }
    }
  }
  return { tuning: { placeholders, changes }, issues: [...yaml.issues, ...problems.issues] };
}

function readChange(
  map: LocatedMap,
  source: string,
  placeholders: Placeholders,
  outer: RuleProblems,
): TuningChange | undefined {
  const problems = new RuleProblems(source);
  const wrong = (message: string, fix: string, at = map.at) =>
    problems.error("rule-tuning", at, message, fix);
  for (const { key, at } of map.entries)
    if (!KEYS.includes(key)) wrong(`no such key "${key}"`, `use ${KEYS.join(", ")}`, at);
  const targets = readTexts(map, "rule", problems);
  if (targets.length === 0) wrong('no "rule"', "name the rule by id or title");
  const reason = readText(map, "reason", problems) ?? "";
  if (reason === "") wrong('no "reason"', "say why; the report shows it");
  const word = readText(map, "level", problems)?.toLowerCase();
  const level = SEVERITIES.find((known) => known === word);
  if (word !== undefined && level === undefined)
    wrong(`level "${word}" is not known`, `use one of: ${SEVERITIES.join(", ")}`);
  const off = readText(map, "off", problems)?.toLowerCase() === "true";
  const excluded = valueAt(map, "exclude");
  const exclude =
    excluded && checkSelection("excluded", excluded.at, excluded, { placeholders, problems });
  if (level === undefined && !off && excluded === undefined)
    wrong("the entry changes nothing", "add level, off or exclude");
  outer.issues.push(...problems.issues);
  if (problems.failed) return undefined;
  return {
    targets,
    reason,
    ...(level === undefined ? {} : { level }),
    ...(off ? { off } : {}),
    ...(exclude === undefined ? {} : { exclude }),
    source,
    line: map.at.line,
  };
}

/** The rules with the changes applied, in order; each changed rule carries what was changed and why. */
export function applyTuning(
  set: RuleSet,
  tuning: Tuning,
): { readonly set: RuleSet; readonly issues: readonly Issue[] } {
  let { rules, correlations } = set;
  const issues: Issue[] = [];
  for (const change of tuning.changes) {
    const before = { rules, correlations };
    const fits = (meta: RuleMeta) => change.targets.some((target) => isTarget(meta, target));
    rules = rules.flatMap((rule) => (fits(rule) ? tuneRule(rule, change) : [rule]));
    // An exclusion needs an event; a correlation has only hits.
    if (change.exclude === undefined)
      correlations = correlations.flatMap((rule) => (fits(rule) ? tuneMeta(rule, change) : [rule]));
    if (!before.rules.some(fits) && !before.correlations.some(fits))
      issues.push({
        code: "rule-tuning",
        severity: "warning",
        message: `no loaded rule is meant by ${change.targets.join(", ")}`,
        source: change.source,
        line: change.line,
        fix: "correct the id or title, or remove the entry",
      });
  }
  return { set: { ...set, rules, correlations }, issues };
}

function isTarget(meta: RuleMeta, target: string): boolean {
  const wanted = target.toLowerCase();
  if (wanted === "any") return true;
  if (wanted.startsWith("tag:"))
    return meta.tags.some((tag) => tag.toLowerCase() === wanted.slice("tag:".length));
  return [meta.id, meta.name, meta.title].some((known) => known?.toLowerCase() === wanted);
}

/** The rule in a list, or an empty one when it is switched off. */
function tuneMeta<T extends RuleMeta>(rule: T, change: TuningChange): readonly T[] {
  if (change.off === true) return [];
  const what = [
    ...(change.level === undefined ? [] : [`level ${rule.level} -> ${change.level}`]),
    ...(change.exclude === undefined ? [] : ["events excluded"]),
  ].join(", ");
  const { reason, source, line } = change;
  const note: TuningNote = { change: what, reason, source, line };
  return [{ ...rule, level: change.level ?? rule.level, tuned: [...(rule.tuned ?? []), note] }];
}

function tuneRule(rule: CheckedRule, change: TuningChange): readonly CheckedRule[] {
  return tuneMeta(rule, change).map((tuned) => {
    if (change.exclude === undefined) return tuned;
    const name = `tuning ${change.source}:${change.line}`;
    return {
      ...tuned,
      selections: [...tuned.selections, { ...change.exclude, name }],
      condition: {
        kind: "and",
        of: [tuned.condition, { kind: "not", of: { kind: "selection", name } }],
      },
    };
  });
}
