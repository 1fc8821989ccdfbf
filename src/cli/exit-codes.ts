/** What the command says to scripts. Documented in the README; never renumber. */
export const EXIT = {
  /** Done; nothing at or above `--fail-on`. */
  done: 0,
  /** Done, and something reached `--fail-on`. */
  findings: 1,
  /** Wrong options, or a rule that `--strict-rules` refuses. */
  usage: 2,
  /** Done, but some input could not be read in full; each is named. */
  incomplete: 3,
  /** Stopped by Ctrl-C. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
