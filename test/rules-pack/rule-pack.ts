import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "yaml";
import type { CheckedRule } from "../../src/rules/checked-rule.ts";
import { parseRules } from "../../src/rules/parse-rules.ts";
import { ruleFiles } from "../support/rule-files.ts";

/** One event of a case file, in the words of scenario files. */
export interface CaseEvent {
  readonly channel: string;
  readonly provider: string;
  readonly id: number;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly userData?: Readonly<Record<string, unknown>>;
  readonly strings?: readonly string[];
  readonly userSid?: string;
}

export interface RuleCase {
  /** The rule's path below rules/. */
  readonly rule: string;
  /** Other rules (file names) that tell a wider fact of the matching events. */
  readonly also: readonly string[];
  readonly match: readonly CaseEvent[];
  readonly miss: readonly CaseEvent[];
}

export interface PackRule {
  /** Below rules/, with forward slashes. */
  readonly path: string;
  /** The file's name without its extension: what `also` and reports of the tests call it. */
  readonly name: string;
  readonly text: string;
}

const RULES = "rules";
const CASES = join("fixtures", "rules");

export const packRules: readonly PackRule[] = ruleFiles(RULES).map((file) => {
  const path = relative(RULES, file).replaceAll("\\", "/");
  const name = path.slice(path.lastIndexOf("/") + 1, -".yml".length);
  return { path, name, text: readFileSync(file, "utf8") };
});

export const caseNames: readonly string[] = ruleFiles(CASES).map((file) =>
  relative(CASES, file).slice(0, -".yml".length),
);

export function readCase(name: string): RuleCase {
  const parsed = parse(readFileSync(join(CASES, `${name}.yml`), "utf8")) as Partial<RuleCase>;
  return {
    rule: parsed.rule ?? "",
    also: parsed.also ?? [],
    match: parsed.match ?? [],
    miss: parsed.miss ?? [],
  };
}

export function parsePack() {
  return packRules.map(({ path, text }) => parseRules(text, path));
}

/** How the tests call a checked rule. */
export function nameOf(rule: CheckedRule): string {
  return rule.source.slice(rule.source.lastIndexOf("/") + 1, -".yml".length);
}

/** The case's event in the shape of a dump, as a reader of logs would give it. */
export function dumpShape(event: CaseEvent) {
  const strings = event.strings === undefined ? {} : { Data: { "#text": event.strings } };

  return {
    Event: {
      System: {
        Provider: { "#attributes": { Name: event.provider } },
        EventID: event.id,
        Channel: event.channel,
        Computer: "HOST-A",
        TimeCreated: { "#attributes": { SystemTime: "2026-03-02T08:00:00Z" } },
        EventRecordID: 1,
        ...(event.userSid === undefined
          ? {}
          : { Security: { "#attributes": { UserID: event.userSid } } }),
      },
      ...(event.userData === undefined
        ? { EventData: { ...event.data, ...strings } }
        : { UserData: event.userData }),
    },
  } as unknown as Parameters<typeof import("../support/dump-event.ts").dumpEvent>[0];
}
