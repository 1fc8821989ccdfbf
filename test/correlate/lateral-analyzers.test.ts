import { beforeAll, describe, expect, it } from "vitest";
import { severityRank } from "../../src/model/severity.ts";
import { HOP_CASES } from "../support/hop-cases.ts";
import { LATERAL_CASES } from "../support/lateral-cases.ts";
import { triageScenario } from "../support/triage-scenario.ts";

const RULES = [
  "password-guessing",
  "password-spray",
  "tunnelled-rdp",
  "session-takeover",
  "other-credentials",
  "pass-the-hash",
  "overpass-the-hash",
  "fan-out",
  "lateral-path",
  "remote-service",
  "remote-task",
  "remote-wmi",
] as const;

interface Score {
  right: number;
  wrong: number;
  missed: number;
}

/** What the hop cases have to show beside their way. */
const HOP_RULES: Readonly<Record<string, string>> = {
  service: "remote-service",
  task: "remote-task",
  WMI: "remote-wmi",
};

describe("the analyzers of logons and moves", () => {
  const scores = new Map<string, Score>(
    RULES.map((rule) => [rule, { right: 0, wrong: 0, missed: 0 }]),
  );
  const cases = [
    ...LATERAL_CASES,
    ...HOP_CASES.map(({ name, scenario, path }) => ({
      name,
      scenario,
      expect: [
        ...(path.length > 0 ? ["lateral-path"] : []),
        ...path.flatMap((hop) => HOP_RULES[hop.split(" ")[3] ?? ""] ?? []),
      ],
    })),
  ];
  const told = new Map<string, string[]>();

  beforeAll(() => {
    for (const { name, scenario } of cases) {
      const { findings } = triageScenario(scenario);
      told.set(
        name,
        findings
          .filter(
            ({ rule, severity }) =>
              (RULES as readonly string[]).includes(rule.id) &&
              severityRank(severity) <= severityRank("medium"),
          )
          .map(({ rule }) => rule.id),
      );
    }
  }, 120_000);

  it.each(cases)("$name", ({ name, expect: wanted }) => {
    const found = new Set(told.get(name));
    expect([...found].sort()).toEqual([...new Set(wanted)].sort());
  });

  it("are precise and complete on all of them together", () => {
    for (const { name, expect: wanted } of cases) {
      const found = new Set(told.get(name));
      for (const [rule, score] of scores) {
        if (found.has(rule) && wanted.includes(rule)) score.right++;
        else if (found.has(rule)) score.wrong++;
        else if (wanted.includes(rule)) score.missed++;
      }
    }
    const lines = [...scores].map(([rule, { right, wrong, missed }]) => {
      const ratio = (part: number, whole: number): string =>
        whole === 0 ? "   - " : (part / whole).toFixed(3);
      return `${rule.padEnd(20)} ${String(right).padStart(5)} ${String(wrong).padStart(5)} ${String(missed).padStart(6)}   ${ratio(right, right + wrong)}     ${ratio(right, right + missed)}`;
    });
    process.stdout.write(
      [`${"analyzer".padEnd(20)} right wrong missed  precision  recall`, ...lines, ""].join("\n"),
    );
    for (const { wrong, missed } of scores.values())
      expect({ wrong, missed }).toEqual({ wrong: 0, missed: 0 });
  });
});
