import type { Confidence } from "./severity.ts";
import type { QuestionId } from "./sufficiency.ts";

/** The kinds of case that responders meet. Public: only add. */
export const CASE_KIND_IDS = [
  "vpn-way-in",
  "hands-on-intrusion",
  "ransomware",
  "theft-without-encryption",
  "support-scam",
  "multi-site-intrusion",
] as const;
export type CaseKindId = (typeof CASE_KIND_IDS)[number];

/**
 * `supported`: records suggest it, see the finding. `contradicted`: some do, others speak against it more. `not-supported`: the logs that would show it are there, and do
 * not. `cannot-tell`: they do not show it, and logs that would are missing or do not reach far enough.
 */
export interface CaseKindVerdict {
  readonly kind: CaseKindId;
  readonly verdict: "supported" | "contradicted" | "not-supported" | "cannot-tell";
  readonly confidence?: Confidence;
  readonly findingId?: string;
  /** Questions that some host's logs do not answer in full and that bear on it. */
  readonly unanswered: readonly QuestionId[];
}
