import type { Finding } from "../model/finding.ts";
import { type Severity, severityRank } from "../model/severity.ts";
import { accountKey } from "./analyzer-finding.ts";
import type { HostDirectory } from "./story.ts";

/** A fact that is more than everyday, made ready to be asked about time, host and account. */
export interface TellingFact {
  readonly finding: Finding;
  readonly firstMs: number;
  readonly hosts: ReadonlySet<string>;
  readonly accounts: ReadonlySet<string>;
}

/** Facts of at least a severity, in order of time. */
export function tellingFacts(
  findings: readonly Finding[],
  least: Severity,
  hosts: HostDirectory,
): TellingFact[] {
  return findings
    .filter(
      ({ kind, severity }) => kind === "fact" && severityRank(severity) <= severityRank(least),
    )
    .map((finding) => ({
      finding,
      firstMs: Date.parse(finding.first),
      hosts: new Set(finding.hosts.map((host) => hosts.nameOf(host))),
      accounts: new Set(finding.entities.accounts.map(accountKey)),
    }))
    .sort((a, b) => a.firstMs - b.firstMs);
}

/** Whether a fact is of one of these techniques or a part of one. */
export function hasTechnique({ attack }: Finding, wanted: readonly string[]): boolean {
  return attack.some((has) => wanted.some((each) => has === each || has.startsWith(`${each}.`)));
}
