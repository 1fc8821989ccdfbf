/**
 * Rule sets of many files -> one set whose parts know each other: ids are unique, correlations point to
 * existing rules without going in circles, filters are built into the rules they are for.
 */
import type { Issue } from "../model/issue.ts";
import type {
  CheckedRule,
  Condition,
  CorrelationRule,
  FilterRule,
  RuleMeta,
  RuleSet,
} from "./checked-rule.ts";
import type { RuleIssueCode } from "./rule-problems.ts";

export interface LinkedRules {
  readonly rules: readonly CheckedRule[];
  /** A correlation stands behind the correlations it joins. */
  readonly correlations: readonly CorrelationRule[];
  readonly issues: readonly Issue[];
}

export function linkRules(sets: readonly RuleSet[]): LinkedRules {
  const issues: Issue[] = [];
  const report = (code: RuleIssueCode, meta: RuleMeta, message: string, fix: string) =>
    issues.push({
      code,
      severity: code === "rule-duplicate-id" || code === "rule-filter-target" ? "warning" : "error",
      message: `${message} (rule "${meta.title}")`,
      source: meta.source,
      line: meta.line,
      fix,
    });

  const byId = new Map<string, RuleMeta>();
  const unique = <T extends RuleMeta>(metas: readonly T[]): T[] =>
    metas.filter((meta) => {
      const first = byId.get(meta.id);
      if (first === undefined) {
        byId.set(meta.id, meta);
        return true;
      }
      report(
        "rule-duplicate-id",
        meta,
        `id ${meta.id} was already used at ${first.source}:${first.line}; this one is left out`,
        "give each rule its own id",
      );
      return false;
    });
  const rules = unique(sets.flatMap((set) => set.rules));
  const correlations = unique(sets.flatMap((set) => set.correlations));
  const filters = unique(sets.flatMap((set) => set.filters));

  const filtered = applyFilters(rules, filters, report);
  const linked = linkCorrelations(correlations, filtered, report);
  const silent = new Set<string>();
  const loud = new Set<string>();
  for (const correlation of linked)
    for (const id of correlation.rules) (correlation.generate ? loud : silent).add(id);
  return {
    rules: filtered.map((rule) =>
      silent.has(rule.id) && !loud.has(rule.id) ? { ...rule, generate: false } : rule,
    ),
    correlations: linked,
    issues,
  };
}

type Report = (code: RuleIssueCode, meta: RuleMeta, message: string, fix: string) => void;

function linkCorrelations(
  correlations: readonly CorrelationRule[],
  rules: readonly CheckedRule[],
  report: Report,
): CorrelationRule[] {
  const ids = new Map<string, string>();
  for (const meta of [...correlations, ...rules])
    if (meta.name !== undefined && !ids.has(meta.name)) ids.set(meta.name, meta.id);
  for (const meta of [...correlations, ...rules]) ids.set(meta.id, meta.id);

  const resolved = new Map<string, CorrelationRule>();
  for (const correlation of correlations) {
    const missing = correlation.rules.filter((name) => !ids.has(name));
    if (missing.length > 0) {
      report(
        "rule-correlation-missing",
        correlation,
        `the correlation names rules that are not loaded: ${missing.join(", ")}`,
        "load them too, or correct the name or id",
      );
      continue;
    }
    const toId = (name: string) => ids.get(name) ?? name;
    resolved.set(correlation.id, {
      ...correlation,
      rules: correlation.rules.map(toId),
      ...(correlation.temporal === undefined
        ? {}
        : { temporal: renameSelections(correlation.temporal, toId) }),
      aliases: Object.fromEntries(
        Object.entries(correlation.aliases).map(([alias, fields]) => [
          alias,
          Object.fromEntries(Object.entries(fields).map(([name, field]) => [toId(name), field])),
        ]),
      ),
    });
  }
  return inOrder(resolved, new Set(rules.map((rule) => rule.id)), report);
}

/** Correlations behind what they join; those in a circle, or that join one that fell out, are reported. */
function inOrder(
  correlations: ReadonlyMap<string, CorrelationRule>,
  ruleIds: ReadonlySet<string>,
  report: Report,
): CorrelationRule[] {
  const ordered: CorrelationRule[] = [];
  const placed = new Set<string>(ruleIds);
  let waiting = [...correlations.values()];
  for (;;) {
    const ready = waiting.filter((correlation) => correlation.rules.every((id) => placed.has(id)));
    if (ready.length === 0) break;
    for (const correlation of ready) {
      ordered.push(correlation);
      placed.add(correlation.id);
    }
    waiting = waiting.filter((correlation) => !placed.has(correlation.id));
  }
  for (const correlation of waiting) {
    const circular = correlation.rules.every((id) => placed.has(id) || correlations.has(id));
    report(
      circular ? "rule-correlation-cycle" : "rule-correlation-missing",
      correlation,
      circular
        ? "the correlation joins itself, directly or through others"
        : "the correlation joins a correlation that could not be used",
      "correct its list of rules",
    );
  }
  return ordered;
}

/** Each filter's condition is joined to its rules' conditions by `and`. */
function applyFilters(
  rules: readonly CheckedRule[],
  filters: readonly FilterRule[],
  report: Report,
): CheckedRule[] {
  const added = new Map<string, FilterRule[]>();
  for (const filter of filters) {
    const targets = rules.filter(
      (rule) => sameLogsource(filter, rule) && (filter.rules === "any" || names(filter, rule)),
    );
    if (targets.length === 0)
      report(
        "rule-filter-target",
        filter,
        "the filter fits no loaded rule of its logsource",
        "correct its rules or logsource",
      );
    for (const rule of targets) added.set(rule.id, [...(added.get(rule.id) ?? []), filter]);
  }
  return rules.map((rule) =>
    (added.get(rule.id) ?? []).reduce((base, filter) => withFilter(base, filter), rule),
  );
}

function names(filter: FilterRule, rule: CheckedRule): boolean {
  return filter.rules !== "any" && filter.rules.some((id) => id === rule.id || id === rule.name);
}

/** A part the filter leaves open fits any. */
function sameLogsource(filter: FilterRule, rule: CheckedRule): boolean {
  return (["product", "category", "service"] as const).every(
    (part) =>
      filter.logsource[part] === undefined || filter.logsource[part] === rule.logsource[part],
  );
}

function withFilter(rule: CheckedRule, filter: FilterRule): CheckedRule {
  const own = (name: string) => `${filter.title}: ${name}`;
  return {
    ...rule,
    selections: [
      ...rule.selections,
      ...filter.selections.map((selection) => ({ ...selection, name: own(selection.name) })),
    ],
    condition: { kind: "and", of: [rule.condition, renameSelections(filter.condition, own)] },
  };
}

function renameSelections(condition: Condition, rename: (name: string) => string): Condition {
  switch (condition.kind) {
    case "selection":
      return { kind: "selection", name: rename(condition.name) };
    case "not":
      return { kind: "not", of: renameSelections(condition.of, rename) };
    default:
      return {
        kind: condition.kind,
        of: condition.of.map((part) => renameSelections(part, rename)),
      };
  }
}
