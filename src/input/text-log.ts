import type { Issue, IssueSink } from "../model/issue.ts";
import type { TextEvent } from "./json-event.ts";

/** Who reads a text input. */
export interface TextLogVisitor {
  onEvent(event: TextEvent): void;
  onIssue?: IssueSink;
}

/** What reading a text input came to. */
export interface TextLogSummary {
  readonly events: number;
  /** Pieces (lines or elements) that were no event. */
  readonly lost: number;
  readonly issues: readonly Issue[];
  readonly issueCounts: Readonly<Record<string, number>>;
}

/** Longest line or element that is parsed; the largest real event text is about 70,000 characters. */
export const MOST_EVENT_CHARS = 8 * 1024 * 1024;
