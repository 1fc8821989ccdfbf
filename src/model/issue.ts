/**
 * Something that could not be used as it stood: damaged evidence, a wrong rule, a bad option. Issues are
 * data; they never stop the work beside them. Codes are public: add, do not rename.
 */
export interface Issue {
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  /** What, where, expected and found, and what to do: one line. */
  readonly message: string;
  /** The file (evidence or rule) it is about. */
  readonly source: string;
  /** Byte offset in `source`. */
  readonly fileOffset?: number;
  /** How many bytes it concerns, where that is known. */
  readonly bytes?: number;
  readonly chunk?: number;
  readonly recordId?: string;
  /** 1-based, for text inputs and rules. */
  readonly line?: number;
  readonly column?: number;
  /** How to mend it, for rules and options. */
  readonly fix?: string;
}

export type IssueSink = (issue: Issue) => void;
