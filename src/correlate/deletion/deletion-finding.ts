import { stableHash } from "../../base/stable-hash.ts";
import type { Finding, FindingEntities } from "../../model/finding.ts";
import type { RecordGap } from "../../model/movement.ts";
import { PhraseBook, type Text } from "../../model/phrase.ts";
import type { Signal } from "../../model/signal.ts";
import { grounded, isGrounded } from "../analyzer-finding.ts";
import { lookedAt } from "../looked-at.ts";

/** What an analyzer says of one deletion; the rest of a finding follows from it. */
export interface Told extends Pick<Finding, "kind" | "severity" | "confidence" | "evidence"> {
  readonly title: Text;
  readonly statement: Text;
  readonly reasons: { readonly for: readonly Text[]; readonly against: readonly Text[] };
  readonly checkNext: readonly Text[];
  readonly falsePositives: readonly Text[];
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
  readonly alternatives?: readonly Text[];
  readonly gaps?: readonly ToldGap[];
}

/** A hole, with what is said of it still in phrases. */
export interface ToldGap extends Omit<RecordGap, "coveredBy" | "unknowable"> {
  readonly coveredBy: readonly Text[];
  readonly unknowable: readonly Text[];
}

/** Evidence shown for one finding; the count has all. */
const MOST_EVIDENCE = 100;
/** Channels named behind one reason. */
const MOST_CHANNELS = 5;

export function deletionFinding(told: Told): Finding {
  const { rule, key, host, evidence, gaps, alternatives } = told;
  const book = new PhraseBook();
  const title = book.english(told.title);
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
    reasons: {
      for: book.all(restingOn(told.reasons.for, told)),
      against: book.all(restingOn(told.reasons.against, told)),
    },
    rule: { id: rule, title, source: "konseki" },
    title,
    statement: book.english(told.statement),
    first: told.first ?? evidence[0]?.time ?? "",
    last: told.last ?? evidence.at(-1)?.time ?? "",
    count: Math.max(evidence.length, 1),
    hosts: [host],
    entities,
    attack: told.attack,
    evidence: evidence.slice(0, MOST_EVIDENCE),
    falsePositives: book.all(told.falsePositives),
    checkNext: book.all(told.checkNext),
    ...(alternatives && { alternatives: book.all(alternatives) }),
    ...(gaps &&
      gaps.length > 0 && {
        gaps: gaps.map((gap) => ({
          ...gap,
          coveredBy: book.all(gap.coveredBy),
          unknowable: book.all(gap.unknowable),
        })),
      }),
    ...book.kept,
  };
}

/** What is not in a log has no record to cite: a reason of a hole names the log and the time that were looked at. */
function restingOn(reasons: readonly Text[], { kind, evidence, gaps = [] }: Told): Text[] {
  const [first] = gaps;
  if (kind === "fact" || first === undefined) return grounded(reasons, evidence);
  const hosts = [...new Set(gaps.map(({ host }) => host))];
  const channels = [...new Set(gaps.map(({ channel }) => channel))].slice(0, MOST_CHANNELS);
  let { from, to } = first;
  for (const gap of gaps) {
    if (gap.from < from) from = gap.from;
    if (gap.to > to) to = gap.to;
  }
  return reasons.map((reason) =>
    isGrounded(reason)
      ? reason
      : lookedAt(reason, hosts, channels.join(", "), Date.parse(from), Date.parse(to)),
  );
}

/** `2026-03-02 08:38:00 UTC` of an ISO time or epoch ms, for sentences. */
export function clock(time: string | number): string {
  const iso = typeof time === "string" ? time : new Date(time).toISOString();
  return `${iso.slice(0, 19).replace("T", " ")} UTC`;
}

/** Who did it, by the record's subject: `DOMAIN\\name`, else the SID, else nothing. */
export function accountOf({ fields }: Signal): string {
  const { SubjectUserName: name, SubjectDomainName: domain } = fields;
  if (!name || name === "-") return fields.SubjectUserSid ?? "";
  return domain && domain !== "-" ? `${domain}\\${name}` : name;
}
