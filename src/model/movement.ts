import type { RecordRef } from "./record-ref.ts";

/**
 * Somebody going from one machine to another: a logon over the network or RDP, a service or task made from
 * afar. `from` and `to` are host names or addresses as the log gives them. Plain data.
 */
export interface Movement {
  readonly from: string;
  readonly to: string;
  /** ISO 8601 UTC. */
  readonly time: string;
  /** How, in the field's words: `RDP`, `SMB`, `WinRM`, `service`, `WMI`, … */
  readonly method: string;
  readonly account?: string;
  /** The first records that tell of it. */
  readonly evidence?: readonly RecordRef[];
}

/** Records that should be there and are not: drawn as a hole in the timeline. Plain data. */
export interface RecordGap {
  readonly host: string;
  readonly channel: string;
  /** ISO 8601 UTC of the last record before and the first record after the hole. */
  readonly from: string;
  readonly to: string;
  /** How many records are missing, where record ids tell. */
  readonly missing?: number;
  /** What else in the inputs tells of the period, most telling first, in plain sentences. */
  readonly coveredBy?: readonly string[];
  /** What no input can tell of the period, in plain sentences. */
  readonly unknowable?: readonly string[];
}

/** One logon session as far as the logs tell: who was on which host from when to when. Plain data. */
export interface SessionSummary {
  readonly host: string;
  readonly account: string;
  readonly logonType?: string;
  /** Address or host name it came from. */
  readonly from?: string;
  /** ISO 8601 UTC; `null`: not in these logs. */
  readonly start: string | null;
  readonly end: string | null;
  /** Records that such a session leaves and that are not there, in plain sentences. */
  readonly missing?: readonly string[];
}
