/**
 * Rule text -> the checked form. Reads Sigma rules, collections (`action: global`), correlations and
 * filters out of any number of YAML documents; whatever cannot be used becomes an issue that names file,
 * line and fix, and the other documents are still read.
 */
import type { Issue } from "../model/issue.ts";
import { convertAggregation } from "./aggregation.ts";
import { checkCorrelation } from "./check-correlation.ts";
import { checkDetection } from "./check-detection.ts";
import type {
  CheckedRule,
  CorrelationRule,
  FilterRule,
  Logsource,
  RuleSet,
} from "./checked-rule.ts";
import { describeKind, type Located, type LocatedMap, valueAt } from "./located-value.ts";
import { readMeta, readText, readTexts } from "./rule-meta.ts";
import { RuleProblems } from "./rule-problems.ts";
import type { Placeholders } from "./value-tests.ts";
import { parseYaml } from "./yaml-documents.ts";

export interface ParseOptions {
  /** Values for `%name%` in `|expand` values. */
  readonly placeholders?: Placeholders;
}

export interface ParsedRules extends RuleSet {
  readonly issues: readonly Issue[];
  /** Rule documents seen, usable or not. */
  readonly documents: number;
}

export function parseRules(text: string, file: string, options: ParseOptions = {}): ParsedRules {
  const yaml = parseYaml(text, file);
  const issues: Issue[] = [...yaml.issues];
  const rules: CheckedRule[] = [];
  const correlations: CorrelationRule[] = [];
  const filters: FilterRule[] = [];
  const documents = unfoldCollections(yaml.documents);
  for (const document of documents) {
    const problems = new RuleProblems(file);
    const checked = checkDocument(document, file, options.placeholders ?? {}, problems);
    issues.push(...problems.issues);
    if (checked === undefined || problems.failed) continue;
    rules.push(...checked.rules);
    correlations.push(...checked.correlations);
    filters.push(...checked.filters);
  }
  return { rules, correlations, filters, issues, documents: documents.length };
}

const NOTHING: RuleSet = { rules: [], correlations: [], filters: [] };

function checkDocument(
  document: Located,
  file: string,
  placeholders: Placeholders,
  problems: RuleProblems,
): RuleSet | undefined {
  if (document.kind !== "map") {
    problems.error(
      "rule-not-a-rule",
      document.at,
      `the document is ${describeKind(document)}`,
      "a rule is a map with title, logsource and detection",
    );
    return undefined;
  }
  const part = ["correlation", "filter", "detection"].find((key) => valueAt(document, key));
  const body = part === undefined ? undefined : valueAt(document, part);
  if (part === undefined || body === undefined) {
    problems.error(
      "rule-not-a-rule",
      document.at,
      'the document has no "detection", "correlation" or "filter"',
      "add a detection, or remove the document",
    );
    return undefined;
  }
  if (body.kind !== "map") {
    problems.error("rule-wrong-type", body.at, `"${part}" is ${describeKind(body)}`, "write a map");
    return undefined;
  }
  const meta = readMeta(document, file, problems);
  if (meta === undefined) return undefined;
  if (part === "correlation") {
    const generate = readText(document, "generate", problems)?.toLowerCase() === "true";
    const correlation = checkCorrelation(meta, body, problems, generate);
    return correlation && { ...NOTHING, correlations: [correlation] };
  }
  const logsource = readLogsource(document, problems);
  if (logsource === undefined) return undefined;
  const channelIsLog = readText(document, "ruletype", problems)?.toLowerCase() === "hayabusa";
  const context = { placeholders, problems, channelIsLog };
  if (part === "filter") {
    const detection = checkDetection(body, context, ["rules"]);
    if (detection === undefined) return undefined;
    const targets = readTexts(body, "rules", problems);
    const any = targets.length === 0 || targets.some((target) => target.toLowerCase() === "any");
    const filter: FilterRule = {
      ...meta,
      logsource,
      rules: any ? "any" : targets,
      selections: detection.selections,
      condition: detection.condition,
    };
    return { ...NOTHING, filters: [filter] };
  }
  const detection = checkDetection(body, context);
  if (detection === undefined) return undefined;
  const rule: CheckedRule = {
    ...meta,
    logsource,
    selections: detection.selections,
    condition: detection.condition,
    generate: true,
  };
  if (detection.aggregation === undefined) return { ...NOTHING, rules: [rule] };
  const converted = convertAggregation(
    detection.aggregation,
    rule,
    detection.timeframeMs,
    detection.conditionAt,
    problems,
  );
  return (
    converted && { ...NOTHING, rules: [converted.rule], correlations: [converted.correlation] }
  );
}

function readLogsource(document: LocatedMap, problems: RuleProblems): Logsource | undefined {
  const value = valueAt(document, "logsource");
  if (value === undefined || value.kind !== "map") {
    problems.error(
      "rule-missing-key",
      value?.at ?? document.at,
      'the rule has no "logsource"',
      "add logsource with product, category or service",
    );
    return undefined;
  }
  const logsource: { -readonly [K in keyof Logsource]: Logsource[K] } = {};
  for (const key of ["product", "category", "service"] as const) {
    const text = readText(value, key, problems);
    if (text !== undefined && text !== "") logsource[key] = text.toLowerCase();
  }
  return logsource;
}

/**
 * `action: global` gives its keys to all following documents, `action: reset` ends that, `action: repeat`
 * repeats the document before with changes (Sigma's older way to write several rules in one file).
 */
function unfoldCollections(documents: readonly Located[]): readonly Located[] {
  let global: LocatedMap | undefined;
  let previous: LocatedMap | undefined;
  const unfolded: Located[] = [];
  for (const document of documents) {
    if (document.kind !== "map") {
      unfolded.push(document);
      continue;
    }
    const action = valueAt(document, "action");
    const word = action?.kind === "scalar" ? action.text : "";
    const body: LocatedMap = {
      ...document,
      entries: document.entries.filter((entry) => entry.key !== "action"),
    };
    if (word === "global") {
      global = global === undefined ? body : mergeMaps(global, body);
      continue;
    }
    if (word === "reset") {
      global = undefined;
      if (body.entries.length === 0) continue;
    }
    const base = word === "repeat" ? previous : global;
    previous = base === undefined ? body : mergeMaps(base, body);
    unfolded.push(previous);
  }
  return unfolded;
}

/** `over` wins; maps in both are merged. */
function mergeMaps(base: LocatedMap, over: LocatedMap): LocatedMap {
  const entries = base.entries.map((entry) => {
    const mine = over.entries.find((other) => other.key === entry.key);
    if (mine === undefined) return entry;
    return entry.value.kind === "map" && mine.value.kind === "map"
      ? { ...mine, value: mergeMaps(entry.value, mine.value) }
      : mine;
  });
  const added = over.entries.filter(
    (entry) => !base.entries.some((other) => other.key === entry.key),
  );
  return { kind: "map", at: over.at, entries: [...entries, ...added] };
}
