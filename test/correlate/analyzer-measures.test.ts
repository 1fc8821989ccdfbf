import { beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { severityRank } from "../../src/model/severity.ts";
import { HOP_CASES, type HopCase } from "../support/hop-cases.ts";
import { LATERAL_CASES } from "../support/lateral-cases.ts";
import { METHOD_CASES } from "../support/method-cases.ts";
import { PRIVILEGE_CASES } from "../support/privilege-cases.ts";
import { type ScenarioInput, triageScenario } from "../support/triage-scenario.ts";

/** Analyzers whose findings count from `medium` up, one a case. */
const FLAGGED = [
  "password-guessing",
  "password-spray",
  "tunnelled-rdp",
  "session-takeover",
  "other-credentials",
  "pass-the-hash",
  "overpass-the-hash",
  "fan-out",
  "lateral-path",
];
/** Analyzers that tell ways between machines: each way counts, and whether it is a habit. */
const WAYS = [
  "remote-rdp",
  "remote-ssh",
  "remote-winrm",
  "remote-dcom",
  "remote-wmi",
  "remote-service",
  "remote-task",
  "remote-smb",
];
const RULES = [...FLAGGED, ...WAYS, "first-seen-way", "privilege-chain", "first-special-logon"];

const short = (name: string): string => (/^\d/.test(name) ? name : name.replace(/\..*$/, ""));
const bare = (account: string): string => account.replace(/^.*\\/, "");

/** What a finding claims, in the words of the forged truth. */
function claims({ rule, severity, movements = [], entities, statement }: Finding): string[] {
  const flagged = severityRank(severity) <= severityRank("medium");
  if (FLAGGED.includes(rule.id)) return flagged ? [rule.id] : [];
  if (WAYS.includes(rule.id) || rule.id === "first-seen-way")
    return movements.map(
      ({ from, to, account = "" }) =>
        `${rule.id} ${short(from)} > ${short(to)} ${bare(account)}${severity === "informational" ? ", habit" : ""}`,
    );
  // One step of an account alone is told, and weighs nothing.
  if (rule.id === "privilege-chain")
    return flagged ? entities.accounts.map((account) => `${rule.id} ${bare(account)}`) : [];
  if (rule.id === "first-special-logon")
    return [`${rule.id} ${bare(statement.split(" ")[0] ?? "")}`];
  return [];
}

interface Measured {
  readonly name: string;
  readonly scenario: ScenarioInput;
  readonly truth: ReadonlySet<string>;
}

function ofHops({ name, scenario, path, habits, besides }: HopCase, isPath: boolean): Measured {
  const told = (way: string, habit: string): string => {
    const [from, , to, method = "", account] = way.split(" ");
    return `remote-${method.toLowerCase()} ${from} > ${to} ${account}${habit}`;
  };
  return {
    name,
    scenario,
    truth: new Set([
      ...(isPath && path.length > 0 ? ["lateral-path"] : []),
      ...path.map((way) => told(way, "")),
      ...habits.map((way) => told(way, ", habit")),
      ...besides,
    ]),
  };
}

const CASES: readonly Measured[] = [
  ...[...LATERAL_CASES, ...PRIVILEGE_CASES].map(({ name, scenario, expect: wanted }) => ({
    name,
    scenario,
    truth: new Set(wanted),
  })),
  ...HOP_CASES.map((each) => ofHops(each, true)),
  ...METHOD_CASES.map((each) => ofHops(each, false)),
];

describe("the analyzers of logons, moves and privileges", () => {
  const told = new Map<string, ReadonlySet<string>>();

  beforeAll(() => {
    for (const { name, scenario } of CASES)
      told.set(name, new Set(triageScenario(scenario).findings.flatMap(claims)));
  }, 120_000);

  it.each(CASES)("$name", ({ name, truth }) => {
    expect([...told.get(name)!].sort()).toEqual([...truth].sort());
  });

  it("are precise and complete on all of them together, each measured on true cases", () => {
    const scores = RULES.map((rule) => {
      const score = { rule, right: 0, wrong: 0, missed: 0 };
      const own = (claim: string): boolean => claim.split(" ")[0] === rule;
      for (const { name, truth } of CASES) {
        const found = told.get(name)!;
        for (const claim of [...found].filter(own)) {
          if (truth.has(claim)) score.right++;
          else score.wrong++;
        }
        score.missed += [...truth].filter((claim) => own(claim) && !found.has(claim)).length;
      }
      return score;
    });
    const ratio = (part: number, whole: number): string =>
      whole === 0 ? "   - " : (part / whole).toFixed(3);
    const lines = scores.map(
      ({ rule, right, wrong, missed }) =>
        `${rule.padEnd(20)} ${String(right).padStart(5)} ${String(wrong).padStart(5)} ${String(missed).padStart(6)}   ${ratio(right, right + wrong)}     ${ratio(right, right + missed)}`,
    );
    process.stdout.write(
      [`${"analyzer".padEnd(20)} right wrong missed  precision  recall`, ...lines, ""].join("\n"),
    );
    for (const { rule, right, wrong, missed } of scores) {
      expect(right, rule).toBeGreaterThan(0);
      expect({ rule, wrong, missed }).toEqual({ rule, wrong: 0, missed: 0 });
    }
  });
});
