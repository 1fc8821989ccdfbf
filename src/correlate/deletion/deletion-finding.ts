import { stableHash } from "../../base/stable-hash.ts";
import type { Finding, FindingEntities } from "../../model/finding.ts";
import type { Signal } from "../../model/signal.ts";

/** What an analyzer says of one deletion; the rest of a finding follows from it. */
export interface Told
  extends Pick<
    Finding,
    | "kind"
    | "severity"
    | "confidence"
    | "reasons"
    | "title"
    | "statement"
    | "evidence"
    | "checkNext"
    | "falsePositives"
  > {
  /** Name of the analyzer, and what tells this finding from its others: no paths, nothing that depends on order. */
  readonly rule: string;
  readonly key: readonly string[];
  readonly host: string;
  readonly attack: readonly string[];
  /** When the records themselves do not say it: ISO 8601 UTC. */
  readonly first?: string;
  readonly last?: string;
  readonly accounts?: readonly string[];
  readonly addresses?: readonly string[];
  readonly alternatives?: readonly string[];
  readonly gaps?: Finding["gaps"];
}

/** Evidence shown for one finding; the count has all. */
const MOST_EVIDENCE = 100;

export function deletionFinding(told: Told): Finding {
  const { rule, key, host, title, evidence, gaps, alternatives } = told;
  const entities: FindingEntities = {
    accounts: told.accounts ?? [],
    addresses: told.addresses ?? [],
    processes: [],
  };
  return {
    id: stableHash([rule, host.toLowerCase(), ...key]),
    kind: told.kind,
    severity: told.severity,
    confidence: told.confidence,
    reasons: told.reasons,
    rule: { id: rule, title, source: "konseki" },
    title,
    statement: told.statement,
    first: told.first ?? evidence[0]?.time ?? "",
    last: told.last ?? evidence.at(-1)?.time ?? "",
    count: Math.max(evidence.length, 1),
    hosts: [host],
    entities,
    attack: told.attack,
    evidence: evidence.slice(0, MOST_EVIDENCE),
    falsePositives: told.falsePositives,
    checkNext: told.checkNext,
    ...(alternatives && { alternatives }),
    ...(gaps && gaps.length > 0 && { gaps }),
  };
}

/** `2026-03-02 08:38:00` of an ISO time or epoch ms, for sentences. */
export function clock(time: string | number): string {
  const iso = typeof time === "string" ? time : new Date(time).toISOString();
  return iso.slice(0, 19).replace("T", " ");
}

/** Who did it, by the record's subject: `DOMAIN\\name`, else the SID, else nothing. */
export function accountOf({ fields }: Signal): string {
  const { SubjectUserName: name, SubjectDomainName: domain } = fields;
  if (!name || name === "-") return fields.SubjectUserSid ?? "";
  return domain && domain !== "-" ? `${domain}\\${name}` : name;
}
