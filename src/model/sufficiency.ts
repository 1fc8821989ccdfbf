/** What a responder asks of every host, in the order of a report. Public: only add. */
export const QUESTION_IDS = [
  "interactive-logons",
  "rdp-logons",
  "rdp-outgoing",
  "network-logons",
  "ssh-logons",
  "remote-commands",
  "programs",
  "command-lines",
  "scripts",
  "services",
  "tasks",
  "wmi",
  "rights-used",
  "rights-gained",
  "kerberos",
  "directory-changes",
  "credential-theft",
  "shares",
  "files",
  "network",
  "names",
  "malware",
  "logs-cleared",
  "uptime",
] as const;
export type QuestionId = (typeof QUESTION_IDS)[number];

/** `yes`: what happened in the period is told. `partly`: some of it. `no`: these logs cannot tell. */
export type Answer = "yes" | "partly" | "no";

/** Why logs do not answer, or not in full. Public: only add. */
export const SUFFICIENCY_REASONS = [
  "absent",
  "unread",
  "switched-off",
  "not-seen",
  "part-of-it",
  "cleared",
  "overwritten",
  "too-small",
  "filtered-export",
  "filtered-run",
  "damaged",
  "starts-late",
  "audit-off",
  "channel-off",
] as const;
export type SufficiencyReasonCode = (typeof SUFFICIENCY_REASONS)[number];

/** A reason as data: its wording in a language is `sufficiency.reason.CODE` of the catalogue. */
export interface SufficiencyReason {
  readonly code: SufficiencyReasonCode;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A line to type or a policy to set, so that the question can be answered next time. */
export interface LogSetting {
  /** Stable name; answers refer to it. */
  readonly id: string;
  readonly kind: "auditpol" | "wevtutil" | "registry" | "install";
  readonly command: string;
  /** The same in a group policy, where there is one. */
  readonly policy?: string;
  /** True: it makes so many events that the log has to be made larger first. */
  readonly noisy?: true;
}

export interface SufficiencyAnswer {
  readonly question: QuestionId;
  readonly answer: Answer;
  /** ISO 8601 UTC: from when to when it is answered; null when it is not. */
  readonly from: string | null;
  readonly to: string | null;
  /** How many days back the log behind the answer reached when it was taken, one decimal. */
  readonly retentionDays: number | null;
  /** Channels that answer it. */
  readonly channels: readonly string[];
  readonly reasons: readonly SufficiencyReason[];
  /** Ids into `LogSufficiency.settings`. */
  readonly settings: readonly string[];
}

export interface HostSufficiency {
  readonly host: string;
  readonly answers: readonly SufficiencyAnswer[];
}

/** Per host and question: can these logs tell, for which period, why not, and what to change. Plain data. */
export interface LogSufficiency {
  readonly hosts: readonly HostSufficiency[];
  readonly settings: readonly LogSetting[];
  /** Hosts with logs that are not in `hosts` because there are too many. */
  readonly hostsLeftOut: number;
}
