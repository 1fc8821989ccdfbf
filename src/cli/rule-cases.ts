import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import { MemorySource } from "../base/byte-source.ts";
import { forgeLog } from "../forge/forge-log.ts";
import { parseScenario } from "../forge/scenario.ts";
import type { LoadedRules } from "../node/load-rules.ts";
import { findRules } from "../node/rule-set.ts";
import type { RuleMeta } from "../rules/checked-rule.ts";
import { mapEvtx } from "../triage/map-evtx.ts";
import { reduce } from "../triage/reduce.ts";
import { UsageError } from "./usage-error.ts";

/** A file of stored cases: events that a rule has to match, and events that look alike and it must not match. */
export interface RuleCaseFile {
  readonly file: string;
  /** Id, title or (the end of) the path of the rule. */
  readonly rule: string;
  readonly cases: readonly RuleCase[];
}

/** One event, or several that belong together, as scenarios write them. */
export interface RuleCase {
  readonly name: string;
  readonly line: number;
  readonly matches: boolean;
  readonly events: readonly unknown[];
}

export interface CaseVerdict {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly rule: string;
  /** What is wrong; absent when the rule did what the case says. */
  readonly wrong?: string;
}

const KEYS = ["rule", "also", "match", "miss"];
const HOST = "HOST-A";

/** The case files below a path. Throws UsageError with file and line of what is no case. */
export function readRuleCases(path: string): RuleCaseFile[] {
  return caseFiles(path).map((file) => readCaseFile(file, readFileSync(file, "utf8")));
}

function caseFiles(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`${path}: no such file or folder`);
  if (!stat.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ya?ml$/i.test(name))
    .sort()
    .map((name) => join(path, name));
}

function readCaseFile(file: string, text: string): RuleCaseFile {
  const document = parseDocument(text);
  const lineAt = (offset: number): number => text.slice(0, offset).split("\n").length;
  const [error] = document.errors;
  if (error !== undefined)
    throw new UsageError(`${file}:${lineAt(error.pos[0])}: ${error.message.split("\n")[0]}`);
  const root = document.contents;
  if (!isMap(root)) throw new UsageError(`${file}:1: a case file is a map of ${KEYS.join(", ")}`);
  for (const { key } of root.items) {
    const name = isScalar(key) ? String(key.value) : "";
    if (!KEYS.includes(name))
      throw new UsageError(`${file}: no key "${name}" in a case file: ${KEYS.join(", ")}`);
  }
  const rule = root.get("rule");
  if (typeof rule !== "string") throw new UsageError(`${file}:1: rule is missing`);
  const cases = ["match", "miss"].flatMap((kind) => {
    const items = root.get(kind);
    if (items === undefined || items === null) return [];
    if (!isSeq(items)) throw new UsageError(`${file}: ${kind} has to be a list`);
    return items.items.map((item, index): RuleCase => {
      const value: unknown = (item as { toJS(of: unknown): unknown }).toJS(document);
      return {
        name: `${kind} ${index + 1}`,
        line: lineAt((item as { range?: [number, number, number] }).range?.[0] ?? 0),
        matches: kind === "match",
        events: Array.isArray(value) ? value : [value],
      };
    });
  });
  return { file, rule, cases };
}

/** Forges the events of each case as logs, reads them back and asks the rules: the way that evidence goes. */
export function testRuleCases(
  files: readonly RuleCaseFile[],
  { engine }: Pick<LoadedRules, "engine">,
): CaseVerdict[] {
  const set = { rules: engine.rules, correlations: engine.correlations, filters: [] };
  return files.flatMap(({ file, rule: wanted, cases }) => {
    const rules = findRules(set, wanted);
    return cases.map((one): CaseVerdict => {
      const verdict = { file, line: one.line, name: one.name, rule: rules[0]?.title ?? wanted };
      const wrong =
        rules.length === 0
          ? `no usable rule "${wanted}" among those loaded`
          : whatIsWrong(one, rules, engine, `${file}:${one.line}`);
      return wrong === undefined ? verdict : { ...verdict, wrong };
    });
  });
}

function whatIsWrong(
  one: RuleCase,
  rules: readonly RuleMeta[],
  engine: LoadedRules["engine"],
  name: string,
): string | undefined {
  let fired: ReadonlySet<string | undefined>;
  try {
    fired = firedBy(one.events, engine, name);
  } catch (error) {
    return (error as Error).message;
  }
  const hit = rules.some(({ id }) => fired.has(id));
  if (hit === one.matches) return undefined;
  return one.matches ? "the rule does not match" : "the rule matches";
}

/** Ids of the rules and correlations that these events fulfil. */
function firedBy(
  events: readonly unknown[],
  engine: LoadedRules["engine"],
  name: string,
): ReadonlySet<string | undefined> {
  // JSON is YAML: the scenario reader says what is wrong with an event.
  const scenario = parseScenario(
    JSON.stringify({
      start: "2026-03-02T08:00:00Z",
      hosts: hostsOf(events),
      events: events.map((event, index) => ({
        at: `+${index}s`,
        host: HOST,
        ...(event as object),
      })),
    }),
    name,
  );
  const results = scenario.logs.map((log) =>
    mapEvtx(
      new MemorySource(forgeLog(log.events, log.options)),
      log.path,
      { engine },
      { sha256: () => "" },
    ),
  );
  const { findings } = reduce(results, engine, {
    version: "",
    isBuiltIn: () => true,
    ruleIssues: [],
  });
  return new Set([
    ...results.flatMap(({ signals }) => signals.map(({ ruleId }) => ruleId)),
    ...findings.map(({ rule }) => rule.id),
  ]);
}

/** The hosts that events name, and the one of those that name none. */
function hostsOf(events: readonly unknown[]): Record<string, object> {
  const hosts: Record<string, object> = { [HOST]: { domain: "corp.example" } };
  for (const event of events) {
    const { host } = (event ?? {}) as { host?: unknown };
    if (typeof host === "string") hosts[host] = { domain: "corp.example" };
  }
  return hosts;
}
