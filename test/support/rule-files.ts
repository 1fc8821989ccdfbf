import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LogsourceTable } from "../../src/rules/logsources.ts";
import { parseLogsources } from "../../src/rules/parse-logsources.ts";
import { type ParsedRules, parseRules } from "../../src/rules/parse-rules.ts";

/** All .yml files below a folder, in a fixed order. */
export function ruleFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yml"))
    .sort()
    .map((name) => join(folder, name));
}

export function readRuleFolder(folder: string): ParsedRules[] {
  return ruleFiles(folder).map((file) => parseRules(readFileSync(file, "utf8"), file));
}

/** The mapping that konseki ships. */
export function shippedLogsources(): LogsourceTable {
  const file = "rules/logsources.yaml";
  return parseLogsources(readFileSync(file, "utf8"), file).table;
}
