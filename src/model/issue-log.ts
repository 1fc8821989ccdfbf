import { LIMITS } from "../base/limits.ts";
import type { Issue, IssueSink } from "./issue.ts";

interface CountedIssues {
  readonly issues: readonly Issue[];
  readonly issueCounts: Readonly<Record<string, number>>;
}

/**
 * Passes on the first issues of each code and counts all of them, so that a hostile file cannot fill a disk
 * with its own diagnostics and no count is lost.
 */
export class IssueLog {
  readonly counts: Record<string, number> = Object.create(null);
  readonly issues: Issue[] = [];
  readonly #sink: IssueSink | undefined;

  constructor(sink?: IssueSink) {
    this.#sink = sink;
  }

  add(issue: Issue): void {
    const count = (this.counts[issue.code] ?? 0) + 1;
    this.counts[issue.code] = count;
    if (count > LIMITS.issuesPerCode) return;
    this.issues.push(issue);
    this.#sink?.(issue);
  }

  /** What another log of issues took, as if each of them had come here. */
  addAll({ issues, issueCounts }: CountedIssues): void {
    const listed: Record<string, number> = Object.create(null);
    for (const issue of issues) {
      this.add(issue);
      listed[issue.code] = (listed[issue.code] ?? 0) + 1;
    }
    for (const [code, count] of Object.entries(issueCounts)) {
      const more = count - (listed[code] ?? 0);
      if (more > 0) this.counts[code] = (this.counts[code] ?? 0) + more;
    }
  }
}
