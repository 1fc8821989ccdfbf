const DAY_MS = 86_400_000;

/** The numbers of the statistics. They were set so that ordinary days give at most low findings; tests measure that. */
export const PERIODIC = {
  /** Connections that a rhythm has to have, and how long it has to last. */
  leastTimes: 12,
  leastSpanMs: 3_600_000,
  /** Shortest and longest period that is looked for. */
  leastPeriodMs: 20_000,
  mostPeriodMs: 24 * 3_600_000,
  /** Largest jitter: robust deviation of the intervals over their median. */
  mostJitter: 0.35,
  /** Part of the intervals that has to lie within a quarter of the median. */
  leastSteady: 0.7,
  /** A destination that this part of the hosts uses, of at least so many hosts, is everyday. */
  commonShare: 0.5,
  commonHosts: 3,
  /** Score from which it is told, and from which it is medium. */
  leastScore: 0.6,
  mediumScore: 0.8,
} as const;

/** What the score of a rhythm is made of; the weights add up to 1. */
export const PERIODIC_WEIGHTS = {
  steady: 0.35,
  jitter: 0.25,
  long: 0.15,
  rare: 0.15,
  place: 0.1,
} as const;

export const BURST = {
  /** Connections to one destination within one hour that are looked at at all. */
  leastCount: 200,
  /** So many robust deviations above the median hour of the same host. */
  deviations: 8,
  /** And so many times the median. */
  times: 10,
  leastHours: 12,
} as const;

export const MACHINE_FAN_OUT = {
  /** Machines that one source and account reach within an hour, none of them by habit. */
  leastMachines: 5,
  windowMs: 3_600_000,
} as const;

export const HABIT = {
  /** Days on which a way is gone that make it work, if it was gone early in the logs; and whenever it began. */
  earlyDays: 3,
  days: 5,
} as const;

export const FIRST_SPECIAL_LOGON = {
  /** A host's Security log has to reach back so far before somebody counts as new on it. */
  learningMs: 2 * DAY_MS,
  /** So many hosts new to one account within a day are more than a new duty. */
  manyHosts: 3,
} as const;

export const FAN_OUT = {
  /** Different destinations of one program on one host within ten minutes. */
  leastDestinations: 60,
  windowMs: 600_000,
} as const;

export const OFF_HOURS = {
  /** Sessions and days that an account or a host has to have before its rhythm is known. */
  leastSessions: 15,
  leastDays: 5,
  /** Part of its sessions that begin within an hour of this time of day. */
  mostShare: 0.02,
  /** More odd sessions than this, or than this part of all, are a rhythm of their own. */
  mostOdd: 2,
  mostOddShare: 0.05,
} as const;

export const NEW_WAY = {
  /** Logs have to reach back so long before a way counts as new. */
  learningMs: 3 * DAY_MS,
  /** Rarity -log((n + 1) / (N + k)) from which it is told, among so many moves or more. */
  leastRarity: 3.5,
  leastMoves: 50,
} as const;

/** How alike two destinations are; the weights add up to 1. */
export const LIKENESS_WEIGHTS = {
  period: 0.25,
  jitter: 0.1,
  program: 0.25,
  port: 0.1,
  count: 0.1,
  hours: 0.1,
  hosts: 0.1,
} as const;

export const LIKENESS = {
  leastScore: 0.6,
  highScore: 0.8,
  mostFindings: 10,
  /** Of the destinations that are known: those that others are compared with, and those that are told. */
  mostModels: 20,
  mostKnown: 50,
} as const;
