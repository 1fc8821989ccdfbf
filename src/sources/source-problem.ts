/** Why a piece of evidence gives nothing: what it is and what was found, then how to get at it. Plain data. */
export interface SourceProblem {
  readonly problem: string;
  /** What the user can do: a key to give, a program that unlocks it. */
  readonly fix?: string;
}

export function isProblem<T extends object>(value: T | SourceProblem): value is SourceProblem {
  return "problem" in value;
}

/** Thrown by `ByteSource.read` of a source whose medium is damaged there; the message names what and where. */
export class MediumError extends Error {
  override readonly name = "MediumError";
}

/** One line: the problem and its mending. */
export function problemText({ problem, fix }: SourceProblem): string {
  return fix === undefined ? problem : `${problem}: ${fix}`;
}
