const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** Shorter records of a log know no rhythm. */
const LEAST_SPAN_HOURS = 48;
/** Longer ones are looked at from their end: more teaches nothing, and clocks may be forged. */
const MOST_SPAN_HOURS = 24 * 366 * 3;
/** Only logs that write in most hours, night and day, are judged: people have holidays, machines have not. */
const LEAST_STEADY = 0.8;
/** Silences told of a log; a log with more has no rhythm. */
const MOST_RUNS = 50;
/** Hours with records that a rhythm takes. */
const LEAST_WRITTEN_HOURS = 48;
/** How much the average of all days of the kind weighs beside the same hour of other days. */
const PRIOR_HOURS = 4;
/** Chance of the silence if each hour were drawn from the log's own rhythm: a millionth. */
const MOST_CHANCE = -6;

/** A silence that the log's own rhythm does not explain. */
export interface QuietRun {
  readonly fromMs: number;
  readonly toMs: number;
  /** Hours in it that count: in which something could have been written. */
  readonly counted: number;
  /** Share of the hours that count in which the log otherwise writes. */
  readonly usual: number;
}

/**
 * The silences between the first and last of `active` hours that chance does not explain, by hour of day and by working
 * day or weekend. `counts` says in which hours something could have been written at all; `until`, that the log was
 * taken no earlier than in that hour, so that silence at its end counts too.
 */
export function quietRuns(
  active: ReadonlySet<number>,
  counts: (hour: number) => boolean,
  until?: number,
): QuietRun[] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const hour of active) {
    first = Math.min(first, hour);
    last = Math.max(last, hour);
  }
  if (!(last - first >= LEAST_SPAN_HOURS) || active.size < LEAST_WRITTEN_HOURS) return [];
  last = Math.max(last, until ?? last);
  first = Math.max(first, last - MOST_SPAN_HOURS);
  const profile = new Profile();
  const runs: number[][] = [];
  let run: number[] = [];
  for (let hour = first; hour <= last; hour++) {
    if (active.has(hour)) {
      if (run.length > 1) runs.push(run);
      run = [];
      profile.add(hour, true, 1);
    } else {
      run.push(hour);
      if (counts(hour)) profile.add(hour, false, 1);
    }
  }
  if (run.length > 1) runs.push(run);
  const found: QuietRun[] = [];
  for (const hours of runs) {
    const silent = hours.filter(counts);
    if (silent.length < 2) continue;
    // A silence must not lower the rhythm that it is measured by.
    for (const hour of silent) profile.add(hour, false, -1);
    const usual = profile.share();
    let chance = 0;
    for (const hour of silent) chance += Math.log10(1 - profile.at(hour));
    for (const hour of silent) profile.add(hour, false, 1);
    if (usual < LEAST_STEADY || chance > MOST_CHANCE) continue;
    if (found.length >= MOST_RUNS) break;
    found.push({
      fromMs: hours[0]! * HOUR_MS,
      toMs: (hours.at(-1)! + 1) * HOUR_MS,
      counted: silent.length,
      usual,
    });
  }
  return found;
}

/** In how many of the counted hours the log wrote: by kind of day, and by hour of day within it. */
class Profile {
  readonly #written = new Float64Array(2 * (DAY_HOURS + 1));
  readonly #counted = new Float64Array(2 * (DAY_HOURS + 1));

  add(hour: number, written: boolean, by: 1 | -1): void {
    for (const bin of [binOf(hour), dayBin(hour)]) {
      this.#counted[bin]! += by;
      if (written) this.#written[bin]! += by;
    }
  }

  /** Chance that the log writes in such an hour; 0 where no such day is known. */
  at(hour: number): number {
    const day = dayBin(hour);
    const all = this.#written[day]! / (this.#counted[day]! + 1);
    const bin = binOf(hour);
    return (this.#written[bin]! + PRIOR_HOURS * all) / (this.#counted[bin]! + PRIOR_HOURS);
  }

  share(): number {
    const [working, weekend] = [DAY_HOURS, 2 * DAY_HOURS + 1];
    const counted = this.#counted[working]! + this.#counted[weekend]!;
    return (this.#written[working]! + this.#written[weekend]!) / Math.max(counted, 1);
  }
}

function isWeekend(hour: number): boolean {
  // 1970-01-01 was a Thursday.
  const day = (Math.floor(hour / DAY_HOURS) + 4) % 7;
  return day === 0 || day === 6;
}

function binOf(hour: number): number {
  return (isWeekend(hour) ? DAY_HOURS + 1 : 0) + (hour % DAY_HOURS);
}

function dayBin(hour: number): number {
  return (isWeekend(hour) ? DAY_HOURS + 1 : 0) + DAY_HOURS;
}
