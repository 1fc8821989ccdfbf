import type { CaseKindVerdict } from "./case-kind.ts";
import type { EvidenceSource } from "./evidence-source.ts";
import type { Finding } from "./finding.ts";
import type { HostFacts } from "./host-facts.ts";
import type { Inventory } from "./inventory.ts";
import type { Issue } from "./issue.ts";
import type { InputLedger } from "./ledger.ts";
import type { SessionSummary } from "./movement.ts";
import type { RecordRef } from "./record-ref.ts";
import type { Severity } from "./severity.ts";
import type { LogSufficiency } from "./sufficiency.ts";

/** One line of the timeline: a flagged event or context beside it (boot, logon, clock change). */
export interface TimelineEntry {
  readonly timeMs: number;
  readonly severity: Severity;
  readonly title: string;
  readonly statement: string;
  readonly ref: RecordRef;
  /** The finding it belongs to, if any. */
  readonly findingId?: string;
}

/** What a cited record holds, for readers who do not have the log at hand. */
export interface CitedRecord {
  readonly ref: RecordRef;
  /** EventData or UserData in document order. */
  readonly fields: readonly (readonly [name: string, text: string | null])[];
  readonly xml?: string;
}

/** What the rules could and could not see in these inputs. */
export interface RuleCoverage {
  readonly loaded: number;
  /** Rules whose channel (and event id) occurs in the inputs. */
  readonly couldFire: number;
  readonly fired: number;
  /** Channels that rules wanted and no input had, with how many rules each would have served. */
  readonly missingChannels: readonly { readonly channel: string; readonly rules: number }[];
  readonly unusable: readonly Issue[];
}

/** Everything a renderer needs; plain data, so a report can be stored and rendered again. */
export interface TriageReport {
  readonly tool: { readonly name: "konseki"; readonly version: string };
  readonly findings: readonly Finding[];
  readonly timeline: readonly TimelineEntry[];
  readonly inputs: readonly InputLedger[];
  readonly rules: RuleCoverage;
  readonly hosts: readonly string[];
  readonly first: string | null;
  readonly last: string | null;
  readonly records: number;
  /** What these logs cannot tell, in plain sentences. */
  readonly limits: readonly string[];
  /** What the logs, and registry hives beside them, say of the hosts themselves. */
  readonly hostFacts?: readonly HostFacts[];
  /** What the inputs were taken from, and whose evidence that is. */
  readonly sources?: readonly EvidenceSource[];
  readonly sessions?: readonly SessionSummary[];
  /** The inventory it was made with. */
  readonly inventory?: Inventory;
  /** Which kinds of case the evidence suggests, and which not. */
  readonly caseKinds?: readonly CaseKindVerdict[];
  /** Per host and question, whether the logs can answer it. */
  readonly sufficiency?: LogSufficiency;
  /** The content of records that findings cite; may be capped, worst findings first. */
  readonly cited?: readonly CitedRecord[];
}
