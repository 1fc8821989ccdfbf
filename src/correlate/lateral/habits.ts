import type { CaseView } from "../analyzer.ts";
import { accountKey } from "../analyzer-finding.ts";
import { HABIT } from "../statistics-limits.ts";
import type { Move } from "../story.ts";
import { WayMap } from "../way-map.ts";
import { DAY_MS, firstLogMs } from "./move-words.ts";

/** Who usually goes from where to where. */
export interface Habits {
  /** The way is gone on many days, and was from the beginning of the logs on. */
  isHabit(move: Move): boolean;
  /** Nobody was seen to go this way with this account before this move. */
  isFirst(move: Move): boolean;
}

const learnt = new WeakMap<readonly Move[], { sinceMs: number; habits: Habits }>();

/** What all moves of a case tell of habits; the same for every analyzer that asks. */
export function habitsOf({ story, inputs }: Pick<CaseView, "story" | "inputs">): Habits {
  const { moves } = story;
  const sinceMs = firstLogMs({ inputs }) ?? moves[0]?.timeMs ?? 0;
  const known = learnt.get(moves);
  if (known?.sinceMs === sinceMs) return known.habits;
  const habits = learnHabits(moves, sinceMs, moves.at(-1)?.timeMs ?? 0);
  learnt.set(moves, { sinceMs, habits });
  return habits;
}

/** Learns the ways from all moves, which are in order of time; `sinceMs` is when the logs begin, `untilMs` when they end. */
export function learnHabits(moves: readonly Move[], sinceMs: number, untilMs: number): Habits {
  const gone = new WayMap<{ days: number; lastDay: number; readonly firstMs: number }>();
  for (const { from, to, account, timeMs, succeeded } of moves) {
    if (!succeeded) continue;
    const day = Math.floor(timeMs / DAY_MS);
    const way = gone.get(from, to, accountKey(account));
    if (way === undefined)
      gone.set(from, to, accountKey(account), { days: 1, lastDay: day, firstMs: timeMs });
    else if (day !== way.lastDay) {
      way.days++;
      way.lastDay = day;
    }
  }
  const early = sinceMs + Math.max(2 * DAY_MS, (untilMs - sinceMs) / 3);
  const wayOf = ({ from, to, account }: Move) => gone.get(from, to, accountKey(account));
  return {
    isHabit(move) {
      const way = wayOf(move);
      if (way === undefined) return false;
      const { days } = way;
      return days >= HABIT.days || (days >= HABIT.earlyDays && way.firstMs <= early);
    },
    isFirst: (move) => (wayOf(move)?.firstMs ?? move.timeMs) >= move.timeMs,
  };
}
