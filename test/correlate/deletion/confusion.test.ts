import { expect, it } from "vitest";
import type { Finding } from "../../../src/model/finding.ts";
import { severityRank } from "../../../src/model/severity.ts";
import { triageLogs } from "../../support/triage-logs.ts";
import { untranslated } from "../../support/untranslated.ts";
import { CASES, type DeletionCase } from "./deletion-cases.ts";

/** Findings that say of a log that something was deleted from it or kept out of it. */
function deletions({ logs, deleted }: DeletionCase): Finding[] {
  const least = severityRank(deleted?.least ?? "medium");
  return triageLogs(logs()).findings.filter(
    ({ attack, severity }) =>
      severityRank(severity) <= least &&
      attack.some((technique) => /^T1070|^T1562\.002/.test(technique)),
  );
}

/** The finding says the right thing about the right host, and its period (holes, else its records) holds the deletion. */
function isRight(
  finding: Finding,
  { host, at, by }: NonNullable<DeletionCase["deleted"]>,
): boolean {
  if (finding.title !== by) return false;
  if (!finding.hosts.some((name) => name.split(".")[0] === host)) return false;
  // Expected times are given in whole seconds.
  const ms = Date.parse(at);
  const periods = finding.gaps ?? [{ from: finding.first, to: finding.last }];
  return periods.some(({ from, to }) => Date.parse(from) <= ms + 1000 && ms <= Date.parse(to));
}

it("tells forged deletions from honest logs, with the right host and period", () => {
  const counts = { hit: 0, missed: 0, wrong: 0, falseAlarm: 0, quiet: 0 };
  const failures: string[] = [];
  const english = new Set<string>();
  for (const one of CASES) {
    const found = deletions(one);
    for (const text of untranslated(found.filter(({ rule }) => rule.id.startsWith("konseki-"))))
      english.add(text);
    for (const { title, evidence } of found)
      expect(evidence.length, `${one.name}: ${title}`).toBeGreaterThan(0);
    const told = found.map(({ title, statement }) => `${title}: ${statement}`).join("; ");
    if (one.deleted === undefined) {
      if (found.length === 0) counts.quiet++;
      else {
        counts.falseAlarm++;
        failures.push(`honest, but told: ${one.name}: ${told}`);
      }
    } else if (found.length === 0) {
      counts.missed++;
      failures.push(`missed: ${one.name}`);
    } else if (found.some((finding) => isRight(finding, one.deleted!))) counts.hit++;
    else {
      counts.wrong++;
      failures.push(`wrong host or period: ${one.name}: ${told}`);
    }
  }
  process.stdout.write(
    `${[
      "                     called deletion  called, wrong place  not called",
      `forged deletion      ${pad(counts.hit, 15)}  ${pad(counts.wrong, 19)}  ${pad(counts.missed, 10)}`,
      `honest twin          ${pad(counts.falseAlarm, 15)}  ${pad("-", 19)}  ${pad(counts.quiet, 10)}`,
    ].join("\n")}\n`,
  );
  expect(failures).toEqual([]);
  expect([...english]).toEqual([]);
});

function pad(value: number | string, width: number): string {
  return String(value).padStart(width);
}
