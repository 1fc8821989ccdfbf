import { LIMITS } from "../base/limits.ts";
import type { Issue, IssueSink } from "./issue.ts";

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
}
